"""A parent without a place here asks to be told: who may take it down, what can be answered, and that nothing leaks."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Entry
from laget.consents.models import Party
from laget.demo import cast as made
from laget.demo.clock import ago, ahead
from laget.directory.models import Service
from laget.families import ground
from laget.families.models import InformationAnswer, InformationRequest, InformationRight, Parent, Source
from laget.families.words import told
from laget.law.information import Answer, Care, answers, care, is_asked
from laget.notices.models import Notice
from laget.people.models import NationalNumber
from laget.people.rules import synthetic_number
from laget.sight.models import Forbid, Seat
from tests.support.cast import MOST_STATEMENTS, Statements

OUTSIDE = {"otto", "idris", "vera", "ada", "liv", "kari", "per", "sara"}


def body(answer):
    return answer.content.decode()


@pytest.fixture
def father(cast):
    """Sara's other father: registered, without parental responsibility, and without a place here."""
    who = made.person("Tor", "Nygård", date(1985, 5, 6), serial=3)
    Parent.objects.create(
        child_id=cast.child, person_id=who, relation="father", responsibility=False, source=Source.REGISTER,
        registered_by=cast.maja.person,
    )  # fmt: skip
    return who


def tie_of(cast, person):
    return str(Parent.objects.get(child_id=cast.child, person_id=person).pk)


def ask(client, cast, **more):
    typed = {"asked_on": timezone.localdate().isoformat(), "words": "Hvordan trives Sara?", "key": str(uuid4())}
    return client.post(reverse("information_new", args=[cast.child]), typed | more)


@pytest.fixture
def asked(cast, visit, father):
    def ask_as(member=cast.maja, person=father):
        assert ask(visit(member), cast, who=tie_of(cast, person)).status_code == 302
        return InformationRequest.objects.order_by("-at").first()

    return ask_as


def answer(client, request, **more):
    typed = {"identity": "document", "key": str(uuid4())}
    return client.post(reverse("information_answer", args=[request.pk]), typed | more)


# The law, without a database.


@pytest.mark.parametrize(
    ("act", "asked"),
    [("BHL", True), ("OPPL", True), ("HOL", True), ("SOTJ", True), ("BVL", False), ("FAM", False), ("KRIS", False)],
)
def test_child_welfare_family_counselling_and_crisis_centres_are_not_asked(act, asked):
    assert is_asked(act) is asked
    assert (answers(act, closed=False) == (Answer.UNSAID,)) is not asked
    assert answers(act, closed=True) == ((Answer.REFUSED,) if asked else (Answer.UNSAID,))


@pytest.mark.parametrize(
    ("act", "years", "heed"),
    [
        ("HOL", 11, None), ("HOL", 12, Care.FROM_12), ("HOL", 15, Care.FROM_12), ("HOL", 16, Care.YOUNG),
        ("OPPL", 16, None), ("HOL", None, None),
    ],
)  # fmt: skip
def test_what_the_childs_age_asks_of_health_services(act, years, heed):
    assert care(act, years) is heed


# Who sees it.


def test_only_those_of_the_service_that_was_asked_see_it(cast, visit, asked):
    request = asked()
    pages = [reverse("information_request", args=[request.pk]), reverse("information_answer", args=[request.pk])]
    for who, member in cast.everybody().items():
        for page in pages:
            said = visit(member).get(page)
            assert said.status_code == (200 if who == "maja" else 404), (who, page)
            assert ("Hvordan trives" in body(said)) == (who == "maja"), who
    listed = reverse("information", args=[cast.child])
    for who, member in cast.everybody().items():
        said = visit(member).get(listed)
        assert said.status_code == (404 if who in OUTSIDE else 200), who
        assert ("Tor Nygård" in body(said)) == (who == "maja"), who


def test_the_one_who_asks_gets_no_seat_no_notice_and_is_not_asked_for_consent(cast, visit, asked, father):
    before = Seat.objects.count(), Notice.objects.count(), Party.objects.count()
    request = asked()
    answer(visit(cast.maja), request, outcome="given", given="Hun trives.")
    assert InformationAnswer.objects.get().outcome == "given"
    assert before == (Seat.objects.count(), Notice.objects.count(), Party.objects.count())
    tor = made.Member(father, "Tor Nygård", made.Capacity.CITIZEN)
    assert visit(tor).get(reverse("information_request", args=[request.pk])).status_code == 404


def test_one_who_only_asks_the_family_is_told_who_can(cast, visit):
    made.seat(cast.child, cast.otto, made.SeatKind.ASKING)
    said = visit(cast.otto).get(reverse("information", args=[cast.child]))
    assert said.status_code == 403 and "Sara" not in body(said)


# Asking and answering.


