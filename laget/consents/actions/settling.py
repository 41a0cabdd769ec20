"""Moves the facts of sight to what everyone has given together, in the transaction of the answer that changed it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from laget.consents import ground, rights, rules
from laget.consents.events import ConsentComplete, CoverGained, CoverLost, NothingShared
from laget.consents.models import Request
from laget.directory.models import Position
from laget.families import ground as families
from laget.kernel.actor import Actor, Capacity
from laget.kernel.events import announce
from laget.notices.actions import tell
from laget.sight.actions import begin_cover, end_covers, give_seat
from laget.sight.models import SeatKind


def settle(actor: Actor, asked: Request, *, was_complete: bool = False) -> rules.Change:
    """Move sight to what the request gives now, and answer what changed.

    The caller holds the request's lock, and says whether all had answered before. Order
    matters: what begins comes before what ends, since ending may take the actor's own sight.
    """
    standing = ground.standing(asked.pk)
    cover = rules.common(
        standing,
        rules.Wanted(tuple(asked.kinds), asked.reach, asked.until),
        timezone.localdate(),
        joining=asked.opens_case and rights.existing_case(asked.child_id) is not None,
    )
    before = ground.in_force(asked.pk)
    if families.lost(asked.child_id):
        cover = rules.no_wider(cover, before)
    moved = rules.change(before, cover)
    _end_and_begin(asked, moved)
    fresh = cover is not None and not any(row.mine for row in before)
    if cover is not None:
        ground.needless(asked.pk)
    if rules.complete(standing) and (moved or not was_complete):
        _answered(actor, asked, cover)
        if cover is None:
            announce(NothingShared(request=asked.pk, silent=False))
    _announce(actor, asked, moved, cover if fresh else None)
    return moved


def _end_and_begin(asked: Request, moved: rules.Change) -> None:
    again = moved.end & {fact.kind for fact in moved.begin}
    if again:
        _end(asked, again)
    for fact in moved.begin:
        begin_cover(
            child=asked.child_id, service=asked.service_id, kind=fact.kind, purpose=asked.purpose, until=fact.until,
            log_from=fact.log_from, plan_from=fact.plan_from, origin="consent", origin_id=asked.pk,
        )  # fmt: skip
    if moved.end - again:
        _end(asked, moved.end - again)


def _end(asked: Request, kinds: frozenset[str]) -> None:
    """Whoever answers for child welfare need not see the covers that its answer ends."""
    end_covers(child=asked.child_id, service=asked.service_id, kinds=sorted(kinds), origin_id=asked.pk)
    ground.end_covers(asked.pk, kinds)


def _answered(actor: Actor, asked: Request, cover: rules.Cover | None) -> None:
    """Everyone has answered: the asking seat ends, and becomes a seat of the service when something is shared."""
    asker, child = asked.asked_by_id, asked.child_id
    address = reverse("asked", args=[asked.pk]) if cover else "/"
    event = "consents.given" if cover else "consents.not_shared"
    if asked.opens_case:
        if cover and not ground.seated(asked.pk):
            _seat(asked)
        ground.asked_for(asked.pk)
    if asker != actor.person:
        tell([asker], Capacity.WORKER, event, address=address, child=child if cover else None)


def _seat(asked: Request) -> None:
    """A seat for the position that asked, as long as its holder still works there."""
    if Position.objects.current().filter(pk=asked.position_id, person_id=asked.asked_by_id).exists():
        give_seat(
            child=asked.child_id, person=asked.asked_by_id, kind=SeatKind.SERVICE, position=asked.position_id,
            origin="consent", origin_id=asked.pk,
        )  # fmt: skip


def _announce(actor: Actor, asked: Request, moved: rules.Change, fresh: rules.Cover | None) -> None:
    about: dict[str, Any] = {"actor": actor, "child": asked.child_id, "service": asked.service_id, "request": asked.pk}
    if moved.lost:
        announce(CoverLost(**about, kinds=moved.lost))
    if moved.gained:
        announce(CoverGained(**about, kinds=moved.gained))
    if fresh is not None:
        announce(ConsentComplete(**about, kinds=fresh.kinds, position=asked.position_id, opens_case=asked.opens_case))
