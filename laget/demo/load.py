"""Fills an empty database with Fjordvik kommune; a second run keeps what was typed meanwhile."""

from __future__ import annotations

from django.db import transaction

from laget.demo.people import make_municipality
from laget.directory.models import Service


def load() -> None:
    """Make the municipality and its stories, once. Runs as the owner of the database."""
    if Service.objects.exists():
        return
    with transaction.atomic():
        make_municipality()
