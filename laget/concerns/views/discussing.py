"""Anonymous discussions: a topic and the advice, one's own alone, tied to no child; no reading is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page
from laget.concerns import actions
from laget.concerns.access import may_write, visible_discussions
from laget.concerns.forms import DiscussionForm
from laget.concerns.rules.steps import kept_until
from laget.concerns.views.writing import FORM, careful
from laget.guide.national import current
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.concerns.models import Discussion


@page(needs=may_write, only=Capacity.WORKER, silent=True)
def discussions(request: Request) -> HttpResponse:
    """All anonymous discussions that one has noted and that are not deleted yet."""
    own = visible_discussions(request.actor).order_by("-held_on", "id")
    return render(request, "concerns/discussions.html", {"discussions": own})


@page(needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def discussion_new(request: Request) -> HttpResponse:
    """An anonymous discussion is noted: the topic and the advice."""
    today = timezone.localdate()
    form = careful(request, DiscussionForm, {"on": today}, today=today)

    def note(data: dict[str, Any]) -> Any:
        fields = {name: data[name] for name in ("topic", "advice", "who", "on")}
        return actions.note_discussion(request.actor, **fields)

    if carried_out(form, note) is not None:
        return done(request, reverse("discussions"), _("Saved. Only you can read it."))
    kept = kept_until(current(today), today)
    return form_page(request, "concerns/discussion_new.html", form, kept_until=kept)


@page(visible_discussions, only=Capacity.WORKER, methods=FORM, silent=True)
def discussion(request: Request, discussion: Discussion) -> HttpResponse:
    """One of one's own anonymous discussions, to read again or to delete."""
    if request.method == "POST":
        actions.delete_discussion(request.actor, discussion)
        return done(request, reverse("discussions"), _("The note is deleted."))
    context = {"discussion": discussion, "said": discussion.note.part("said"), "lost": discussion.note.lost}
    return render(request, "concerns/discussion.html", context)
