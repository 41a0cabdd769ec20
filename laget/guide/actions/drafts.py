"""Working on a draft: begun, changed, put away. A text that is no guide is never kept as one."""

from __future__ import annotations

from uuid import uuid4

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.guide.access import latest_wording, may_change_model, visible_drafts
from laget.guide.actions.loading import one_at_a_time
from laget.guide.making import fingerprint
from laget.guide.models import Draft, Wording
from laget.guide.reading import read_guide
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged


@action("guide.draft_begun")
def begin_draft(actor: Actor, own: str, part: str) -> Done[Draft]:
    """A new draft that says `own`. Raises GuideFaults. `part`: where the text comes from, as a code."""
    require(may_change_model(actor))
    read_guide(own)
    draft = Draft(pk=uuid4(), begun_by=actor.person)
    draft.save(force_insert=True)
    _said(actor, draft, own, 1, part)
    record(actor, "guide.draft_begun", object_id=draft.pk, details={"part": part})
    return Done(draft)


@action("guide.draft_changed")
def change_draft(actor: Actor, draft: Draft, own: str, number: int, part: str) -> Done[Draft] | Unchanged[Draft]:
    """The draft says `own` from now on. Raises GuideFaults, and Invalid when it was changed since `number` was read."""
    require(may_change_model(actor))
    read_guide(own)
    one_at_a_time()
    _open(actor, draft)
    latest = latest_wording(draft)
    if latest.number != number:
        raise Invalid(
            _("Somebody else changed this draft meanwhile. What you typed stands here. Look it over, and save again.")
        )
    if latest.own == own:
        return Unchanged(draft)
    _said(actor, draft, own, number + 1, part)
    record(actor, "guide.draft_changed", object_id=draft.pk, details={"part": part, "number": number + 1})
    return Done(draft)


@action("guide.draft_ended")
def end_draft(actor: Actor, draft: Draft) -> Done[Draft]:
    """The draft is put away. What it said, and who said it, still stands in its rows."""
    require(may_change_model(actor))
    one_at_a_time()
    _open(actor, draft)
    ended(actor, draft)
    record(actor, "guide.draft_ended", object_id=draft.pk)
    return Done(draft)


def ended(actor: Actor, draft: Draft) -> None:
    """Nobody works on it any more."""
    rows = Draft.objects.filter(pk=draft.pk, ended_at=None).update(ended_at=Now(), ended_by=actor.person)
    touched(rows, "draft")


def _open(actor: Actor, draft: Draft) -> None:
    if not visible_drafts(actor).filter(pk=draft.pk).exists():
        raise Invalid(_("This draft is taken into use or put away. Begin a new one."))


def _said(actor: Actor, draft: Draft, own: str, number: int, part: str) -> None:
    Wording(
        pk=uuid4(), draft=draft, number=number, part=part, own=own, fingerprint=fingerprint(own), by=actor.person
    ).save(force_insert=True)