def test_what_was_asked_told_and_withheld_is_kept_with_the_words_of_the_answer(cast, visit, asked):
    request, client = asked(), visit(cast.maja)
    said = answer(
        client, request, outcome="part", given="Hun har fått en venn.", withheld="Hva helsesykepleier har skrevet.",
        ground="confidential", reason="Sara ber om det.",
    )  # fmt: skip
    page = body(client.get(said["Location"]))
    assert "Statsforvalteren" in page and "tre uker" not in page and "3 uker" in page
    kept = InformationAnswer.objects.get()
    assert (kept.identity, kept.outcome, kept.ground) == ("document", "part", "confidential")
    assert (kept.given, kept.reason) == ("Hun har fått en venn.", "Sara ber om det.")
    assert "barnelova § 47" in kept.told and "Sara ber om det" not in kept.told
    events = Entry.objects.filter(object_id=request.pk).order_by("at").values_list("event", flat=True)
    assert list(events) == ["families.information_asked", "families.information_answered"]


def test_it_is_answered_once(cast, visit, asked):
    request, client = asked(), visit(cast.maja)
    answer(client, request, outcome="given", given="Hun trives.")
    again = answer(client, request, outcome="given", given="Hun trives ikke.")
    assert again.status_code == 403 and "besvart" in body(again)
    assert InformationAnswer.objects.get().given == "Hun trives."


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"identity": ""}, "Hvordan sjekket du"),
        ({"outcome": "given"}, "Skriv hva dere forteller."),
        ({"outcome": "part", "given": "Litt"}, "Skriv hva dere ikke forteller."),
        ({"outcome": "refused"}, "Velg hvorfor."),
        ({"outcome": "refused", "ground": "harm"}, "Skriv hvorfor."),
        ({"outcome": "unsaid"}, "velg"),
    ],
)
def test_an_answer_that_says_too_little_is_not_kept(cast, visit, asked, typed, says):
    request = asked()
    said = answer(visit(cast.maja), request, **typed)
    assert said.status_code == 422 and says.lower() in body(said).lower()
    assert not InformationAnswer.objects.exists()


def test_bad_input_is_said_and_kept(cast, visit, father):
    client = visit(cast.maja)
    said = ask(client, cast, who="other", name="<b>Tor</b>", number="123", words="")
    assert said.status_code == 422 and "&lt;b&gt;Tor" in body(said)
    assert "elleve sifre" in body(said) and "Fyll ut dette" in body(said)
    said = ask(client, cast, who=tie_of(cast, father), asked_on=ahead(1).date().isoformat())
    assert said.status_code == 422 and "ikke vært ennå" in body(said)
    assert ask(client, cast, who=str(uuid4())).status_code == 422
    assert not InformationRequest.objects.exists()


# Where nothing may be told.


def refused_words(visit, member, request):
    client = visit(member)
    return body(client.get(reverse("information_answer", args=[request.pk])))


def test_a_restricted_parent_gets_the_words_of_any_refusal(cast, visit, asked):
    """Per is kept away from Sara; the page offers one answer, the same as for any other refusal, and no reason."""
    barred, other = asked(person=cast.per.person), asked()
    page = refused_words(visit, cast.maja, barred)
    assert "Si bare dette" in page and 'name="given"' not in page and 'name="outcome"' not in page
    answer(visit(cast.maja), barred)
    answer(visit(cast.maja), other, outcome="refused", ground="harm", reason="Det vil skade.")
    first, second = (InformationAnswer.objects.get(request=one) for one in (barred, other))
    assert first.told == second.told and first.outcome == second.outcome == "refused"
    assert not first.given and not first.ground


def test_what_is_forced_through_is_refused_by_the_action_and_by_the_database(cast, visit, asked, as_app):
    barred = asked(person=cast.per.person)
    answer(visit(cast.maja), barred, outcome="given", given="Alt.")
    assert InformationAnswer.objects.get().outcome == "refused" and not InformationAnswer.objects.get().given
    InformationAnswer.objects.all().delete()
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        InformationAnswer.objects.create(
            request=barred, identity="eid", outcome="given", given="Alt.", told="w", by_id=cast.maja.person,
            position_id=cast.maja.position,
        )  # fmt: skip


def test_a_restricted_parent_is_known_by_the_number_that_is_shown(cast, visit, as_app):
    number = synthetic_number(date(1986, 9, 3), 0)  # Per's own
    shown = ask(visit(cast.maja), cast, who="other", name="P. Solberg", number=number, proof="Fødselsattest")
    request = InformationRequest.objects.get()
    assert shown.status_code == 302 and request.asker_id is None
    with as_app(cast.maja.actor):
        assert ground.closed_to(request.pk)
    assert number.encode() not in bytes(request.mark)


