"""The pages that any page may answer instead of itself: not found, refused, conflict, signed out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from laget.kernel.errors import Stale
from laget.kernel.verdict import Verdict

SIGNED_OUT = 419
_MARKS = frozenset({"csrfmiddlewaretoken", "key", "version"})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what one may not know."""
    return render(request, "design/404.html", {"typed": _texts(request)}, status=404)


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return render(request, "design/403.html", {"reason": verdict.reason, "typed": _texts(request)}, status=403)


def _texts(request: HttpRequest) -> list[str]:
    """The sentences that were typed: shown back to the one who typed them, so that nothing is lost."""
    if request.method != "POST":
        return []
    return [
        value for name in request.POST if name not in _MARKS for value in request.POST.getlist(name) if " " in value
    ]


def conflict(request: HttpRequest, stale: Stale) -> HttpResponse:
    """Both texts, and a form that saves yours over theirs knowingly."""
    others = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "key", "version", stale.field)
        for value in values
    ]
    context = {
        "field": stale.field,
        "yours": stale.yours,
        "theirs": stale.theirs,
        "version": stale.version,
        "action": request.path,
        "posted": others,
        "leave": f"{reverse('draft')}?form={request.path}&leave=1",
    }
    return render(request, "design/409.html", context, status=409)


def signed_out(request: HttpRequest, kept: bool) -> HttpResponse:
    context = {"kept": kept, "sign_in_url": _sign_in_address(request)}
    return render(request, "design/419.html", context, status=SIGNED_OUT)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(_sign_in_address(request))


def again(location: str) -> HttpResponse:
    return HttpResponseRedirect(location)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own pages, or whose cookie is gone."""
    return render(request, "design/419.html", {"kept": False, "sign_in_url": reverse("sign_in")}, status=403)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: nothing was carried out, try again soon. Asks the database nothing itself."""
    return HttpResponse(render_to_string("design/503.html"), status=503)


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("design/500.html"), status=500)


def _sign_in_address(request: HttpRequest) -> str:
    return f"{reverse('sign_in')}?{urlencode({'next': request.path})}"
