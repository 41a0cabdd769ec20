"""The team, the levels and the history of a case, gathered in a constant number of questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from laget.cases import ground, rules
from laget.cases.access import (
    visible_team,
)
from laget.cases.following import guide_of, guide_then, guide_where_held
from laget.cases.guiding import services_needed
from laget.cases.models import Case, Crossing, Invitation, Step, Turn
from laget.cases.rights import may_ask_for_service
from laget.cases.shown.following import level_said
from laget.cases.shown.gathered import Gathered
from laget.cases.shown.people import Someone, labels, names, positions_shown, someone
from laget.directory.models import Position
from laget.families.words import RELATIONS
from laget.guide.national import version
from laget.guide.rules import Level, UnknownCode, asked_by_now
from laget.guide.words import text
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.people.rules import within_a_sentence
from laget.sight.access import visible_covers
from laget.sight.models import FAMILY, SeatKind

FAMILY_ROLES = {"parent": lambda: _("Parent"), "guardian": lambda: _("Guardian")}
RELATED = {code: label for code, label in RELATIONS if code != "other"}


@dataclass(frozen=True)
class ServiceShown:
    """A service around the child: who comes from it, and what it may know."""

    name: str
    members: list[Someone]
    kinds: list[str]


@dataclass(frozen=True)
class Team:
    """Everybody around a child, with what each service may know."""

    child: str
    holder: Someone | None
    acting: bool
    answer_by: Any
    family: list[tuple[str, str]]
    services: list[ServiceShown]
    invited: list[tuple[UUID, Someone]]
    legs: list[tuple[str, str, datetime, datetime | None, bool]] = field(default_factory=list)

    @property
    def members(self) -> list[tuple[str, str, str, bool, bool]]:
        """As the picture of the team wants them."""
        family = [(name, role, "", False, True) for name, role in self.family]
        held = self.holder.position if self.holder else None
        workers = [
            (one.name, one.title, one.service_name, one.position == held, False)
            for service in self.services
            for one in service.members
        ]
        return family + workers


def team(case: Case, some: Gathered) -> Team:
    """The team as the actor may see it."""
    known, held = some.known, case.baton
    return Team(
        child=known.get(case.child_id, ""),
        holder=someone(held.position, known) if held else None,
        acting=bool(held and held.acting),
        answer_by=held.answer_by if held else None,
        family=_family(some.seats, known),
        services=_services(some),
        invited=[(UUID(one["id"]), some.someone(one)) for one in some.invited],
        legs=[
            (
                known.get(one.position.person_id, _("Somebody")), one.position.unit.service.name, one.since,
                None if one.until == FOREVER else one.until, one.acting,
            )
            for one in some.batons
        ],
    )  # fmt: skip


def _family(seats: list[Any], known: dict[UUID, str]) -> list[tuple[str, str]]:
    mine = [seat for seat in seats if seat.kind in FAMILY and seat.person_id in known]
    return [(known[seat.person_id], _role(seat)) for seat in mine if seat.kind != SeatKind.CHILD]


def _role(seat: Any) -> str:
    said = str(RELATED.get(seat.relation) or FAMILY_ROLES[seat.kind]())
    return _("%(relation)s, kept away") % {"relation": said} if seat.away else said


def _services(some: Gathered) -> list[ServiceShown]:
    """Services with a cover, and those who sit there; a seat without a cover sees nothing and is not shown."""
    members: dict[UUID, dict[UUID, Someone]] = {}
    for seat in some.seats:
        if seat.kind == SeatKind.SERVICE and seat.position is not None:
            members.setdefault(seat.position.unit.service_id, {})[seat.position.pk] = someone(seat.position, some.known)
    covered: dict[UUID, tuple[str, set[str]]] = {}
    for one in some.covers:
        covered.setdefault(UUID(one["service"]), (one["name"], set()))[1].add(one["kind"])
    return [
        ServiceShown(name, list(members.get(service, {}).values()), labels(kinds))
        for service, (name, kinds) in covered.items()
    ]


def holder(case: Case) -> Someone | None:
    """Who leads now."""
    if case.baton is None:
        return None
    return someone(case.baton.position, names([case.baton.position.person_id]))


def carriers(actor: Actor, case: Case) -> list[rules.Carrier]:
    """Who could carry the baton or be invited: nearest to the child first, the actor left out."""
    wanted = Position.objects.select_related("unit__service").filter(pk__in=ground.candidates(case.child_id))
    found = [one for one in wanted.order_by("pk") if one.person_id != actor.person]
    seated = set(visible_team(actor, case.child_id).values_list("position_id", flat=True))
    known = names(one.person_id for one in found)
    made = [
        rules.Carrier(
            one.pk, one.person_id, one.unit.service_id, one.unit.service.sort, one.leads, one.pk in seated,
            known.get(one.person_id, _("Somebody")),
            f"{known.get(one.person_id, _('Somebody'))}, {within_a_sentence(one.title)}",
            one.unit.service.name,
        )
        for one in found
    ]  # fmt: skip
    return rules.by_nearness(guide_where_held(case), case.level, made)


def grouped(carriers: Iterable[rules.Carrier]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices under the name of each service, in the order given."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in carriers:
        label = _("%(who)s – in the team") % {"who": one.label} if one.seated else one.label
        groups.setdefault(one.service_name, []).append((str(one.position), label))
    return list(groups.items())


def levels(case: Case) -> list[tuple[str, str, str]]:
    """The guide's levels as the picture of the ladder wants them, each by the sign that people know."""
    return [(one.shown, text(one.name), text(one.meaning)) for one in guide_of(case).levels]


