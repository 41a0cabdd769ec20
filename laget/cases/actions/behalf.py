"""A worker writes down what one of the family said; that one is told, and says when it was meant otherwise."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import as_it_stands, gripped
from laget.cases.actions.log import EMPTY, new_entry
from laget.cases.models import Case, Log
from laget.cases.rights import may_say_meant, may_write_for, writable_kinds
from laget.cases.telling import tell_holder, tell_workers
from laget.cases.typed import kept
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.notices.actions import tell


@action("cases.written_for")
def write_for(actor: Actor, case: Case, *, person: UUID, spoken: str, kind: str, words: str) -> Done[Log]:
    """What a grown-up of the family said, in that one's own words, for the whole team. That one is told.

    A child's words are written on a page of their own, where it is chosen first who reads them.
    """
    case = gripped(actor, case.pk)
    require(may_write_for(actor, case))
    if person not in {one for one, _kind in ground.family(case.child_id)} - {case.child_id}:
        raise Invalid(_("Choose one of the family."), "person")
    if spoken not in rules.SPOKEN:
        raise Invalid(_("Choose how the words came."), "spoken")
    if kind not in writable_kinds(actor, case):
        raise Invalid(_("The consent doesn't let you write about this. Choose another kind."), "kind")
    entry = new_entry(actor, case, kind)
    entry.sort, entry.spoken_for_id, entry.spoken = "note", person, spoken
    entry.words = kept(words, "words", rules.WORDS, missing=EMPTY)
    entry.save(force_insert=True)
    details = {"kind": kind, "spoken": spoken, "for": str(person)}
    record(actor, "cases.written_for", child=case.child_id, object_id=entry.pk, details=details)
    tell_spoken_for(entry)
    return Done(entry)


def tell_spoken_for(entry: Log) -> None:
    """The one for whom it is written reads it, and can say that it was meant otherwise."""
    if entry.spoken_for_id is not None:
        address = reverse("spoken_for", args=[entry.pk])
        tell([entry.spoken_for_id], Capacity.CITIZEN, "cases.written_for", address=address, child=entry.child_id)


@action("cases.meant_otherwise")
def say_what_was_meant(actor: Actor, entry: Log, *, words: str) -> Done[Log]:
    """A new entry by the one for whom the first was written; nothing is taken away. Who wrote it is told."""
    case = gripped(actor, entry.case_id)
    entry = as_it_stands(actor, entry)
    require(may_say_meant(actor, entry))
    fresh = new_entry(actor, case, entry.kind)
    fresh.sort, fresh.meant_id, fresh.addressing = "note", entry.pk, entry.addressing
    fresh.words = kept(words, "words", rules.WORDS, missing=EMPTY)
    fresh.save(force_insert=True)
    record(actor, "cases.meant_otherwise", child=case.child_id, object_id=fresh.pk, details={"of": str(entry.pk)})
    page = reverse("case_log", args=[case.pk])
    tell_workers([entry.author_id], case, "cases.meant_otherwise", page)
    tell_holder(case, "cases.meant_otherwise", page, but=entry.author_id)
    return Done(fresh)
