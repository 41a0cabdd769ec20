"""Asks the database, for the worker, which files wait for the scanner, and says what it answered."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def waiting() -> list[tuple[UUID, UUID, bytes]]:
    """For the worker: (file, child, sealed bytes) of the first few that wait, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, child, sealed FROM documents_waiting()")
        return [(file, child, bytes(sealed)) for file, child, sealed in cursor.fetchall()]


def scanned(file: UUID, state: str) -> None:
    """For the worker: the scanner has answered. What is harmful loses its bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_scanned(%s, %s)", [file, state])
