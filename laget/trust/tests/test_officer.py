"""The data protection officer: sees who, when and by which rule; a child by an inquiry only; and nothing of content."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from laget.access.sealing import index
from laget.audit.models import Entry, Reading
from laget.cases.actions import choose_readers
from laget.cases.models import Log
from laget.cases.rules import Choice
from laget.cases.tests.factories import entry
from laget.demo.cast import make_officer
from laget.demo.clock import ago, ahead
from laget.families.models import Child
from laget.families.rules import begins, ends
from laget.people.models import Name, NationalNumber
from laget.people.rules import synthetic_number
from laget.sight.models import Cover, Forbid, Seat
from laget.trust import ground
from laget.trust.models import Inquiry, Reply
from laget.trust.tests.factories import finding, question, reading
from tests.support.cast import MOST_STATEMENTS, Statements, acting_as

SECRET = "Hemmelig i loggen"
KINDS = ["identity", "everyday", "health"]

DAY = timezone.localdate() + timedelta(days=100)


@pytest.fixture
def officer(cast):
    return make_officer()


@pytest.fixture
def number(cast):
    digits = synthetic_number(Child.objects.get(pk=cast.child).born)
    assert NationalNumber.objects.get(person_id=cast.child).index == index(digits)
    return digits


def typed(**more):
    today = timezone.localdate()
    return {
        "start": (today - timedelta(days=60)).isoformat(), "end": today.isoformat(), "kinds": KINDS,
        "reason": "Mor har spurt hvem som kunne se.", "key": str(uuid4()),
    } | more  # fmt: skip


def inquiry(cast, officer, **more):
    return Inquiry.objects.create(**{
        "by_id": officer.person, "child_id": cast.child, "reason": "Mor spør.", "kinds": KINDS,
        "begins": ago(60), "ends": ago(hours=-1), "until": ahead(14),
    } | more)  # fmt: skip


def pages(cast, officer):
    found, asked = finding(cast, cast.maja), question(cast, cast.maja, cast.kari, escalated_at=timezone.now())
    return {
        "trust": reverse("trust"), "inquire": reverse("inquire"), "to_answer": reverse("to_answer"),
        "finding": reverse("finding", args=[found.pk]), "question": reverse("question", args=[asked.pk]),
        "inquire_found": reverse("inquire_found", args=[found.pk]),
        "inquire_asked": reverse("inquire_asked", args=[asked.pk]),
        "inquiry": reverse("inquiry", args=[inquiry(cast, officer).pk]),
    }  # fmt: skip


LEADERS = {"to_answer", "finding", "question"}


@pytest.mark.parametrize("who", ["maja", "omar", "vera", "idris", "otto", "ada", "liv", "kari", "per", "sara"])
def test_the_pages_of_control_do_not_exist_for_others(cast, officer, visit, who):
    client = visit(getattr(cast, who))
    for name, address in pages(cast, officer).items():
        answer = client.get(address)
        expected = 200 if who == "liv" and name in LEADERS else 404
        assert answer.status_code == expected, name
        if expected == 404:
            assert not re.search("Maja Lind</bdi>|Sara|Mor spør", answer.content.decode().split("<main", 1)[1]), name
            assert client.post(address, typed(outcome="explained", words="x")).status_code == 404 or name == "trust"
    assert Inquiry.objects.count() == 1
    assert not Reply.objects.exists()


def test_the_officer_opens_each_and_reads_no_content(cast, officer, visit):
    Log.objects.create(
        case=cast.case, child_id=cast.child, sort="note", kind="everyday", words=SECRET, author_id=cast.maja.person
    )
    client = visit(officer)
    for name, address in pages(cast, officer).items():
        said = client.get(address).content.decode()
        assert client.get(address).status_code == 200, name
        assert SECRET not in said
        knows = name in ("question", "inquiry")
        assert ("Sara Solberg" in said) is knows, name
    for name in ("child_page", "case_log", "case_plan", "case_team"):
        assert client.get(reverse(name, args=[cast.case.pk])).status_code == 404
    assert client.get(reverse("who_looked", args=[cast.child])).status_code == 404
    assert client.get(reverse("home"))["Location"] == reverse("trust")


def test_the_database_gives_the_officer_no_content_either(cast, officer, as_app):
    """With an open inquiry and a question passed on, still no name, case, seat, cover or reading of others."""
    inquiry(cast, officer)
    question(cast, cast.maja, cast.kari, escalated_at=timezone.now())
    tables = ("cases_case", "cases_log", "plans_goal", "sight_seat", "sight_cover", "sight_forbid", "audit_reading",
              "audit_entry", "families_child", "families_parent", "consents_request", "consents_answer")  # fmt: skip
    with as_app(officer.actor), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        assert not Name.objects.filter(person_id__in=[cast.child, cast.kari.person]).exists()


def test_the_finding_names_no_child_and_the_inquiry_about_it_is_shown_to_the_family(cast, officer, visit):
    found = finding(cast, cast.maja, "same_name")
    client = visit(officer)
    said = client.get(reverse("finding", args=[found.pk])).content.decode()
    assert "Maja Lind" in said
    assert "Samme etternavn" in said
    assert "Sara" not in said
    assert not Reading.objects.filter(person=officer.person).exists()
    address = reverse("inquire_found", args=[found.pk])
    assert client.post(address, typed(reason=" ")).status_code == 422
    answer = client.post(address, typed(), follow=True)
    assert "Sara Solberg" in answer.content.decode()
    assert Inquiry.objects.get().finding_id == found.pk
    assert Entry.objects.get(event="trust.inquired").child == cast.child
    family = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Eir Lund" in family
    assert "Personvernombudet kontrollerer hvem som har sett" in family


def test_who_could_see_names_each_with_place_and_consent(cast, officer, visit):
    said = visit(officer).get(reverse("inquiry", args=[inquiry(cast, officer).pk])).content.decode()
    could = said.split('id="could"')[1].split('id="did"')[0]
    for name in ("Maja Lind", "Omar Haddad", "Kari Solberg", "Idris Aden", "Sara Solberg", "Per Solberg"):
        assert name in could, name  # Per and Idris could until the day they no longer could
    for name in ("Vera Holm", "Otto Berg", "Ada Vik", "Liv Moe", "Eir Lund"):
        assert name not in could, name  # Vera has a place and no consent
    assert "Helse" in could


@pytest.mark.parametrize(("days", "there"), [((30, 21), True), ((19, 0), False)])
def test_a_restriction_ends_what_a_parent_could_see(cast, officer, visit, days, there):
    one = inquiry(cast, officer, begins=ago(days[0]), ends=ago(days[1]))
    said = visit(officer).get(reverse("inquiry", args=[one.pk])).content.decode()
    assert ("Per Solberg" in said) is there


def test_of_older_texts_it_is_said_that_the_child_read_them_only_when_looked_through(cast, officer, visit):
    told = "kunne barnet bare lese når noen hadde gått gjennom det først"
    assert visit(officer).get(reverse("inquiry", args=[inquiry(cast, officer).pk])).content.decode().count(told) == 1
    Seat.objects.filter(child_id=cast.child, kind="child").delete()
    assert told not in visit(officer).get(reverse("inquiry", args=[inquiry(cast, officer).pk])).content.decode()


def test_a_text_with_readers_of_its_own_is_told_with_who_chose_it_and_never_what_it_says(cast, officer, visit):
    made = entry(cast, cast.maja, words="Hemmelig kanarifugl")
    with acting_as(cast.omar.actor):
        choice = Choice("not_for", frozenset({cast.kari.person}), "danger", "Utrygt hjemme", DAY)
        choose_readers(cast.omar.actor, made, choice=choice)
    entry(cast, cast.maja, words="For alle")
    entry(cast, cast.sara, words="Bare Omar", audience="childs_own", persons=[cast.omar.person])
    said = visit(officer).get(reverse("inquiry", args=[inquiry(cast, officer).pk])).content.decode()
    texts = said.split('id="texts"')[1].split('id="did"')[0]
    rows = re.findall(r"<tr>(.*?)</tr>", texts, re.DOTALL)[1:]
    assert "Laget og familien" in rows[0] and "Kari Solberg" in rows[0]
    assert "Ikke for noen som er nevnt: Kari Solberg" in rows[1] and "Omar Haddad. Det kan" in rows[1]
    assert rows[1].count("Kari Solberg") == 1 and "Maja Lind" in rows[1]
    whom = [row for row in re.findall(r"<tr>(.*?)</tr>", texts, re.DOTALL) if "Barnet, og de barnet valgte" in row]
    assert len(whom) == 1 and "Omar" not in whom[0] and "Vises ikke" in whom[0]
    assert "kanarifugl" not in said and "Utrygt hjemme" not in said and "For alle" not in said


def test_who_did_is_apart_and_a_reading_without_a_place_stands_out(cast, officer, visit):
    reading(cast.maja, cast.child)
    reading(cast.otto, cast.child)
    reading(cast.kari, cast.child)
    said = visit(officer).get(reverse("inquiry", args=[inquiry(cast, officer).pk])).content.decode()
    did = said.split('id="did"')[1]
    for name in ("Maja Lind", "Otto Berg", "Kari Solberg", "Privatperson"):
        assert name in did, name
    alert = said.split("Noen har sett uten å ha en plass")[1].split("</ul>")[0]
    assert "Otto Berg" in alert
    assert "Maja" not in alert
    assert "Kari" not in alert


def test_an_inquiry_by_number_and_guessing_is_counted(cast, officer, number, visit):
    client = visit(officer)
    answer = client.post(reverse("inquire"), typed(number=number), follow=True)
    assert "Sara Solberg" in answer.content.decode()
    unknown = synthetic_number(timezone.localdate() - timedelta(days=900), 3)
    wrong = client.post(reverse("inquire"), typed(number=unknown))
    assert wrong.status_code == 200
    assert "Mor har spurt hvem som kunne se." in wrong.content.decode()
    assert "Ingen barn her har det nummeret" in wrong.content.decode()
    for _ in range(29):
        client.post(reverse("inquire"), typed(number=unknown))
    last = client.post(reverse("inquire"), typed(number=number))
    assert "den siste timen" in last.content.decode()
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(("more", "said"), [
    ({"number": "123"}, "fødselsnummer"), ({"end": "2020-01-01"}, "Slutten må komme etter"), ({"kinds": []}, ""),
    ({"start": "i går"}, ""), ({"reason": ""}, ""), ({"part": "x"}, ""),
    ({"start": "0001-01-01"}, "mellom 1. januar 2000 og i morgen"),
    ({"end": "9999-12-31"}, "mellom 1. januar 2000 og i morgen"),
    ({"written": "0001-01-01"}, "mellom 1. januar 2000 og i morgen"),
    ({"written": "9999-12-31"}, "mellom 1. januar 2000 og i morgen"),
])  # fmt: skip
def test_bad_input_is_said_and_kept(cast, officer, number, visit, more, said):
    answer = visit(officer).post(reverse("inquire"), typed(number=number) | {"reason": "Fordi mor spør."} | more)
    assert answer.status_code == (200 if "number" in more else 422)
    assert said in answer.content.decode()
    assert "reason" in more or "Fordi mor spør." in answer.content.decode()
    assert not Inquiry.objects.exists()


def test_an_inquiry_closes(cast, officer, visit):
    one = inquiry(cast, officer, until=timezone.now() - timedelta(seconds=1))
    said = visit(officer).get(reverse("inquiry", args=[one.pk])).content.decode()
    assert "Svaret er stengt" in said
    assert "Sara" not in said
    assert "Maja Lind" not in said


def test_one_officers_inquiry_is_not_anothers(cast, officer, visit):
    one = inquiry(cast, officer)
    other = make_officer("Ivar", "Ek")
    assert visit(other).get(reverse("inquiry", args=[one.pk])).status_code == 404


def test_an_officer_controls_neither_oneself_nor_ones_own_family(cast, officer, number, visit, as_app):
    own = finding(cast, officer)
    client = visit(officer)
    assert client.get(reverse("finding", args=[own.pk])).status_code == 404
    Seat.objects.create(child_id=cast.child, person_id=officer.person, kind="parent", origin="parent")
    theirs = finding(cast, cast.maja, "sample")
    assert client.get(reverse("finding", args=[theirs.pk])).status_code == 404
    assert "Ingen barn her har det nummeret" in client.post(reverse("inquire"), typed(number=number)).content.decode()
    with pytest.raises(DatabaseError), as_app(officer.actor):
        inquiry(cast, officer)


@pytest.mark.parametrize("who", ["maja", "ada", "liv", "kari"])
def test_the_functions_tell_others_nothing(cast, officer, number, as_app, who):
    one = inquiry(cast, officer)
    asked = question(cast, cast.omar, cast.sara)
    member = getattr(cast, who)
    with as_app(member.actor):
        assert ground.subject(one.pk) == ("", None, [])
        assert ground.seats(one.pk) == ground.covers(one.pk) == ground.did(one.pk) == []
        assert ground.child_called(asked.pk) == ""
        assert ground.to_tell(asked.pk, officers=True) == []
        assert ground.asked_since(ago(9)) == []
    with pytest.raises(DatabaseError), transaction.atomic(), as_app(member.actor):
        ground.find(index(number))
    for call in ("trust_visits(now(), now())", "trust_busy(now(), now())", "trust_open(gen_random_uuid())",
                 "trust_kin(gen_random_uuid())", "trust_answerers(NULL, NULL, NULL, true)"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), as_app(member.actor):
            connection.cursor().execute(f"SELECT {call}")


def test_the_figures_hold_no_names_and_count_both_sorts(cast, officer, visit):
    finding(cast, cast.maja)
    finding(cast, cast.omar)
    question(cast, cast.maja, cast.kari)
    said = visit(officer).get(reverse("trust")).content.decode()
    assert "Familien spør" in said
    assert not re.search("Maja|Omar|Sara|Kari", said)


@pytest.mark.parametrize("name", ["trust", "to_answer", "finding", "question", "inquiry"])
def test_the_number_of_statements_does_not_grow(cast, officer, visit, name):
    counts = []
    address = pages(cast, officer)[name]
    for more in (5, 495):
        for number in range(more):
            day = timezone.localdate() - timedelta(days=2 + number + more)
            finding(cast, cast.maja, "sample", day=day)
            asked = question(cast, cast.omar, cast.kari, escalated_at=timezone.now())
            Reply.objects.create(question=asked, outcome="passed_on", words="x", by_id=cast.liv.person)
        client = visit(officer)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(Statements.of(seen.captured_queries)))
    assert counts[0] == counts[1] <= MOST_STATEMENTS, counts


def test_who_has_looked_stays_within_its_statements(cast, visit):
    for _ in range(5):
        question(cast, cast.maja, cast.kari)
    client = visit(cast.kari)
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("who_looked", args=[cast.child]))
    assert len(Statements.of(seen.captured_queries)) <= MOST_STATEMENTS


# The cases of the field that fall to this room, by their names.


def test_nav_log_control_is_a_figure_and_metadata_is_content(cast, officer, visit):
    """NAV 2024: no systematic control, and too wide a view of who has a case. Here: figures, and no lists."""
    finding(cast, cast.maja)
    client = visit(officer)
    assert "Loggkontroll det siste året" in client.get(reverse("trust")).content.decode()
    for address in (reverse("trust"), reverse("to_answer"), reverse("directory")):
        body = client.get(address).content.decode()
        assert "Sara" not in body
        assert str(cast.child) not in body
        assert str(cast.case.pk) not in body


def test_vigilo_who_saw_is_answered_within_minutes_and_names_the_parent_who_should_not(cast, officer, visit):
    """Bergen 2019: a barred father was let in by a refresh; nobody could say who had seen, for weeks."""
    Forbid.objects.filter(child_id=cast.child).update(until=timezone.now())
    Seat.objects.create(child_id=cast.child, person_id=cast.per.person, kind="parent", origin="register_refresh")
    visit(cast.per).get(reverse("family_page", args=[cast.child]))
    one = inquiry(cast, officer, begins=timezone.now() - timedelta(hours=1))
    said = visit(officer).get(reverse("inquiry", args=[one.pk])).content.decode()
    assert said.count("Per Solberg</bdi>") == 1  # could
    assert "Per Solberg" in said.split('id="did"')[1]  # and did


def test_aula_no_field_of_control_reaches_the_other_parent(cast, officer, visit):
    """Aula 2020: an update showed everybody what was meant for some. What control holds is on no family's page."""
    found = finding(cast, cast.maja, "related")
    Reply.objects.create(finding=found, outcome="explained", words=SECRET, by_id=cast.liv.person)
    inquiry(cast, officer, reason=SECRET)
    for who in ("kari", "sara"):
        client = visit(getattr(cast, who))
        for address in (reverse("who_looked", args=[cast.child]), reverse("family_page", args=[cast.child])):
            body = client.get(address).content.decode()
            assert SECRET not in body
            assert "Registrert som familie" not in body


def test_time_of_the_facts_is_all_that_counts(cast, officer, visit):
    """A consent withdrawn since does not take away that the service could see then."""
    Cover.objects.filter(service_id=cast.clinic).update(until=ago(3))
    for back, there in ((10, True), (2, False)):
        one = inquiry(cast, officer, begins=ago(back), ends=ago(back - 1))
        said = visit(officer).get(reverse("inquiry", args=[one.pk])).content.decode()
        assert ("Omar Haddad" in said.split('id="did"')[0]) is there


def test_an_interval_that_ends_with_a_day_says_that_day(cast, officer, visit):
    day = timezone.localdate() - timedelta(days=3)
    whole = inquiry(cast, officer, begins=begins(day), ends=ends(day))
    said = visit(officer).get(reverse("inquiry", args=[whole.pk])).content.decode()
    assert date_format(day) in said.partition("Til og med")[2][:200]
    noon = inquiry(cast, officer, begins=begins(day), ends=begins(day) + timedelta(hours=12))
    said = visit(officer).get(reverse("inquiry", args=[noon.pk])).content.decode()
    assert "Til og med" not in said and "kl.\N{NO-BREAK SPACE}12.00" in said
