"""Talks with leader, parents and child, one's own duty to report, and what a leader sees: that a talk is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.concerns import actions, shown
from laget.concerns.access import (
    leaders_of,
    may_note,
    may_note_talk,
    may_write,
    talks_to_hold,
    visible_worries,
)
from laget.concerns.forms import AskTalkForm, ChildForm, DutyForm, LeaderForm, ParentsForm, ReasonForm
from laget.concerns.rules.steps import may_talk
from laget.concerns.views.writing import FORM, address, careful, noted, of_part
from laget.directory.access import visible_services
from laget.guide.national import current
from laget.guide.words import text
from laget.kernel.actor import Capacity, Place
from laget.law.reporting import duty

if TYPE_CHECKING:
    from laget.concerns.models import Worry


def _leaders(request: Request) -> list[tuple[str, str]]:
    return list({str(person): (str(person), name) for person, _unit, name in leaders_of(request.actor)}.values())


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_leader(request: Request, worry: Worry) -> HttpResponse:
    """Ask for a talk, or note one that is held."""
    leaders, today = _leaders(request), timezone.localdate()
    first = {"on": today, **({"leader": leaders[0][0]} if len(leaders) == 1 else {})}
    form = careful(request, LeaderForm, of_part(worry.note, "leader", **first), leaders=leaders, today=today)

    def note(data: dict[str, Any]) -> Any:
        leader = UUID(data["leader"]) if data.get("leader") else None
        return actions.note_leader_talk(
            request.actor, worry, on=data["on"], came_of_it=data["came_of_it"], leader=leader, version=data["version"]
        )

    ask = AskTalkForm(leaders=leaders, initial=first, prefix="ask")
    talk = getattr(worry, "talk", None)
    return noted(request, worry, form, note, "concerns/leader.html", ask=ask, leaders=leaders, talk=talk)


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=("POST",), silent=True)
def worry_leader_ask(request: Request, worry: Worry) -> HttpResponse:
    """The leader is told that one wants to talk, and nothing else."""
    form = AskTalkForm(request.POST, leaders=_leaders(request), prefix="ask")
    asked = carried_out(form, lambda data: actions.ask_for_talk(request.actor, worry, UUID(data["leader"])))
    if asked is not None:
        said = _("Your leader is told that you want to talk. Not what about.")
        return done(request, address("worry", worry.pk), said)
    return form_page(request, "concerns/leader_ask.html", form, worry=worry)


@page(visible_worries, needs=may_note_talk, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_parents(request: Request, worry: Worry) -> HttpResponse:
    """What came of the talk with the parents."""
    today = timezone.localdate()
    form = careful(request, ParentsForm, of_part(worry.note, "parents", on=today), today=today)
    return noted(
        request, worry, form, lambda data: actions.note_parents_talk(request.actor, worry, **data),
        "concerns/parents.html",
    )  # fmt: skip


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_child(request: Request, worry: Worry) -> HttpResponse:
    """What the child said, and how it was asked."""
    today = timezone.localdate()
    form = careful(request, ChildForm, of_part(worry.note, "child", on=today), today=today)
    return noted(
        request, worry, form, lambda data: actions.note_child_talk(request.actor, worry, **data), "concerns/child.html"
    )


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_safe(request: Request, worry: Worry) -> HttpResponse:
    """It is safe to talk now, or not any more. With a reason; nobody else decides it."""
    guide = current(timezone.localdate())
    safe = may_talk(guide, worry.note)
    form = careful(request, ReasonForm, label=_("Why is it not safe any more?") if safe else _("Why is it safe now?"))
    return noted(
        request, worry, form,
        lambda data: actions.note_safe(request.actor, worry, now=not safe, reason=data["reason"]),
        "concerns/safe.html", safe=safe, help_text=text(guide.first_question.help),
    )  # fmt: skip


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_duty(request: Request, worry: Worry) -> HttpResponse:
    """Each criterion of one's own statute, one by one. The person decides."""
    place = request.actor.place(worry.position_id) or _here(request, worry)
    public = not visible_services(request.actor).get(pk=worry.service_id).private
    asked = duty().asked_of(place.act, public=public, on=timezone.localdate())
    before = worry.note.part("duty").get("answers", {})
    initial = {**{f"c_{code}": said for code, said in before.items()}, "version": worry.note.version("duty")}
    form = typed(request, DutyForm, initial, asked=asked, language=shown.language())

    def check(data: dict[str, Any]) -> Any:
        return actions.check_duty(
            request.actor, worry, act=place.act, public=public, answers=shown.said(data),
            version=data["version"] or 0,
        )  # fmt: skip

    rows = shown.duty_shown(place.act, public)
    return noted(request, worry, form, check, "concerns/duty.html", rows=rows)


def _here(request: Request, worry: Worry) -> Place:
    """One of the actor's places in the service the worry was written in."""
    return request.actor.place_in(worry.service_id) or request.actor.places[0]


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=("POST",), silent=True)
def worry_environment(request: Request, worry: Worry) -> HttpResponse:
    """It is a matter of the environment at school or in kindergarten: its own deadline begins."""
    actions.note_environment(request.actor, worry, handled=request.POST.get("handled") == "1")
    return done(request, address("worry", worry.pk), _("Saved. Only you can read it."))


@page(needs=may_write, only=Capacity.WORKER, silent=True)
def talks(request: Request) -> HttpResponse:
    """For a leader: who has, or should have, a talk; where; since when. Never what about."""
    waiting = talks_to_hold(request.actor).order_by("due", "id")
    return render(request, "concerns/talks.html", {"talks": waiting, "today": timezone.localdate()})
