"""Asking for consent in three short pages; what is typed is kept on the server between them, sealed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from laget.access import drafts
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions, rules, shown, texts
from laget.consents.access import may_ask
from laget.consents.beginning import detach, forget, kept_at, origin_of
from laget.consents.forms import FamilyForm, TalkForm, WishForm
from laget.directory.access import visible_positions, visible_services
from laget.families.rules import born
from laget.guide.national import current
from laget.guide.rules import Advice, Guide
from laget.guide.words import text
from laget.kernel.actor import Capacity, Place
from laget.law.ages import age


def step_labels() -> list[str]:
    return [_("First"), _("The child"), _("What is shared")]


@page(needs=may_ask, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def ask(request: Request) -> HttpResponse:
    """First: is it safe to talk with the parents? If not, nothing is registered, and the page says whom to call."""
    if request.method == "POST" and "detach" in request.POST:
        detach(request.actor)
        return HttpResponseRedirect(reverse("ask_child"))
    guide, origin = current(timezone.localdate()), origin_of(request.actor)
    another = origin is not None and "note" not in request.GET
    form = typed(request, TalkForm, {} if another else _kept(request, "ask"), **_talk(guide))
    advice = _advice(guide, form)
    if advice is not None:
        form.errors.clear()
    if (advice is not None or another) and request.method == "POST":
        forget(request.actor)
    if advice is None and form.is_bound and form.is_valid():
        return _on(request, "ask", "ask_child")
    context = {
        "advice": advice, "first": shown.asked_first(guide), "steps": step_labels(),
        "help_text": text(guide.first_question.help), "origin": None if another else origin,
        "begun": origin if another else None,
    }  # fmt: skip
    response = form_page(request, "consents/ask.html", form, **context)
    response.status_code = 200 if advice else response.status_code
    return response


def _advice(guide: Guide, form: TalkForm) -> dict[str, Any] | None:
    """What to do instead of asking, when it is not known to be safe."""
    if not form.is_bound:
        return None
    form.full_clean()
    chosen = next((one for one in guide.first_question.answers if one.code == form.cleaned_data.get("safe")), None)
    if chosen is None or chosen.effect is Advice.TALK_FIRST:
        return None
    return {"text": text(chosen.advice), "urgent": chosen.effect is Advice.DO_NOT_TALK}


def _talk(guide: Guide) -> dict[str, Any]:
    question = guide.first_question
    answers = [(one.code, text(one.text)) for one in question.answers]
    return {"question": text(question.question), "answers": answers, "today": timezone.localdate()}


@page(needs=may_ask, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def ask_child(request: Request) -> HttpResponse:
    """Second: the child and its parents."""
    if _talked(request) is None:
        return HttpResponseRedirect(reverse("ask"))
    if request.method == "POST" and "more" in request.POST:
        form = _family(request.POST, more=True)
        return form_page(request, "consents/ask_child.html", form, steps=step_labels(), origin=origin_of(request.actor))
    kept = _kept(request, "ask_child")
    form = typed(request, FamilyForm, kept, count=_count(request, kept), today=timezone.localdate())
    if form.is_bound and form.is_valid():
        return _on(request, "ask_child", "ask_what")
    return form_page(request, "consents/ask_child.html", form, steps=step_labels(), origin=origin_of(request.actor))


def _count(request: Request, kept: dict[str, Any]) -> int:
    """How many parents there is room for on the page."""
    draft = drafts.find(request.actor, request.path) or {}
    return _parents(request.POST.get("count") or (draft.get("count") or [kept.get("count", "")])[-1])


def _parents(told: Any) -> int:
    """A number of parents as somebody's form says it; two when it is no such number."""
    text = str(told)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 2


def _family(posted: QueryDict, *, more: bool) -> FamilyForm:
    """The page again with room for one more parent, and all that was typed."""
    return FamilyForm(initial=posted.dict(), count=_parents(posted.get("count")) + more, today=timezone.localdate())


