"""Around every birthday that moves something: who is asked, who sees, what the young reads and may do.

Born on 29 February, on New Year's Day, and so that the birthday falls around a night when the clock is moved.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from laget.cases.rules import Choice, Chooser, begins_alone, choice_fault
from laget.consents.rules import Asking, last_day, parties, turns
from laget.demo.cast import make_cast
from laget.families.models import Child
from laget.families.rules import begins, ends, family_seat_ends
from laget.guide.national import national
from laget.law.ages import age, birthday
from laget.law.birthdays import BIRTHDAYS, TOLD_BEFORE, ahead, births, stage
from laget.participation.rules import must_agree
from laget.participation.shown import coming
from laget.sight.models import Seat, SeatKind

OSLO = ZoneInfo("Europe/Oslo")
MOTHER, FATHER, CHILD = uuid4(), uuid4(), uuid4()
BOTH = ((MOTHER, True), (FATHER, True))
BORN = [
    date(2012, 2, 29), date(2008, 2, 29), date(2012, 1, 1), date(2011, 12, 31),
    *(date(2011, 3, day) for day in (27, 28, 29)), *(date(2011, 10, day) for day in (30, 31)), date(2011, 11, 1),
]  # fmt: skip
AROUND = [-2, -1, 0, 1, 2]
CASES = [(born, years, days) for born in BORN for years in BIRTHDAYS for days in AROUND]


def day_of(born, years, days):
    return birthday(born, years) + timedelta(days=days)


def asked(born, on, act):
    return {person for person, _role in parties(Asking(on, CHILD, born, act, "BVL", BOTH)).people}


@pytest.mark.parametrize(("born", "years", "days"), CASES)
def test_who_is_asked_for_consent(born, years, days):
    on = day_of(born, years, days)
    old = years if days >= 0 else years - 1
    assert age(born, on) == old
    home = {MOTHER, FATHER}
    assert asked(born, on, "OPPL") == ({CHILD} if old >= 18 else {CHILD, *home} if old >= 15 else home)
    assert asked(born, on, "HOL") == ({CHILD} if old >= 16 else home)
    agreed = must_agree(CHILD, born, on, "HOL", BOTH).people
    assert agreed == ({CHILD} if old >= 16 else {CHILD, *home}), "and a page of its own follows the same table"


@pytest.mark.parametrize("born", BORN)
@pytest.mark.parametrize(("act", "years"), [("OPPL", 15), ("HOL", 16), ("OPPL", 18), ("BVL", 18)])
def test_a_consent_lasts_no_longer_than_the_same_people_may_give_it(born, act, years):
    turned = birthday(born, years)
    last = last_day(national(), Asking(turned - timedelta(days=40), CHILD, born, act, "BVL", BOTH))
    assert last == turned - timedelta(days=1) and turns(born, last)
    assert ends(last) == begins(turned), "it ends as the birthday begins: not a moment too many or too few"


@pytest.mark.django_db
@pytest.mark.parametrize("born", BORN)
def test_the_parents_places_end_as_the_eighteenth_birthday_begins_in_norway(born):
    cast = make_cast(age=12)
    until = family_seat_ends(born, 18)
    Seat.objects.filter(child_id=cast.child, kind=SeatKind.PARENT).update(
        since=until - timedelta(days=365), until=until
    )
    midnight = datetime.combine(birthday(born, 18), time.min)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT until AT TIME ZONE 'Europe/Oslo' FROM sight_seat WHERE kind = 'parent'")
        assert cursor.fetchall() == [(midnight,)]
        cursor.execute(
            "SELECT bool_and(until > %s), bool_or(until > %s) FROM sight_seat WHERE kind = 'parent'",
            [until - timedelta(microseconds=1), until],
        )
        assert cursor.fetchall() == [(True, False)]
    assert until.astimezone(OSLO).replace(tzinfo=None) == midnight


@pytest.mark.parametrize("born", BORN)
@pytest.mark.parametrize("years", BIRTHDAYS)
def test_a_birthday_begins_by_norwegian_clocks_and_not_by_the_servers(born, years):
    turned = birthday(born, years)
    midnight = datetime.combine(turned, time.min, OSLO)
    for moment, old in ((midnight - timedelta(seconds=1), years - 1), (midnight, years)):
        assert age(born, timezone.localdate(moment.astimezone(UTC))) == old
    assert midnight.astimezone(UTC).date() == turned - timedelta(days=1), "the server's own day is still the day before"


@pytest.mark.parametrize(("born", "years", "days"), CASES)
def test_what_the_young_may_do_alone(born, years, days):
    old = age(born, day_of(born, years, days))
    mine = Chooser(CHILD, family=True, is_child=True, age=old)
    alone = choice_fault(mine, Choice("childs_own"), [], day_of(born, years, days)) is None
    assert alone == (old >= 12)
    assert begins_alone(born, day_of(born, years, days)) == (old >= 15)


@pytest.mark.django_db
@pytest.mark.parametrize("born", BORN[:3] + BORN[5:6] + BORN[8:9])
def test_what_the_young_reads_of_it(born):
    cast = make_cast(age=12)
    Child.objects.filter(pk=cast.child).update(born=born)
    child = Child.objects.get(pk=cast.child)
    for years in BIRTHDAYS:
        for days in AROUND:
            shown = coming(cast.sara.actor, child, day_of(born, years, days))
            left = [one.years for one in shown.birthdays]
            assert left == [one for one in BIRTHDAYS if one > years or (one == years and days < 0)]


@pytest.mark.parametrize("born", BORN)
@pytest.mark.parametrize("years", BIRTHDAYS)
@pytest.mark.parametrize("before", TOLD_BEFORE)
@pytest.mark.parametrize("days", AROUND)
def test_when_it_is_told(born, years, before, days):
    """Sixty and fourteen days before, ± 2: the telling begins on its day, and is made up for after it."""
    on = birthday(born, years) - timedelta(days=before) + timedelta(days=days)
    near = next(one for one in ahead(born, on) if one.years == years)
    later = max(TOLD_BEFORE) if before != max(TOLD_BEFORE) else None
    assert stage(near.days) == (before if days >= 0 else later)
    assert (born in births(on)) == (stage(near.days) is not None)
