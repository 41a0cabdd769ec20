"""The answer to "may I?": yes, or no with a reason that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. `reason` is a (lazy) sentence for the one who was refused."""

    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refuse(reason: Any) -> Verdict:
    """A refusal: say why, and who can help."""
    return Verdict(False, reason)
