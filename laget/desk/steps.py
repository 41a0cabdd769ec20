"""The steps of the guide on the pages: where are we, what is next, who does it, until when and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.cases import guiding
from laget.cases.guiding import Known, Said, Stand, State
from laget.cases.models import Case
from laget.desk.shown import CoverShown, Next, Plan
from laget.guide.rules import Deadline, Event, Fact, Guide, Level, Sort, Step, UnknownCode, label
from laget.guide.telling import length
from laget.guide.words import text
from laget.kernel.text import N_
from laget.law import leaning
from laget.law.acts import Section
from laget.people.rules import within_a_sentence

FACTS = {
    Fact.CONSENT_GIVEN: N_("The family has said yes."),
    Fact.INVITED: N_("Somebody is invited."),
    Fact.HOLDER_CHOSEN: N_("Somebody has accepted the baton."),
    Fact.GOALS_AGREED: N_("A goal and who does what are agreed."),
    Fact.CHILD_HEARD: N_("The child's words are written down."),
    Fact.EVALUATED: N_("An evaluation is saved."),
}
"""What is said of a step that the case shows by itself."""


@dataclass(frozen=True)
class LawShown:
    """A statute that a step leans on. `href`: where the whole text stands."""

    cite: str
    said: str
    href: str


@dataclass(frozen=True)
class StepShown:
    """A step as the page tells it. `parts`: heading and text by the guide; `tools`: name and address."""

    code: str
    number: int
    name: str
    state: State
    at: datetime | None
    note: str
    who: str
    due: date | None
    deadline: str
    late: bool
    why: str
    law: tuple[LawShown, ...]
    parts: tuple[tuple[str, str], ...]
    tools: tuple[tuple[str, str], ...]
    gate: str
    gate_no: str
    does: str
    here: bool

    @property
    def finished(self) -> bool:
        return self.state in (State.DONE, State.SHOWN)


@dataclass(frozen=True)
class Course:
    """The steps of the case's level. `done`: how many are finished."""

    level: str
    meaning: str
    steps: tuple[StepShown, ...]
    next: StepShown | None
    action: tuple[str, str] | None
    marks: str

    @property
    def done(self) -> int:
        return sum(one.finished for one in self.steps)


def course(  # noqa: PLR0913 - what is known of a case comes from these
    case: Any,
    guide: Guide,
    plan: Plan,
    covers: Sequence[CoverShown],
    last_entry: datetime | None,
    today: date,
    *,
    holds: bool,
) -> Course:
    """How far the case has come; `case` comes from `cases_with_course`. holds: the reader holds the baton."""
    try:
        level = guide.level(case.level)
    except UnknownCode:
        return Course("", "", (), None, None, "")
    known = Known(
        case.decided or case.opened_at, _facts(case, level, plan, covers), _events(case, plan, covers, last_entry)
    )
    marks = [
        Said(one["step"], one["said"], datetime.fromisoformat(one["at"]), one["who"] or "") for one in case.marks_shown
    ]
    stands = guiding.way(guide, level.code, marks, known)
    now = guiding.next_of(stands)
    act = case.service.act
    shown = tuple(_step(guide, one, act, today, here=now is not None and one.number == now.number) for one in stands)
    return Course(
        level=_("Level %(level)s: %(name)s") % {"level": level.shown, "name": text(level.name)},
        meaning=text(level.meaning),
        steps=shown,
        next=next((one for one in shown if one.here), None),
        action=_action(case, now.step, plan, known.facts, holds=holds) if now else None,
        marks=reverse("mark_step", args=[case.pk]),
    )


def _facts(case: Any, level: Level, plan: Plan, covers: Sequence[CoverShown]) -> dict[Fact, datetime]:
    """What this reader may see that the case shows. What happened before the level was decided says nothing of it."""
    found: dict[Fact, datetime | None] = {
        Fact.INVITED: case.invited,
        Fact.EVALUATED: case.evaluated,
        Fact.CHILD_HEARD: case.heard,
        Fact.HOLDER_CHOSEN: case.baton.since if case.baton and not case.baton.acting else None,
    }
    begun = case.decided or case.opened_at
    facts = {fact: at for fact, at in found.items() if at is not None and at >= begun}
    agreed = [one.agreed for goal in plan.goals for one in goal.measures if one.open and one.agreed >= begun]
    if agreed:
        facts[Fact.GOALS_AGREED] = max(agreed)
    services = {one.service_id: one.since for one in covers}
    if len(services) >= guiding.services_needed(level.form):
        facts[Fact.CONSENT_GIVEN] = max(services.values())
    return facts


def _events(case: Any, plan: Plan, covers: Sequence[CoverShown], last_entry: datetime | None) -> dict[str, date]:
    """The days that a deadline of a step may be counted from."""
    offer = case.standing_offer if case.is_open else None
    moments = {
        Event.LEVEL_DECIDED: case.decided or case.opened_at,
        Event.HOLDER_LOST: case.baton.since if case.baton and case.baton.acting else None,
        Event.BATON_OFFERED: offer.made_at if offer else None,
        Event.INVITATION_SENT: case.invited,
        Event.LAST_ENTRY: last_entry,
        Event.CONSENT_GIVEN: max((one.since for one in covers), default=None),
        Event.CONSENT_ENDS: min((one.until for one in covers), default=None),
    }
    days = {event.value: timezone.localdate(at) for event, at in moments.items() if at is not None}
    if plan.due and plan.due.review:
        days |= {Event.EVALUATION_DUE.value: plan.due.review, Event.MEASURE_DUE.value: plan.due.review}
    return days


