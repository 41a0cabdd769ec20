"""Pages for an own way in without an electronic id, and for what a child chooses for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access import answers, sessions
from laget.access.gate import Request, page
from laget.access.letter.codes import spaced
from laget.access.local import local
from laget.access.pages import carried_out, done, form_page, typed
from laget.families.access import children_called
from laget.kernel.actor import Actor, Capacity
from laget.participation import actions, rules
from laget.participation.access import (
    agreeing,
    children_around,
    children_with_own_page,
    family_of_child,
    may_choose,
    may_end,
    may_say_anew,
    may_say_who_knows_health,
    may_set_up,
    only_asks,
    own_ways_in,
    parents_and_health,
    said_of,
    said_of_family,
    said_of_own,
    team_of_child,
    to_decide,
    visible_setups,
)
from laget.participation.forms import NOBODY, MustKnowForm, RemarkForm, SetUpForm, ShareHealthForm, TrustedForm
from laget.participation.shown import coming

if TYPE_CHECKING:
    from laget.families.models import Child
    from laget.participation.models import Setup


@page(children_called, needs=may_set_up, only=Capacity.WORKER)
def ways_in(request: Request, child: Child) -> HttpResponse:
    """Who in the family has an own way in, and who may get one."""
    family = list(family_of_child(request.actor, child.pk))
    there = {one.person_id for one in family}
    said = said_of_family(request.actor, child.pk)
    context = {"child": child, "people": family, "child_there": child.pk in there, "said": said, "checks": _checks()}
    return render(request, "participation/ways_in.html", context)


@page(children_called, needs=may_set_up, key="child", only=Capacity.WORKER, methods=("GET", "POST"))
def set_up(request: Request, child: Child, person: UUID) -> HttpResponse:
    """Face to face: who it is, who agreed, and the letter, which is shown once."""
    name = _name(request.actor, child, person)
    if name is None:
        return answers.not_found(request)
    itself = person == child.pk
    agreeing, fault = _agreeing(request.actor, child) if itself else (None, "")
    ways = rules.ways(itself=itself, asking=only_asks(request.actor, child))
    form = typed(request, SetUpForm, ways=ways, agreeing=agreeing, team=_team(request.actor, child))
    made = carried_out(form, lambda data: actions.set_up(request.actor, child, person, _said(data)))
    back = reverse("ways_in", args=[child.pk])
    if made is not None:
        letter = made.value
        if letter is None:
            return done(request, back, _("The page is open. %(name)s signs in with electronic ID.") % {"name": name})
        context = {"back": back, "name": name, "sign_in_name": spaced(letter.name), "code": spaced(letter.code)}
        until = timezone.localdate() + rules.LETTER_LASTS
        return render(request, "participation/letter.html", {**context, "itself": itself, "until": until})
    return form_page(
        request, "participation/set_up.html", form, child=child, name=name, itself=itself, person=person, back=back,
        fault=_(fault) if fault else "", only_eid=ways == (rules.EID,),
    )  # fmt: skip


def _checks() -> dict[str, str]:
    return {code: _(text) for code, text in rules.CHECKS.items()}


def _name(actor: Actor, child: Child, person: UUID) -> str | None:
    """What the person is called, when it is the child or somebody in its family."""
    if person == child.pk:
        return str(getattr(child, "called", "") or _("The child"))
    found = family_of_child(actor, child.pk).filter(person_id=person).first()
    return str(found.name or _("One of the parents")) if found else None


def _agreeing(actor: Actor, child: Child) -> tuple[list[tuple[str, Any]], str]:
    """Who must say yes, by name; and why nobody can be asked, if so."""
    place = actor.places[0]
    who = agreeing(actor, child, place.act)
    family = {one.person_id: one.name for one in family_of_child(actor, child.pk)}
    names = {person: family.get(person) or _("One of the parents") for person in who.people} | {
        child.pk: _("The child itself"), rules.HOLDERS: _("Everybody who has parental responsibility"),
    }  # fmt: skip
    return [(str(person), names[person]) for person in sorted(who.people, key=lambda one: one != child.pk)], who.fault


def _team(actor: Actor, child: Child) -> list[tuple[str, Any]]:
    seats: list[Any] = list(team_of_child(actor, child.pk))
    return [(str(one.position_id), f"{one.name or ''}\n{one.title}, {one.position.unit.service.name}") for one in seats]


def _position(chosen: str) -> UUID | None:
    return None if chosen in ("", NOBODY) else UUID(chosen)


def _said(data: dict[str, Any]) -> actions.Said:
    return actions.Said(
        checked=data["checked"], handed=data["handed"], words=data["words"], maturity=data.get("maturity", ""),
        agreed=tuple(UUID(one) for one in data.get("agreed", ())), trusted=_position(data.get("trusted", "")),
    )  # fmt: skip


@page(visible_setups, needs=may_say_anew, only=Capacity.WORKER, methods=("GET", "POST"))
def remark(request: Request, setup: Setup) -> HttpResponse:
    """What was said when a sign-in was set up, and what is to be put right or added."""
    before = said_of(request.actor, setup.pk)
    itself, newest = setup.person_id == setup.child_id, before[0]
    usual = {"words": newest.words, "maturity": newest.maturity}
    form = typed(request, RemarkForm, usual, itself=itself)
    said = carried_out(
        form,
        lambda data: actions.say_anew(request.actor, setup, words=data["words"], maturity=data.get("maturity", "")),
    )
    back = reverse("ways_in", args=[setup.child_id])
    if said is not None:
        return done(request, back, _("It is saved. What was said before stands below."))
    return form_page(request, "participation/remark.html", form, setup=setup, itself=itself, said=before, back=back)


@page(visible_setups, needs=may_end, methods=("POST",))
def end(request: Request, setup: Setup) -> HttpResponse:
    """It ends at once, for everybody who is inside by it."""
    actions.end(request.actor, setup)
    if request.actor.is_worker:
        return done(request, reverse("ways_in", args=[setup.child_id]), _("The way in is closed."))
    if not request.actor.by_letter:
        return done(request, reverse("my_sign_in"), _("The way in is closed."))
    sessions.sign_out(request)  # the database has ended it
    return HttpResponseRedirect(reverse("signed_out"))


def _own(actor: Actor, request: Any) -> list[Setup]:
    return list(own_ways_in(actor).order_by("-at"))


@page(gathers=_own, only=Capacity.CITIZEN, silent=True)
def my_sign_in(request: Request, setups: list[Setup]) -> HttpResponse:
    """How one signs in, when one was here last, and what is wise on a device that others use."""
    said = [(one, said_of(request.actor, one.pk)) for one in setups]
    opened = [] if said else said_of_own(request.actor)
    context = {"setups": said, "opened": opened, "by_letter": request.actor.by_letter, "checks": _checks()}
    return render(request, "participation/my_sign_in.html", context)


@page(children_around)
def birthdays(request: Request, child: Child) -> HttpResponse:
    """What changes in the law and here when the child turns 12, 15, 16 and 18, in the words of each reader."""
    shown = coming(request.actor, child, timezone.localdate())
    may = may_say_who_knows_health(request.actor, child)
    context = {"child": child, "name": getattr(child, "called", "") or _("The child"), "p": shown, "may_share": may}
    return render(request, "participation/birthdays.html", context)


@page(children_with_own_page, needs=may_choose, only=Capacity.CITIZEN, methods=("GET", "POST"))
def trusted(request: Request, child: Child) -> HttpResponse:
    """The child says whom it trusts most, or that it does not want to choose."""
    back = reverse("child_home", args=[child.pk])
    form = typed(request, TrustedForm, team=_team(request.actor, child))
    chosen = carried_out(form, lambda data: actions.choose_trusted(request.actor, child, _position(data["trusted"])))
    if chosen is not None:
        return done(request, back, _("It is saved. You can change it at any time."))
    return form_page(request, "participation/trusted.html", form, child=child, back=back)


@page(children_with_own_page, needs=may_choose, only=Capacity.CITIZEN, methods=("POST",))
def not_now(request: Request, child: Child) -> HttpResponse:
    """The child does not want to answer something now."""
    try:
        subject = UUID(request.POST.get("subject", ""))
    except ValueError:
        return answers.not_found(request)
    actions.leave_unanswered(request.actor, child, subject)
    return done(request, local(request.POST.get("next", "")), _("That is fine. Nobody asks you again about this."))


@page(children_around, needs=may_say_who_knows_health, methods=("GET", "POST"))
def health_readers(request: Request, child: Child) -> HttpResponse:
    """Who at home reads about the health of a young person: as it says itself, or as somebody decides who helps it."""
    actor, rows = request.actor, list(parents_and_health(request.actor, child.pk))
    form, made = (_shared if actor.is_citizen else _decided)(request, child, rows)
    if made is not None:
        here = reverse("health_readers", args=[child.pk])
        return done(request, here, _("It is saved who reads about the health."))
    return form_page(
        request, "participation/health_readers.html", form, child=child, itself=actor.is_citizen, some=len(rows),
        reading=[(one, _why(one)) for one in rows if one.tells], free=_free(rows), decided=to_decide(rows),
        lapsed=[(one, _why(one)) for one in rows if _why(one) and not one.tells],
        name=getattr(child, "called", "") or _("The child"), back=reverse("child_home", args=[child.pk]),
    )  # fmt: skip


def _shared(request: Request, child: Child, rows: list[Any]) -> tuple[Any, Any]:
    free = _free(rows)
    read = [str(one.person_id) for one in free if one.tells]
    form = typed(request, ShareHealthForm, {"persons": read}, people=_parents(free))
    return form, carried_out(
        form, lambda data: actions.share_health(request.actor, child, {UUID(one) for one in data["persons"]})
    )


def _decided(request: Request, child: Child, rows: list[Any]) -> tuple[Any, Any]:
    form = typed(request, MustKnowForm, people=_parents(to_decide(rows)))
    return form, carried_out(
        form, lambda data: actions.let_know_health(request.actor, child, UUID(data["person"]), data["why"])
    )


def _why(one: Any) -> str:
    """Why a service decided that this parent must know, or nothing."""
    return _(rules.MUST_KNOW[one.origin]) if one.origin in rules.MUST_KNOW else ""


def _free(rows: list[Any]) -> list[Any]:
    """Those about whom the young person decides alone: nothing stands that somebody else has decided."""
    return [one for one in rows if not (one.tells and one.origin in rules.MUST_KNOW)]


@page(children_around, needs=may_say_who_knows_health, key="child", only=Capacity.WORKER, methods=("POST",))
def end_health(request: Request, child: Child, person: UUID) -> HttpResponse:
    """What was decided about a parent ends."""
    actions.end_health(request.actor, child, person)
    return done(request, reverse("health_readers", args=[child.pk]), _("It is saved who reads about the health."))


def _parents(rows: list[Any]) -> list[tuple[str, Any]]:
    return [(str(one.person_id), one.name or _("One of the parents")) for one in rows]
