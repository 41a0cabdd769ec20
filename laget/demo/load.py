"""Fills an empty database with Fjordvik kommune; a second run keeps what was typed meanwhile."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from laget.demo import control, duties, jonas, model, nora, others, vilde, worries
from laget.demo.people import make_municipality
from laget.demo.stage import Stage, to_working_days
from laget.directory.models import Service
from laget.notices.models import Dispatch, Notice

STILL_UNREAD = timedelta(days=5)


def load() -> None:
    """Make the municipality and its stories, once. Runs as the owner of the database."""
    if Service.objects.exists():
        return
    with transaction.atomic(), translation.override("nb"):
        make_municipality()
        stage = Stage()
        for story in (nora, jonas, others, vilde, duties, control, worries):
            story.tell(stage)
        to_working_days()
        model.tell(stage)
        _read_old_messages()


def _read_old_messages() -> None:
    """Only the latest days wait in the inboxes, and no e-mail is sent about invented people."""
    Notice.objects.filter(at__lt=timezone.now() - STILL_UNREAD).update(read_at=F("at"))
    Dispatch.objects.update(state="sent")
