"""The family asks why: told first who gets to know, answered by the leader, and never by the one who looked."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Entry, Reading
from laget.cases.models import Log
from laget.demo.cast import make_officer, worker
from laget.directory.models import Position, Service, Unit
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.notices.words import sentence
from laget.sight.models import Forbid, Seat
from laget.trust.models import Question, Reply
from laget.trust.rules.clock import due
from laget.trust.tests.factories import finding, question, reading, unit_of

SECRET = "Det sto noe hemmelig i loggen"
WORDS = "Vi kjenner Maja fra før. Hvorfor så hun på loggen om natta?"


def why(cast, one):
    return reverse("why_looked", args=[cast.child, one.pk])


def ask(cast, visit, member=None, words=WORDS, by=None):
    one = reading(member or cast.maja, cast.child)
    return visit(by or cast.kari).post(why(cast, one), {"words": words, "key": str(uuid4())}, follow=True)


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient_id", "capacity"))


def without_header(answer):
    return re.sub(r"<header.*?</header>", "", answer.content.decode(), flags=re.DOTALL)


def test_the_page_says_first_who_gets_to_know(cast, visit):
    said = visit(cast.kari).get(why(cast, reading(cast.maja, cast.child))).content.decode()
    for text in (
        "Maja Lind",
        "Solbakken barnehage",
        "Loggen",
        "Lederen kan ikke lese noe om barnet",
        "ti arbeidsdager",
    ):
        assert text in said, text


@pytest.mark.parametrize("who", ["per", "maja", "omar", "vera", "otto", "idris", "ada", "liv"])
def test_nobody_else_asks_or_sees(cast, visit, who):
    one = reading(cast.maja, cast.child)
    client = visit(getattr(cast, who))
    assert client.get(why(cast, one)).status_code == 404
    assert client.post(why(cast, one), {"words": WORDS, "key": str(uuid4())}).status_code == 404
    assert not Question.objects.exists()


def test_the_leader_answers_and_the_family_reads_it(cast, visit):
    said = ask(cast, visit).content.decode()
    assert "Spørsmålet er sendt" in said
    assert "Du får svar senest" in said
    asked = Question.objects.get()
    assert (asked.unit_id, asked.reader_id, asked.escalated) == (unit_of(cast.maja), cast.maja.person, False)
    assert told("trust.asked") == {(cast.liv.person, "worker")}
    client = visit(cast.liv)
    shown = client.get(reverse("question", args=[asked.pk])).content.decode()
    for text in ("Maja Lind", "Sara Solberg", WORDS, "Loggen"):
        assert text in shown, text
    posted = {"outcome": "explained", "words": "Maja skrev referat fra møtet dere hadde.", "key": str(uuid4())}
    assert client.post(reverse("question", args=[asked.pk]), posted).status_code == 302
    assert told("trust.answered") == {(cast.kari.person, "citizen")}
    page = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Maja skrev referat fra møtet dere hadde." in page
    assert Entry.objects.filter(event="trust.answered", child=cast.child).exists()


def test_that_the_leader_looked_at_the_question_is_shown_to_the_family(cast, visit):
    asked = question(cast, cast.maja, cast.kari)
    visit(cast.liv).get(reverse("question", args=[asked.pk]))
    page = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Liv Moe" in page
    assert "Svarer på spørsmålet dere stilte" in page


def test_the_leader_sees_nothing_of_the_case(cast, visit, as_app):
    Log.objects.create(
        case=cast.case, child_id=cast.child, sort="note", kind="everyday", words=SECRET, author_id=cast.maja.person
    )
    asked = question(cast, cast.maja, cast.kari)
    client = visit(cast.liv)
    assert SECRET not in client.get(reverse("question", args=[asked.pk])).content.decode()
    for page in ("child_page", "case_log", "case_plan", "case_team"):
        assert client.get(reverse(page, args=[cast.case.pk])).status_code == 404
    with as_app(cast.liv.actor):
        assert not Log.objects.exists()
        assert not Reading.objects.filter(children__contains=[cast.child]).exclude(person=cast.liv.person).exists()


def test_another_leader_gets_nothing(cast, visit):
    other = worker("Tone", "Bakke", Unit.objects.get(name="Helsestasjonen"), "Leder", leads=True)
    for one in (question(cast, cast.maja, cast.kari), finding(cast, cast.maja)):
        address = reverse(type(one).__name__.lower(), args=[one.pk])
        answer = visit(other).get(address)
        assert answer.status_code == 404
        assert "Maja" not in without_header(answer)
        posted = {"outcome": "explained", "words": "x", "key": str(uuid4())}
        assert visit(other).post(address, posted).status_code == 404
    assert "Maja" not in visit(other).get(reverse("to_answer")).content.decode()
    assert not Reply.objects.exists()


def test_the_one_who_looked_is_not_told_and_does_not_answer(cast, visit):
    Position.objects.filter(pk=cast.maja.position).update(leads=True)
    ask(cast, visit)
    asked = Question.objects.get()
    assert told("trust.asked") == {(cast.liv.person, "worker")}
    assert visit(cast.maja).get(reverse("question", args=[asked.pk])).status_code == 404
    assert "Hvorfor" not in visit(cast.maja).get(reverse("to_answer")).content.decode()


def test_a_question_about_the_only_leader_goes_to_the_officer(cast, visit):
    officer = make_officer()
    ask(cast, visit, member=cast.liv)
    asked = Question.objects.get()
    assert asked.escalated
    assert told("trust.asked") == {(officer.person, "worker")}
    assert visit(cast.liv).get(reverse("question", args=[asked.pk])).status_code == 404
    assert "Sara Solberg" in visit(officer).get(reverse("question", args=[asked.pk])).content.decode()


@pytest.mark.parametrize("tie", ["parent", "forbid"])
def test_a_leader_who_is_family_of_the_child_does_not_answer(cast, visit, tie):
    """A restricted father who leads the unit would else read what the mother asks."""
    officer = make_officer()
    if tie == "parent":
        Seat.objects.create(child_id=cast.child, person_id=cast.liv.person, kind="parent", origin="parent")
    else:
        Forbid.objects.create(child_id=cast.child, person_id=cast.liv.person, origin="conflict")
    ask(cast, visit)
    asked = Question.objects.get()
    assert asked.escalated
    assert visit(cast.liv).get(reverse("question", args=[asked.pk])).status_code == 404
    assert visit(officer).get(reverse("question", args=[asked.pk])).status_code == 200


def test_the_officer_sees_a_family_question_only_once_it_is_passed_on(cast, visit):
    officer = make_officer()
    ask(cast, visit)
    asked = Question.objects.get()
    address = reverse("question", args=[asked.pk])
    assert visit(officer).get(address).status_code == 404
    posted = {"outcome": "passed_on", "words": "Jeg kan ikke forklare dette.", "key": str(uuid4())}
    assert visit(cast.liv).post(address, posted).status_code == 302
    assert told("trust.passed_to_officer") == {(officer.person, "worker")}
    assert told("trust.passed_on") == {(cast.kari.person, "citizen")}
    assert "Jeg kan ikke forklare dette." in visit(officer).get(address).content.decode()
    family = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Jeg kan ikke forklare dette." not in family
    assert "Personvernombudet har tatt over spørsmålet" in family
    assert visit(cast.liv).post(address, posted | {"key": str(uuid4())}).status_code == 403
    posted = {"outcome": "unlawful", "words": "Maja hadde ikke grunn til å se.", "key": str(uuid4())}
    assert visit(officer).post(address, posted).status_code == 302
    family = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Maja hadde ikke grunn til å se." in family
    assert "I strid med loven" in family


def test_a_leader_does_not_decide_that_it_was_unlawful(cast, visit, as_app):
    asked = question(cast, cast.maja, cast.kari)
    posted = {"outcome": "unlawful", "words": "x", "key": str(uuid4())}
    assert visit(cast.liv).post(reverse("question", args=[asked.pk]), posted).status_code == 422
    with pytest.raises(DatabaseError), as_app(cast.liv.actor):
        Reply.objects.create(question=asked, outcome="unlawful", words="x", by_id=cast.liv.person)


def test_what_one_parent_asks_the_other_does_not_see(cast, family, visit):
    """Nor does a young person's question become known to parents: it is the asker's alone."""
    Forbid.objects.all().update(until=timezone.now())
    ask(cast, visit, by=cast.sara, words="Hvorfor leste Maja det jeg skrev?")
    visit(cast.liv).get(reverse("question", args=[Question.objects.get().pk]))
    for who in ("kari", "per"):
        page = visit(getattr(cast, who)).get(reverse("who_looked", args=[cast.child]))
        assert page.status_code == 200
        assert "det jeg skrev" not in page.content.decode()
        assert "Dette har du spurt om" not in page.content.decode()
        assert "Maja Lind" in page.content.decode()
        assert "Liv Moe" not in page.content.decode()  # that she read a question would tell that somebody asked
    own = visit(cast.sara).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "det jeg skrev" in own
    assert "Liv Moe" in own


def test_a_parent_who_is_barred_later_reads_neither_question_nor_answer(cast, visit):
    asked = question(cast, cast.maja, cast.kari)
    Reply.objects.create(question=asked, outcome="explained", words=SECRET, by_id=cast.liv.person)
    Forbid.objects.create(child_id=cast.child, person_id=cast.kari.person, origin="restricted")
    assert visit(cast.kari).get(reverse("who_looked", args=[cast.child])).status_code == 404


def test_another_familys_reading_cannot_be_asked_about(cast, family, visit, as_app):
    """Neither by the page nor by the function of the database, with one's own child's id or the other's."""
    theirs = reading(cast.maja, family.child)
    for child in (cast.child, family.child):
        address = reverse("why_looked", args=[child, theirs.pk])
        posted = {"words": WORDS, "key": str(uuid4())}
        assert visit(cast.kari).post(address, posted).status_code == 404
        with pytest.raises(DatabaseError), transaction.atomic(), as_app(cast.kari.actor):
            connection.cursor().execute("SELECT trust_ask(%s, %s, 'x', %s)", [theirs.pk, child, timezone.localdate()])
    assert not Question.objects.exists()


