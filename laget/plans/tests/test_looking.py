"""What stood in the plan before a child had its place is closed to it until it is looked through, by both locks."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Case, Readership
from laget.cases.rules import Choice
from laget.demo.cast import make_cast
from laget.demo.clock import ago
from laget.families.models import Child, Parent
from laget.notices.models import Notice
from laget.participation.actions import Said, set_up
from laget.plans import access, actions, ground
from laget.plans.looking import SORTS, older
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.sight.models import Seat

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=90)
TABLES = ("goal", "measure", "revision", "evaluation", "matter")


@pytest.fixture
def came(db, as_app):
    """Sara of twelve gets her page from Maja; the plan stood before, with a goal that only Omar reads."""
    cast = make_cast(age=12)
    Seat.objects.filter(kind="child").delete()
    Parent.objects.filter(person_id=cast.per.person).update(responsibility=False)
    here = {"child_id": cast.child, "kind": "learning"}
    goal = Goal.objects.create(
        case=cast.case, words="Kari krangler mindre med onkel Tor", agreed_at=ago(9), agreed_by_id=cast.maja.person,
        version=2, **here,
    )  # fmt: skip
    today = timezone.localdate()
    Measure.objects.create(
        goal=goal, words="Ro ved frokosten", place="home", person_id=cast.kari.person, agreed_at=ago(8), start=today,
        agreed_by_id=cast.maja.person, due=SOON, **here,
    )  # fmt: skip
    Revision.objects.create(
        of=goal.pk, version=1, words="Tidligere ord", agreed_at=ago(20), replaced_by_id=cast.maja.person, **here
    )
    Evaluation.objects.create(goal=goal, outcome="o", words="Det går bedre.", at=ago(5), by_id=cast.maja.person, **here)
    Matter.objects.create(
        case=cast.case, child_id=cast.child, kind="everyday", voice="parent", words="Sara savner farmor", at=ago(7),
        by_id=cast.kari.person,
    )  # fmt: skip
    health = Goal.objects.create(
        case=cast.case, child_id=cast.child, kind="health", words="Sove", agreed_at=ago(6),
        agreed_by_id=cast.omar.person,
    )  # fmt: skip
    said = Said("known", "hand", "Siden 1. klasse.", "Vil selv.", (cast.child, cast.kari.person), cast.omar.position)
    with as_app(cast.maja.actor):
        set_up(cast.maja.actor, Child.objects.get(pk=cast.child), cast.child, said)
    return cast, goal, health


def reads(as_app, member):
    """What somebody reads of the plan, by both locks, which agree."""
    by_python = {
        words for sight, _when in SORTS.values() for words in sight(member.actor).values_list("words", flat=True)
    }
    with as_app(member.actor), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT words FROM plans_{one}" for one in TABLES))
        assert {row[0] for row in cursor.fetchall()} == by_python
    return by_python


def looks(as_app, cast, member, *only):
    with as_app(member.actor):
        case = Case.objects.get(pk=cast.case.pk)
        seen = [one.id for one in older(member.actor, case) if not only or one.words[0] in only]
        return actions.look_through(member.actor, case, seen).value


def hold(as_app, cast, thing):
    with as_app(cast.maja.actor):
        said = {"on": "another_person", "why": "Tor sitt eget.", "review_on": SOON}
        actions.hold_back(cast.maja.actor, thing, **said)


def test_the_child_reads_nothing_of_the_plan_until_it_is_looked_through_and_the_others_as_before(came, as_app):
    cast, _goal, _health = came
    assert reads(as_app, cast.sara) == set()
    assert len(reads(as_app, cast.kari)) == 6
    assert "Sove" not in reads(as_app, cast.maja)


def test_each_opens_what_it_reads_and_the_child_is_told_when_nothing_waits(came, as_app):
    cast, _goal, health = came
    assert looks(as_app, cast, cast.maja) == 5
    assert len(reads(as_app, cast.sara)) == 5 and health.words not in reads(as_app, cast.sara)
    with as_app(cast.sara.actor):
        assert ground.unlooked(cast.child)
    assert not Notice.objects.filter(event="cases.older_open").exists()
    assert looks(as_app, cast, cast.omar) == 1
    assert health.words in reads(as_app, cast.sara)
    assert Notice.objects.get(event="cases.older_open").recipient_id == cast.child


@pytest.mark.parametrize("name", ["sara", "kari"])
def test_the_database_lets_nobody_of_the_family_say_that_it_is_looked_through(came, as_app, name):
    cast, member = came[0], getattr(came[0], name)
    for table in (*(f"plans_{one}" for one in TABLES), "cases_log"):
        with as_app(member.actor), suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET looked_at = now()")
        assert not looked(table), table
    assert reads(as_app, cast.sara) == set()


def looked(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE looked_at IS NOT NULL")
        return cursor.fetchone()[0]


def test_what_is_held_back_is_closed_with_all_under_it_and_opens_when_the_hold_ends(came, as_app):
    cast, goal, _health = came
    hold(as_app, cast, goal)
    looks(as_app, cast, cast.maja)
    assert reads(as_app, cast.sara) == {"Sara savner farmor"}
    assert len(reads(as_app, cast.kari)) == 6
    made = Readership.objects.get(of=goal.pk)
    assert (made.audience, made.persons, made.ground) == ("not_for", [cast.child], "another_person")
    goal.refresh_from_db()
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, goal, choice=Choice("team", why="Tor har sagt ja."))
    assert {goal.words, "Tidligere ord", "Ro ved frokosten", "Det går bedre."} <= reads(as_app, cast.sara)


def test_what_was_opened_stays_open_when_it_is_rewritten(came, as_app):
    cast, goal, _health = came
    looks(as_app, cast, cast.maja)
    before = goal.words
    with as_app(cast.maja.actor):
        goal = access.visible_goals(cast.maja.actor).get(pk=goal.pk)
        actions.revise_goal(cast.maja.actor, goal, words="Mindre krangling", version=goal.version)
    assert {"Mindre krangling", before} <= reads(as_app, cast.sara)


def test_what_comes_after_needs_no_look(came, as_app):
    cast, _goal, _health = came
    Matter.objects.create(
        case=cast.case, child_id=cast.child, kind="everyday", voice="worker", words="Nytt", by_id=cast.maja.person
    )
    assert reads(as_app, cast.sara) == {"Nytt"}


def test_who_reads_it_is_told_truly(came, as_app):
    cast, goal, _health = came
    with as_app(cast.maja.actor):
        assert cast.child not in {one.person for one in access.readers_of(goal)}
    looks(as_app, cast, cast.maja)
    goal.refresh_from_db()
    with as_app(cast.maja.actor):
        assert cast.child in {one.person for one in access.readers_of(goal)}


def test_the_page_shows_what_waits_and_one_press_opens_it(came, as_app, visit):
    cast, goal, _health = came
    client = visit(cast.maja)
    page = reverse("look_plan_through", args=[cast.case.pk])
    assert f'href="{page}"' in client.get(reverse("child_page", args=[cast.case.pk])).content.decode()
    body = client.get(page).content.decode()
    assert goal.words in body and "Sove" not in body and "Navn eller steder som gjelder andre" in body
    held = reverse("hold_goal_back", args=[goal.pk])
    wrong = client.post(held, {"ground": "another_person", "why": "", "review_on": SOON.isoformat()})
    assert wrong.status_code == 422 and SOON.isoformat() in wrong.content.decode()
    assert client.post(held, {"ground": "danger", "why": "Fordi.", "review_on": SOON.isoformat()}).status_code == 302
    seen = [str(one) for one in Matter.objects.values_list("pk", flat=True)]
    assert "Barnet kan lese det du har gått gjennom" in client.post(page, {"seen": seen}, follow=True).content.decode()
    assert client.get(page).status_code == 403


def test_the_child_is_told_that_more_is_coming(came, as_app, visit):
    cast, goal, _health = came
    plan, home = reverse("case_plan", args=[cast.case.pk]), reverse("child_home", args=[cast.child])
    young = visit(cast.sara)
    assert "Alt er ikke her ennå" in young.get(plan).content.decode()
    assert "Noe ble avtalt før du kom hit" in young.get(home, follow=True).content.decode()
    assert "Alt er ikke her ennå" not in visit(cast.kari).get(plan).content.decode()
    looks(as_app, cast, cast.maja)
    looks(as_app, cast, cast.omar)
    assert (
        "Alt er ikke her ennå" not in young.get(plan).content.decode()
        and goal.words in young.get(plan).content.decode()
    )


def test_only_those_who_take_part_for_a_service_look_through(came, visit):
    cast, goal, _health = came
    matter = Matter.objects.get()
    addresses = (
        reverse("look_plan_through", args=[cast.case.pk]), reverse("hold_goal_back", args=[goal.pk]),
        reverse("hold_measure_back", args=[goal.measures.get().pk]), reverse("hold_matter_back", args=[matter.pk]),
    )  # fmt: skip
    for member in (cast.kari, cast.sara, cast.per, cast.otto, cast.ada, cast.vera, cast.idris):
        for address in addresses:
            assert visit(member).get(address).status_code == 404, member.name
            assert visit(member).post(address, {"seen": [str(goal.pk)]}).status_code == 404
    assert not Goal.objects.exclude(looked_at=None).exists()
