"""Coming in by letter: the first time with the code in it, later with a password and a code from an app."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from laget.access import entering, sessions
from laget.access.entering import Behind
from laget.access.gate import open_to_all
from laget.access.letter import codes, proving
from laget.access.letter.forms import ChoosingForm, CodeForm, LetterForm
from laget.access.letter.passes import Waiting
from laget.access.letter.proving import PROVIDER, Opened
from laget.access.local import wanted
from laget.access.oidc.recognising import has_place
from laget.access.sealing import Unsealable, seal, unseal
from laget.kernel.actor import Capacity

STEP_LASTS = timedelta(hours=1)
"""Long enough for a child of 12 who must first install an app, and perhaps be let to by somebody at home."""
TOO_MANY = 429
_OPENED = "letter_opened"


@open_to_all
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def by_code(request: HttpRequest) -> HttpResponse:
    """Sign-in name, password and a code. One answer for all that may be wrong."""
    form = CodeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, "access/by_code.html", form)
    try:
        person = proving.person_of(**form.cleaned_data, now=int(time.time()))
    except Waiting:
        return _waiting(request)
    if person is None:
        entering.count_refusal(PROVIDER, "wrong")
        form.add_error(None, _("Something here is not right. Check all three, wait for a new code, and try again."))
        return _page(request, "access/by_code.html", form)
    return _in(request, person, wanted(request))


@open_to_all
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def by_letter(request: HttpRequest) -> HttpResponse:
    """The first time: sign-in name and the code in the letter."""
    form = LetterForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, "access/by_letter.html", form, late="late" in request.GET)
    name, letter = form.cleaned_data["name"], form.cleaned_data["letter"]
    try:
        right = proving.opens(name, letter)
    except Waiting:
        return _waiting(request)
    if not right:
        entering.count_refusal(PROVIDER, "wrong_letter")
        form.add_error(None, _("Something here is not right, or the letter has been used or is too old. Check both."))
        return _page(request, "access/by_letter.html", form)
    opened, before = Opened(name, letter), _kept(request)
    # Another tab may show the key already: an app that has read it goes on fitting.
    key = before[1] if before and before[0] == opened else codes.new_key()
    entering.leave(request, "another")
    request.session.cycle_key()
    _keep(request, opened, key)
    return HttpResponseRedirect(reverse("sign_in_choose"))


@open_to_all
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def choose(request: HttpRequest) -> HttpResponse:
    """A password of one's own and the app; then the letter is used up, and the person is in."""
    kept = _kept(request)
    if kept is None:  # it took too long, or another tab was first
        return HttpResponseRedirect("/" if sessions.actor(request) else f"{reverse('sign_in_letter')}?late=1")
    opened, key = kept
    form = ChoosingForm(request.POST or None, name=opened.name)
    address = codes.key_address(key)
    shown = {"key_text": codes.spaced(codes.key_text(key)), "key_address": address, "square": codes.square(address)}
    if request.method == "GET" or not form.is_valid():
        return _page(request, "access/choose.html", form, **shown)
    try:
        person = proving.begin(opened, form.cleaned_data["password"], key, form.cleaned_data["code"], int(time.time()))
    except Waiting:
        return _waiting(request)
    if person is None:
        form.add_error("code", _("The code does not fit. Wait for the next one, and write that."))
        return _page(request, "access/choose.html", form, **shown)
    del request.session[_OPENED]
    return _in(request, person, "/")


def _in(request: HttpRequest, person: UUID, where: str) -> HttpResponse:
    """Whoever has proved who they are comes in, when there is something here for them."""
    if not has_place(person):
        entering.leave(request, cause="another")
        entering.count_refusal(PROVIDER, "unknown")
        return render(request, "access/not_in.html", {"code": "unknown", "provider": "letter", "next": "/"}, status=403)
    entering.enter(request, person, Capacity.CITIZEN, PROVIDER, Behind(PROVIDER))
    return HttpResponseRedirect(where)


def _page(request: HttpRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    """The form; what is secret is never written back into it."""
    return render(
        request, template, {"form": form, "next": wanted(request), **context}, status=422 if form.errors else 200
    )


def _waiting(request: HttpRequest) -> HttpResponse:
    entering.count_refusal(PROVIDER, "waiting")
    return render(request, "access/wait.html", status=TOO_MANY)


def _keep(request: HttpRequest, opened: Opened, key: bytes) -> None:
    """What lies between the two steps, sealed in this browser's own session."""
    said = {"name": opened.name, "letter": opened.letter, "key": key.hex(), "at": time.time()}
    request.session[_OPENED] = seal(json.dumps(said).encode(), _OPENED).hex()


def _kept(request: HttpRequest) -> tuple[Opened, bytes] | None:
    try:
        said = json.loads(unseal(bytes.fromhex(request.session.get(_OPENED, "")), _OPENED))
    except (Unsealable, ValueError):
        return None
    if time.time() - said["at"] > STEP_LASTS.total_seconds():
        return None
    return Opened(said["name"], said["letter"]), bytes.fromhex(said["key"])
