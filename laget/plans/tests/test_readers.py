"""Who reads a goal reads what stands under it, and nobody else is told that there is anything."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Readership
from laget.cases.rules import Choice
from laget.cases.tests.test_readers import neutral, pages_of_family
from laget.demo.cast import make_cast, parent
from laget.kernel.errors import Invalid, Refused
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.plans import actions
from laget.plans.access import (
    readers_of,
    visible_evaluations,
    visible_goals,
    visible_matters,
    visible_measures,
    visible_revisions,
)
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.tests.factories import goal, matter, measure
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