def test_what_a_private_person_read_cannot_be_asked_about(cast, visit):
    assert visit(cast.kari).get(why(cast, reading(cast.per, cast.child))).status_code == 404


def test_when_nobody_can_answer_it_is_said_and_nothing_waits_unseen(cast, visit):
    """The only leader looked, and there is no officer; or the only officer looked."""
    one = reading(cast.liv, cast.child)
    answer = visit(cast.kari).post(why(cast, one), {"words": WORDS, "key": str(uuid4())})
    assert answer.status_code == 422
    assert "Datatilsynet" in answer.content.decode()
    assert WORDS in answer.content.decode()
    own = reading(make_officer(), cast.child)
    assert visit(cast.kari).post(why(cast, own), {"words": WORDS, "key": str(uuid4())}).status_code == 422
    assert not Question.objects.exists()


def test_the_same_reading_is_asked_about_once(cast, visit):
    one = reading(cast.maja, cast.child)
    for _ in range(2):
        visit(cast.kari).post(why(cast, one), {"words": WORDS, "key": str(uuid4())})
    assert Question.objects.count() == 1
    assert "Du har alt spurt om dette" in visit(cast.kari).get(why(cast, one)).content.decode()


def test_without_words_nothing_is_sent_and_long_words_are_kept(cast, visit):
    one = reading(cast.maja, cast.child)
    assert visit(cast.kari).post(why(cast, one), {"words": "  ", "key": str(uuid4())}).status_code == 422
    long = visit(cast.kari).post(why(cast, one), {"words": "ord " * 600, "key": str(uuid4())})
    assert long.status_code == 422
    assert "ord ord" in long.content.decode()
    assert not Question.objects.exists()


