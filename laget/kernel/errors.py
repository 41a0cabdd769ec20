"""The few ways in which an action can fail that a page must answer kindly."""

from __future__ import annotations

from typing import Any

from laget.kernel.verdict import Verdict


class Refused(Exception):
    """The actor may not do this; the verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("refused")
        self.verdict = verdict


class Invalid(Exception):
    """What was typed cannot be taken: `field` names the form field, `reason` says what to do."""

    def __init__(self, reason: Any, field: str | None = None) -> None:
        super().__init__(str(field))
        self.reason = reason
        self.field = field


class Stale(Exception):
    """Somebody saved another text meanwhile: both are shown, nothing is overwritten."""

    def __init__(self, field: str, yours: str, theirs: str, version: int) -> None:
        super().__init__("stale")
        self.field = field
        self.yours = yours
        self.theirs = theirs
        self.version = version


class NotMade(Exception):
    """A document could not be made now; the text is what kind of failure it was, and holds nothing people wrote."""


class Broken(Exception):
    """A promise of the house did not hold (an update that touched no row, an unrecorded action)."""
