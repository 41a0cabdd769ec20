"""Who reads the municipality's model (everybody), and who makes a new version of it (administrators, the operator)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laget.guide.models import Draft, Proposal, Version, Wording
from laget.kernel.actor import Actor, Capacity
from laget.kernel.verdict import ALLOWED, Verdict, refuse


def may_load(actor: Actor, subject: object = None) -> Verdict:
    """The operator at the command line, and nobody else: an administrator's way goes by a draft that is proposed."""
    if actor.capacity is Capacity.SYSTEM:
        return ALLOWED
    return refuse(_("Only whoever runs Laget may load a file. An administrator proposes a draft."))


def may_change_model(actor: Actor, subject: object = None) -> Verdict:
    """An administrator makes drafts and proposes them."""
    if actor.administers:
        return ALLOWED
    return refuse(_("Only an administrator may change the model."))


def may_take_into_use(actor: Actor, proposal: Proposal) -> Verdict:
    """Another administrator than the one who proposed: the person counts, whatever position they act in."""
    if not actor.administers:
        return may_change_model(actor)
    if proposal.two and proposal.by == actor.person:
        return refuse(_("You proposed this yourself. Another administrator must confirm it."))
    return ALLOWED


def visible_versions(actor: Actor) -> QuerySet[Version]:
    """Every version one by one, for administrators; what holds is told to everybody by `national`."""
    return Version.objects.order_by("-valid_from") if actor.administers else Version.objects.none()


def visible_drafts(actor: Actor) -> QuerySet[Draft]:
    """Drafts that are being worked on."""
    if not actor.administers:
        return Draft.objects.none()
    return Draft.objects.filter(ended_at=None).order_by("-begun_at")


def visible_wordings(actor: Actor) -> QuerySet[Wording]:
    """All that drafts have said, the latest first."""
    return Wording.objects.order_by("-number") if actor.administers else Wording.objects.none()


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals, the latest first."""
    if not actor.administers:
        return Proposal.objects.none()
    return Proposal.objects.select_related("wording__draft", "ruling").order_by("-at")


def latest_wording(draft: Draft) -> Wording:
    """What a draft says now. A draft is begun with its first wording."""
    return Wording.objects.filter(draft=draft).order_by("-number")[0]


def rows() -> list[tuple[str, date]]:
    """Code and first day of every version, the newest first. One statement."""
    return list(Version.objects.order_by("-valid_from").values_list("code", "valid_from"))


def text(code: str) -> str:
    """The whole guide of a version as TOML."""
    return Version.objects.values_list("whole", flat=True).get(code=code)


def whole(code: str) -> str:
    """As `text`; empty when no such version is loaded."""
    return Version.objects.filter(code=code).values_list("whole", flat=True).first() or ""


def own_text(code: str) -> tuple[str, str]:
    """A version as it was typed, and whole; both empty when it is not loaded."""
    return Version.objects.filter(code=code).values_list("own", "whole").first() or ("", "")
