"""After a care order: the answer of child welfare, by a named worker, and what becomes of consents when care moves."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.access import (
    answered_for_welfare,
    asked_of_welfare,
    colleagues_who_may_answer,
    may_answer_for_welfare,
    may_hand_on,
    may_say_yes_for_welfare,
)
from laget.consents.actions.answering import among, keep_answer, row, says, short
from laget.consents.events import CoverLost, NothingShared, ToAskAgain
from laget.consents.models import Answer, Form, Party, Request
from laget.consents.texts import chosen as chosen_text
from laget.consents.texts import version
from laget.families.rules import ends
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.notices.actions import tell
from laget.sight.actions import give_seat
from laget.sight.models import Seat, SeatKind


@action("consents.answered_for_child_welfare")
def answer_for_welfare(  # noqa: PLR0913 - what one says by own sign-in
    actor: Actor, party: Party, kinds: Iterable[str], joins: bool = False, *, excluded: str = "", text: str = ""
) -> Done[Answer] | Unchanged[Answer]:
    """A named worker's answer for child welfare: yes to these kinds, or no, also later. Kept as that person's own.

    A yes needs a care order that is registered (BVL § 5-4). A no of one who answers after another takes back what the
    other gave.
    """
    ground.wait(party.child_id)
    require(may_answer_for_welfare(actor, party))
    asked = asked_of_welfare(party)
    assert asked is not None
    chosen = among(asked, kinds)
    if chosen:
        require(may_say_yes_for_welfare(actor, party))
    kept_back = short(excluded, rules.WORDS_LIMIT, "excluded") if chosen else ""
    before = answered_for_welfare(actor, party)
    if before is not None and says(before) == (False, chosen, joins, kept_back):
        return Unchanged(before)
    stands = bool(before.kinds) if before is not None else any(one.mine for one in ground.in_force(asked.pk))
    given = row(
        asked, actor.person, chosen, joins=joins, excluded=kept_back, form=Form.OWN_SIGN_IN,
        text_version=version(chosen_text(text), care=True), withdraws=not chosen and stands,
    )  # fmt: skip
    if chosen:
        _stay(party, asked)
    return keep_answer(actor, asked, given, "consents.answered_for_child_welfare")


def _stay(party: Party, asked: Request) -> None:
    """A yes can be taken back as long as it lasts, so the place for it lasts as long."""
    until = ends(asked.until)
    own = Seat.objects.in_force().filter(child_id=party.child_id, person_id=party.person_id, origin_id=asked.pk)
    if not own.filter(until__gte=until).exists():
        give_seat(
            child=party.child_id, person=party.person_id, kind=SeatKind.ASKING, position=party.position_id,
            until=until, origin="care", origin_id=asked.pk,
        )  # fmt: skip


@action("consents.say_handed_on")
def hand_on(actor: Actor, party: Party, position: UUID) -> Done[UUID]:
    """A colleague answers for child welfare from now. What was given lasts to the day to answer, or as long as it did.

    Raises Invalid for one who may not: works elsewhere, asks, or has to do with the family.
    """
    ground.wait(party.child_id)
    require(may_hand_on(actor, party))
    asked = asked_of_welfare(party)
    assert asked is not None
    if position not in {one.pk for one in colleagues_who_may_answer(actor, party)}:
        raise Invalid(_("Choose somebody from the list."), "position")
    today = timezone.localdate()
    new, person, renewal = ground.hand_on(party.pk, position, ends(deadline(current(today), "asking_seat", today)))
    record(actor, "consents.say_handed_on", child=party.child_id, object_id=asked.pk, position=party.position_id,
           details={"from": str(party.pk), "to": str(new)})  # fmt: skip
    say_moved(actor, party.child_id, asked.asked_by_id, new, person, renewal)
    return Done(new)


def say_moved(  # noqa: PLR0913 - who it concerns
    actor: Actor, child: UUID, asker: UUID, party: UUID | None, person: UUID | None, renewal: UUID | None
) -> None:
    """Who answers for child welfare now is told, the one who asked, and whoever may have to ask anew."""
    if party is not None and person is not None:
        tell([person], Capacity.WORKER, "consents.say_is_yours", address=reverse("for_child_welfare", args=[party]),
             child=child)  # fmt: skip
    tell([asker], Capacity.WORKER, "consents.say_moved" if party else "consents.say_unheld", address="/", child=child)
    if renewal is not None:
        announce(ToAskAgain(actor=actor, child=child, renewals=(renewal,), askers=(asker,)))


@action("consents.care_changed")
def care_changed(actor: Actor, child: UUID, *, taken: bool, stands: bool) -> Done[int] | Unchanged[int]:
    """Those who decided until now count no more in any question that is open. Answers how many questions.

    stands: what they gave lasts until the day to answer, as for any question; else it ends now. Both ways it is a
    task to ask those who decide from now. A question on which nothing is shared ends.
    """
    ground.wait(child)
    today = timezone.localdate()
    day = deadline(current(today), "asking_seat", today) if stands else None
    moved = ground.care_changes(child, ("parent",) if taken else ("child_welfare", "carer"), day)
    cause = "families.care_order_registered" if taken else "families.care_order_ended"
    for one in moved:
        record(actor, "consents.care_changed", child=child, object_id=one.request, cause=cause,
               details={"until": day.isoformat() if day else "", "ended": one.ended})  # fmt: skip
    renewals = tuple(one.renewal for one in moved if one.renewal is not None)
    if renewals:
        askers = tuple(dict.fromkeys(one.asked_by for one in moved if one.renewal is not None))
        announce(ToAskAgain(actor=actor, child=child, renewals=renewals, askers=askers))
    for one in moved:
        _follow(actor, child, one)
    return Done(len(moved)) if moved else Unchanged(0)


def _follow(actor: Actor, child: UUID, one: ground.Moved) -> None:
    if not one.ended:
        return
    tell([one.asked_by], Capacity.WORKER, "consents.care_changed", address="/")
    if one.lost:
        announce(CoverLost(actor=actor, child=child, service=one.service, kinds=one.lost, request=one.request))
    elif one.renewal is None:
        announce(NothingShared(request=one.request, silent=True))