@page(needs=may_ask, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def ask_what(request: Request) -> HttpResponse:
    """Third: what may be shared, and the text that the parents will read; then it is sent."""
    talk, family, origin = _talked(request), _registered(request), origin_of(request.actor)
    if talk is None or family is None:
        return HttpResponseRedirect(reverse("ask" if talk is None else "ask_child"))
    guide, place = current(timezone.localdate()), _place(request)
    form = typed(request, WishForm, _wishes(request, guide, place), **_choices(request, guide, family))

    def send(data: dict[str, Any]) -> Any:
        return actions.ask(
            request.actor, _place(request, data.get("position", "")).position, family.cleaned_data["typed"],
            form.wish, talk.cleaned_data["child_words"], talk.cleaned_data["talked_on"], origin.of if origin else None,
        )  # fmt: skip

    sent = carried_out(form, send)
    if sent is not None:
        forget(request.actor)
        return done(request, reverse("asked", args=[sent.value.pk]), _("The question is sent to the parents."))
    context = {"steps": step_labels(), "origin": origin, **_preview(request, form, place)}
    return form_page(request, "consents/ask_what.html", form, **context)


def _place(request: Request, position: str = "") -> Place:
    """The position one asks as: the chosen one, or the first from which one can ask."""
    chosen = next((place for place in request.actor.places if str(place.position) == position), None)
    return chosen or next(place for place in request.actor.places if rules.can_ask(place.act))


def _choices(request: Request, guide: Guide, family: FamilyForm) -> dict[str, Any]:
    able = {place.position: place.act for place in request.actor.places if rules.can_ask(place.act)}
    held = visible_positions(request.actor).filter(pk__in=able)
    today, told = timezone.localdate(), family.cleaned_data["typed"]
    day = born(told, today)
    return {
        "welfare": shown.child_welfare(request.actor),
        "about": rules.matters(able.values(), age(day, today) if day else None),
        "reaches": [(one.code, text(one.help)) for one in guide.consent.reaches],
        "today": today,
        "hears": told.expected is None,
        "positions": [(str(one.pk), f"{one.title}, {one.unit.service.name}") for one in held],
    }


def _wishes(request: Request, guide: Guide, place: Place) -> dict[str, Any]:
    service = visible_services(request.actor).get(pk=place.service)
    return {
        "kinds": list(rules.offered(guide, service.sort)),
        "reach": guide.consent.reach_default,
        "until": rules.period(guide, timezone.localdate()),
        "position": str(place.position),
    }


def _preview(request: Request, form: WishForm, place: Place) -> dict[str, Any]:
    """The text as the parents will read it, with what is typed so far."""
    service = shown.service_name(request.actor, place.service)
    return {"service": service, **preview(form, asker=service, receiver=service, opens_case=True)}


def preview(form: WishForm, **who: Any) -> dict[str, Any]:
    """The consent text with what is typed so far. who: asker, receiver and opens_case."""
    guide, today = current(timezone.localdate()), timezone.localdate()
    value = form.cleaned_data.get if form.is_bound and hasattr(form, "cleaned_data") else form.initial.get
    wish = actions.Wish(
        rules.with_identity(value("kinds") or ()), value("reach") or guide.consent.reach_default,
        value("until") or rules.period(guide, today) or today, value("why") or "", value("excluded") or "",
    )  # fmt: skip
    told = shown.consent_text(guide, wish, texts.chosen(None), **who)
    return {"told": told, "meanings": meanings(told)}


def meanings(told: texts.Text) -> dict[str, str]:
    """The plain meaning of each kind, by code, in the language of the text."""
    return {code: meaning for code, (_label, meaning) in told.kinds.items()}


def _on(request: Request, here: str, there: str) -> HttpResponse:
    """Keep this page as it was accepted, and go on."""
    drafts.drop(request.actor, kept_at(here))
    drafts.keep(request.actor, kept_at(here), request.POST)
    return HttpResponseRedirect(reverse(there))


def _fields(request: Request, name: str) -> MultiValueDict[str, str] | None:
    found = drafts.find(request.actor, kept_at(name))
    return MultiValueDict(found) if found else None


def _kept(request: Request, name: str) -> dict[str, Any]:
    """What was accepted on a page, to begin from when one comes back to it."""
    found = _fields(request, name)
    return dict(found.items()) if found else {}


def _talked(request: Request) -> TalkForm | None:
    """The first page as accepted; None when it must be answered again."""
    guide = current(timezone.localdate())
    form = TalkForm(_fields(request, "ask"), **_talk(guide))
    if not form.is_valid():
        return None
    safe = {one.code for one in guide.first_question.answers if one.effect is Advice.TALK_FIRST}
    return form if form.cleaned_data["safe"] in safe else None


def _registered(request: Request) -> FamilyForm | None:
    fields = _fields(request, "ask_child")
    form = FamilyForm(fields, count=_parents(fields.get("count") if fields else ""), today=timezone.localdate())
    return form if form.is_valid() else None
