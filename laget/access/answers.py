"""The pages that any page may answer instead of itself: not found, refused, conflict, signed out."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.backends.utils import csrf_input_lazy
from django.template.loader import render_to_string
from django.urls import reverse

from laget.access.local import gate_of, local
from laget.kernel.errors import Stale
from laget.kernel.verdict import Verdict

SIGNED_OUT = 419
_MARKS = frozenset({"csrfmiddlewaretoken", "key", "version"})
_SECRETS = frozenset({"password", "again", "letter", "code"})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what one may not know."""
    return render(request, "design/404.html", {"typed": _texts(request)}, status=404)


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return render(request, "design/403.html", {"reason": verdict.reason, "typed": _texts(request)}, status=403)


def _texts(request: HttpRequest) -> list[str]:
    """The sentences that were typed: shown back to the one who typed them, so that nothing is lost."""
    if request.method != "POST" or not _from_here(request):
        return []
    try:
        return [
            value
            for name in request.POST
            if name not in _MARKS | _SECRETS
            for value in request.POST.getlist(name)
            if " " in value
        ]
    except (SuspiciousOperation, OSError, MultiPartParserError):  # what cannot be read cannot be shown
        return []


def _from_here(request: HttpRequest) -> bool:
    """Whether our own page sent it: another's would have us show its sentences as ours. A browser says where from."""
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.META.get("HTTP_HOST", request.META.get("SERVER_NAME"))


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
    context = {"kept": kept, "sign_in_url": _sign_in_address(request), "typed": [] if kept else _texts(request)}
    return render(request, "design/419.html", context, status=SIGNED_OUT)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(_sign_in_address(request))


def again(location: str) -> HttpResponse:
    return HttpResponseRedirect(location)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own pages, or whose cookie is gone."""
    context = {"kept": False, "sign_in_url": reverse("sign_in"), "typed": _texts(request)}
    return render(request, "design/419.html", context, status=403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is too large, or is not what a browser sends."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return HttpResponse(_without_asking(request, "design/400.html", too_large=too_large), status=400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(_without_asking(request, "design/403.html", typed=_texts(request)), status=403)


def another_way(request: HttpRequest, allow: str) -> HttpResponse:
    """An address that only takes what a form sends, opened or reloaded as a page."""
    response = not_found(request)
    response.status_code, response["Allow"] = 405, allow
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: nothing was carried out, try again soon. Asks the database nothing itself."""
    return _try_again(request, "design/503.html")


def not_made(request: HttpRequest) -> HttpResponse:
    """A document could not be made now: nothing is lost, and nothing is recorded as given out."""
    return _try_again(request, "design/not_made.html")


def _try_again(request: HttpRequest, template: str) -> HttpResponse:
    again = request.get_full_path() if request.method == "GET" else ""
    return HttpResponse(_without_asking(request, template, typed=_texts(request), again=again), status=503)


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_without_asking(request, "design/500.html", typed=_texts(request)), status=500)


def _without_asking(request: HttpRequest, template: str, **context: object) -> str:
    """The page with what is known without the session and the database: both may be what is wrong."""
    known = {
        "csrf_input": csrf_input_lazy(request),
        "demo": settings.LAGET_DEMO,
        "municipality": settings.LAGET_MUNICIPALITY,
        "emergency_line": settings.LAGET_EMERGENCY_LINE,
        "family": getattr(getattr(request, "actor", None), "is_citizen", False),
        "signed_in": hasattr(request, "actor"),
    }
    return render_to_string(template, {**known, **context})


def _sign_in_address(request: HttpRequest) -> str:
    """Back to the page afterwards; an address that only takes what a form sends leads back to where the form stood."""
    gate = gate_of(request.path)
    shows = gate is None or "GET" in gate.methods
    return f"{reverse('sign_in')}?{urlencode({'next': request.path if shows else _came_from(request)})}"


def _came_from(request: HttpRequest) -> str:
    from_ = urlsplit(request.headers.get("Referer", ""))
    return local(from_.path) if from_.netloc == request.META.get("HTTP_HOST") else "/"
