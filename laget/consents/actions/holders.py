"""What a change of parental responsibility does to consents: who is asked too, what stands, and what ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laget.access.actions import action
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.events import CoverLost, NothingShared, ToAskAgain
from laget.families import ground as families
from laget.families.rules import ends
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import Actor, Capacity
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.notices.actions import tell

CAUSE = "families.responsibility_registered"


@action("consents.asked_too")
def ask_too(actor: Actor, child: UUID, person: UUID) -> Done[int] | Unchanged[int]:
    """One who has got parental responsibility is asked the open questions that the table now asks this person too.

    What the others gave was given by those who decided then, and stands until the day to answer; a no ends it at once.
    Where one yes is enough it stands as it is. Answers how many questions.
    """
    ground.wait(child)
    today = timezone.localdate()
    day = deadline(current(today), "asking_seat", today)
    asked = [(one, found) for one in ground.open_questions(child) if person in (found := _asked(one, child))]
    able = person in families.reachable(child)
    for one, found in asked:
        ground.ask_too(one.request, person, one_of=found[person], answer_by=ends(day))
        record(actor, "consents.asked_too", child=child, object_id=one.request, cause=CAUSE)
        _ask_again(actor, child, one, day)
        if able:
            address = reverse("consent", args=[one.request])
            tell([person], Capacity.CITIZEN, "consents.asked", address=address, child=child)
    return Done(len(asked)) if asked else Unchanged(0)


def _asked(one: ground.Open, child: UUID) -> dict[UUID, bool]:
    """Who is asked such a question today, and of whom one yes is enough; without those who are asked already."""
    today = timezone.localdate()
    stated = rules.Stated(care_order=families.in_care(child))
    asking = rules.Asking(today, child, one.born, one.act, one.receiver, tuple(families.responsible(child)), stated)
    found = rules.parties(asking, current(today).consent.moved)
    return {who: who in found.one_of for who, _role in found.people if who not in (*one.asked, rules.NOBODY)}


@action("consents.counts_no_more")
def count_no_more(actor: Actor, child: UUID, person: UUID) -> Done[int] | Unchanged[int]:
    """What this person answered counts no more. What all the others have said yes to stands as it was, and no wider.

    Everything else the person was asked about ends now: a yes of too few, and a question that waits. Answers how many.
    """
    ground.wait(child)
    asked = ground.count_no_more(child, person)
    for one in asked:
        record(actor, "consents.counts_no_more", child=child, object_id=one.request, cause=CAUSE)
        shared = any(row.mine for row in ground.in_force(one.request))
        if shared and rules.all_say_yes(ground.standing(one.request)):
            _ask_again(actor, child, one, one.until)
        else:
            _end(actor, child, one, shared=shared)
    return Done(len(asked)) if asked else Unchanged(0)


def _end(actor: Actor, child: UUID, one: ground.Open, *, shared: bool) -> None:
    """Nobody who decides has said yes: it ends, and the one who asked may ask again."""
    if shared:
        _ask_again(actor, child, one, timezone.localdate())
    lost = ground.end(one.request)
    tell([one.asked_by], Capacity.WORKER, "consents.holders_changed", address="/")
    if lost:
        announce(CoverLost(actor=actor, child=child, service=one.service, kinds=lost, request=one.request))
    elif not shared:
        announce(NothingShared(request=one.request, silent=True))


def _ask_again(actor: Actor, child: UUID, one: ground.Open, due: date) -> None:
    """A task for the one who holds the baton, whatever the guide says: the law decides who is asked (BL81 § 30)."""
    renewal = ground.ask_holders_again(one.request, due)
    if renewal is not None:
        announce(ToAskAgain(actor=actor, child=child, renewals=(renewal,), askers=(one.asked_by,)))
