"""All rows of the page of the team in three statements, however many they are; each through its own sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Now
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.cases.access import (
    visible_batons,
    visible_cases,
    visible_crossings,
    visible_deputies,
    visible_invitations,
    visible_offers,
    visible_steps,
    visible_team,
    visible_turns,
)
from laget.cases.models import Baton, Case, Crossing, Deputy, Invitation, Offer, OfferState, Step, Turn
from laget.cases.shown.deputies import Marks, own_place
from laget.cases.shown.people import Someone, names
from laget.families.access import visible_parents
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.protection.access import visible_restrictions
from laget.sight.access import visible_covers

Row = dict[str, Any]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Gathered:
    """What the page of the team is made of, with the names of all whom it mentions."""

    seats: list[Any]
    batons: list[Baton]
    covers: list[Row] = field(default_factory=list)
    invited: list[Row] = field(default_factory=list)
    offered: list[Row] = field(default_factory=list)
    deputies: list[Row] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    known: dict[UUID, str] = field(default_factory=dict)

    def someone(self, row: Row) -> Someone:
        """The worker in a row."""
        return Someone(
            UUID(row["place"]), UUID(row["person"]), self.known.get(UUID(row["person"]), _("Somebody")), row["title"],
            UUID(row["service"]), row["service_name"], row["phone"],
        )  # fmt: skip

    def deputy(self, row: Row) -> Deputy:
        return as_row(Deputy, row)

    @property
    def marks(self) -> Marks:
        """For whom somebody acted."""
        rows = [(one, self.deputy(one)) for one in self.deputies if not one["own"]]
        return Marks((UUID(one["person"]), UUID(one["holder"]), row.since, row.until) for one, row in rows)


def as_row(model: type[M], row: Row) -> M:
    """A row that came as plain values, as what it is."""
    columns = [one for one in model._meta.concrete_fields if one.attname in row]
    return model(**{one.attname: one.to_python(row[one.attname]) for one in columns})


def _columns(model: type[Model]) -> set[str]:
    return {one.attname for one in model._meta.concrete_fields}


def gathered(actor: Actor, case: Case) -> Gathered:
    """Four statements. Answers `case.baton`, `case.service` and `case.standing_offer` on the way."""
    seats, batons = _seats(actor, case.child_id), _batons(actor, case.pk)
    found = _beneath(actor, case.pk)
    rest: Any = found[0] if found else None
    rows = {name: getattr(rest, f"{name}_shown", []) for name in _PARTS}
    made = Gathered(
        seats, batons, rows["covers"], rows["invited"], rows["offered"], rows["deputies"],
        [as_row(Step, one) for one in rows["steps"]], [as_row(Turn, one) for one in rows["turns"]],
        [as_row(Crossing, one) for one in rows["crossings"]],
    )  # fmt: skip
    made.known.update(names([case.child_id, *_people(made)]))
    case.__dict__["baton"] = next((one for one in batons if one.until == FOREVER), None)
    case.__dict__["standing_offer"] = next((as_row(Offer, one) for one in made.offered), None)
    if batons:
        case.service = batons[0].case.service
    return made


_PARTS = ("covers", "invited", "offered", "deputies", "steps", "turns", "crossings")


def _people(some: Gathered) -> list[UUID]:
    rows = [*some.invited, *some.offered, *some.deputies]
    happened: list[Step | Turn | Crossing] = [*some.steps, *some.turns, *some.crossings]
    return [
        *(one.person_id for one in some.seats),
        *(one.position.person_id for one in some.batons),
        *(UUID(one["person"]) for one in rows),
        *(UUID(one["holder"]) for one in some.deputies),
        *(one.by_id for one in happened if one.by_id),
    ]


@prepared
def _seats(actor: Actor, child: UUID) -> QuerySet[Any]:
    """Each seat with what its holder is to the child, and whether that person is kept away."""
    tie = visible_parents(actor).filter(child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), until__gt=Now())
    away = visible_restrictions(actor).filter(
        child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), ended_at=FOREVER
    )
    return visible_team(actor, child).annotate(relation=Subquery(tie.values("relation")[:1]), away=Exists(away))


@prepared
def _batons(actor: Actor, case: UUID) -> QuerySet[Any]:
    found = visible_batons(actor).filter(case_id=case).with_deputy().order_by("since", "until")
    return found.select_related("position__unit__service", "case__service")


@prepared
def _beneath(actor: Actor, case: UUID) -> QuerySet[Any]:
    """The case, with what stands under it as plain values."""
    here = {"case_id": OuterRef("pk")}
    covers = visible_covers(actor).filter(child_id=OuterRef("child_id"), since__lte=Now(), until__gt=Now())
    invited = visible_invitations(actor).filter(**here, state="sent").order_by("made_at", "id")
    offered = visible_offers(actor).filter(**here, state=OfferState.OFFERED)
    return visible_cases(actor).filter(pk=case).annotate(
        covers_shown=listed(
            covers.order_by("service__name", "kind", "id"), service="service_id", name="service__name", kind="kind"
        ),
        invited_shown=listed(invited, **columns_of(Invitation), **_place("position")),
        offered_shown=listed(offered.order_by("made_at", "id"), **columns_of(Offer), **_place("receiver")),
        deputies_shown=listed(
            visible_deputies(actor).filter(**here).annotate(own=own_place(actor)).order_by("since", "id"),
            **columns_of(Deputy), **_place("position"), holder="baton__position__person_id", own="own",
        ),
        steps_shown=listed(visible_steps(actor).filter(**here).order_by("at", "id"), **columns_of(Step)),
        turns_shown=listed(visible_turns(actor).filter(**here).order_by("at", "id"), **columns_of(Turn)),
        crossings_shown=listed(visible_crossings(actor).filter(**here).order_by("at", "id"), **columns_of(Crossing)),
    )  # fmt: skip


def listed(rows: QuerySet[Any], **values: str) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**values)))


def columns_of(model: type[Model]) -> dict[str, str]:
    return {name: name for name in sorted(_columns(model))}


def _place(at: str) -> dict[str, str]:
    """Who sits in a position, and where that is."""
    unit = f"{at}__unit__service"
    return {
        "place": f"{at}_id", "person": f"{at}__person_id", "title": f"{at}__title", "phone": f"{at}__phone",
        "service": f"{unit}_id", "service_name": f"{unit}__name",
    }  # fmt: skip
