"""Where one goes after an action, and the pages that a case has."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

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


def pages_of(actor: Actor, case: Case, here: str) -> list[tuple[str, str, bool]]:
    """The pages about one child, for a worker: what each is called, its address, and whether one is there."""
    if actor.is_citizen:
        return []
    names = {
        "child_page": _("Overview"),
        "case_plan": _("Plan"),
        "case_team": _("Team and consents"),
        "case_log": _("Log"),
    }
    return [(name, reverse(page, args=[case.pk]), page == here) for page, name in names.items()]
