"""Lets the demonstration's people act as they would on the pages, and then moves what they did back to its day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import F
from django.utils import timezone

from laget.access.database import acting
from laget.access.sealing import index
from laget.consents.models import Request
from laget.demo.fjordvik import EVERYBODY, Worker
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

    def position(self, key: str) -> UUID:
        return self._places[key].position

    def service(self, key: str) -> UUID:
        return self._places[key].service

    def actor(self, key: str) -> Actor:
        """Signed in as this person now."""
        person = self.person(key)
        if isinstance(EVERYBODY[key], Worker):
            return Actor(person, Capacity.WORKER, places_of(person), "demo", timezone.now())
        return Actor(person, Capacity.CITIZEN, (), "demo", timezone.now())

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
    for measure in Measure.objects.filter(ended_at=FOREVER):
        over = max(0, measure.due.weekday() - SATURDAY + 1)
        Measure.objects.filter(pk=measure.pk).update(due=measure.due - timedelta(days=over))


def _move(began: datetime, back: timedelta) -> None:
    """Every moment that was set since `began`, and the days agreed on since then. Beginnings move before ends."""
    soon = began + timedelta(hours=1)
    # Answers and covers take their last day from the request.
    Request.objects.filter(asked_at__gte=began).update(until=F("until") - timedelta(days=back.days))
    for model in apps.get_models():
        if not model.__module__.startswith("laget.") or model._meta.app_label in LEFT_ALONE:
            continue
        made = _made_at(model)
        if made:
            _move_days(model, made, began, back)
        for name in _moments(model):
            model._default_manager.filter(**{f"{name}__gte": began, f"{name}__lt": soon}).update(
                **{name: F(name) - back}
            )


def _moments(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields if isinstance(field, models.DateTimeField)] + [
        field.name
        for parent in model._meta.parents
        for field in parent._meta.local_fields
        if isinstance(field, models.DateTimeField)
    ]


def _made_at(model: type[models.Model]) -> str | None:
    """The moment that a plan's days are counted from."""
    names = {field.name for field in model._meta.local_fields}
    return "agreed_at" if {"agreed_at", "due", "start"} <= names else None


def _move_days(model: type[models.Model], made: str, began: datetime, back: timedelta) -> None:
    days = timedelta(days=back.days)
    rows = model._default_manager.filter(**{f"{made}__gte": began})
    rows.update(start=F("start") - days, due=F("due") - days)


def born(age: int, month: int, day: int, today: date) -> date:
    """A birthday such that somebody has just been this age for a while, whenever the demonstration is loaded."""
    this_year = date(today.year - age, month, day)
    return this_year if (today.month, today.day) >= (month, day) else date(today.year - age - 1, month, day)