def _step(guide: Guide, stand: Stand, act: str, today: date, *, here: bool) -> StepShown:
    step, rule = stand.step, stand.rule
    shown = {one.code for one in guide.headings if one.shown}
    return StepShown(
        code=step.code,
        number=stand.number,
        name=text(step.name),
        state=stand.state,
        at=stand.at,
        note=_note(stand),
        who=stand.who,
        due=stand.due if not stand.finished else None,
        deadline=_said_length(rule, stand) if rule and "deadline" in shown else "",
        late=stand.late(today),
        why=text(rule.reason) if rule else "",
        law=tuple(_laws(leaning.found(_leans_on(step, rule, act), today))),
        parts=tuple(_parts(guide, step)),
        tools=_tools(guide, step) if "tools" in shown else (),
        gate=text(step.gate.question) if step.gate else "",
        gate_no=step.gate.no if step.gate else "",
        does=_roles(guide, step.who),
        here=here,
    )


def _said_length(rule: Deadline, stand: Stand) -> str:
    return length(rule, get_language()) if stand.due is None else ""


def _note(stand: Stand) -> str:
    """When and by whom, or what the case shows."""
    if stand.state is State.SHOWN:
        return " ".join(_(FACTS[one]) for one in stand.step.shown_by)
    return _("The answer was no.") if stand.state is State.REFUSED else ""


def _parts(guide: Guide, step: Step) -> Iterator[tuple[str, str]]:
    """What, how, who and where, under the headings that the municipality shows and by its names."""
    said = {
        "what": text(step.what) if step.what else "",
        "how": text(step.how) if step.how else "",
        "who": _roles(guide, step.who),
        "arena": text(step.arena) if step.arena else "",
    }
    for heading in guide.headings:
        if heading.shown and said.get(heading.code):
            yield text(heading.name), said[heading.code]


def _roles(guide: Guide, codes: Sequence[str]) -> str:
    """Everybody in one line; only the first with a capital."""
    said = [_role(guide, one) for one in codes]
    return ", ".join([*said[:1], *(within_a_sentence(one) for one in said[1:])])


def _role(guide: Guide, code: str) -> str:
    """Who does it; a role that has the municipality's own word is called so, with the plain word where law needs it."""
    role = guide.role(code)
    if role.concept:
        said = label(guide, role.concept, get_language(), "the", both=True)
        return said[:1].upper() + said[1:]
    return text(role.name)


def _tools(guide: Guide, step: Step) -> tuple[tuple[str, str], ...]:
    return tuple((text(guide.tool(one).name), guide.tool(one).link) for one in step.tools)


def _leans_on(step: Step, rule: Deadline | None, act: str) -> tuple[str, ...]:
    """Sections behind a step, by what it does and what its deadline is about."""
    codes: tuple[str, ...] = ()
    if step.consent:
        codes += leaning.CONSENT
    if Fact.CHILD_HEARD in step.shown_by:
        codes += leaning.HEARD
    by_sort = {
        Sort.REPORT: leaning.REPORT,
        Sort.ENVIRONMENT: leaning.environment(act),
        Sort.INVITE: leaning.cooperation(act),
    }
    return codes + (by_sort.get(rule.sort, ()) if rule else ())


def _laws(sections: Sequence[Section]) -> Iterator[LawShown]:
    for one in sections:
        yield LawShown(f"{one.act.short} {one.number}", one.summary(get_language() or "nb"), _lovdata(one))


def _lovdata(one: Section) -> str:
    """The section at Lovdata: `LOV-2005-06-17-64` and `§ 2 b` is `lov/2005-06-17-64/§2b`."""
    act = one.act.law_id.replace("LOV-", "lov/", 1).replace("FOR-", "forskrift/", 1)
    return f"https://lovdata.no/{act}/{one.number.replace(' ', '')}"


def _action(case: Case, step: Step, plan: Plan, facts: Collection[Fact], *, holds: bool) -> tuple[str, str] | None:
    """Where this reader does what a step still lacks, when the house has a page for it."""
    asked = step.shown_by or ((Fact.CONSENT_GIVEN,) if step.consent else ())
    for fact in (one for one in asked if one not in facts):
        if fact is Fact.GOALS_AGREED:
            return _plan_action(case, plan)
        if fact is Fact.EVALUATED and plan.due:
            return _("Evaluate"), reverse("evaluate", args=[plan.due.id])
        if fact in PLACES and (holds or fact not in FOR_HOLDERS):
            words, name = PLACES[fact]
            return _(words), reverse(name, args=[case.child_id if name == "ask_service" else case.pk])
    return None


PLACES = {
    Fact.CONSENT_GIVEN: (N_("Ask the family for one more service"), "ask_service"),
    Fact.INVITED: (N_("Invite to the team"), "invite"),
    Fact.HOLDER_CHOSEN: (N_("Offer the baton"), "offer_baton"),
    Fact.CHILD_HEARD: (N_("Write the child's words"), "write"),
    Fact.EVALUATED: (N_("See the plan"), "case_plan"),
}
FOR_HOLDERS = {Fact.CONSENT_GIVEN, Fact.INVITED, Fact.HOLDER_CHOSEN}


def _plan_action(case: Case, plan: Plan) -> tuple[str, str] | None:
    bare = next((goal for goal in plan.goals if not any(one.open for one in goal.measures)), None)
    goal = bare or next(iter(plan.goals), None)
    if goal is not None:
        return _("Add a measure"), reverse("measure_new", args=[goal.id])
    return _("Write the goal"), reverse("goal_new", args=[case.pk])


def as_next(found: Course) -> Next | None:
    """The guide's next step as the one card on the page."""
    step = found.next
    if step is None:
        return None
    what = step.parts[0][1] if step.parts else ""
    label_of, href = found.action or ("", "")
    return Next(step.name, what, href, label_of, step.due)