def test_notices_name_nobody():
    for event in ("asked", "answered", "passed_on", "controlled", "reminder", "late", "passed_to_officer"):
        assert not re.search("Sara|Maja|barnehage|%", sentence(f"trust.{event}"))


def test_a_service_that_would_tell_where_somebody_lives_is_not_named(cast, visit):
    Service.objects.filter(pk=cast.clinic).update(name="Krisesenteret i Fjordvik", sort="crisis_centre")
    one = reading(cast.omar, cast.child)
    for address in (reverse("who_looked", args=[cast.child]), why(cast, one)):
        said = visit(cast.kari).get(address).content.decode()
        assert "En tjeneste som hjelper og verner" in said
        for hidden in ("Krisesenter", "Omar", "Haddad", "Helsesykepleier"):
            assert hidden not in said, hidden


def test_the_municipality_may_show_roles_instead_of_names(cast, visit, settings):
    settings.LAGET_READERS_BY_ROLE = True
    one = reading(cast.maja, cast.child)
    question(cast, cast.omar, cast.kari)
    for address in (reverse("who_looked", args=[cast.child]), why(cast, one)):
        said = visit(cast.kari).get(address).content.decode()
        assert "Pedagogisk leder" in said
        assert "Maja" not in said
        assert "Omar" not in said


def test_a_late_question_is_still_the_leaders_to_answer(cast, visit):
    asked = question(
        cast, cast.maja, cast.kari, due=timezone.localdate() - timedelta(days=1), escalated_at=timezone.now()
    )
    posted = {"outcome": "explained", "words": "Sent, men her er svaret.", "key": str(uuid4())}
    assert visit(cast.liv).post(reverse("question", args=[asked.pk]), posted).status_code == 302


