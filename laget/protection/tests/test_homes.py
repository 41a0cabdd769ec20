"""Who lives where a child lives: one home in many spellings, no household is kept, no protected one compared."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from laget.access import database
from laget.access.database import acting
from laget.directory.models import Position
from laget.families.models import Child
from laget.kernel.actor import SYSTEM
from laget.protection import actions, ground, sweeps
from laget.protection.models import Grading, Heard, HomeCheck, HomeMark
from laget.protection.rules.homes import home
from laget.protection.rules.levels import Fed

HOME = "Storgata 4 B, H0101, 0155 Oslo"
ELSEWHERE = "Kirkeveien 12, 0368 Oslo"


@pytest.fixture
def as_worker(monkeypatch):
    def go(act):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            with acting(SYSTEM):
                return act()

    return go


@pytest.fixture
def fed(as_worker):
    """A feed of some rows, each newer than the one before."""

    def feed(*rows):
        begun = timezone.now() - timedelta(minutes=1) + timedelta(milliseconds=Heard.objects.count())
        told = [
            Fed(person, level, begun + timedelta(microseconds=number), homes)
            for number, (person, level, *homes) in enumerate(rows)
        ]
        return as_worker(lambda: actions.feed(told))

    return feed


def same(cast, member):
    with connection.cursor() as cursor:
        cursor.execute("SELECT protection_same_home(%s, %s, now())", [member.person, cast.child])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("written", [
    "Storgata 4B, H0101, 0155 OSLO", "storgt. 4 b, h0101, 0155", "STORGATEN 4b H0101  0155 Oslo",
    "Storgate 4 B H 0101, N-0155 Oslo", "Stor\u00adgata 4 B, H0101, 0155 Oslo",
])  # fmt: skip
def test_one_home_in_many_spellings(written):
    assert home(written) == home(HOME) != ""


@pytest.mark.parametrize("written", [
    "Storgata 4 A, H0101, 0155 Oslo", "Storgata 4 B, H0102, 0155 Oslo", "Storgata 4 B, 0155 Oslo",
    "Storgata 4 B, H0101, 0156 Oslo", "Storgata 14 B, H0101, 0155 Oslo", "Storveien 4 B, H0101, 0155 Oslo",
])  # fmt: skip
def test_another_home_is_another(written):
    assert home(written) not in ("", home(HOME))


@pytest.mark.parametrize("written", ["", "Oslo", "Storgata", "Storgata 4", "0155 Oslo", "Uten fast bopel", "4, 0155"])
def test_what_is_no_whole_address_is_compared_with_nothing(written):
    assert home(written) == ""


def test_a_household_is_held_against_those_who_work_here_and_not_kept(cast, fed):
    told = fed((cast.child, "ungraded", HOME), (cast.omar.person, "ungraded", "Storgt 4b, H0101, 0155 OSLO"),
               (cast.maja.person, "ungraded", ELSEWHERE))  # fmt: skip
    assert (told["marked"], told["compared"]) == (2, 1), "those who work here first, in whatever order they came"
    assert HomeCheck.objects.get().sharers == [cast.omar.person]
    assert (same(cast, cast.omar), same(cast, cast.maja), same(cast, cast.liv)) == (True, False, None)
    kept = repr([list(model.objects.values()) for model in (HomeMark, HomeCheck, Heard)]).lower()
    assert "storg" not in kept and "0155" not in kept and len(HomeMark.objects.values_list("marks")) == 2


def test_a_child_that_lives_in_two_homes_is_compared_with_both(cast, fed):
    fed((cast.omar.person, "ungraded", ELSEWHERE), (cast.child, "ungraded", HOME, ELSEWHERE))
    assert same(cast, cast.omar) is True


def test_the_mark_is_keyed(cast, fed, settings):
    fed((cast.omar.person, "ungraded", HOME))
    settings.LAGET_INDEX_KEY = b"another" * 8
    fed((cast.child, "ungraded", HOME))
    assert same(cast, cast.omar) is False, "who has the table and not the key tries every address in vain"


def test_a_protected_household_is_never_compared_and_what_was_goes(cast, fed, as_worker):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    assert same(cast, cast.omar) is True
    assert fed((cast.child, "confidential", HOME))["compared"] == 0
    assert not HomeCheck.objects.exists() and same(cast, cast.omar) is None
    fed((cast.child, "ungraded", HOME))  # the register alone gives nothing back
    assert Grading.objects.filter(child_id=cast.child).exists() and not HomeCheck.objects.exists()


def test_a_level_that_is_registered_here_stops_it_at_once_and_then_it_is_deleted(cast, fed, as_worker, as_app):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    with as_app(cast.maja.actor):
        actions.grade(
            cast.maja.actor, Child.objects.get(pk=cast.child), cast.child, level="hidden", source="told", paper="",
            review_on=timezone.localdate() + timedelta(days=60),
        )  # fmt: skip
    assert same(cast, cast.omar) is None
    as_worker(sweeps.run)
    assert not HomeCheck.objects.exists()


def test_a_worker_with_a_protected_address_has_no_mark(cast, fed):
    fed((cast.omar.person, "ungraded", HOME))
    assert fed((cast.omar.person, "hidden", HOME))["marked"] == 0
    assert not HomeMark.objects.exists()


def test_only_who_works_here_has_a_mark(cast, fed, as_worker):
    assert fed((cast.kari.person, "ungraded", HOME))["marked"] == 0
    fed((cast.omar.person, "ungraded", HOME))
    Position.objects.filter(person_id=cast.omar.person).update(until=timezone.now())
    as_worker(sweeps.run)
    assert not HomeMark.objects.exists()


def test_who_moves_is_not_compared_until_the_household_is_heard_of_again(cast, fed):
    fed((cast.omar.person, "ungraded", ELSEWHERE), (cast.child, "ungraded", HOME))
    assert same(cast, cast.omar) is False
    fed((cast.omar.person, "ungraded", ELSEWHERE))
    assert same(cast, cast.omar) is False, "the same again changes nothing"
    fed((cast.omar.person, "ungraded", HOME))
    assert same(cast, cast.omar) is None
    fed((cast.child, "ungraded", HOME))
    assert same(cast, cast.omar) is True


@pytest.mark.parametrize(("model", "days", "known"), [
    (HomeCheck, 6, True), (HomeCheck, 8, False), (HomeMark, 99, True), (HomeMark, 101, False),
])  # fmt: skip
def test_what_is_old_is_not_leaned_on(cast, fed, model, days, known):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    HomeMark.objects.update(since=timezone.now() - timedelta(days=200))
    model.objects.update(at=timezone.now() - timedelta(days=days))
    assert same(cast, cast.omar) is (True if known else None)


def test_what_is_very_old_is_deleted(cast, fed, as_worker):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    as_worker(sweeps.run)
    assert HomeMark.objects.exists() and HomeCheck.objects.exists()
    HomeMark.objects.update(at=timezone.now() - timedelta(days=101))
    HomeCheck.objects.update(at=timezone.now() - timedelta(days=31))
    as_worker(sweeps.run)
    assert not HomeMark.objects.exists() and not HomeCheck.objects.exists()


def test_a_row_without_an_address_says_that_it_is_not_known(cast, fed):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    fed((cast.child, "ungraded"))
    assert same(cast, cast.omar) is None


@pytest.mark.parametrize("model", [HomeMark, HomeCheck])
def test_no_page_reads_it(cast, fed, as_app, model):
    fed((cast.omar.person, "ungraded", HOME), (cast.child, "ungraded", HOME))
    for member in (cast.maja, cast.liv, cast.ada, cast.kari):
        with pytest.raises(ProgrammingError), as_app(member.actor):
            list(model.objects.all())
    with pytest.raises(ProgrammingError), as_app(cast.maja.actor):
        ground.compare_home(cast.child, [])
