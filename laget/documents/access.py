"""Who may see a file: those who see what it belongs to, and never more; it opens when it is clean."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.access.database import Beside, told_beside
from laget.documents import rights
from laget.documents.models import OPENS, Content, File, State
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse

WAITS = refuse(_("This file is still being looked at for what may harm a computer. Try again in a few minutes."))
HARMFUL = refuse(_("This file could harm a computer, so it was thrown away. Ask the one who added it for another."))
PROTECTED = refuse(
    _("This file isn't opened here, since a file may tell where somebody is. Ask your contact to show it to you.")
)


def visible_files(actor: Actor) -> QuerySet[File]:
    """Files that belong to something the actor sees."""
    seen = Q(pk__in=[])
    for sort, sight in rights.sights().items():
        seen |= Q(sort=sort, of__in=sight(actor).values("pk"))
    return File.objects.filter(seen)


def visible_contents(actor: Actor) -> QuerySet[Content]:
    """The bytes of those that open."""
    return Content.objects.filter(file__in=visible_files(actor).filter(state__in=OPENS))


def may_open(actor: Actor, file: File) -> Verdict:
    """A clean file. To the family of a protected child none is opened: a picture can't be looked over for places."""
    if file.state == State.HARMFUL:
        return HARMFUL
    if not file.opens:
        return WAITS
    return PROTECTED if actor.is_citizen and told_beside(Beside.HIDES) else ALLOWED


def files_of(actor: Actor, things: Iterable[UUID]) -> QuerySet[File]:
    """The files of these things that the actor sees, the oldest first."""
    return visible_files(actor).filter(of__in=list(things)).order_by("at", "id")
