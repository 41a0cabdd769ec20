"""What was written before a child had its place: looked through by those who read it, for what is others' own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.cases.access import visible_entries
from laget.cases.models import Case, Log
from laget.cases.shown.people import kind_label
from laget.cases.shown.readers import Around, around, named, tag
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.people.traces import hints, strangers
from laget.sight.access import among, visible_seats
from laget.sight.models import SeatKind
from laget.sight.rules import Addressing, Audience

M = TypeVar("M", bound=Model)
AT_ONCE = 30
"""How many are looked through on one page, the oldest first."""
NOTHING = refuse(_("There is nothing to look through before the child reads."))
NOT_A_WORKER = refuse(_("Only those who take part in the case for a service look through this."))
CHILDS_OWN = refuse(_("This is the child's own. It is not kept from the child."))


def to_look_through(actor: Actor) -> QuerySet[Log]:
    """Entries that the actor and the child would read, older than the child's place, and not looked through."""
    return waits_for_child(actor, visible_entries(actor), "at")


def waits_for_child(actor: Actor, seen: QuerySet[M], when: str) -> QuerySet[M]:
    """Of texts that the actor sees: those the child would read, older than its place, and not looked through.

    when: the field with when they were written.
    """
    places = visible_seats(actor).filter(
        since__lte=Now(), until__gt=Now(), kind=SeatKind.CHILD,
        child_id=OuterRef("child_id"), person_id=OuterRef("child_id"),
    )  # fmt: skip
    childs = among(F("child_id"), F("persons"))
    for_child = (
        Q(audience__in=[Audience.TEAM, Audience.OWN_SERVICE, Audience.FAMILY])
        | Q(audience=Audience.NAMED) & childs
        | Q(audience=Audience.NOT_FOR) & ~childs
    )
    older = Q(**{f"{when}__lt": Subquery(places.order_by("-reads_from").values("reads_from")[:1])})
    return seen.filter(for_child, older, looked_at=None)


def may_look_through(actor: Actor, case: Case) -> Verdict:
    """Everybody who takes part for a service, as far as each reads: nobody else knows what stands there."""
    if not actor.is_worker:
        return NOT_A_WORKER
    return ALLOWED if to_look_through(actor).filter(case=case).exists() else NOTHING


def may_hold_back(actor: Actor, entry: Log) -> Verdict:
    """Whoever works with the text, while it waits to be looked through."""
    if not actor.is_worker:
        return NOT_A_WORKER
    if entry.audience == Audience.CHILDS_OWN or entry.author_id == entry.child_id:
        return CHILDS_OWN
    return ALLOWED if to_look_through(actor).filter(pk=entry.pk).exists() else NOTHING


def without(to: Addressing, child: UUID, readers: frozenset[UUID]) -> Addressing:
    """The same readers but the child. `readers`: those who read it now."""
    if to.audience == Audience.TEAM:
        return Addressing(Audience.NOT_FOR, frozenset({child}))
    if to.audience == Audience.NOT_FOR:
        return Addressing(Audience.NOT_FOR, to.persons | {child})
    named_ones = to.persons if to.audience == Audience.NAMED else readers
    return Addressing(Audience.NAMED, named_ones - {child})


@dataclass(frozen=True)
class Older:
    """An entry to look through. `about`: what in it may be about others."""

    id: UUID
    at: datetime
    words: str
    how_asked: str
    kind: str
    limited: str
    author: str
    about: tuple[str, ...]


def older(actor: Actor, case: Case) -> list[Older]:
    """The oldest that wait, each with what in it may be about somebody else: names, and what tells where they are."""
    rows = list(to_look_through(actor).filter(case=case).order_by("at", "id")[:AT_ONCE])
    some = around(case, (one.author_id for one in rows))
    return [
        Older(
            one.pk, one.at, one.words, one.how_asked, kind_label(one.kind),
            tag(actor, one.addressing, some, "", mine=one.author_id == actor.person), some.name(one.author_id),
            marks(actor, some, f"{one.words}\n{one.how_asked}"),
        )
        for one in rows
    ]  # fmt: skip


def marks(actor: Actor, some: Around, text: str) -> tuple[str, ...]:
    """What in a text may be about somebody else: names, and what tells where they are."""
    known, twice = named(actor, some) or ([], [])
    family = [some.name(one.person) for one in some.readers if one.family and not one.child]
    fine = [name for name in known if name not in family]
    found = strangers(hints(text, [*known, *twice, *family]), fine, family)
    return tuple(dict.fromkeys(hit.text for hit in found))
