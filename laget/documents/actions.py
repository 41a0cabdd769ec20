"""The only writer of files: made clean, sealed, and kept in the transaction of what they belong to."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.documents import rights
from laget.documents.cleaning import Silent, Unclean, clean, harmful, has_scanner
from laget.documents.models import Content, File, State
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.people.rules import clean_text

LARGEST = 10 * 1024 * 1024
"""Bytes, as sent."""
MOST = 20
"""Files of one thing."""
TITLE = 120


@action("documents.kept")
def keep_file(  # noqa: PLR0913 - a file has these parts
    actor: Actor, child: UUID, sort: str, of: UUID, title: str, content: bytes, position: UUID | None = None
) -> Done[File]:
    """Keep a file with what it belongs to. Raises Invalid when it can't be read, is harmful, or has no title.

    What is kept is made anew from the pixels and pages of what was sent. A scanner that does not answer keeps it shut.
    """
    require(rights.may_add(actor, sort, of))
    words = clean_text(title, TITLE)
    if not words:
        raise Invalid(_("Write what it is."), "title")
    if not content or len(content) > LARGEST:
        raise Invalid(_("Choose a file of at most 10 MB. If there was one, choose it once more."), "upload")
    if File.objects.filter(of=of).count() >= MOST:
        raise Invalid(_("There is room for 20 files here."), "upload")
    try:
        made = clean(content)
    except Unclean as fault:
        raise Invalid(gettext(fault.reason), "upload") from None
    state = _looked_at(content)
    rights.hold(actor, sort, of)
    require(rights.may_add(actor, sort, of))  # making a file anew and the scanner take a while
    file = File(
        pk=uuid4(), child_id=child, sort=sort, of=of, title=words, kind=made.kind, size=len(made.content),
        pages=made.pages, by_id=actor.person, position_id=position, state=state,
    )  # fmt: skip
    file.save(force_insert=True)
    kept = Content(file_id=file.pk)
    kept.take(made.content)
    kept.save(force_insert=True)
    record(actor, "documents.kept", child=child, object_id=file.pk, position=position,
           details={"of": str(of), "sort": sort, "kind": made.kind, "state": file.state})  # fmt: skip
    return Done(file)


def _looked_at(content: bytes) -> State:
    """What the scanner says of what was sent. Raises Invalid when it is harmful."""
    if not has_scanner():
        return State.UNSCANNED
    try:
        if harmful(content):
            raise Invalid(_("This file could harm a computer, so it isn't kept."), "upload")
    except Silent:
        return State.WAITING
    return State.SCANNED
