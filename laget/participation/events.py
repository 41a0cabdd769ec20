"""What is announced about those who are helped: a birthday is near on which something changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthdayNear(Event):
    """Something passes from the parents to the child soon. `since`: from when on this telling counts as done."""

    child: UUID
    since: datetime
