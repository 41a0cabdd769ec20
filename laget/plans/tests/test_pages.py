"""The plan's pages: who gets 200, 403 and 404, what stands in them, and what bad input does."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from laget.cases.models import Baton, Case
from laget.demo.clock import ago
from laget.law.kinds import Kind
from laget.plans import actions
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.tests import factories
from tests.support.cast import MOST_STATEMENTS, Statements

SEES = {"maja", "omar", "kari", "sara"}
HIDDEN = {"vera", "otto", "idris", "ada", "liv", "per"}
PAGES = ["case_plan", "goal_new", "matter", "goal_edit", "measure_new", "evaluate", "measure_edit", "evaluate_measure"]
NASTY = [
    "<script>alert(1)</script>",
    "**fet** [lenke](javascript:alert(1))",
    "😀👩‍👩‍👧 æøå ÆØÅ",
    "\u202eevil\u202c \u0000 \u0007",
    "שלום עולם",
    "{{ 7*7 }} {% raw %}",
    "'; DROP TABLE plans_goal; --",
]


@pytest.fixture
def plan(cast):
    goal = factories.goal(cast.case, cast.maja, "Leke med andre")
    return {"case": cast.case, "goal": goal, "measure": factories.measure(goal, cast.maja, "Bilder på tavlen")}


def address(name, plan):
    whose = (
        "case"
        if name in {"case_plan", "goal_new", "matter"}
        else "measure"
        if "measure" in name and name != "measure_new"
        else "goal"
    )
    return reverse(name, args=[plan[whose].pk])


def close(case):
    now = timezone.now()
    Baton.objects.update(until=now)
    Case.objects.filter(pk=case.pk).update(closed_at=now)


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_the_page(cast, plan, visit, name):
    for who, member in cast.everybody().items():
        answer = visit(member).get(address(name, plan))
        assert answer.status_code == (200 if who in SEES else 404), who
        if who in HIDDEN:
            assert "Leke" not in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_without_signing_in_there_is_nothing(plan, client, name):
    assert client.get(address(name, plan)).status_code == 302


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_closed_case_takes_no_changes_and_says_so(cast, plan, visit, name):
    close(cast.case)
    answer = visit(cast.kari).get(address(name, plan))
    assert answer.status_code == 403
    assert "Saken er avsluttet" in answer.content.decode()


def test_a_closed_plan_is_still_read_by_the_family(cast, plan, visit):
    close(cast.case)
    said = visit(cast.kari).get(address("case_plan", plan)).content.decode()
    assert "Leke med andre" in said
    assert "Avtal et mål" not in said


def test_an_address_that_is_made_up_is_not_found(cast, visit):
    import uuid

    assert visit(cast.maja).get(reverse("goal_edit", args=[uuid.uuid4()])).status_code == 404


def test_an_empty_plan_says_what_to_do(cast, visit):
    said = visit(cast.kari).get(reverse("case_plan", args=[cast.case.pk])).content.decode()
    assert "Ingen mål er avtalt ennå" in said
    assert "Ingen har fortalt ennå" in said


def test_what_matters_stands_before_the_goals_newest_first(cast, plan, visit):
    factories.matter(cast.case, cast.kari, "Hesten", at=ago(2))
    factories.matter(cast.case, cast.kari, "Hunden")
    said = visit(cast.maja).get(address("case_plan", plan)).content.decode()
    assert said.index("Hunden") < said.index("Hesten") < said.index("Leke med andre")


def test_a_page_shows_only_the_kinds_that_the_reader_may_know(cast, plan, visit):
    factories.goal(cast.case, cast.kari, "Sove om natten", kind=Kind.HEALTH, area="health")
    factories.matter(cast.case, cast.kari, "Medisinen smaker vondt", kind=Kind.HEALTH)
    said = {who: visit(cast.everybody()[who]).get(address("case_plan", plan)).content.decode() for who in SEES}
    for text in ("Sove om natten", "Medisinen"):
        assert {who for who, body in said.items() if text in body} == {"omar", "kari", "sara"}


def test_who_can_read_is_said_before_anything_is_written(cast, plan, visit):
    said = visit(cast.kari).get(address("goal_edit", plan)).content.decode()
    assert said.index("Hvem kan lese dette") < said.index("<textarea")
    assert "Solbakken barnehage" in said
    assert "Fjordvik helsestasjon" in said
    assert "Nordre skole" not in said


def test_a_goal_and_a_measure_at_home_in_two_steps(cast, visit):
    client = visit(cast.kari)
    answer = client.post(
        reverse("goal_new", args=[cast.case.pk]), {"area": "friends", "words": "Leke med andre", "audience": "team"}
    )
    goal = Goal.objects.get()
    assert answer["Location"] == reverse("measure_new", args=[goal.pk])
    today = timezone.localdate()
    given = {
        "audience": "team",
        "words": "Vi inviterer hjem",
        "responsible": f"home:{cast.kari.person}",
        "start": today.isoformat(),
        "due": (today + timedelta(days=20)).isoformat(),
    }
    answer = client.post(answer["Location"], given)
    assert answer["Location"] == reverse("case_plan", args=[cast.case.pk])
    said = client.get(answer["Location"]).content.decode()
    assert "Vi inviterer hjem" in said
    assert "Kari Solberg" in said
    assert "Hjemme hos oss" in said


def test_a_double_click_is_one_goal(cast, visit):
    client, key = visit(cast.maja), "6b0b3f7e-4c7d-4f0e-9d43-0c0f4b3b2d11"
    given = {"area": "friends", "words": "Leke", "key": key, "audience": "team"}
    first = client.post(reverse("goal_new", args=[cast.case.pk]), given)
    second = client.post(reverse("goal_new", args=[cast.case.pk]), given)
    assert first["Location"] == second["Location"]
    assert Goal.objects.count() == 1


def test_two_who_write_at_once_see_both_texts_and_nothing_is_lost(cast, plan, visit):
    edit = address("goal_edit", plan)
    assert visit(cast.kari).post(edit, {"version": 1, "words": "Karis mål"}).status_code == 302
    answer = visit(cast.maja).post(edit, {"version": 1, "words": "Majas mål"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Karis mål" in said
    assert "Majas mål" in said
    assert Goal.objects.get().words == "Karis mål"
    assert 'name="version" value="2"' in said
    assert visit(cast.maja).post(edit, {"version": 2, "words": "Felles mål"}).status_code == 302
    assert Revision.objects.count() == 2


def test_whoever_leaves_a_conflict_finds_the_text_again_until_it_is_thrown_away(cast, plan, visit):
    edit, client = address("goal_edit", plan), visit(cast.maja)
    visit(cast.kari).post(edit, {"version": 1, "words": "Karis mål"})
    said = client.post(edit, {"version": 1, "words": "Majas mål"}).content.decode()
    assert "Majas mål" in client.get(edit).content.decode()
    assert "Majas mål" not in visit(cast.omar).get(edit).content.decode()
    leave = unescape(re.search(r'id="leave" method="post" action="([^"]+)"', said)[1])
    assert client.post(leave)["Location"] == edit
    again = client.get(edit).content.decode()
    assert "Karis mål" in again and "Majas mål" not in again


def test_a_measure_conflict_keeps_the_other_fields(cast, plan, visit):
    edit, due = address("measure_edit", plan), (timezone.localdate() + timedelta(days=9)).isoformat()
    visit(cast.kari).post(edit, {"version": 1, "words": "Karis", "due": due})
    said = visit(cast.maja).post(edit, {"version": 1, "words": "Majas", "due": due}).content.decode()
    assert "Karis" in said and "Majas" in said and f'name="due" value="{due}"' in said


MATTER = {"voice": "child", "kind": "everyday", "audience": "team"}
HEARD = {"asked": "yes", "childs_words": "Gøy!", "how_asked": "Vi tegnet", "words": "Sett"}


@pytest.mark.parametrize(
    ("outcome", "who", "name", "leads_to"),
    [
        ("effect_done_close", "maja", "evaluate", "case_plan"),
        ("effect_continue", "kari", "evaluate", "case_plan"),
        ("no_effect_new_measures_same_level", "maja", "evaluate_measure", "measure_new"),
        ("no_effect_next_level", "maja", "evaluate_measure", "level"),
        ("no_effect_next_level", "omar", "evaluate_measure", "case_plan"),
        ("no_effect_next_level", "kari", "evaluate", "case_plan"),
    ],
)
def test_an_evaluation_leads_on(cast, plan, visit, outcome, who, name, leads_to):
    answer = visit(cast.everybody()[who]).post(address(name, plan), {**HEARD, "outcome": outcome})
    subject = plan["goal"] if leads_to == "measure_new" else plan["case"]
    assert answer["Location"] == reverse(leads_to, args=[subject.pk])
    assert Evaluation.objects.get().outcome == outcome


def test_a_child_says_what_it_thinks_itself_and_is_not_asked_whether_it_was_asked(cast, plan, visit):
    page = visit(cast.sara).get(address("evaluate", plan)).content.decode()
    assert "Hva synes du?" in page and "Er barnet spurt igjen?" not in page and "Hvordan ble barnet spurt" not in page
    given = {"words": "Det går fint nå.", "outcome": "effect_continue"}
    refused = visit(cast.sara).post(address("evaluate", plan), given)
    assert refused.status_code == 422 and "Det går fint nå." in refused.content.decode()
    answer = visit(cast.sara).post(address("evaluate", plan), {**given, "childs_words": "Jeg liker det."})
    assert answer["Location"] == reverse("case_plan", args=[plan["case"].pk])
    kept = Evaluation.objects.get()
    assert (kept.childs_words, kept.how_asked) == ("Jeg liker det.", "Barnet skrev dette selv.")


def test_what_a_child_thinks_is_enough_and_a_grown_up_says_what_we_see(cast, plan, visit):
    given = {"childs_words": "Jeg liker det.", "words": "", "outcome": "effect_continue"}
    assert "Vil du si mer?" in visit(cast.sara).get(address("evaluate", plan)).content.decode()
    assert visit(cast.sara).post(address("evaluate", plan), given).status_code == 302
    assert Evaluation.objects.get().words == ""
    assert "Jeg liker det." in visit(cast.maja).get(address("case_plan", plan)).content.decode()
    heard = {**HEARD, "words": "", "outcome": "effect_continue"}
    assert visit(cast.maja).post(address("evaluate", plan), heard).status_code == 422


def test_a_parent_is_asked_what_they_at_home_think(cast, plan, visit):
    assert "Hva synes dere hjemme?" in visit(cast.kari).get(address("evaluate", plan)).content.decode()
    assert "Hva mener foreldrene?" in visit(cast.maja).get(address("evaluate", plan)).content.decode()


def test_an_evaluation_without_the_child_keeps_what_was_typed(cast, plan, visit):
    given = {
        "asked": "yes",
        "childs_words": "",
        "how_asked": "Vi tegnet",
        "words": "Lang tekst",
        "outcome": "effect_continue",
    }
    answer = visit(cast.maja).post(address("evaluate", plan), given)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv hva barnet sa eller viste." in said
    assert "Lang tekst" in said
    assert not Evaluation.objects.exists()


def test_a_measure_that_goes_on_asks_for_a_day(cast, plan, visit):
    answer = visit(cast.maja).post(address("evaluate_measure", plan), {**HEARD, "outcome": "effect_continue"})
    assert answer.status_code == 422
    assert "Velg dagen dere ser på det igjen." in answer.content.decode()
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    answer = visit(cast.maja).post(
        address("evaluate_measure", plan), {**HEARD, "outcome": "effect_continue", "next_due": day}
    )
    assert answer.status_code == 302
    assert Measure.objects.get().due.isoformat() == day


def test_what_is_finished_has_no_buttons_and_cannot_be_reached(cast, plan, visit):
    visit(cast.maja).post(address("evaluate", plan), {**HEARD, "outcome": "effect_done_close"})
    said = visit(cast.maja).get(address("case_plan", plan)).content.decode()
    assert "Målet er nådd" in said
    assert address("goal_edit", plan) not in said
    assert address("measure_edit", plan) not in said
    assert visit(cast.maja).get(address("goal_edit", plan)).status_code == 403


@pytest.mark.parametrize(
    ("who", "given"),
    [("sara", {"kind": "everyday", "voice": "child"}), ("kari", {"kind": "everyday", "voice": "parent"})],
)
def test_child_and_parent_tell_what_matters(cast, visit, who, given):
    client = visit(cast.everybody()[who])
    answer = client.post(
        reverse("matter", args=[cast.case.pk]), {**given, "audience": "team", "words": "Å få være med"}
    )
    assert answer.status_code == 302
    assert Matter.objects.get().voice == given["voice"]
    said = client.get(answer["Location"]).content.decode()
    assert "Å få være med" in said
    assert "Takk." in said


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_written_is_shown_as_text(cast, plan, visit, text):
    client = visit(cast.maja)
    client.post(address("goal_edit", plan), {"version": 1, "words": text})
    client.post(
        address("evaluate", plan),
        {**HEARD, "words": text, "childs_words": text, "how_asked": text, "outcome": "effect_continue"},
    )
    client.post(address("matter", plan), MATTER | {"words": text, "how_asked": text})
    answer = client.get(address("case_plan", plan))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in said
    assert not [one for one in "\u202e\u0000\u0007" if one in said]
    assert Evaluation.objects.count() == Matter.objects.count() == 1
    if text == NASTY[0]:
        assert escape(text).replace("&#x27;", "&#39;") in said


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_hundred_thousand_characters_are_refused_kindly_and_kept(cast, plan, visit, name):
    long, today = "Ord æøå " * 12_500, timezone.localdate()
    given = {
        "words": long,
        "childs_words": long,
        "how_asked": long,
        "asked": "yes",
        "version": 1,
        "area": "friends",
        "audience": "team",
        "kind": "everyday",
        "voice": "child",
        "outcome": "effect_done_close",
        "responsible": f"home:{cast.kari.person}",
        "start": today.isoformat(),
        "due": today.isoformat(),
    }
    answer = visit(cast.maja).post(address(name, plan), given)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Det er plass til" in said
    assert "maxlength" not in said
    assert long.strip()[:50_000] in said
    assert Goal.objects.get().version == 1


@pytest.mark.parametrize(
    "given",
    [
        {"responsible": "service:not-a-uuid"},
        {"responsible": ""},
        {"start": "i går"},
        {"due": "2026-13-45"},
        {"due": ""},
        {"words": "  "},
        {"responsible": "home:00000000-0000-0000-0000-000000000000"},
    ],
)
def test_wrong_input_is_a_sentence_and_not_a_fault(cast, plan, visit, given):
    today = timezone.localdate().isoformat()
    right = {"words": "Riktig tekst", "responsible": f"home:{cast.kari.person}", "start": today, "due": today}
    right["audience"] = "team"
    answer = visit(cast.maja).post(address("measure_new", plan), {**right, **given})
    assert answer.status_code == 422
    assert Measure.objects.count() == 1


def test_the_version_is_not_typed_by_hand(cast, plan, visit):
    for version in ("", "x", "0", "99"):
        answer = visit(cast.maja).post(address("goal_edit", plan), {"version": version, "words": "Ny"})
        assert answer.status_code in {409, 422}
    assert Goal.objects.get().version == 1


@pytest.mark.parametrize("who", ["maja", "kari"])
def test_the_number_of_statements_does_not_grow_with_the_plan(cast, visit, who):
    counts = []
    for size in (5, 500):
        for model, rows in larger_plan(cast, size - 5 if counts else size).items():
            model.objects.bulk_create(rows)
        client = visit(getattr(cast, who))
        with CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("case_plan", args=[cast.case.pk])).content.decode()
        assert (page.count("Det går bedre"), page.count("Slik sto det før")) == (2 * size, 2 * size)
        counts.append(len(Statements.of(seen.captured_queries)))
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def larger_plan(cast, size):
    """Goals, each with a measure at home and one in a service, each goal and measure with what stands beneath it."""
    today = timezone.localdate()
    made = {"child_id": cast.child, "kind": "everyday"}
    agreed = {**made, "words": "Leke", "agreed_by_id": cast.maja.person}
    said = {"outcome": "effect_continue", "words": "Det går bedre", "how_asked": "Vi tegnet", "by_id": cast.maja.person}
    found = {Goal: [], Measure: [], Evaluation: [], Revision: [], Matter: []}
    for _ in range(size):
        goal = Goal(case_id=cast.case.pk, area="friends", **agreed)
        home = Measure(goal=goal, place="home", person_id=cast.kari.person, start=today, due=today, **agreed)
        service = Measure(goal=goal, place="service", position_id=cast.omar.position, start=today, due=today, **agreed)
        found[Goal].append(goal)
        found[Measure] += [home, service]
        found[Evaluation] += [Evaluation(goal=goal, measure=of, **made, **said) for of in (None, home)]
        found[Revision] += [
            Revision(of=of.pk, version=1, words="Slik sto det før", agreed_at=timezone.now(),
                     replaced_by_id=cast.maja.person, **made)
            for of in (goal, service)
        ]  # fmt: skip
        found[Matter].append(Matter(case_id=cast.case.pk, voice="child", words="Hest", by_id=cast.kari.person, **made))
    return found


def test_a_day_that_was_moved_shows_what_it_was_to_those_who_see_the_measure(cast, visit, as_app):
    with as_app(cast.maja.actor):
        goal = actions.agree_goal(cast.maja.actor, cast.case, area="friends", words="Leke med andre").value
        measure = actions.add_measure(
            cast.maja.actor, goal, words="Lek ute", place="home", responsible=cast.kari.person,
            start=timezone.localdate(), due=timezone.localdate() + timedelta(days=14),
        ).value  # fmt: skip
        moved = timezone.localdate() + timedelta(days=30)
        actions.revise_measure(cast.maja.actor, measure, words="Lek ute", version=1, due=moved)
    plan = reverse("case_plan", kwargs={"case": cast.case.pk})
    for member in (cast.maja, cast.kari):
        page = visit(member).get(plan).content.decode()
        assert "Tidligere datoer" in page
        assert "Dere skulle se på det" in page
        assert f"Endret av {cast.maja.name.split()[0]}" in " ".join(re.sub("<[^>]*>", " ", page).split())
    assert visit(cast.otto).get(plan).status_code == 404


def test_what_a_deputy_wrote_in_the_plan_says_for_whom(cast, visit):
    """As in the log: who stood in for the holder is named with the one stood in for."""
    from laget.cases.tests.test_deputies import stand_in
    from laget.plans.tests.factories import evaluation, goal, matter

    stand_in(cast)
    aim = goal(cast.case, cast.otto)
    evaluation(aim, cast.otto)
    matter(cast.case, cast.otto, voice="worker")
    matter(cast.case, cast.omar, voice="worker", words="Fotball")
    for reader in (cast.kari, cast.omar):
        body = visit(reader).get(reverse("case_plan", args=[cast.case.pk])).content.decode()
        assert body.count("for Maja Lind") == 2
