"""One deadline for all that is asked of another machine: a wait that begins anew with each byte has no end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float | None] = ContextVar("patience_ends", default=None)
"""By the monotonic clock; None: nobody has set a deadline."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that waits by `left` in this block is over in so many seconds. Of two deadlines the nearer one holds."""
    outer, own = _ends.get(), time.monotonic() + seconds
    token = _ends.set(own if outer is None else min(outer, own))
    try:
        yield
    finally:
        _ends.reset(token)


def left(at_most: float | None = None) -> float | None:
    """Seconds that one may wait now; None: without end. Raises TimeoutError when the deadline has passed."""
    ends = _ends.get()
    if ends is None:
        return at_most
    rest = ends - time.monotonic()
    if rest <= 0:
        raise TimeoutError("the deadline for all of it has passed")
    return rest if at_most is None else min(rest, at_most)
