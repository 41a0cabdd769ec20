"""How a lower room moves a higher one in the same transaction: it announces, the higher room listens.

Synchronous, and a listener's failure undoes everything that led to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has just become true; subclasses carry ids, never names or text."""


E = TypeVar("E", bound=Event)
_listeners: dict[type[Event], list[Callable[..., None]]] = {}


def listen(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Connect a function to an event type (once, at start)."""

    def connect(listener: Callable[[E], None]) -> Callable[[E], None]:
        known = _listeners.setdefault(kind, [])
        if listener not in known:
            known.append(listener)
        return listener

    return connect


def announce(event: Event) -> None:
    """Tell every listener, in the order in which they were connected."""
    for listener in _listeners.get(type(event), ()):
        listener(event)


def listeners() -> dict[type[Event], tuple[Callable[..., None], ...]]:
    """Who listens to what, for the generated page and for tests."""
    return {kind: tuple(found) for kind, found in _listeners.items()}
