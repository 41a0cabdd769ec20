"""Says when it is so many days from now by Norwegian clocks: as summer time ends, 24 hours are less than a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone


def ahead(days: int) -> datetime:
    """The same time of day in Norway in so many days. Other days are other dates, in whatever night it is asked."""
    return (timezone.localtime() + timedelta(days=days)).astimezone(UTC)


def ago(days: int = 0, **exact: float) -> datetime:
    """The same time of day in Norway so many days ago, and exactly so many `hours` or `minutes` before that."""
    return ahead(-days) - timedelta(**exact)
