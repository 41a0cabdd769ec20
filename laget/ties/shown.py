"""Ties as their pages show them: who, what the tie is, where it stands; never which child it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.directory.models import Position
from laget.directory.reading import names
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.text import N_
from laget.ties import rules
from laget.ties.access import led_ties, teammates, visible_objections, visible_rulings
from laget.ties.models import Objection, Tie

FOUND = {
    "register": N_("The register shows it"),
    "declared": N_("Told by the person"),
    "raised": N_("Put forward by somebody around the child"),
}
STATES: dict[str, tuple[str, str]] = {
    rules.State.WAITING: (N_("Waits for a decision"), "warning"),
    rules.State.OUT: (N_("Kept away"), "danger"),
    rules.State.ABLE: (N_("Can go on"), "success"),
}
CONTESTED = N_("The person says that it is wrong"), "warning"


@dataclass(frozen=True)
class Shown:
    """One tie, as far as the leader may know it."""

    address: str
    who: str
    where: str
    relation: str
    found: str
    made_at: datetime
    words: str
    state: str
    label: str
    colour: str
    by_law: bool = False
    known_by: str = ""
    objection: Objection | None = None
    rulings: tuple[tuple[str, str, datetime], ...] = ()


def listed(actor: Actor) -> list[Shown]:
    """What the leader decides, newest first, those that wait before the others. Two statements."""
    rows = _with_outcomes(actor, led_ties(actor)).order_by("-made_at", "id")[:200]
    found = [_shown(row, called) for row, called in _called(rows)]
    return sorted(found, key=lambda one: one.colour != "warning")


def one(actor: Actor, tie: Tie) -> Shown:
    """One tie with its rulings."""
    row, called = next(iter(_called(_with_outcomes(actor, led_ties(actor).filter(pk=tie.pk)))))
    rulings = list(visible_rulings(actor).filter(tie_id=tie.pk).order_by("at", "id"))
    by = names([*(ruling.by_id for ruling in rulings), *([tie.known_by] if tie.known_by else [])])
    said = tuple((by[one.by_id].full if one.by_id in by else "", one.reason, one.at) for one in rulings)
    known_by = by[tie.known_by].full if tie.known_by in by else ""
    objection = visible_objections(actor).filter(tie_id=tie.pk).first()
    return _shown(row, called, rulings=said, known_by=known_by, objection=objection)


def mine(actor: Actor, tie: Tie) -> dict[str, Any]:
    """Where it stands, for the one it keeps away: the decision, and never the leader's words to the file."""
    outcomes = visible_rulings(actor).filter(tie_id=tie.pk).order_by("at", "id").values_list("outcome", flat=True)
    label, colour = STATES[rules.state(tie.relation, tie.found, outcomes)]
    return {"label": _(label), "colour": colour, "decided": bool(outcomes)}


def _with_outcomes(actor: Actor, ties: QuerySet[Tie]) -> QuerySet[Any]:
    said = visible_rulings(actor).filter(tie_id=OuterRef("pk")).order_by("at", "id")
    wrong = visible_objections(actor).filter(tie_id=OuterRef("pk"))
    return ties.annotate(outcomes=ArraySubquery(said.values("outcome")), objected=Exists(wrong))


def _called(ties: Iterable[Any]) -> list[tuple[Any, str]]:
    rows = list(ties)
    known = names(row.worker_id for row in rows)
    return [(row, known[row.worker_id].full if row.worker_id in known else _("One who works there")) for row in rows]


def _shown(tie: Any, who: str, **more: Any) -> Shown:
    code = rules.state(tie.relation, tie.found, tie.outcomes)
    label, colour = CONTESTED if tie.objected and not tie.outcomes else STATES[code]
    # What the register knows of a worker's family is the worker's own: the leader is told that it is so, not how.
    relation = _("Family") if tie.found == rules.REGISTER else _(rules.LABELS[rules.Relation(tie.relation)])
    return Shown(
        address=reverse("tie", args=[tie.pk]), who=who, where=tie.position.title if tie.position else "",
        relation=relation, found=_(FOUND[tie.found]), made_at=tie.made_at, words=tie.words, state=code,
        label=_(label), colour=colour, by_law=rules.by_law(tie.relation), **more,
    )  # fmt: skip


def lawful() -> tuple[str, str]:
    """The first and the last of the ties by law, as they stand in the list: these come first in it."""
    listed = [label for relation, label in rules.LABELS.items() if rules.by_law(relation)]
    return _(listed[0]), _(listed[-1])


def own_positions(actor: Actor) -> list[tuple[str, str]]:
    """The actor's positions, as choices."""
    held = Position.objects.select_related("unit").filter(pk__in=actor.positions).order_by("since", "id")
    return [(str(one.pk), f"{one.title}, {one.unit.name}") for one in held]


def team(actor: Actor, child: Child) -> list[tuple[str, str]]:
    """The others in the team, as choices: name, what they do, and where."""
    seats = list(teammates(actor, child))
    known = names(seat.person_id for seat in seats)
    found: dict[UUID, str] = {}
    for seat in seats:
        if seat.position is not None and seat.person_id in known:
            found[seat.position.pk] = f"{known[seat.person_id].full}, {seat.position.title}"
    return [(str(position), label) for position, label in found.items()]
