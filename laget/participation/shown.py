"""What changes at the next birthdays, as each reader is told it: never what anybody has said or chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.law.acts import together
from laget.law.birthdays import ahead, turns_at
from laget.law.leaning import found
from laget.participation.rules import HERE


@dataclass(frozen=True)
class Change:
    """Something that opens for the young person or closes for the parents, and where it stands in the law."""

    text: str
    law: str


@dataclass(frozen=True)
class Birthday:
    """One birthday ahead."""

    years: int
    day: date
    opens: tuple[Change, ...]
    closes: tuple[Change, ...]


@dataclass(frozen=True)
class Coming:
    """All that the page shows. `reader`: young, parent or worker."""

    reader: str
    today: date
    birthdays: tuple[Birthday, ...]


def coming(actor: Actor, child: Child, today: date) -> Coming:
    """The birthdays still to come, the nearest first; none for a child that is not born, or is of age."""
    young = actor.is_citizen and actor.person == child.pk
    reader = "worker" if actor.is_worker else "young" if young else "parent"
    days = ahead(child.born, today) if child.born else ()
    shown = (Birthday(one.years, one.day, *_changes(one.years, one.day, young=young)) for one in days)
    return Coming(reader, today, tuple(shown))


def _changes(years: int, day: date, *, young: bool) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What opens and what closes at an age, by the law and then here."""
    told = list(_told(years, day, young=young))
    opens = tuple(Change(_(text), law) for text, _closed, law in told if text)
    return opens, tuple(Change(_(closed), law) for _text, closed, law in told if closed)


def _told(years: int, day: date, *, young: bool) -> Iterator[tuple[str, str, str]]:
    """(opens, closes, law) in the reader's own words; the law as it stands that day."""
    for one in turns_at(years):
        law = together(found(one.sections, day))
        yield (one.young, one.closes_young, law) if young else (one.others, one.closes, law)
    for here in HERE.get(years, ()):
        yield (here.young, here.closes_young, "") if young else (here.others, here.closes, "")
