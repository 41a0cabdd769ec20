"""The child's page for those who help: who leads, where we are, the next step, what is agreed, who knows what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.cases import rights
from laget.cases.following import guide_where_held
from laget.cases.models import Case, Log
from laget.cases.shown import Around, tag
from laget.desk import shown, steps, words
from laget.desk.shown import CoverShown, GoalShown, Member, Next, Plan
from laget.desk.sights import batons_of, goals_of, latest_entries
from laget.desk.steps import Course
from laget.families.access import may_record_birth
from laget.guide.rules import Guide, UnknownCode
from laget.guide.words import text
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict
from laget.plans.access import may_agree

ENTRIES = 6


@dataclass(frozen=True)
class Button:
    """Something that may be done here, or the reason why not."""

    verdict: Verdict
    label: str
    href: str
    main: bool = False


@dataclass(frozen=True)
class ChildPage:
    """All that the page shows."""

    case: Case
    name: str
    age: str
    team: list[Member]
    holder: Member | None
    acting: bool
    answer_by: date | None
    stand_ins: list[shown.StandIn]
    level: str
    level_name: str
    levels: list[tuple[str, str, str]]
    legs: list[tuple[str, str, Any, Any, bool]]
    plan: Plan
    covers: list[CoverShown]
    matter: shown.Matter | None
    timeline: list[dict[str, Any]]
    next: Next | None
    course: Course
    guided: bool
    may_mark: Verdict
    siblings: list[dict[str, str]]
    buttons: list[Button]
    today: date


def child_page(actor: Actor, case: Any, known: frozenset[str]) -> ChildPage:
    """Gather the page; `case` comes from `cases_with_course`, `known` are the kinds the actor may know."""
    today = timezone.localdate()
    legs = batons_of(actor, case)
    baton, guide = case.baton, guide_where_held(case)
    team = shown.team(case.team, baton.position_id if baton else None)
    plan = shown.plan(goals_of(actor, case.pk), guide, today)
    covers = shown.covers(case.covers)
    latest = list(latest_entries(actor, case.pk, ENTRIES))
    course = steps.course(
        case, guide, plan, covers, latest[0].at if latest else None, today, holds=rights.holds(actor, case)
    )
    step = steps.as_next(course)
    bare = next(_without_anybody(actor, case, covers, team), None)
    now = next(_next(actor, case, plan, step, bare), None) if case.is_open else None
    return ChildPage(
        case=case,
        name=case.child_name or "",
        age=words.age_of(case.child.born, case.child.expected, today),
        team=team,
        holder=next((one for one in team if one.holder), None),
        acting=bool(baton and baton.acting),
        answer_by=baton.answer_by if baton else None,
        stand_ins=shown.stand_ins(baton),
        level=next((one.shown for one in guide.levels if one.code == case.level), ""),
        level_name=course.level,
        levels=[(one.shown, text(one.name), text(one.meaning)) for one in guide.levels],
        legs=[(leg.holder, leg.position.unit.service.name, leg.since, _end(leg.until), leg.acting) for leg in legs],
        plan=plan,
        covers=covers,
        matter=shown.matter(case.matter),
        timeline=[_entry(actor, guide, entry, team) for entry in latest],
        next=now,
        course=course,
        guided=now is not None and now is step,
        may_mark=rights.may_mark(actor, case),
        siblings=case.siblings,
        buttons=_buttons(actor, case, known),
        today=today,
    )


def _end(until: Any) -> Any:
    return None if until >= FOREVER else until


def _entry(actor: Actor, guide: Guide, entry: Any, team: list[Member]) -> dict[str, Any]:
    some = Around(entry.child_id, [], {one.person: one.name for one in team})
    service, mine = entry.service.name if entry.service else "", entry.author_id == actor.person
    return {
        "when": entry.at,
        "title": sort_name(guide, entry),
        "text": entry.words,
        "who": _who(entry),
        "tag": words.kind(entry.kind),
        "limited": tag(actor, entry.addressing, some, service, mine=mine),
    }


def _who(entry: Any) -> str:
    """Who wrote it and where that one works; and for whom, when it stood in."""
    who = ", ".join(part for part in (entry.writer, entry.service.name if entry.service else None) if part)
    return _("%(who)s, for %(holder)s") % {"who": who, "holder": entry.for_whom} if entry.for_whom else who


def sort_name(guide: Guide, entry: Log) -> str:
    """What the guide calls this sort of entry."""
    try:
        return text(guide.entry(entry.sort).name)
    except UnknownCode:
        return _("Entry")


def _next(actor: Actor, case: Case, plan: Plan, step: Next | None, bare: CoverShown | None) -> Iterator[Next]:
    """What could be next, the most pressing first: what waits for somebody, what is late, then the guide's step."""
    yield from _relay_steps(actor, case)
    if bare is not None:
        yield Next(
            _("The family has said yes to %(service)s") % {"service": bare.service},
            _("Nobody from there takes part yet. Invite the one who is to help."),
            reverse("invite", args=[case.pk]),
            _("Invite to the team"),
        )
    due = plan.due
    if due and due.late:
        yield _look_at(due, _("Look together at how it goes"))
    if step is not None:
        yield step
    yield from _without_steps(case, plan)
    if due:
        yield _look_at(due, _("We look at it together"))


