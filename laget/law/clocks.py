"""When child welfare must answer a report of concern: the statutes' clocks, counted in days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK, THREE_WEEKS, THREE_DAYS = timedelta(days=7), timedelta(days=21), timedelta(days=3)
INVESTIGATION, LONGEST, ANEW = 3, 6, 6
"""Months: an investigation, the longest one in special cases, and when one may begin again."""


class Clock(StrEnum):
    """What somebody waits for. The sections are those of `SOURCES`."""

    REVIEW = "review"
    CONFIRMATION = "confirmation"
    INVESTIGATION = "investigation"
    FEEDBACK = "feedback"
    NEW_INVESTIGATION = "new_investigation"
    COMPLAINT = "complaint"


SOURCES: Mapping[Clock, str] = {
    Clock.REVIEW: "BVL § 2-1",
    Clock.CONFIRMATION: "BVL § 13-3",
    Clock.INVESTIGATION: "BVL § 2-2",
    Clock.FEEDBACK: "BVL § 13-3",
    Clock.NEW_INVESTIGATION: "BVL § 2-5",
    Clock.COMPLAINT: "FVL67 § 14",
}


@dataclass(frozen=True)
class Exemption:
    """A regulation that lets child welfare take longer for a time (BVL § 2-7): other lengths from a day to another.

    `review` in days, `investigation` in months. None is known to hold; the municipality's lawyer says when one does.
    """

    regulation: str
    valid_from: date
    valid_to: date
    review: int
    investigation: int


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has none such."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def review_by(received: date, exemption: Exemption | None = None) -> date:
    """The last day of the review: within a week of receipt. Source: BVL § 2-1."""
    held = _held(exemption, received)
    return received + (timedelta(days=held.review) if held else WEEK)


def confirmation_by(received: date) -> date:
    """The last day on which receipt is to be confirmed: within three weeks. Source: BVL § 13-3.

    It may be left out when the report is manifestly unfounded, or for other special reasons.
    """
    return received + THREE_WEEKS


def investigation_by(received: date, *, special: bool = False, exemption: Exemption | None = None) -> date:
    """The last day of an investigation: three months after the review's limit, six in all in special cases.

    Counted from the day the limit of the review ran out, whenever the review was done. Source: BVL § 2-2.
    """
    held = _held(exemption, received)
    months = held.investigation if held else INVESTIGATION
    return months_later(review_by(received, exemption), max(months, LONGEST) if special else months)


def feedback_by(ended: date, *, public: bool) -> date | None:
    """The last day on which the reporter hears whether the family is followed up: three weeks after it has ended.

    Public and professional reporters only; a private person gets the confirmation alone. Source: BVL § 13-3.
    """
    return ended + THREE_WEEKS if public else None


def last_answer_by(received: date, exemption: Exemption | None = None) -> date:
    """The last day on which an answer can be due, when the investigation takes as long as it may."""
    return investigation_by(received, special=True, exemption=exemption) + THREE_WEEKS


def new_investigation_until(closed: date) -> date:
    """Until when a new one may begin after the parents refused the help, if that was decided. Source: BVL § 2-5."""
    return months_later(closed, ANEW)


def complaint_by(ordered: date, *, present: bool) -> date:
    """The last day for a complaint over an order to give information: at once when present, else three days.

    Source: BVL § 13-4 with FVL67 § 14.
    """
    return ordered if present else ordered + THREE_DAYS


def _held(exemption: Exemption | None, on: date) -> Exemption | None:
    return exemption if exemption is not None and exemption.valid_from <= on < exemption.valid_to else None
