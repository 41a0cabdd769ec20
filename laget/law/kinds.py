"""The closed list of kinds of information about a child, so that consent and sight speak of the same things."""

from __future__ import annotations

from enum import StrEnum

from laget.kernel.text import N_


class Kind(StrEnum):
    """What a piece of information is about. Addresses are no kind: they are guarded apart."""

    IDENTITY = "identity"
    EVERYDAY = "everyday"
    LEARNING = "learning"
    HEALTH = "health"
    FAMILY_SITUATION = "family_situation"
    ECONOMY = "economy"
    CHILD_WELFARE = "child_welfare"


LABELS: dict[Kind, str] = {
    Kind.IDENTITY: N_("Who the child is"),
    Kind.EVERYDAY: N_("Everyday life"),
    Kind.LEARNING: N_("Learning and school"),
    Kind.HEALTH: N_("Health"),
    Kind.FAMILY_SITUATION: N_("The family's situation"),
    Kind.ECONOMY: N_("Money and housing"),
    Kind.CHILD_WELFARE: N_("Child welfare"),
}

MEANINGS: dict[Kind, str] = {
    Kind.IDENTITY: N_(
        "Name, date of birth, and who the parents are. That the child gets help from several services. "
        "Not where the child lives."
    ),
    Kind.EVERYDAY: N_(
        "How the child is doing in daily life: play, friends, sleep, food, mood and leisure. "
        "Not illness, and not what happens at home."
    ),
    Kind.LEARNING: N_(
        "How the child learns and takes part in kindergarten or school, and what help it gets there. "
        "Not diagnoses and treatment."
    ),
    Kind.HEALTH: N_(
        "Illness, disability, diagnoses, treatment and how the child feels in body and mind. "
        "Not the parents' own health."
    ),
    Kind.FAMILY_SITUATION: N_(
        "How the family is doing: who lives together, illness or conflict in the family, and what the parents manage. "
        "Each adult decides over what is about himself or herself."
    ),
    Kind.ECONOMY: N_("Income, work, debt, housing and help from Nav, as far as it matters for the child."),
    Kind.CHILD_WELFARE: N_(
        "That child welfare is or has been involved, and what it does for the child. Not reports of concern themselves."
    ),
}

SENSITIVE: frozenset[Kind] = frozenset({Kind.HEALTH, Kind.FAMILY_SITUATION, Kind.ECONOMY, Kind.CHILD_WELFARE})
"""Kinds that are sensitive by their nature: never offered by default outside the service they come from."""


def is_sensitive(kind: Kind) -> bool:
    """Whether this kind is sensitive by its nature (GDPR articles 9 and 10, and stricter Norwegian secrecy)."""
    return kind in SENSITIVE
