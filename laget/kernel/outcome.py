"""What became of an action: done now, nothing to do, or done before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The thing acted on; the subclass tells what happened to it."""

    value: T


class Done(Outcome[T]):
    """Facts were changed; an audit entry must have been written."""

    __slots__ = ()


class Unchanged(Outcome[T]):
    """What was asked for is how things already were."""

    __slots__ = ()


class AlreadyDone(Outcome[T]):
    """The same request had been carried out before."""

    __slots__ = ()
