"""Asks the database which files wait for the scanner and how long, and says what it answered."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def waiting() -> list[tuple[UUID, UUID, bytes]]:
    """For the worker: (file, child, sealed bytes) of a few that wait, by lot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, child, sealed FROM documents_waiting()")
        return [(file, child, bytes(sealed)) for file, child, sealed in cursor.fetchall()]


def scanned(file: UUID, state: str) -> None:
    """For the worker: the scanner has answered. What is harmful loses its bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_scanned(%s, %s)", [file, state])


def health() -> tuple[int, int]:
    """Seconds that the oldest file has waited for the scanner, and bytes on the disk that all files take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waited, bytes FROM documents_health()")
        waited, size = cursor.fetchone()
    return waited, size
