"""The team, the levels and the history of a case, gathered in a constant number of questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from laget.cases import ground, rules
from laget.cases.access import (
    visible_batons,
    visible_crossings,
    visible_invitations,
    visible_steps,
    visible_team,
    visible_turns,
)
from laget.cases.following import guide_of, guide_then, guide_where_held
from laget.cases.guiding import services_needed
from laget.cases.models import Case, Crossing, Invitation, Step, Turn
from laget.cases.rights import may_ask_for_service
from laget.cases.shown.deputies import Marks
from laget.cases.shown.following import level_said
from laget.cases.shown.people import Someone, kinds_of_services, labels, names, positions_shown, someone
from laget.directory.models import Position
from laget.families.access import visible_parents
from laget.families.words import RELATIONS
from laget.guide.national import version
from laget.guide.rules import Level, UnknownCode, asked_by_now
from laget.guide.words import text
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.people.rules import within_a_sentence
from laget.protection.access import visible_restrictions
from laget.sight.access import visible_covers
from laget.sight.models import FAMILY, Seat, SeatKind

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
    invited: list[tuple[Invitation, Someone]]
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


def team(actor: Actor, case: Case) -> Team:
    """The team as the actor may see it."""
    seats = list(_related(actor, visible_team(actor, case.child_id)))
    waiting = visible_invitations(actor).filter(case=case, state="sent").select_related("position__unit__service")
    invited = list(waiting.order_by("made_at", "id"))
    batons = list(
        visible_batons(actor).filter(case=case).select_related("position__unit__service").order_by("since", "until")
    )
    sitting = [seat.position for seat in seats if seat.position is not None]
    positions: list[Position] = [*sitting, *(one.position for one in invited), *(one.position for one in batons)]
    known = names([case.child_id, *(seat.person_id for seat in seats), *(one.person_id for one in positions)])
    held = next((one for one in batons if one.until == FOREVER), None)
    return Team(
        child=known.get(case.child_id, ""),
        holder=someone(held.position, known) if held else None,
        acting=bool(held and held.acting),
        answer_by=held.answer_by if held else None,
        family=_family(seats, known),
        services=_services(actor, case, seats, known),
        invited=[(one, someone(one.position, known)) for one in invited],
        legs=[
            (
                known.get(one.position.person_id, _("Somebody")), one.position.unit.service.name, one.since,
                None if one.until == FOREVER else one.until, one.acting,
            )
            for one in batons
        ],
    )  # fmt: skip


def _related(actor: Actor, seats: QuerySet[Seat]) -> QuerySet[Any]:
    """Each seat with what its holder is to the child, and whether that person is kept away."""
    tie = visible_parents(actor).filter(child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), until__gt=Now())
    away = visible_restrictions(actor).filter(
        child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), ended_at=FOREVER
    )
    return seats.annotate(relation=Subquery(tie.values("relation")[:1]), away=Exists(away))


def _family(seats: list[Any], known: dict[UUID, str]) -> list[tuple[str, str]]:
    mine = [seat for seat in seats if seat.kind in FAMILY and seat.person_id in known]
    return [(known[seat.person_id], _role(seat)) for seat in mine if seat.kind != SeatKind.CHILD]


def _role(seat: Any) -> str:
    said = str(RELATED.get(seat.relation) or FAMILY_ROLES[seat.kind]())
    return _("%(relation)s, kept away") % {"relation": said} if seat.away else said


def _services(actor: Actor, case: Case, seats: list[Seat], known: dict[UUID, str]) -> list[ServiceShown]:
    """Services with a cover, and those who sit there; a seat without a cover sees nothing and is not shown."""
    members: dict[UUID, dict[UUID, Someone]] = {}
    for seat in seats:
        if seat.kind == SeatKind.SERVICE and seat.position is not None:
            members.setdefault(seat.position.unit.service_id, {})[seat.position.pk] = someone(seat.position, known)
    covered = kinds_of_services(actor, case.child_id)
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


def history(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Levels, versions, closings and reopenings, the newest first, as a timeline; each in the words of its own time."""
    steps = list(visible_steps(actor).filter(case=case))
    turns = list(visible_turns(actor).filter(case=case))
    crossings = list(visible_crossings(actor).filter(case=case))
    marks = Marks(actor, case)
    known = names([*marks.holders, *(one.by_id for rows in (steps, turns, crossings) for one in rows if one.by_id)])
    items = [
        *((_step(one, case, crossings, known), one.by_id) for one in steps),
        *((_turn(one, case, crossings, known), one.by_id) for one in turns),
        *((_crossing(one, known), one.by_id) for one in crossings),
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


def closing(actor: Actor, case: Case) -> dict[str, Any] | None:
    """Why a closed case was closed, in the words for the family and the note that was written."""
    turn = visible_turns(actor).filter(case=case, sort="closed").order_by("-at").first()
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


def receiver(case: Case) -> Someone | None:
    """To whom the baton is offered now."""
    if case.standing_offer is None:
        return None
    return positions_shown([case.standing_offer.receiver_id])[case.standing_offer.receiver_id]


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