def test_the_county_governor_takes_the_right_away_and_gives_it_back(cast, visit, asked, as_app, father):
    first, client = asked(), visit(cast.maja)
    here, day = reverse("information_right", args=[first.pk]), timezone.localdate()
    decided = {"lost": "yes", "decided_on": ago(9).date().isoformat(), "reference": "2026/77", "key": str(uuid4())}
    assert client.post(here, decided).status_code == 302
    later = asked()
    with as_app(cast.maja.actor):
        assert ground.closed_to(first.pk) and ground.closed_to(later.pk)
    client.post(here, {**decided, "lost": "no", "decided_on": day.isoformat(), "key": str(uuid4())})
    with as_app(cast.maja.actor):
        assert not ground.closed_to(later.pk)
    assert InformationRight.objects.count() == 2
    assert "2026/77" in body(client.get(reverse("information_request", args=[first.pk])))


def test_the_end_of_a_restriction_opens_and_nobody_else_learns_of_it(cast, asked, as_app):
    barred = asked(person=cast.per.person)
    with as_app(cast.omar.actor):
        assert not ground.closed_to(barred.pk), "another service is told nothing"
    Forbid.objects.update(until=timezone.now())
    with as_app(cast.maja.actor):
        assert not ground.closed_to(barred.pk)


def test_a_service_outside_the_law_says_the_same_whether_it_knows_the_child(cast, visit, asked):
    request = asked()
    Service.objects.filter(pk=cast.kindergarten).update(act="BVL")
    page = refused_words(visit, cast.maja, request)
    assert "kan ikke si om vi kjenner et barn" in page and 'name="given"' not in page and "klage" not in page
    answer(visit(cast.maja), request)
    assert InformationAnswer.objects.get().outcome == "unsaid"


def test_the_words_of_an_answer_name_nobody(cast):
    for outcome in Answer:
        assert not {"Sara", "Solberg", "Solbakken"} & set(told(outcome).split())


def test_a_family_reads_that_somebody_opened_it_and_not_who_asked(cast, visit, asked):
    request = asked()
    visit(cast.maja).get(reverse("information_request", args=[request.pk]))
    page = body(visit(cast.kari).get(reverse("who_looked", args=[cast.child])))
    assert "spurt om, og fått vite om barnet" in page and "Nygård" not in page


def test_the_pages_are_few_statements(cast, visit, asked):
    request, client = asked(), visit(cast.maja)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("information", args=[cast.child]))
        counts.append(len(Statements.of(seen.captured_queries)))
        asked()
    assert counts[0] == counts[1] <= 10
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("information_answer", args=[request.pk])).status_code == 200
    assert len(Statements.of(seen.captured_queries)) <= MOST_STATEMENTS


def test_a_parent_who_is_kept_away_at_work_only_is_answered_as_a_parent(asked, father, as_app, cast):
    request = asked()
    kept = Forbid.objects.create(child_id=cast.child, person_id=father, origin="tie", capacity="worker")
    with as_app(cast.maja.actor):
        assert not ground.closed_to(request.pk)
    Forbid.objects.filter(pk=kept.pk).update(capacity="")
    with as_app(cast.maja.actor):
        assert ground.closed_to(request.pk)


def test_one_whom_nobody_recognises_is_told_nothing_while_the_child_hides(cast, visit, as_app):
    from laget.protection.models import Grading  # noqa: PLC0415 - a higher room

    Forbid.objects.all().delete()
    number = synthetic_number(date(1981, 9, 3), 7)
    ask(visit(cast.maja), cast, who="other", name="P. Nygård", number=number, proof="Fødselsattest")
    request = InformationRequest.objects.get()
    with as_app(cast.maja.actor):
        assert not ground.closed_to(request.pk)
    graded = uuid4()
    Grading.objects.create(
        id=graded, decision=graded, child_id=cast.child, person_id=cast.child, level="hidden", rank=1, source="told",
        by_id=cast.maja.person, position_id=cast.maja.position,
    )  # fmt: skip
    with as_app(cast.maja.actor):
        assert ground.closed_to(request.pk)


def test_a_parent_registered_without_a_number_does_not_come_in_as_another(cast, visit, as_app):
    number = synthetic_number(date(1981, 9, 3), 7)
    ask(visit(cast.maja), cast, who="other", name="P. Solberg", number=number, proof="Fødselsattest")
    request = InformationRequest.objects.get()
    with as_app(cast.maja.actor):
        assert not ground.closed_to(request.pk), "the one who is kept away has a number, and it is another"
    NationalNumber.objects.filter(person_id=cast.per.person).delete()
    with as_app(cast.maja.actor):
        assert ground.closed_to(request.pk)
