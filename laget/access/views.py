"""Signing in and out, keeping what is typed, and choosing a language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from laget.access import answers, drafts, entering, sessions
from laget.access.database import acting
from laget.access.gate import open_to_all
from laget.access.local import gate_of, local, wanted
from laget.access.oidc import flow
from laget.access.oidc.providers import configured
from laget.kernel.actor import Actor

A_YEAR = 365 * 24 * 60 * 60
NEUTRAL = "https://www.yr.no/"
"""Where somebody is who has left quickly: a page that anybody may have open."""


@open_to_all
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Parent or young person, or one who works. In the demonstration both lead to its list of people.

    `again`: one who is signed in is asked to prove it once more.
    """
    again = "again" in request.GET
    if sessions.state(request) is sessions.State.LIVE and not again:
        return HttpResponseRedirect(wanted(request))
    locked = sessions.state(request) is sessions.State.LOCKED
    return render(
        request,
        "access/sign_in.html",
        {"next": wanted(request), "locked": locked, "again": again, "providers": configured()},
    )


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, ask the browser to forget what it has kept, and sign out at the provider too.

    Browsers do not let a form lead to another site by a redirection, so a page of ours leads on.
    """
    behind = entering.leave(request)
    provider = configured().get(behind.provider) if behind else None
    onwards = flow.leaving(provider, behind.id_token) if provider and behind else ""
    response: HttpResponse = HttpResponseRedirect(reverse("sign_in"))
    if onwards:
        response = render(request, "access/signed_out.html", {"onwards": onwards})
        response["Refresh"] = f"0; url={onwards}"
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@open_to_all
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Away at once: the session ends, and the browser goes on to a page that says nothing.

    The next sign-in from this browser asks for a new proof, since the provider's own session may still be open.
    """
    entering.leave(request, cause="quick_exit")
    response = render(request, "access/left.html", {"onwards": NEUTRAL})
    response["Refresh"] = f"0; url={NEUTRAL}"
    response["Clear-Site-Data"] = '"cache", "storage"'
    sessions.ask_anew(response)
    return response


@open_to_all
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where a provider sends people when they have signed out there."""
    return render(request, "access/signed_out.html", {"onwards": ""})


@open_to_all
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed in one of our forms, also for a session that has just been locked.

    With nothing typed it is thrown away; `leave` then leads back to the form. Stands outside the gate's receipts: the
    form's own key must stay unused until the form is sent.
    """
    form = request.GET.get("form", "")
    writer = _writer(request)
    if writer is None:
        reason = _("You are signed out. Sign in in another tab, and go on here.")
        return render(request, "design/_not_saved.html", {"reason": reason}, status=answers.SIGNED_OUT)
    gate = gate_of(form)
    if gate is None or gate.public or "POST" not in gate.methods or writer.capacity not in gate.capacities:
        return answers.not_found(request)
    with acting(writer):
        if not drafts.keep(writer, form, request.POST):
            drafts.drop(writer, form)
            return HttpResponseRedirect(form) if "leave" in request.GET else HttpResponse()
    return render(request, "design/_saved.html", {"at": timezone.now()})


def _writer(request: HttpRequest) -> Actor | None:
    actor = sessions.actor(request)
    if actor is not None:
        return actor
    whose = sessions.identity(request)
    return Actor(*whose) if whose and sessions.state(request) is sessions.State.LOCKED else None


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language for this browser, and come back to the page."""
    response = HttpResponseRedirect(local(request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
