"""Takes away what has had its time: drafts, receipts, sessions, and jobs that gave up."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

RECEIPTS_KEPT_FOR = timedelta(days=30)
"""As long as a draft: a form that is sent again after that is a new one."""


def run() -> None:
    """Called by the worker. Deletes by date alone, through one narrow function: the worker reads none of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_tidy(%s)", [timezone.now() - RECEIPTS_KEPT_FOR])
