"""What a form of the plan offers to choose from, and how what was chosen is handed to the action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.cases.choosing import Choosing
from laget.cases.following import guide_of, guide_where_held
from laget.cases.forms import READERS, ReadersForm
from laget.cases.models import Case
from laget.cases.rights import may_move_level
from laget.cases.rules import Choice
from laget.cases.shown import AS_ABOVE, about, ordered
from laget.guide.rules import Outcome, evaluation_day, outcomes_for
from laget.kernel.actor import Actor
from laget.law.kinds import Kind
from laget.plans import rules
from laget.plans.access import kinds_to_write, text_of, visible_goals
from laget.plans.models import Goal, Measure
from laget.sight.rules import NAMES_PEOPLE, NEEDS_GROUND, Addressing, Audience, Text, who_reads

NEW_LINE = "\n"


def areas(actor: Actor, case: Case, to: Choosing) -> list[tuple[str, str]]:
    """The areas of life in the case's guide that the actor may write about, with what they hold and who reads it."""
    known = kinds_to_write(actor, case.child_id)
    found = [one for one in guide_of(case).areas if one.kind in known]
    said = dict(about(actor, to.some, to.audience, sorted(known), None))
    language = get_language()
    told = {one.code: (_ended(one.hint.get(language)), said[one.kind].partition(NEW_LINE)[2]) for one in found}
    return [(one.code, f"{one.name.get(language)}\n{' '.join(told[one.code])}") for one in found]


def _ended(sentence: str) -> str:
    """With a full stop, since another sentence follows."""
    return f"{sentence}." if sentence and sentence[-1] not in ".!?" else sentence


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


def responsible(goal: Goal, to: Choosing) -> list[tuple[str, str]]:
    """Those who may do something: of those who will read it, the family at home, and workers in their services."""
    readers, audience = who_reads(to.some.readers, text_of(goal)), to.audience
    if audience in set(NEEDS_GROUND) - set(NAMES_PEOPLE):
        readers = who_reads(readers, Text(Addressing(audience), None, goal.kind))
    names = to.some.called
    family = dict.fromkeys(one.person for one in readers if one.family)
    at_home = [(f"home:{one}", _("At home: %(name)s") % {"name": names.get(one, "")}) for one in family]
    working = {
        f"service:{one.position}": _("%(name)s, %(service)s")
        % {"name": names.get(one.person, ""), "service": one.works_in}
        for one in readers
        if not one.family
    }
    return [*sorted(at_home, key=lambda one: one[1]), *working.items()]


def placed(form: ReadersForm, data: dict[str, Any]) -> dict[str, Any]:
    """The chosen responsible as place and id, and whom the measure is for."""
    place, _colon, who = data["responsible"].partition(":")
    to = None if data["audience"] == AS_ABOVE else Choice(**form.choice())
    return {**_without_readers(data), "place": place, "responsible": UUID(who), "to": to}


def told(form: ReadersForm, data: dict[str, Any]) -> dict[str, Any]:
    """What matters, and whom it is for."""
    return {**_without_readers(data), "to": Choice(**form.choice())}


def _without_readers(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in READERS}


def read_by(actor: Actor, goal: Goal, to: Choosing) -> list[tuple[str, str]]:
    """Who will read a measure under a goal, before it is written; empty when the writer names them."""
    if to.audience in NAMES_PEOPLE:
        return []
    chosen = goal.addressing if to.audience == AS_ABOVE else Addressing(to.audience)
    return to.some.reading(Text(chosen, actor.person, goal.kind, plan=True))


def heard(data: dict[str, Any]) -> dict[str, Any]:
    """The answer to whether the child was asked as a truth. The child itself is asked by evaluating."""
    if "asked" not in data:
        return {**data, "asked": True, "how_asked": _("The child wrote this itself.")}
    return {**data, "asked": data["asked"] == "yes"}


def above(actor: Actor, thing: Any) -> Text | None:
    """What the readers of something in the plan are no more than: those of its goal; None for what stands alone."""
    goal = visible_goals(actor).filter(pk=thing.goal_id).first() if isinstance(thing, Measure) else None
    return text_of(goal) if goal else None


def kinds(actor: Actor, child: UUID) -> list[str]:
    """What the actor may write about in the plan, in the order in which it is always told."""
    return ordered(kinds_to_write(actor, child))


class MatterChoices(TypedDict):
    """What the form about what matters offers."""

    voices: tuple[rules.Voice, ...]
    kinds: list[tuple[str, str]]
    own: bool


def matter(actor: Actor, child: UUID, kinds: Iterable[str], to: Choosing) -> MatterChoices:
    """Whose words it may be (the child's, when it is for those whom the child chooses), and about what."""
    own = actor.person == child
    voices = rules.voices(family=actor.is_citizen, is_child=own)
    if to.audience == Audience.CHILDS_OWN:
        voices = (rules.Voice.CHILD,)
    return {"voices": voices, "kinds": about(actor, to.some, to.audience, kinds, None), "own": own}


def usual_matter(given: MatterChoices) -> dict[str, str]:
    """Everyday life when it may be written about; a child speaks in its own voice."""
    codes = [code for code, _label in given["kinds"]]
    usual = Kind.EVERYDAY.value if Kind.EVERYDAY in codes else codes[0]
    return {"kind": usual, "voice": given["voices"][0].value if len(given["voices"]) == 1 else ""}
