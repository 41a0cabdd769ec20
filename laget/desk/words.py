"""How the main pages name relations, kinds of information, states and ages, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laget.guide.rules import Guide, UnknownCode
from laget.guide.words import text
from laget.kernel.text import N_
from laget.law.ages import age
from laget.law.kinds import LABELS, Kind
from laget.plans.rules import Stage

RELATIONS = {
    "mother": N_("Mother"),
    "father": N_("Father"),
    "co_mother": N_("Co-mother"),
    "guardian": N_("Guardian"),
    "other": N_("Adult in the family"),
}
SEATS = {"parent": N_("Parent"), "guardian": N_("Guardian"), "child": N_("The child")}
STAGES = {
    Stage.FINISHED: (N_("Finished"), "success"),
    Stage.LATE: (N_("The day has passed"), "warning"),
    Stage.SOON: (N_("Soon"), "info"),
    Stage.UNDERWAY: (N_("Underway"), "info"),
    Stage.PLANNED: (N_("Planned"), "neutral"),
}


def relation(code: str | None, kind: str) -> str:
    """What somebody of the family is to the child."""
    return _(RELATIONS.get(code or "") or SEATS.get(kind, N_("Adult in the family")))


def related(code: str | None, kind: str, away: bool) -> str:
    """The same, and whether the person is kept away: only those see that whose page it stands on."""
    said = relation(code, kind)
    return _("%(relation)s, kept away") % {"relation": said} if away else said


def kind(code: str) -> str:
    return _(LABELS[Kind(code)])


def kinds(codes: Iterable[str]) -> tuple[str, ...]:
    """Kinds of information in the order of the law's list."""
    found = set(codes)
    return tuple(kind(one) for one in Kind if one in found)


def stage(of: Stage) -> tuple[str, str]:
    """The state of a measure in words, and its colour."""
    label, colour = STAGES[of]
    return _(label), colour


def age_of(born: date | None, expected: date | None, on: date) -> str:
    """ "5 years", or that the child is expected."""
    if born is None:
        return _("expected") if expected else ""
    years = age(born, on)
    return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}


def outcome(guide: Guide, code: str) -> str:
    """What an evaluation came to, as the guide says it."""
    try:
        return text(guide.outcome(code).text)
    except UnknownCode:
        return ""
