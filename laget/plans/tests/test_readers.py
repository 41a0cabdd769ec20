"""Who reads a goal reads what stands under it, and nobody else is told that there is anything."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Readership
from laget.cases.rules import Choice
from laget.cases.tests.test_readers import by_the_clock, neutral, pages_of_family, raw
from laget.demo.cast import make_cast, parent
from laget.desk.tests.test_statements import MOST, statements
from laget.kernel.errors import Invalid, Refused
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.plans import actions, sweeps
from laget.plans.access import (
    readers_of,
    visible_evaluations,
    visible_goals,
    visible_matters,
    visible_measures,
    visible_revisions,
)
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.tests.factories import evaluation, goal, matter, measure
from laget.sight.rules import Audience

SIGHTS = {
    Goal: visible_goals, Measure: visible_measures, Revision: visible_revisions, Evaluation: visible_evaluations,
    Matter: visible_matters,
}  # fmt: skip
DAY = timezone.localdate() + timedelta(days=100)


def grounded(audience, *persons):
    return Choice(audience, frozenset(persons), "danger", "Det er farlig", DAY)


@pytest.fixture
def father(cast):
    return parent("Nils", "Solberg", cast.child, "father", date(1985, 2, 3))


def agreed(cast, by, as_app, to, words="Hemmelig kanarifugl"):
    with as_app(by.actor):
        made = actions.agree_goal(by.actor, cast.case, area="friends", words=words, to=to).value
    with as_app(cast.maja.actor):
        under = actions.add_measure(
            cast.maja.actor, made, words="Hemmelig tiltak", place="service", responsible=cast.maja.position,
            start=timezone.localdate(), due=timezone.localdate() + timedelta(days=20),
        ).value  # fmt: skip
        actions.revise_goal(cast.maja.actor, made, words=words + " igjen", version=1)
        actions.evaluate(
            cast.maja.actor, under, outcome="effect_continue", words="Hemmelig svar", asked=True, childs_words="Ja",
            how_asked="Vi tegnet", next_due=timezone.localdate() + timedelta(days=30),
        )  # fmt: skip
    return made, under


def test_nobody_is_kept_from_what_they_have_said(cast, father, as_app):
    """Neither from a goal they have written, nor from what they have told matters; the database says so too."""
    own = goal(cast.case, father), matter(cast.case, father)
    for one in own:
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            actions.choose_readers(cast.maja.actor, one, choice=grounded("not_for", father.person))
        with pytest.raises(DatabaseError, match="is_read"), transaction.atomic():
            type(one).objects.filter(pk=one.pk).update(audience="not_for", persons=[father.person])


def seen_by(member, as_app):
    """Which kinds of rows of the plan somebody reads, the same by both locks."""
    found = set()
    with as_app(member.actor):
        for model, sight in SIGHTS.items():
            ids = set(model.objects.values_list("pk", flat=True))
            assert ids == set(sight(member.actor).values_list("pk", flat=True)), model
            found |= {model} if ids else set()
    return found


ALL = {Goal, Measure, Revision, Evaluation}


def test_what_stands_under_a_goal_has_its_readers_and_nobody_else_is_told(cast, father, as_app):
    agreed(cast, cast.maja, as_app, grounded("not_for", father.person))
    for name, member in {**cast.everybody(), "father": father}.items():
        assert seen_by(member, as_app) == (ALL if name in ("maja", "omar", "kari", "sara") else set()), name
    assert not Notice.objects.filter(recipient_id=father.person).exists()
    assert Notice.objects.filter(recipient_id=cast.kari.person, event="plans.goal_agreed").exists()


def test_a_parents_pages_are_the_same_to_the_byte_with_and_without_a_goal_kept_from_him(cast, father, as_app, visit):
    measure(goal(cast.case, cast.maja, words="Et felles mål"), cast.maja)
    client = visit(father)
    before = [neutral(client.get(page).content.decode()) for page in pages_of_family(cast)]
    agreed(cast, cast.maja, as_app, grounded("services"))
    matter(cast.case, cast.sara, words="Hemmelig", audience="childs_own", persons=[cast.maja.person])
    for page, was in zip(pages_of_family(cast), before, strict=True):
        assert was.splitlines() == neutral(client.get(page).content.decode()).splitlines(), page


def test_a_goal_that_is_narrowed_takes_all_under_it_along_and_back(cast, father, as_app):
    made, _under = agreed(cast, cast.maja, as_app, Choice())
    assert seen_by(father, as_app) == ALL
    with as_app(cast.omar.actor):
        with pytest.raises(Invalid):
            actions.choose_readers(cast.omar.actor, made, choice=Choice("named", frozenset({cast.kari.person})))
        actions.choose_readers(cast.omar.actor, made, choice=grounded("not_for", father.person))
        with pytest.raises(Refused):
            actions.choose_readers(cast.omar.actor, made, choice=Choice("team", why="Det er over"))
    assert seen_by(father, as_app) == set()
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team"))
    assert seen_by(father, as_app) == ALL


@pytest.mark.parametrize("both", [False, True])
def test_nobody_is_kept_from_what_they_said_under_a_goal_that_is_kept_from_them(both, cast, father, as_app, visit):
    """And when the goal is for all again, so is what stands under it, for the same readers as before."""
    made, under = agreed(cast, cast.maja, as_app, Choice())
    own = goal(cast.case, cast.maja, words="Et annet mål")
    theirs = measure(made, father, words="Lese hver kveld", at_home=father)
    with as_app(father.actor):
        said = actions.evaluate(
            father.actor, under, outcome="effect_continue", words="Hun sover bedre", asked=False,
            how_asked="Hun sov", next_due=DAY,
        ).value  # fmt: skip
    kept = [father.person, cast.kari.person] if both else [father.person]
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", *kept))
    with as_app(father.actor):
        assert set(Goal.objects.all()) == {own} and set(Evaluation.objects.all()) == {said}
        assert set(visible_evaluations(father.actor)) == {said} and set(visible_measures(father.actor)) == {theirs}
    page = visit(father).get(reverse("case_plan", args=[cast.case.pk])).content.decode()
    assert "Hun sover bedre" in page and "Lese hver kveld" in page and "Hemmelig" not in page
    with as_app(cast.kari.actor):
        assert Evaluation.objects.filter(pk=said.pk).exists() is not both
    for back in ([father.person], []) if both else ([],):
        choice = grounded("not_for", *back) if back else Choice("team")
        with as_app(cast.maja.actor):
            actions.choose_readers(cast.maja.actor, made, choice=choice)
        with as_app(cast.kari.actor):
            assert Evaluation.objects.filter(pk=said.pk).exists()
    assert seen_by(father, as_app) == ALL
    assert set(Evaluation.objects.values_list("audience", flat=True)) == {"team"}


def test_a_worker_finds_what_it_said_under_a_goal_that_is_for_others_now(cast, as_app, visit):
    """In the plan, under what one has said of how it went, at no more statements than a page may cost."""
    made, under = agreed(cast, cast.maja, as_app, Choice())
    with as_app(cast.omar.actor):
        actions.evaluate(
            cast.omar.actor, under, outcome="effect_continue", words="Hun sover bedre", asked=False, how_asked="Sov",
            next_due=DAY,
        )  # fmt: skip
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("named", frozenset({cast.kari.person})))
    client, address = visit(cast.omar), reverse("case_plan", args=[cast.case.pk])
    page = client.get(address).content.decode()
    assert "Hun sover bedre" in page.partition("Det du har sagt om hvordan det gikk")[2] and "Hemmelig" not in page
    assert statements(client, address)[0] <= MOST


def test_the_database_keeps_nobody_from_what_they_said(cast, father, as_app):
    said = evaluation(goal(cast.case, cast.maja), father)
    with pytest.raises(DatabaseError, match="own_evaluation_is_read"), transaction.atomic():
        Evaluation.objects.filter(pk=said.pk).update(audience="not_for", persons=[father.person])


def test_a_measure_with_fewer_readers_gets_no_more_when_its_goal_changes(cast, father, as_app):
    made, under = agreed(cast, cast.maja, as_app, Choice())
    with as_app(cast.maja.actor):
        only = Choice("named", frozenset({cast.omar.person, father.person}))
        actions.choose_readers(cast.maja.actor, under, choice=only)
    assert Measure not in seen_by(cast.kari, as_app) and Measure in seen_by(father, as_app)
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", father.person))
    assert seen_by(father, as_app) == set() and seen_by(cast.omar, as_app) == ALL
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team"))
    assert Measure not in seen_by(cast.kari, as_app) | seen_by(father, as_app)


def test_a_childs_own_goal_is_read_by_the_child_and_those_it_chose(as_app):
    cast = make_cast(age=14)
    agreed(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.maja.person})))
    assert {name for name, one in cast.everybody().items() if seen_by(one, as_app)} == {"sara", "maja"}
    assert seen_by(cast.sara, as_app) == ALL


@pytest.mark.parametrize("audience", Audience)
def test_the_names_on_a_goal_are_those_whom_both_locks_let_read(audience, cast, father, as_app):
    made = goal(cast.case, cast.maja, audience=audience, persons=[father.person])
    with as_app(cast.maja.actor):
        listed = {one.person for one in readers_of(made)}
    everybody = {**cast.everybody(), "father": father}.values()
    assert listed == {one.person for one in everybody if seen_by(one, as_app)}


def test_who_does_not_read_a_goal_is_not_made_responsible_for_it(cast, father, as_app):
    made = goal(cast.case, cast.maja, audience="not_for", persons=[father.person])
    today = timezone.localdate()
    for who, able in ((father, False), (cast.kari, True)):
        with as_app(cast.maja.actor):

            def add(who=who):
                return actions.add_measure(
                    cast.maja.actor, made, words="Lese sammen", place="home", responsible=who.person, start=today,
                    due=today + timedelta(days=9),
                )  # fmt: skip

            if able:
                assert add().value
            else:
                with pytest.raises(Invalid):
                    add()


def test_the_database_refuses_other_readers_of_a_goal_that_nobody_said_why(cast, as_app):
    made = goal(cast.case, cast.maja)
    with pytest.raises(DatabaseError, match="nobody said why"), as_app(cast.maja.actor), transaction.atomic():
        Goal.objects.filter(pk=made.pk).update(audience="services")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_goal_is_agreed_and_its_readers_chosen_anew_on_the_pages(cast, father, visit):
    client, address = visit(cast.maja), reverse("goal_new", args=[cast.case.pk])
    assert 'name="persons"' not in client.get(address).content.decode()
    body = client.get(address, {"audience": "not_for"}).content.decode()
    assert body.index("Nils Solberg") < body.index('name="words"')
    typed = {"audience": "not_for", "persons": [str(father.person)], "ground": "danger", "why": "Uro",
             "review_on": DAY.isoformat(), "area": "friends", "words": "Et stille mål"}  # fmt: skip
    assert client.post(address, typed | {"ground": ""}).status_code == 422
    assert client.post(address, typed).status_code == 302
    plan = reverse("case_plan", args=[cast.case.pk])
    assert "Ikke for Nils Solberg" in client.get(plan).content.decode()
    assert "Et stille mål" not in visit(father).get(plan).content.decode()
    made = Goal.objects.get()
    page = reverse("goal_readers", args=[made.pk])
    assert visit(father).get(page).status_code == 404 and visit(cast.kari).get(page).status_code == 403
    assert client.post(page, {"audience": "team", "why": ""}).status_code == 302
    assert "Et stille mål" in visit(father).get(plan).content.decode()
    assert Readership.objects.count() == 2


def test_a_national_number_is_refused_in_the_plan(cast, as_app):
    number = synthetic_number(date(2019, 3, 1), 7)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as no:
        actions.agree_goal(cast.maja.actor, cast.case, area="friends", words=f"Leke, {number[:6]} {number[6:]}")
    assert no.value.field == "words" and not Goal.objects.exists()


# A measure has the readers of its goal, or fewer


def doing(cast, of, as_app, to=None, who=None, by=None, words="Hemmelig tiltak"):
    by, today = by or cast.maja, timezone.localdate()
    place = {"place": "home", "responsible": who.person} if who else {"place": "service", "responsible": by.position}
    with as_app(by.actor):
        return actions.add_measure(
            by.actor, of, words=words, start=today, due=today + timedelta(days=20), to=to, **place
        ).value  # fmt: skip


def measures_of(member, as_app):
    with as_app(member.actor):
        ids = set(Measure.objects.values_list("words", flat=True))
        assert ids == set(visible_measures(member.actor).values_list("words", flat=True))
    return ids


def test_a_measure_is_for_fewer_than_its_goal_from_the_moment_it_is_agreed(cast, father, as_app):
    made = goal(cast.case, cast.maja)
    doing(cast, made, as_app, grounded("not_for", father.person), words="Ikke for far")
    doing(cast, made, as_app, Choice("named", frozenset({cast.kari.person})), words="For mor")
    doing(cast, made, as_app, words="For alle")
    assert measures_of(father, as_app) == {"For alle"}
    assert measures_of(cast.omar, as_app) == {"Ikke for far", "For alle"}
    assert measures_of(cast.kari, as_app) == {"Ikke for far", "For mor", "For alle"}
    row = Readership.objects.get(audience="not_for")
    assert (row.ground, row.review_on, row.persons) == ("danger", DAY, [father.person])
    told = Notice.objects.filter(recipient_id=cast.kari.person, event="cases.written_to_you").get()
    assert told.address == reverse("case_plan", args=[cast.case.pk])


def test_a_measure_is_never_for_more_than_its_goal(cast, father, as_app):
    made = goal(cast.case, cast.maja, audience="not_for", persons=[father.person])
    for wider in (Choice(), grounded("services"), Choice("named", frozenset({father.person}))):
        with pytest.raises(Invalid):
            doing(cast, made, as_app, wider)
    doing(cast, made, as_app, Choice("named", frozenset({cast.kari.person})), words="For mor")
    doing(cast, made, as_app, words="Som målet")
    assert measures_of(father, as_app) == set() and measures_of(cast.omar, as_app) == {"Som målet"}


def test_who_does_not_read_a_measure_is_not_made_responsible_for_it(cast, father, as_app):
    made = goal(cast.case, cast.maja)
    with pytest.raises(Invalid) as no:
        doing(cast, made, as_app, grounded("not_for", father.person), who=father)
    assert no.value.field == "responsible"
    assert doing(cast, made, as_app, grounded("not_for", father.person), who=cast.kari)


def test_a_measure_is_agreed_on_its_page_for_some_of_those_who_read_the_goal(cast, father, visit):
    made = goal(cast.case, cast.maja, audience="not_for", persons=[father.person])
    client, address = visit(cast.maja), reverse("measure_new", args=[made.pk])
    body = client.get(address).content.decode()
    assert "Samme som målet" in body and "audience=named" in body and "audience=services" not in body
    assert "Kari Solberg" in body and "Nils Solberg" not in body
    named = client.get(address, {"audience": "named"}).content.decode()
    assert str(cast.kari.person) in named and str(father.person) not in named.split('name="words"')[0]
    today = timezone.localdate()
    typed = {"words": "Stille tiltak", "responsible": f"home:{cast.kari.person}", "start": today.isoformat(),
             "due": (today + timedelta(days=9)).isoformat(), "audience": "named"}  # fmt: skip
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"persons": [str(cast.kari.person)]}).status_code == 302
    plan = reverse("case_plan", args=[cast.case.pk])
    assert "Stille tiltak" in visit(cast.kari).get(plan).content.decode()
    assert "Stille tiltak" not in visit(cast.omar).get(plan).content.decode()


def test_a_measure_that_stands_gets_no_more_readers_than_its_goal(cast, father, as_app, visit):
    made = goal(cast.case, cast.maja, audience="not_for", persons=[father.person])
    under = doing(cast, made, as_app)
    for wider in (Choice(), Choice("named", frozenset({father.person}))):
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            actions.choose_readers(cast.maja.actor, under, choice=wider)
        assert not raw(cast.maja, as_app, under, wider)
    page = visit(cast.maja).get(reverse("measure_readers", args=[under.pk])).content.decode()
    assert "audience=named" in page and "audience=team" not in page
    with as_app(cast.maja.actor):
        fewer = Choice("named", frozenset({cast.kari.person}))
        actions.choose_readers(cast.maja.actor, under, choice=fewer)
    assert measures_of(cast.omar, as_app) == set() and measures_of(cast.kari, as_app) == {"Hemmelig tiltak"}


def test_past_the_actions_only_who_wrote_it_lets_more_read_what_stands_in_the_plan(cast, father, as_app):
    narrow = {"audience": "named", "persons": [cast.omar.person, cast.kari.person, cast.maja.person]}
    made = goal(cast.case, cast.maja, **narrow)
    under = measure(made, cast.omar, **narrow)
    before = Revision.objects.create(
        child_id=cast.child, kind=made.kind, of=made.pk, version=1, words="x", agreed_at=made.agreed_at,
        replaced_by_id=cast.omar.person, **narrow,
    )  # fmt: skip
    alone = matter(cast.case, cast.maja, **narrow)
    rows = [under, evaluation(made, cast.kari, measure=under, **narrow), before, alone, made]
    for row in rows:
        for member in (cast.omar, cast.kari, cast.maja)[: 2 if row == made else 3]:
            may = row == alone and member == cast.maja
            assert raw(member, as_app, row, Choice()) == may, (row, member.person)
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice())
    for model in (Goal, Measure, Evaluation, Revision):
        assert model.objects.get().audience == "team", model
    for parent_of in (cast.kari, father):
        assert not raw(parent_of, as_app, made, Choice("named", frozenset({cast.kari.person})))


def test_a_goal_that_ends_ends_all_that_is_done_towards_it_also_what_its_evaluator_does_not_read(cast, as_app):
    made = goal(cast.case, cast.maja)
    doing(cast, made, as_app, Choice("named", frozenset({cast.kari.person})), who=cast.kari)
    stands = doing(cast, goal(cast.case, cast.maja, words="Et annet"), as_app, words="Går videre")
    assert measures_of(cast.omar, as_app) == {"Går videre"}
    with as_app(cast.omar.actor):
        actions.evaluate(
            cast.omar.actor, made, outcome="effect_done_close", words="Nådd", asked=False, how_asked="Hun var syk"
        )
    hidden = Measure.objects.exclude(pk=stands.pk).get()
    assert (hidden.outcome, hidden.ended_at) == ("effect_done_close", Goal.objects.get(pk=made.pk).ended_at)
    assert Measure.objects.get(pk=stands.pk).outcome == ""


# What matters


def told(cast, by, as_app, to, **more):
    said = {"words": "Hemmelig kanarifugl", "voice": "child"} | more
    with as_app(by.actor):
        return actions.tell_what_matters(by.actor, cast.case, to=to, **said).value


@pytest.mark.parametrize(("age", "alone"), [(11, False), (12, True), (16, True)])
def test_what_matters_to_a_child_is_read_by_those_it_chose(age, alone, as_app):
    cast = make_cast(age=age)
    if alone:
        told(cast, cast.sara, as_app, Choice("childs_own"), words="Bare meg")
    else:
        with pytest.raises(Invalid) as no:
            told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.kari.person})))
        assert no.value.field == "persons"
    told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.maja.person})))
    reading = {name for name, one in cast.everybody().items() if seen_by(one, as_app)}
    assert reading == {"sara", "maja"}
    assert set(Notice.objects.values_list("recipient_id", flat=True)) == {cast.maja.person}


def test_what_a_worker_notes_as_the_childs_own_is_in_the_childs_words(cast, as_app):
    own = Choice("childs_own", frozenset({cast.omar.person}))
    with pytest.raises(Invalid) as no:
        told(cast, cast.maja, as_app, own, voice="worker")
    assert no.value.field == "audience"
    made = told(cast, cast.maja, as_app, own, how_asked="Vi tegnet")
    assert {name for name, one in cast.everybody().items() if seen_by(one, as_app)} == {"sara", "maja", "omar"}
    with as_app(cast.omar.actor), pytest.raises(Refused):
        actions.choose_readers(cast.omar.actor, made, choice=Choice("team", why="Alle bør vite"))


def test_a_parents_pages_are_the_same_to_the_byte_with_and_without_what_matters_and_measures(
    cast, father, as_app, visit
):
    made = goal(cast.case, cast.maja, words="Et felles mål")
    measure(made, cast.maja)
    matter(cast.case, cast.kari, words="Hesten", voice="parent")
    client = visit(father)
    pages = [*pages_of_family(cast), reverse("matter", args=[cast.case.pk]), reverse("measure_new", args=[made.pk])]
    before = [neutral(client.get(page).content.decode()) for page in pages]
    told(cast, cast.maja, as_app, grounded("services"), voice="worker")
    told(cast, cast.maja, as_app, grounded("not_for", father.person), voice="worker", words="Hemmelig to")
    told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.maja.person})), words="Hemmelig tre")
    doing(cast, made, as_app, grounded("not_for", father.person))
    for page, was in zip(pages, before, strict=True):
        assert was.splitlines() == neutral(client.get(page).content.decode()).splitlines(), page


def test_a_child_says_before_it_writes_who_reads_what_matters(visit):
    cast = make_cast(age=13)
    client, address = visit(cast.sara), reverse("matter", args=[cast.case.pk])
    body = client.get(address).content.decode()
    assert "Bare du og de du velger" in body and body.index("Hvem kan lese dette?") < body.index('name="words"')
    assert client.post(address, {"voice": "child", "kind": "everyday", "words": "Hesten"}).status_code == 422
    typed = {"voice": "child", "kind": "everyday", "words": "Hesten", "audience": "childs_own"}
    assert client.post(address, typed).status_code == 302
    plan = reverse("case_plan", args=[cast.case.pk])
    assert "Hesten" in client.get(plan).content.decode()
    for one in (cast.kari, cast.maja):
        assert "Hesten" not in visit(one).get(plan).content.decode()
    page = reverse("matter_readers", args=[Matter.objects.get().pk])
    assert visit(cast.kari).get(page).status_code == 404
    assert client.post(page, {"audience": "team"}).status_code == 302
    assert "Hesten" in visit(cast.kari).get(plan).content.decode()


def test_the_same_words_for_somebody_else_are_told_anew(as_app):
    cast = make_cast(age=14)
    first = told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.maja.person})))
    assert told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.maja.person}))) == first
    assert told(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.omar.person}))) != first
    made = goal(cast.case, cast.maja)
    one = doing(cast, made, as_app, Choice("named", frozenset({cast.kari.person})))
    assert doing(cast, made, as_app, Choice("named", frozenset({cast.kari.person}))) == one
    assert doing(cast, made, as_app, Choice("named", frozenset({cast.omar.person}))) != one
    assert doing(cast, made, as_app) != one


# Looked at again


def test_what_of_the_plan_is_kept_from_a_parent_is_looked_at_again_and_what_hangs_on_it_with_it(cast, father, as_app):
    soon = replace(grounded("not_for", father.person), review_on=timezone.localdate() + timedelta(days=10))
    made, _under = agreed(cast, cast.maja, as_app, soon)
    wide = goal(cast.case, cast.maja, words="Et annet")
    under = doing(cast, wide, as_app, soon)
    about = told(cast, cast.maja, as_app, soon, voice="worker")
    for _again in range(2):
        by_the_clock(run=sweeps.run)
    pages = {("goal_readers", made), ("measure_readers", under), ("matter_readers", about)}
    notices = Notice.objects.filter(event="cases.readers_review", recipient_id=cast.maja.person)
    assert sorted(notices.values_list("address", flat=True)) == sorted(reverse(page, args=[x.pk]) for page, x in pages)
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", father.person))
    assert Readership.objects.filter(of=made.pk).count() == 2


# Looked through before it is saved


def test_the_plans_forms_ask_before_a_third_person_is_named_and_keep_all_that_was_typed(cast, visit):
    made = goal(cast.case, cast.maja)
    words = "Sara vil være med Ingeborg Vik hjem."
    posts = {
        reverse("goal_new", args=[cast.case.pk]): {"audience": "team", "area": "friends"},
        reverse("goal_edit", args=[made.pk]): {"version": 1},
        reverse("matter", args=[cast.case.pk]): {"audience": "team", "voice": "worker", "kind": "everyday"},
        reverse("evaluate", args=[made.pk]): {
            "asked": "yes", "childs_words": "Ja", "how_asked": "Vi tegnet", "outcome": "effect_continue"
        },
    }  # fmt: skip
    for address, typed in posts.items():
        answer = visit(cast.maja).post(address, typed | {"words": words})
        body = answer.content.decode()
        assert answer.status_code == 422 and "<mark>Ingeborg Vik</mark>" in body and words in body, address
        seen = {"anyway": "1", "pointed_at": "words:ingeborg vik", "words": words}
        assert visit(cast.maja).post(address, typed | seen).status_code == 302, address
