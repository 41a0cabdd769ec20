"""Asks the database for what the one who acts may not see: that parents have answered, and what time ends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection


def passed_on(key: bytes, kept_until: date) -> bool:
    """The worry behind a request ends; whether there was one. Tells nothing of whose or what."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concerns_passed_on(%s, %s)", [key, kept_until])
        return bool(cursor.fetchone()[0])


def sweep_discussions(today: date, left_before: datetime) -> list[UUID]:
    """For the worker: the same for anonymous discussions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concerns_sweep_discussions(%s, %s)", [today, left_before])
        return [discussion for (discussion,) in cursor.fetchall()]


def unshared(key: bytes, how: str) -> bool:
    """The question that grew out of a worry is over without a yes; whether there was one. Tells nothing of whose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concerns_unshared(%s, %s)", [key, how])
        return bool(cursor.fetchone()[0])


def sweep(today: date, left_before: datetime) -> list[UUID]:
    """For the worker: deletes what is over its day, and what belongs to those who have left. Answers opaque ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concerns_sweep(%s, %s)", [today, left_before])
        return [worry for (worry,) in cursor.fetchall()]
