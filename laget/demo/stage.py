"""Lets the demonstration's people act as they would on the pages, and then moves what they did back to its day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from laget.access.database import acting
from laget.access.sealing import index
from laget.audit.models import Change
from laget.demo.fjordvik import EVERYBODY, YOUNG, Worker
from laget.directory.access import places_of
from laget.kernel.actor import Actor, Capacity
from laget.kernel.period import FOREVER
from laget.people.models import NationalNumber
from laget.plans.models import Measure

SATURDAY = 5
LEFT_ALONE = frozenset({"access", "directory", "people"})


class Stage:
    """Whose turn it is, and on which day."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self._people = {key: _person(one.number) for key, one in EVERYBODY.items()}
        self._places = {
            key: places_of(self._people[key])[0] for key, one in EVERYBODY.items() if isinstance(one, Worker)
        }

    def person(self, key: str) -> UUID:
        """The id of one of Fjordvik's people."""
        return self._people[key]

    def enters(self, key: str, person: UUID) -> None:
        """A child comes onto the stage: from now it acts itself."""
        self._people[key] = person

    def number(self, key: str) -> str:
        """A child's national number, as somebody who knows the child would type it."""
        child = next(one for one in YOUNG if one.key == key)
        return child.numbers(self.today)[0]

    def position(self, key: str) -> UUID:
        return self._places[key].position

    def service(self, key: str) -> UUID:
        return self._places[key].service

    def actor(self, key: str) -> Actor:
        """Signed in as this person now."""
        person, now = self.person(key), timezone.now()
        if isinstance(EVERYBODY.get(key), Worker):
            return Actor(person, Capacity.WORKER, places_of(person), "demo", now, now)
        return Actor(person, Capacity.CITIZEN, (), "demo", now, now)

    @contextmanager
    def turn(self, key: str) -> Iterator[Actor]:
        """What happens inside is done by this person."""
        actor = self.actor(key)
        with acting(actor):
            yield actor

    @contextmanager
    def day(self, ago: int, at: time) -> Iterator[None]:
        """What happens inside is moved to that many days ago (to the Friday before, on a weekend), at that time."""
        began = timezone.now()
        yield
        _check()
        back = began - self._moment(ago, at)
        if back > timedelta(0):
            _move(began, back)

    def _moment(self, ago: int, at: time) -> datetime:
        day = self.today - timedelta(days=ago)
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        return datetime.combine(day, at, timezone.get_current_timezone())


def _person(number: str) -> UUID:
    return NationalNumber.objects.get(index=index(number)).person_id


def to_working_days() -> None:
    """No measure is due on a weekend."""
    began = timezone.now()
    for measure in Measure.objects.filter(ended_at=FOREVER):
        over = max(0, measure.due.weekday() - SATURDAY + 1)
        Measure.objects.filter(pk=measure.pk).update(due=measure.due - timedelta(days=over))
    Change.objects.filter(source="plans_measure", at__gte=began).delete()  # nobody corrected anything


def _check() -> None:
    """What the database asks at the commit, it asks now: some of it looks at when a row was written."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _move(began: datetime, back: timedelta) -> None:
    """Every moment that was set since `began`, and the days agreed on since then, in one round to the database."""
    values: dict[str, Any] = {
        "began": began,
        "soon": began + timedelta(hours=1),
        "back": back,
        "days": back.days,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_moving(), values)


@cache
def _moving() -> str:
    """One UPDATE for each table that says when something happened."""
    return "; ".join([*_DAYS, *filter(None, map(_moving_of, apps.get_models()))])


# Counted from the moment of the row, so they come first. Answers and covers take their last day from the request.
_DAYS = (
    "UPDATE plans_measure SET start = start - %(days)s, due = due - %(days)s WHERE agreed_at >= %(began)s",
    "UPDATE consents_request SET until = until - %(days)s WHERE asked_at >= %(began)s",
    "UPDATE consents_paper SET signed_on = ((at - %(back)s) AT TIME ZONE %(zone)s)::date WHERE at >= %(began)s",
    # Nobody corrected anything: what the lines above left in the history goes. All this is one statement to the clock.
    "DELETE FROM audit_change WHERE at = statement_timestamp()",
)


def _moving_of(model: type[models.Model]) -> str:
    if not model.__module__.startswith("laget.") or model._meta.app_label in LEFT_ALONE:
        return ""
    found = [field.column for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]
    fresh = {column: f"{column} >= %(began)s AND {column} < %(soon)s" for column in found}
    sets = ", ".join(f"{one} = CASE WHEN {test} THEN {one} - %(back)s ELSE {one} END" for one, test in fresh.items())
    return f"UPDATE {model._meta.db_table} SET {sets} WHERE {' OR '.join(fresh.values())}" if found else ""  # noqa: S608
