"""The baton falls when its holder can no longer hold it: recorded with causer and cause, and told to all."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.addresses import family_home
from laget.cases.deputies import lapsed, stood_in
from laget.cases.ground import Settled
from laget.cases.telling import team_page, tell_gone
from laget.guide.national import current
from laget.kernel.actor import Actor, Capacity
from laget.notices.actions import tell

LOST_COVER = "cover_ended"
LOST_POSITION = "position_end"
TOO_CLOSE = "too_close"


def settle(causer: Actor, cases: Iterable[UUID], *, because: str, cause: str) -> list[Settled]:
    """Look at the holder of each case, and let the baton fall where it must. Answers those where something happened."""
    today = timezone.localdate()
    guide = current(today)
    found = []
    for case in cases:
        settled = ground.settle(case, rules.acting_until(guide, today), because, rules.closes_by_itself(guide))
        if settled.outcome in ("acting", "closed"):
            event = "cases.baton_fell" if settled.outcome == "acting" else "cases.closed_by_itself"
            record(causer, event, child=settled.child, object_id=settled.case, cause=cause)
            found.append(settled)
            tell_gone(stood_in(case), "cases.absence_ended", reverse("deputies"))
        _tell(settled)
        deputies(causer, case, cause=cause)
    return found


def deputies(causer: Actor, case: UUID | None, *, cause: str) -> None:
    """Those who can stand in no longer stop, in one case or in all; the holder and the family are told."""
    for one in lapsed(case):
        record(causer, "cases.deputy_fell", child=one.child, object_id=one.deputy, cause=cause)
        tell(one.family, Capacity.CITIZEN, "cases.deputy_ended", address=family_home(one.child), child=one.child)
        if one.holder is not None:
            tell([one.holder], Capacity.WORKER, "cases.deputy_fell", address=reverse("deputies"))


def _tell(settled: Settled) -> None:
    if settled.lapsed:
        tell_gone(settled.lapsed, "cases.offer_lapsed")
    if settled.outcome not in ("acting", "closed") or settled.case is None or settled.child is None:
        return
    event = "cases.new_acting_holder" if settled.outcome == "acting" else "cases.closed_by_itself"
    tell(settled.family, Capacity.CITIZEN, event, address=family_home(settled.child), child=settled.child)
    if settled.old is not None:
        tell_gone([settled.old], "cases.baton_lost")
    if settled.new is not None:
        address = team_page(settled.case)
        tell([settled.new], Capacity.WORKER, "cases.baton_fell_to_you", address=address, child=settled.child)


def give_back(causer: Actor, child: UUID, service: UUID, kinds: Iterable[str], *, cause: str) -> None:
    """Those who wrote for a service that lost these kinds get their own words and dates back, and nothing else."""
    for author, batch in ground.give_back(child, service, sorted(kinds)):
        record(causer, "cases.words_given_back", child=child, object_id=batch, cause=cause)
        tell_gone([author], "cases.own_words", reverse("own_words", args=[batch]))
