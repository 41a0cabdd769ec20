"""What only a higher room can answer: it registers its functions here at start; until it does, the answer is no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from laget.kernel.actor import Actor
from laget.kernel.verdict import Verdict, refuse

WhoMayAsk = Callable[[Actor, UUID], Verdict]
ExistingCase = Callable[[UUID], str | None]
Consequences = Callable[[UUID, UUID], Sequence[Any]]

_who_may_ask: list[WhoMayAsk] = []
_existing_case: list[ExistingCase] = []
_consequences: list[Consequences] = []


def register(
    *,
    who_may_ask: WhoMayAsk | None = None,
    existing_case: ExistingCase | None = None,
    consequences: Consequences | None = None,
) -> None:
    """Called once, at start, by the room that knows cases.

    who_may_ask(actor, child): may this worker ask the family for another service?
    existing_case(child): the address of the child's open case, or None. Must answer whoever asks, also when the actor
    may not see the case; nothing of it is ever shown to one who may not.
    consequences(child, service): sentences for the family on what changes when this service loses its cover.
    """
    if who_may_ask is not None:
        _who_may_ask[:] = [who_may_ask]
    if existing_case is not None:
        _existing_case[:] = [existing_case]
    if consequences is not None:
        _consequences[:] = [consequences]


def may_ask_for_service(actor: Actor, child: Any) -> Verdict:
    """The present holder asks the family for one more service. `child` is an id or a row with `child_id`."""
    if not _who_may_ask:
        return refuse(_("Only the one who holds the baton asks the family for one more service."))
    return _who_may_ask[0](actor, getattr(child, "child_id", child))


def existing_case(child: UUID) -> str | None:
    """Where the child's open case is, if it has one. Never shown to the one who asks."""
    return _existing_case[0](child) if _existing_case else None


def consequences(child: UUID, service: UUID) -> list[str]:
    """What changes for the family when the service loses its cover, line by line."""
    return [str(line) for line in _consequences[0](child, service)] if _consequences else []
