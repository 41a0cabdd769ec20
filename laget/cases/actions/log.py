"""The log is written by everybody who takes part; what stands there stays, and a correction is a new entry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases import rules
from laget.cases.access import as_it_stands, gripped, own_seats, visible_entries
from laget.cases.actions.readers import address, checked
from laget.cases.following import guide_of
from laget.cases.models import Case, Log
from laget.cases.rights import may_correct, may_write, writable_kinds
from laget.cases.rules import Choice
from laget.cases.telling import tell_holder, tell_named
from laget.cases.typed import kept
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.sight.models import Seat
from laget.sight.rules import Audience

TEAM = Choice()
CHILD_WORDS = "child_words"
EMPTY = _("Write a few words.")


@action("cases.written")
def write_entry(  # noqa: PLR0913 - an entry has these parts
    actor: Actor, case: Case, *, sort: str, kind: str, words: str, to: Choice = TEAM, how_asked: str = ""
) -> Done[Log]:
    """A new entry: its sort by the guide, its kind of information, whom it is for, and the words."""
    case = gripped(actor, case.pk)
    require(may_write(actor, case))
    if sort not in [one.code for one in rules.sorts_for(guide_of(case), family=actor.is_citizen)]:
        raise Invalid(_("Choose what this is."), "sort")
    if kind not in writable_kinds(actor, case):
        raise Invalid(_("The consent doesn't let you write about this. Choose another kind."), "kind")
    choice = checked(actor, case, kind, to, childs_words=sort == CHILD_WORDS)
    entry = new_entry(actor, case, kind)
    entry.sort = sort
    entry.words = kept(words, "words", rules.WORDS, missing=EMPTY)
    entry.how_asked = kept(how_asked, "how_asked", rules.SHORT_WORDS) if sort == CHILD_WORDS else ""
    address(actor, entry, choice)
    entry.save(force_insert=True)
    record(actor, "cases.written", child=case.child_id, object_id=entry.pk, details={"sort": sort, "kind": kind})
    if actor.is_citizen and choice.audience == Audience.TEAM and case.baton:
        tell_holder(case, "cases.family_wrote")
    tell_named(actor, case, choice.to)
    return Done(entry)


@action("cases.corrected")
def correct_entry(actor: Actor, entry: Log, *, words: str, how_asked: str = "") -> Done[Log] | Unchanged[Log]:
    """The author's new words for the same, written for the same service; the old ones stay readable below them."""
    case = gripped(actor, entry.case_id)
    require(may_write(actor, case))
    entry = as_it_stands(actor, entry)
    require(may_correct(actor, entry))
    fresh = new_entry(actor, case, entry.kind)
    fresh.sort, fresh.addressing, fresh.corrects_id = entry.sort, entry.addressing, entry.pk
    fresh.position_id, fresh.service_id = entry.position_id, entry.service_id
    fresh.spoken_for_id, fresh.spoken, fresh.meant_id = entry.spoken_for_id, entry.spoken, entry.meant_id
    fresh.words = kept(words, "words", rules.WORDS, missing=EMPTY)
    fresh.how_asked = kept(how_asked, "how_asked", rules.SHORT_WORDS)
    if (fresh.words, fresh.how_asked) == (entry.words, entry.how_asked):
        return Unchanged(entry)
    if visible_entries(actor).filter(corrects_id=entry.pk).exists():
        raise Invalid(_("This entry has been corrected already. Correct the newest one."))
    fresh.save(force_insert=True)
    record(actor, "cases.corrected", child=case.child_id, object_id=fresh.pk, details={"of": str(entry.pk)})
    return Done(fresh)


def new_entry(actor: Actor, case: Case, kind: str) -> Log:
    """An entry not yet written, in the actor's name and from the place that the actor writes from."""
    seat = _seat(actor, case)
    return Log(
        case=case, child_id=case.child_id, author_id=actor.person, kind=kind,
        position_id=seat.position_id if seat else None,
        service_id=seat.position.unit.service_id if seat and seat.position else None,
    )  # fmt: skip


def _seat(actor: Actor, case: Case) -> Seat | None:
    """The seat that a worker writes from: the one that holds the baton or stands in, else the first."""
    if actor.is_citizen:
        return None
    seats = list(own_seats(actor, case.child_id))
    held = case.baton.carried_by if case.baton else ()
    return next((one for one in seats if one.position_id in held), seats[0] if seats else None)
