"""Where one goes after an action: the worker to the child's page, the family to its own."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from laget.cases.models import Case
from laget.kernel.actor import Actor


def home_of(actor: Actor, case: Case) -> str:
    """The page a person starts from in this case."""
    return family_home(case.child_id) if actor.is_citizen else reverse("child_page", args=[case.pk])


def family_home(child: UUID) -> str:
    return reverse("family_page", args=[child])


def start() -> str:
    """The first page, for somebody who no longer sees the case."""
    return reverse("home")
