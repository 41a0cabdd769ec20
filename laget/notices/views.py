"""The inbox: what has happened, newest first, by day; the page a message leads to decides by sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.database import Beside, told_beside
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.design import speaking
from laget.kernel.actor import Actor
from laget.notices import actions
from laget.notices.access import visible_mail_wishes, visible_notices
from laget.notices.forms import MailForm
from laget.notices.words import sentence

if TYPE_CHECKING:
    from laget.notices.models import MailWish, Notice

PAGE = 30


@dataclass(frozen=True)
class Line:
    """One kind of event that led to one page on one day: told once, however often it happened."""

    notice: Notice
    words: str
    times: int
    unread: bool


@page(silent=True)
def inbox(request: Request) -> HttpResponse:
    """One's own messages, which say that something waits, and never what it is about."""
    found = visible_notices(request.actor).order_by("-at", "-id")
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    notices = list(shown.object_list)
    with speaking.about(None, to_one=_of_oneself(request.actor, notices)):
        context = {"days": _days(notices), "number": shown.number, "count": shown.paginator.num_pages}
        return render(request, "notices/inbox.html", context)


def _of_oneself(actor: Actor, notices: Iterable[Notice]) -> bool:
    """Whether a young person reads messages that are all of itself: then they say du. None is no sign of it."""
    told = {one.child for one in notices} - {None}
    return actor.is_citizen and (told == {actor.person} or (not told and told_beside(Beside.ALONE)))


def _days(notices: Iterable[Notice]) -> list[tuple[date, list[Line]]]:
    """By day, and within it one line for each kind of event and address."""
    by_day = groupby(notices, key=lambda one: timezone.localdate(one.at))
    return [(day, _lines(list(some))) for day, some in by_day]


def _lines(notices: list[Notice]) -> list[Line]:
    together: dict[tuple[str, str, bool], list[Notice]] = {}
    for one in notices:
        together.setdefault((one.event, one.address, one.read_at is None), []).append(one)
    return [Line(some[0], sentence(event), len(some), unread) for (event, _, unread), some in together.items()]


@page(visible_notices, methods=("POST",), silent=True)
def mark_read(request: Request, notice: Notice) -> HttpResponse:
    """Mark it read, with those it was shown together with; go to its page when that was asked for."""
    actions.mark_read(request.actor, notice)
    return done(request, notice.address if request.POST.get("open") else reverse("inbox"))


def _wish(actor: Actor, request: HttpRequest) -> list[MailWish]:
    return list(visible_mail_wishes(actor).order_by("-at", "-id")[:1])


@page(gathers=_wish, silent=True, methods=("GET", "POST"))
def mail(request: Request, wishes: list[MailWish]) -> HttpResponse:
    """How one wants to be told by e-mail, or not at all."""
    form = typed(request, MailForm, {"mail": wishes[0].mail if wishes else ""})
    chosen = carried_out(form, lambda data: actions.choose_mail(request.actor, data["mail"]))
    if chosen is not None:
        return done(request, reverse("inbox"), _("It is saved. It holds from the next e-mail on."))
    return form_page(request, "notices/mail.html", form, chosen=bool(wishes))