def _without_anybody(actor: Actor, case: Any, covers: list[CoverShown], team: list[Member]) -> Iterator[CoverShown]:
    """For the one who may invite: a service that the family has said yes to, where nobody is in the team or invited."""
    there = {one.service for one in team if not one.family}
    for cover in covers:
        nobody = cover.by_consent and cover.service not in there and cover.service_id not in case.awaited
        if nobody and rights.may_invite(actor, case):
            yield cover


def _without_steps(case: Case, plan: Plan) -> Iterator[Next]:
    """What a plan lacks, once every step of the guide is done or where it has none."""
    if not plan.goals:
        yield _first_goal(case, fresh=not plan.finished)
    for goal in plan.goals:
        if not any(one.open for one in goal.measures):
            yield Next(
                _("Agree on who does what"), goal.words, reverse("measure_new", args=[goal.id]), _("Add a measure")
            )


def _look_at(goal: GoalShown, title: str) -> Next:
    return Next(title, goal.words, reverse("evaluate", args=[goal.id]), _("Evaluate"), goal.review)


def _first_goal(case: Case, *, fresh: bool) -> Next:
    address = reverse("goal_new", args=[case.pk])
    if fresh:
        said = _("One or two goals are enough. Write them so that the family recognises them.")
        return Next(_("Agree on the first goal"), said, address, _("Write the goal"))
    said = _("Every goal is finished. Set a new one, or close the case with the family.")
    return Next(_("Agree on what happens now"), said, address, _("Write the goal"))


def _relay_steps(actor: Actor, case: Case) -> Iterator[Next]:
    offer = case.standing_offer
    if offer is not None and offer.receiver_id in actor.positions:
        yield Next(_("You are asked to take the baton"), _("You may read the case while the offer stands."),
                   reverse("offer", args=[offer.pk]), _("Read and answer"))  # fmt: skip
    if case.baton and case.baton.acting and rights.may_accept_acting(actor, case):
        yield Next(
            _("You hold the baton for the time being"),
            _("Accept it, or offer it to somebody nearer to the child."),
            post=reverse("accept_acting", args=[case.pk]),
            label=_("I accept the baton"),
            when=case.baton.answer_by,
            also=(_("Offer it to somebody else"), reverse("offer_baton", args=[case.pk])),
        )
    if offer is not None and offer.giver_id in actor.positions:
        yield Next(_("The baton is offered, and waits for an answer"), _("You hold it until it is accepted."),
                   reverse("offer", args=[offer.pk]), _("See the offer"))  # fmt: skip


def _birth(actor: Actor, case: Case) -> Iterator[Button]:
    """While the child is expected."""
    if case.child.born is None:
        yield Button(may_record_birth(actor, case.child), _("The child is born"), reverse("born", args=[case.child_id]))


def _buttons(actor: Actor, case: Case, known: frozenset[str]) -> list[Button]:
    """What is done most comes first; what only the holder does says so to the others."""
    by = {"case": case.pk}
    return [
        Button(rights.may_write(actor, case, known), _("Write in the log"), reverse("write", kwargs=by), True),
        *_birth(actor, case),
        Button(
            may_agree(actor, case, known=known - {"identity"}), _("Agree on a goal"), reverse("goal_new", kwargs=by)
        ),
        Button(
            rights.may_ask_for_service(actor, case),
            _("Ask the family for one more service"),
            reverse("ask_service", args=[case.child_id]),
        ),
        Button(rights.may_invite(actor, case), _("Invite to the team"), reverse("invite", kwargs=by)),
        Button(rights.may_offer(actor, case), _("Offer the baton"), reverse("offer_baton", kwargs=by)),
        Button(rights.may_move_level(actor, case), _("Change level"), reverse("level", kwargs=by)),
        Button(ALLOWED, _("Protection"), reverse("protection", args=[case.child_id])),
        Button(ALLOWED, _("Parents and parental responsibility"), reverse("parents", args=[case.child_id])),
        Button(
            ALLOWED,  # who sees this page takes part in the case, and is asked again behind the door
            _("A parent asks to be told about the child"),
            reverse("information", args=[case.child_id]),
        ),
        Button(rights.may_close(actor, case), _("Close the case"), reverse("close_case", kwargs=by)),
    ]
