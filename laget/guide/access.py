"""Who reads the municipality's model (everybody), and who loads a new version of it (administrators, the operator)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from laget.guide.models import Version
from laget.kernel.actor import Actor, Capacity
from laget.kernel.verdict import ALLOWED, Verdict, refuse


def may_load(actor: Actor, subject: object = None) -> Verdict:
    """An administrator, or the operator at the command line."""
    if actor.administers or actor.capacity is Capacity.SYSTEM:
        return ALLOWED
    return refuse(_("Only an administrator may load a new version of the model."))


def rows() -> list[tuple[str, date]]:
    """Code and first day of every version, the newest first. One statement."""
    return list(Version.objects.order_by("-valid_from").values_list("code", "valid_from"))


def text(code: str) -> str:
    """The whole guide of a version as TOML."""
    return Version.objects.values_list("whole", flat=True).get(code=code)


def whole(code: str) -> str:
    """As `text`; empty when no such version is loaded."""
    return Version.objects.filter(code=code).values_list("whole", flat=True).first() or ""
