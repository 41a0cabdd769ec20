"""The pages between us and a provider: going there, coming back, and being told that somebody has signed out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from laget.access import answers, entering, sessions
from laget.access.database import acting
from laget.access.entering import Behind
from laget.access.gate import open_to_all
from laget.access.local import gate_of, wanted
from laget.access.oidc import attempts, flow, tokens, wire
from laget.access.oidc.providers import Provider, configured
from laget.access.oidc.recognising import recognise
from laget.access.oidc.refusals import Refusal

logger = logging.getLogger(__name__)
STATUS = {"provider_down": 503, "unknown": 403, "account_taken": 403}
LONGEST_WAY = 300


@open_to_all
@require_GET
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """On to the provider. After a locked session, and when asked to, the person must prove anew who they are."""
    found = configured().get(provider)
    if found is None:
        return answers.not_found(request)
    browser = attempts.browser_of(request)
    fresh = "again" in request.GET or sessions.must_prove(request)
    where = _where(wanted(request))
    try:
        with wire.step():
            onwards = flow.begin(found, where, browser, fresh)
    except Refusal as refusal:
        return _refused(request, found, refusal, where)
    response = HttpResponseRedirect(onwards)
    attempts.remember(response, browser)
    return response


def _where(address: str) -> str:
    """A page behind a gate; never another round of signing in or out."""
    gate = gate_of(address.partition("?")[0])
    return address if gate is not None and not gate.public and len(address) <= LONGEST_WAY else "/"


@open_to_all
@require_GET
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the provider. A GET that changes something, as the one that begins does: it uses up an attempt."""
    found = configured().get(provider)
    if found is None:
        return answers.not_found(request)
    said: Mapping[str, list[str]] = dict(request.GET.lists())
    state = said.get("state", [])
    attempt = attempts.take(state[0], attempts.browser_of(request), provider) if len(state) == 1 else None
    if attempt is None:
        return _refused(request, found, Refusal("lost"), "/")
    arrived = None
    try:
        with wire.step():
            arrived = flow.finish(found, said, attempt)
        person = recognise(found, arrived.claims)
    except Refusal as refusal:
        if arrived is not None:  # somebody else has this device now
            entering.leave(request, cause="another")
        entering.count_refusal(provider, refusal.code)
        return _refused(request, found, refusal, attempt.where)
    behind = Behind(provider, found.issuer, arrived.claims["sub"], _sid(arrived.claims), arrived.id_token)
    proved = datetime.fromtimestamp(int(arrived.claims["auth_time"]), UTC)
    entering.enter(request, person, found.capacity, arrived.strength, behind, proved)
    return HttpResponseRedirect(attempt.where)


def _sid(claims: tokens.Claims) -> str:
    sid = claims.get("sid")
    return str(sid) if tokens.is_text(sid) else ""


def _refused(request: HttpRequest, provider: Provider, refusal: Refusal, where: str) -> HttpResponse:
    """A page in kind words. The log holds a code and our own words, and nothing that came from outside."""
    logger.warning("sign-in with %s: %s", provider.name, refusal)
    context = {"code": refusal.code, "provider": provider.name, "next": where}
    return render(request, "access/not_in.html", context, status=STATUS.get(refusal.code, 400))


@csrf_exempt
@open_to_all
@require_POST
def ended(request: HttpRequest, provider: str) -> HttpResponse:
    """Back-channel logout: the provider's server says that somebody has signed out there. It is said once only."""
    found = configured().get(provider)
    if found is None:
        return answers.not_found(request)
    now = timezone.now()
    try:
        with wire.step():
            claims = tokens.logout_token(
                request.POST.get("logout_token", ""), lambda kid: wire.keys(found, kid), found, int(now.timestamp())
            )
    except Refusal as refusal:
        logger.warning("sign-out from %s: %s", provider, refusal)
        return JsonResponse({"error": "invalid_request"}, status=400)
    with acting(None):
        if not attempts.spend(f"{found.issuer} {claims['jti']}", now + timedelta(seconds=2 * tokens.NEW_WITHIN)):
            return JsonResponse({"error": "invalid_request"}, status=400)
        entering.end_from_provider(provider, found.issuer, claims.get("sid", ""), claims.get("sub", ""))
    return HttpResponse()
