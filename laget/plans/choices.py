"""What a form of the plan offers to choose from, and how what was chosen is handed to the action."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.cases.following import guide_of, guide_where_held
from laget.cases.models import Case
from laget.cases.rights import may_move_level
from laget.guide.rules import Outcome, evaluation_day, outcomes_for
from laget.kernel.actor import Actor
from laget.law.kinds import LABELS, Kind
from laget.people.models import Name
from laget.plans import rules
from laget.plans.access import family_of, kinds_to_write, readers_of, reading_services, working_around
from laget.plans.models import Goal


def areas(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """The areas of life in the case's guide that the actor may write about, with what they hold."""
    known = kinds_to_write(actor, case.child_id)
    found = [one for one in guide_of(case).areas if one.kind in known]
    return [(one.code, f"{one.name.get(get_language())}\n{one.hint.get(get_language())}") for one in found]


def outcomes(case: Case) -> list[tuple[str, str]]:
    """How an evaluation may turn out at the case's level, by its guide."""
    return [(one.code, one.text.get(get_language())) for one in outcomes_for(guide_where_held(case), case.level)]


def outcome(case: Case, code: str) -> Outcome:
    return guide_where_held(case).outcome(code)


def views_asked(case: Case) -> tuple[bool, bool]:
    """Whether an evaluation asks for the parents' view, and whether it waits for it."""
    rule = guide_where_held(case).evaluation
    return "parents" in rule.views, rules.must_write_parents_view(rule.views, required=rule.views_required)


def usual_day(case: Case, today: date) -> date | None:
    """The day of evaluation that the guide proposes; None where it is set each time, and then one must be chosen."""
    return evaluation_day(guide_where_held(case), today)


def decides_level(actor: Actor, case: Case) -> bool:
    return bool(may_move_level(actor, case))


def responsible(actor: Actor, goal: Goal) -> list[tuple[str, str]]:
    """Those who may do something: of those who read the goal, the family at home, and workers in their services."""
    readers = readers_of(goal)
    able = {one.person for one in readers}
    family = [one for one in family_of(goal.child_id) if one in able]
    held = {one.position for one in readers}
    seats = [one for one in working_around(actor, goal.child_id, goal.kind) if one.position_id in held]
    names = names_of([*family, *(seat.person_id for seat in seats)])
    at_home = [(f"home:{one}", _("At home: %(name)s") % {"name": names.get(one, "")}) for one in family]
    working = {
        f"service:{seat.position_id}": _("%(name)s, %(service)s")
        % {"name": names.get(seat.person_id, ""), "service": seat.position.unit.service.name}
        for seat in seats
        if seat.position is not None
    }
    return [*sorted(at_home, key=lambda one: one[1]), *working.items()]


def names_of(people: list[UUID]) -> dict[UUID, str]:
    """Full names of those whose names the actor may know."""
    return {name.person_id: name.full for name in Name.objects.filter(person_id__in=set(people))}


def placed(data: dict[str, Any]) -> dict[str, Any]:
    """The chosen responsible as place and id."""
    place, _colon, who = data["responsible"].partition(":")
    return {**data, "place": place, "responsible": UUID(who)}


def heard(data: dict[str, Any]) -> dict[str, Any]:
    """The answer to whether the child was asked as a truth."""
    return {**data, "asked": data["asked"] == "yes"}


class MatterChoices(TypedDict):
    """What the form about what matters offers."""

    voices: tuple[rules.Voice, ...]
    kinds: list[tuple[str, str]]


def matter(actor: Actor, child: UUID) -> MatterChoices:
    known = kinds_to_write(actor, child)
    kinds = [(kind.value, _(LABELS[kind])) for kind in Kind if kind in known]
    return {"voices": rules.voices(family=actor.is_citizen, is_child=actor.person == child), "kinds": kinds}


def usual_matter(given: MatterChoices) -> dict[str, str]:
    """Everyday life when it may be written about; a child speaks in its own voice."""
    codes = [code for code, _label in given["kinds"]]
    usual = Kind.EVERYDAY.value if Kind.EVERYDAY in codes else codes[0]
    return {"kind": usual, "voice": given["voices"][0].value if len(given["voices"]) == 1 else ""}


def readers(actor: Actor, child: UUID, kind: str | None) -> list[tuple[str, list[str]]]:
    """Services that can read, each with what about; for one kind when that is given."""
    found: dict[str, list[str]] = {}
    for service, about in reading_services(actor, child):
        if kind in (None, about):
            found.setdefault(service, []).append(_(LABELS[Kind(about)]))
    return list(found.items())