def level_now(case: Case) -> Level | None:
    """The level the case is at."""
    try:
        return guide_of(case).level(case.level)
    except UnknownCode:
        return None


def to_ask_now(actor: Actor, case: Case) -> bool:
    """Whether the family is to be asked about one more service at the level a case has come to, by its guide."""
    level = level_now(case)
    if level is None or not asked_by_now(guide_of(case), level.form) or not may_ask_for_service(actor, case):
        return False
    covers = visible_covers(actor).filter(child_id=case.child_id, kind=Kind.IDENTITY, since__lte=Now(), until__gt=Now())
    return covers.values("service_id").distinct().count() < services_needed(level.form)


def history(case: Case, some: Gathered) -> list[dict[str, Any]]:
    """Levels, versions, closings and reopenings, the newest first, as a timeline; each in the words of its own time."""
    marks, known = some.marks, some.known
    items = [
        *((_step(one, case, some.crossings, known), one.by_id) for one in some.steps),
        *((_turn(one, case, some.crossings, known), one.by_id) for one in some.turns),
        *((_crossing(one, known), one.by_id) for one in some.crossings),
    ]
    for item, by_whom in items:
        acted_for = marks.acted_for(by_whom, item["when"], known)
        if acted_for:
            item["who"] = _("%(who)s, for %(holder)s") % {"who": item["who"], "holder": acted_for}
    return sorted((item for item, _by in items), key=lambda one: one["when"], reverse=True)


def _step(step: Step, case: Case, crossings: list[Crossing], known: dict[UUID, str]) -> dict[str, Any]:
    level = guide_then(case, crossings, step.at).level(step.level)
    return {"when": step.at, "title": level_said(level), "text": step.reason, "who": known.get(step.by_id, "")}


def _crossing(one: Crossing, known: dict[UUID, str]) -> dict[str, Any]:
    guide = version(one.after)
    said = _("Follows a newer guide: %(name)s. %(level)s")
    title = said % {"name": text(guide.name), "level": level_said(guide.level(one.level_after))}
    return {"when": one.at, "title": title, "text": one.reason, "who": known.get(one.by_id, "")}


def _turn(turn: Turn, case: Case, crossings: list[Crossing], known: dict[UUID, str]) -> dict[str, Any]:
    who = known.get(turn.by_id, "") if turn.by_id else ""
    if turn.sort == "reopened":
        return {"when": turn.at, "title": _("Taken up again"), "text": turn.note, "who": who}
    reason = text(guide_then(case, crossings, turn.at).closing(turn.reason).text)
    return {"when": turn.at, "title": _("Closed: %(why)s") % {"why": reason}, "text": turn.note, "who": who}


def closing(case: Case, some: Gathered) -> dict[str, Any] | None:
    """Why a closed case was closed, in the words for the family and the note that was written."""
    turn = max((one for one in some.turns if one.sort == "closed"), key=lambda one: one.at, default=None)
    if case.is_open or turn is None:
        return None
    return {"at": turn.at, "note": turn.note, "said": text(guide_of(case).closing(turn.reason).family)}


def next_levels(case: Case) -> list[tuple[str, str]]:
    """The levels a case may move to from where it is."""
    return [
        (one.code, f"{one.shown}. {text(one.name)}\n{text(one.meaning)}")
        for one in rules.levels_from(guide_of(case), case.level)
    ]


def reasons(case: Case) -> list[tuple[str, str]]:
    """Closing reasons that a person may choose."""
    return [(one.code, text(one.text)) for one in rules.closings(guide_of(case))]


def note_rule(case: Case) -> str:
    """Whether a note to the family is required, optional or not written when the case closes."""
    return guide_where_held(case).close.note.value


def criteria(case: Case) -> list[str]:
    """What counts when somebody is chosen to lead."""
    return [text(one.text) for one in guide_of(case).criteria]


def receiver(some: Gathered) -> Someone | None:
    """To whom the baton is offered now."""
    return some.someone(some.offered[0]) if some.offered else None


def would_carry(case: Case) -> Someone | None:
    """Who would be the contact if a closed case were taken up again."""
    heir = ground.could_wake(case.pk)
    return positions_shown([heir])[heir] if heir else None


@dataclass(frozen=True)
class InvitationShown:
    """What an invitation says before one has answered."""

    child: str
    who: str
    by: str
    title: str
    service: str


def invitation(actor: Actor, invited: Invitation) -> InvitationShown:
    """Whose child, who is invited, and by whom."""
    place = positions_shown([invited.position_id])[invited.position_id]
    known = names([invited.child_id, invited.made_by_id])
    return InvitationShown(
        known.get(invited.child_id, ""), place.name, known.get(invited.made_by_id, _("Somebody")), place.title,
        place.service_name,
    )  # fmt: skip
