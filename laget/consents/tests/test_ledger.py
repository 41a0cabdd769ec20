"""The family's ledger: what oneself has answered, what is shared now, and nothing of what another has said."""

from datetime import timedelta

from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.consents.actions import Oral, note_oral_answer, withdraw
from laget.consents.models import Answer, Request
from laget.consents.rules import Record, record_of
from laget.consents.tests.test_actions import asked, nora, parents, say  # noqa: F401
from laget.consents.tests.test_pages import body
from laget.design.words import date
from tests.support.cast import MOST_STATEMENTS, Statements


def page(visit, member, request):
    response = visit(member).get(reverse("ledger", args=[request.child_id]))
    assert response.status_code == 200
    return body(response)


def test_each_state_is_said_for_the_one_who_reads(cast, asked, visit, as_app):  # noqa: F811
    mother, father = parents(asked)
    assert "Venter på svar fra deg" in page(visit, mother, asked)
    say(as_app, mother, asked, ["everyday", "learning"])
    shown = page(visit, mother, asked)
    assert "Deles ikke" in shown and "Ingenting deles før alle som bestemmer, har sagt ja." in shown
    assert "Venter på svar fra deg" in page(visit, father, asked)
    say(as_app, father, asked, ["everyday"])
    shown = page(visit, mother, asked)
    assert "Deles nå" in shown and "Får vite: Hvem barnet er, Hverdagen." in shown
    assert f"Til og med {date(asked.until)}." in shown, "the last day, not the midnight after it"
    assert "Du sa ja til: Hvem barnet er, Hverdagen, Læring og skole." in shown
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    shown = page(visit, mother, asked)
    assert "Tatt tilbake" in shown and "Du tok tilbake ditt ja." in shown and "Det du svarte før" in shown
    assert reverse("withdraw", args=[asked.pk]) not in shown


def test_the_others_answer_is_never_there(cast, asked, visit, as_app):  # noqa: F811
    """What the mother reads is the same whether the father has said yes, no, or nothing."""
    mother, father = parents(asked)
    say(as_app, mother, asked, [])
    before = page(visit, mother, asked)
    say(as_app, father, asked, ["everyday"])
    after = page(visit, mother, asked)
    say(as_app, father, asked, [])
    again = page(visit, mother, asked)

    def words(text):
        return text.split("<main")[1].split("</main")[0]

    assert words(before) == words(after) == words(again)


def test_an_oral_answer_says_who_wrote_it_down(cast, asked, visit, as_app):  # noqa: F811
    mother, _father = parents(asked)
    party = next(one["id"] for one in asked.typed["people"] if one["name"].startswith("Marit"))
    with as_app(cast.maja.actor):
        note_oral_answer(cast.maja.actor, asked, party, Oral(("everyday",), "norsk", excluded="Ikke om flyttingen."))
    shown = page(visit, mother, asked)
    assert (
        "Dere snakket norsk." in shown
        and "Du svarte muntlig." in shown
        and "Maja Lind" in shown
        and "Ikke om flyttingen." in shown
    )


def test_what_the_child_said_is_read_by_the_one_who_wrote_it_down_and_by_no_parent(cast, asked, visit, as_app):  # noqa: F811
    mother, _father = parents(asked)
    Request.objects.filter(pk=asked.pk).update(heard="talk", view="wants", view_words="Vil gjerne, sa hun.")
    party = next(one["id"] for one in asked.typed["people"] if one["name"].startswith("Marit"))
    with as_app(cast.maja.actor):
        noted = Oral(("everyday",), "somali", "Amina Nur", "Tegnet et hus og smilte.")
        note_oral_answer(cast.maja.actor, asked, party, noted)
    own = body(visit(cast.maja).get(reverse("asked", args=[asked.pk])))
    for words in ("Vil gjerne, sa hun.", "Tegnet et hus og smilte.", "somali", "Amina Nur", "Bare du ser dette."):
        assert words in own, words
    shown = page(visit, mother, asked)
    assert "somali" in shown and "Amina Nur" in shown
    assert "Vil gjerne" not in shown and "Tegnet" not in shown
    assert "Tegnet" not in body(visit(mother).get(reverse("consent", args=[asked.pk])))


def test_what_has_run_out_has_ended(cast, asked, visit):  # noqa: F811
    mother, _father = parents(asked)
    Request.objects.filter(pk=asked.pk).update(ended_at=timezone.now() - timedelta(days=1))
    shown = page(visit, mother, asked)
    assert "Avsluttet" in shown and "Les og svar" not in shown


def test_only_the_family_has_it(cast, asked, visit):  # noqa: F811
    mother, _father = parents(asked)
    address = reverse("ledger", args=[asked.child_id])
    for name, member in {**cast.everybody(), "mother": mother}.items():
        assert visit(member).get(address).status_code == (200 if name == "mother" else 404), name


def test_the_page_asks_twelve_times_however_much_there_is(cast, asked, visit, as_app):  # noqa: F811
    from django.db import connection

    mother, _father = parents(asked)
    client, counts = visit(mother), []
    for more in (5, 495):
        for _n in range(more):
            one = Request.objects.create(
                child_id=asked.child_id, service_id=cast.clinic, kinds=["identity"], text_version="2",
                asked_by_id=cast.maja.person, position_id=cast.maja.position,
            )  # fmt: skip
            Answer.objects.create(
                request=one,
                child_id=asked.child_id,
                person_id=mother.person,
                form="oral",
                noted_by_id=cast.maja.position,
            )
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("ledger", args=[asked.child_id]))
        counts.append(len(Statements.of(seen.captured_queries)))
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def test_the_states_in_order():
    known = {"still": True, "party": True, "answered": True, "yes": True, "withdrawn": False, "shared": False}
    assert record_of(**known) is Record.WAITS_FOR_OTHERS
    assert record_of(**{**known, "shared": True, "still": False}) is Record.SHARED
    assert record_of(**{**known, "withdrawn": True, "yes": False}) is Record.WITHDRAWN
    assert record_of(**{**known, "yes": False}) is Record.NO
    assert record_of(**{**known, "answered": False, "yes": False}) is Record.WAITS
    assert record_of(**{**known, "still": False}) is Record.ENDED
