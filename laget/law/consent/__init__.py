"""Who must consent before a service shares what it knows about a child: the table, the rule and how to ask it."""

from __future__ import annotations

from laget.law.consent.question import (
    CARER,
    CHILD,
    CHILD_WELFARE,
    Column,
    Matter,
    Parent,
    Parties,
    Question,
    Row,
    column_of,
    row_of,
)
from laget.law.consent.rule import Moved, who_must_consent
from laget.law.consent.table import Ask, may_move, movable, movable_to

__all__ = [
    "CARER",
    "CHILD",
    "CHILD_WELFARE",
    "Ask",
    "Column",
    "Matter",
    "Moved",
    "Parent",
    "Parties",
    "Question",
    "Row",
    "column_of",
    "may_move",
    "movable",
    "movable_to",
    "row_of",
    "who_must_consent",
]