def test_what_is_passed_on_is_not_taken_back(cast, as_app):
    asked = question(cast, cast.maja, cast.kari, escalated_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic(), as_app(cast.liv.actor):
        Question.objects.filter(pk=asked.pk).update(escalated_at=FOREVER)
    assert Question.objects.get().escalated


def test_a_question_is_changed_by_nobody(cast, as_app):
    asked = question(cast, cast.maja, cast.kari)
    for member in (cast.liv, cast.kari):
        for column in ("words", "reader_id", "due", "asked_by_id"):
            with pytest.raises(DatabaseError), transaction.atomic(), as_app(member.actor):
                connection.cursor().execute(f"UPDATE trust_question SET {column} = {column}")
    assert Question.objects.get().escalated_at == FOREVER == asked.escalated_at


@pytest.mark.parametrize("of", ["question", "finding"])
def test_nothing_is_passed_on_to_nobody(cast, visit, of):
    asked = question(cast, cast.maja, cast.kari) if of == "question" else finding(cast, cast.maja)
    address = reverse(of, args=[asked.pk])
    posted = {"outcome": "passed_on", "words": "Jeg kan ikke forklare dette.", "key": str(uuid4())}
    answer = visit(cast.liv).post(address, posted)
    assert answer.status_code == 422
    assert "Datatilsynet" in answer.content.decode()
    assert "Jeg kan ikke forklare dette." in answer.content.decode()
    assert not Reply.objects.exists()
    assert not type(asked).objects.get().escalated
    officer = make_officer()
    assert visit(cast.liv).post(address, posted | {"key": str(uuid4())}).status_code == 302
    assert told("trust.passed_to_officer") == {(officer.person, "worker")}


@pytest.mark.parametrize("of", ["question", "finding"])
def test_what_is_passed_on_has_a_new_day(cast, visit, of):
    make_officer()
    old = timezone.localdate() - timedelta(days=1)
    more = {"due": old, "escalated_at": timezone.now(), "reminded_at": timezone.now()}
    asked = question(cast, cast.maja, cast.kari, **more) if of == "question" else finding(cast, cast.maja, **more)
    posted = {"outcome": "passed_on", "words": "Jeg kan ikke forklare dette.", "key": str(uuid4())}
    assert visit(cast.liv).post(reverse(of, args=[asked.pk]), posted).status_code == 302
    asked.refresh_from_db()
    assert (asked.due, asked.reminded_at) == (due(timezone.localdate()), None)


@pytest.mark.parametrize("who", ["liv", "kari", "otto"])
def test_nobody_moves_the_day_of_what_they_have_not_passed_on(cast, as_app, who):
    asked = question(cast, cast.maja, cast.kari, escalated_at=timezone.now())
    with as_app(getattr(cast, who).actor), connection.cursor() as cursor:
        cursor.execute("SELECT trust_new_day(%s, '2099-01-01')", [asked.pk])
        assert cursor.fetchone() == (False,)
    assert Question.objects.get().due == asked.due


@pytest.mark.parametrize("first", ["explained", "unlawful"])
def test_one_question_has_one_answer_that_ends_it(cast, first):
    for asked in ({"question": question(cast, cast.maja, cast.kari)}, {"finding": finding(cast, cast.maja)}):
        Reply.objects.create(**asked, outcome="passed_on", words="x", by_id=cast.liv.person)
        Reply.objects.create(**asked, outcome=first, words="x", by_id=cast.liv.person)
        for again in ("explained", "unlawful", "passed_on"):
            with pytest.raises(DatabaseError), transaction.atomic():
                Reply.objects.create(**asked, outcome=again, words="y", by_id=cast.liv.person)


def test_whoever_answers_waits_for_whoever_answers_at_the_same_moment(cast, visit):
    asked = question(cast, cast.maja, cast.kari)
    posted = {"outcome": "explained", "words": "x", "key": str(uuid4())}
    with CaptureQueriesContext(connection) as said:
        assert visit(cast.liv).post(reverse("question", args=[asked.pk]), posted).status_code == 302
    order = [one["sql"] for one in said.captured_queries]
    locked = next(n for n, sql in enumerate(order) if "pg_advisory_xact_lock" in sql and str(asked.pk) in sql)
    wrote = next(n for n, sql in enumerate(order) if 'INSERT INTO "trust_reply"' in sql)
    assert any('FROM "trust_reply"' in sql for sql in order[locked:wrote]), "what is said is read under the lock"
