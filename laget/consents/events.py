"""What consents announce: a family is asked, a service has lost or gained sight of kinds, and how a question ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from laget.kernel.actor import Actor
from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Consent(Event):
    """`kinds` are codes of `law.kinds`; `service` is the one whose sight has changed in this transaction."""

    actor: Actor
    child: UUID
    service: UUID
    kinds: frozenset[str]
    request: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLost(_Consent):
    """A service may no longer know some kinds, on any consent: withdrawn, answered anew, or run out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverGained(_Consent):
    """A service may know kinds that it could not know before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentComplete(_Consent):
    """Everyone who must consent has said yes to something in common.

    `position` is the one who asked.
    """

    position: UUID
    opens_case: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAskAgain(Event):
    """Consents are to be asked for again, all that came up at once. `askers`: who asked last, when it is known."""

    actor: Actor
    child: UUID
    renewals: tuple[UUID, ...]
    askers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingShared(Event):
    """Everyone has answered and they share nothing, or (`silent`) the time to answer ran out. Never who said what."""

    request: UUID
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """A family is asked for a first consent. `origin`: what of the asker's own it grew out of, as the page said."""

    actor: Actor
    child: UUID
    request: UUID
    origin: UUID | None
