"""The table of consent as data: for each row and column who is asked, by which law, and whether the law is silent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laget.law.consent.question import Column, Row


class Ask(StrEnum):
    """Whose consent a cell asks for."""

    PARENTS = "parents"
    ONE_PARENT = "one_parent"
    CHILD = "child"
    CHILD_AND_PARENTS = "child_and_parents"
    WELFARE = "child_welfare"
    WELFARE_AND_CARER = "child_welfare_and_carer"
    CHILD_AND_WELFARE = "child_and_child_welfare"
    CHILD_WELFARE_AND_CARER = "child_and_child_welfare_and_carer"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Cell:
    """`silent`: the statutes do not say, so a municipality may decide otherwise with reasons; else it is the floor."""

    ask: Ask
    sources: tuple[str, ...]
    silent: bool = False


_COMMON = ("FVL67 § 13 a", "BL81 § 30")
_KRIS = ("KRIS § 5",)
_ADULT = ("FVL67 § 13 a", "VGM § 8")

_SENDER: dict[Column, tuple[str, ...]] = {
    Column.KINDERGARTEN: ("BHL § 2 a", "BHL § 47 a", "BL81 § 30"),
    Column.SCHOOL: _COMMON,
    Column.HEALTH: ("HPL § 22", "PBRL § 4-4"),
    Column.CHILD_WELFARE: _COMMON,
    Column.NAV: _COMMON,
    Column.FAMILY_COUNSELLING: ("FAM § 6",),
}

_HEARD_UNDER_7: dict[Column, tuple[str, ...]] = {
    Column.KINDERGARTEN: ("BHL § 3",),
    Column.SCHOOL: ("OPPL § 10-2",),
    Column.HEALTH: (),
    Column.CHILD_WELFARE: ("BVL § 1-4",),
    Column.NAV: ("BL81 § 31",),
    Column.FAMILY_COUNSELLING: (),
}

_HEARD: dict[Column, tuple[str, ...]] = {
    **dict.fromkeys(_SENDER, ("BL81 § 31",)),
    Column.HEALTH: (),
    Column.FAMILY_COUNSELLING: (),
}

_SILENT_UNDER_7 = frozenset({Column.KINDERGARTEN, Column.CHILD_WELFARE, Column.NAV, Column.FAMILY_COUNSELLING})
"""That all parents are asked, and not one, is our careful reading here."""


def _parents(row: Row) -> dict[tuple[Row, Column], Cell]:
    heard = _HEARD_UNDER_7 if row is Row.UNDER_7 else _HEARD
    silent = _SILENT_UNDER_7 if row is Row.UNDER_7 else frozenset()
    return {
        (row, column): Cell(Ask.PARENTS, sources + heard[column], silent=column in silent)
        for column, sources in _SENDER.items()
    }


def _youth(row: Row) -> dict[tuple[Row, Column], Cell]:
    """From 15: school and the services whose acts say nothing ask the young person and the parents together."""
    together = {
        column: Cell(Ask.CHILD_AND_PARENTS, ("FVL67 § 13 a", "BL81 § 30", "BL81 § 33"), silent=True)
        for column in (Column.KINDERGARTEN, Column.SCHOOL, Column.CHILD_WELFARE, Column.NAV)
    }
    together[Column.CHILD_WELFARE] = Cell(
        Ask.CHILD_AND_PARENTS, ("FVL67 § 13 a", "BL81 § 30", "BL81 § 33", "BVL § 12-3"), silent=True
    )
    return {(row, column): cell for column, cell in together.items()}


def _adult() -> dict[tuple[Row, Column], Cell]:
    cells = {(Row.ADULT, column): Cell(Ask.CHILD, _ADULT) for column in Column}
    cells[Row.ADULT, Column.HEALTH] = Cell(Ask.CHILD, ("HPL § 22", "PBRL § 4-3"))
    cells[Row.ADULT, Column.FAMILY_COUNSELLING] = Cell(Ask.CHILD, ("FAM § 6",))
    cells[Row.ADULT, Column.CRISIS_CENTRE] = Cell(Ask.CHILD, ("KRIS § 5", "FVL67 § 13 a"))
    return cells


CELLS: dict[tuple[Row, Column], Cell] = {
    **_parents(Row.UNDER_7),
    **_parents(Row.FROM_7),
    **_parents(Row.FROM_12),
    **_youth(Row.AT_15),
    (Row.AT_15, Column.HEALTH): Cell(Ask.PARENTS, ("HPL § 22", "PBRL § 4-4")),
    (Row.AT_15, Column.FAMILY_COUNSELLING): Cell(Ask.PARENTS, ("FAM § 6",)),
    **_youth(Row.FROM_16),
    (Row.FROM_16, Column.HEALTH): Cell(Ask.CHILD, ("HPL § 22", "PBRL § 4-3")),
    (Row.FROM_16, Column.FAMILY_COUNSELLING): Cell(Ask.CHILD, ("FAM § 6",)),
    **{
        (row, Column.CRISIS_CENTRE): Cell(Ask.NOBODY, _KRIS)
        for row in (Row.UNDER_7, Row.FROM_7, Row.FROM_12, Row.AT_15, Row.FROM_16, Row.CARE_ORDER)
    },
    **_adult(),
}
"""Rows by age. After a care order, CARE decides."""

CARE_UNDER_15: dict[Column, Cell] = {
    Column.KINDERGARTEN: Cell(Ask.WELFARE_AND_CARER, ("BVL § 5-4", "BHL § 32", "BHL § 3")),
    Column.SCHOOL: Cell(Ask.WELFARE_AND_CARER, ("BVL § 5-4", "OPPL § 24-4", "BL81 § 31")),
    Column.HEALTH: Cell(Ask.WELFARE_AND_CARER, ("HPL § 22", "PBRL § 4-4")),
    Column.CHILD_WELFARE: Cell(Ask.WELFARE, ("BVL § 5-4", "BVL § 1-4")),
    Column.NAV: Cell(Ask.WELFARE_AND_CARER, ("BVL § 5-4", "BL81 § 31"), silent=True),
    Column.FAMILY_COUNSELLING: Cell(Ask.WELFARE, ("BVL § 5-4", "FAM § 6"), silent=True),
}

CARE_FROM_15: dict[Column, Cell] = {
    Column.KINDERGARTEN: Cell(Ask.CHILD_WELFARE_AND_CARER, ("BVL § 5-4", "BL81 § 33"), silent=True),
    Column.SCHOOL: Cell(Ask.CHILD_WELFARE_AND_CARER, ("BVL § 5-4", "OPPL § 24-4", "BL81 § 33"), silent=True),
    Column.HEALTH: Cell(Ask.WELFARE_AND_CARER, ("HPL § 22", "PBRL § 4-4")),
    Column.CHILD_WELFARE: Cell(Ask.CHILD_AND_WELFARE, ("BVL § 5-4", "BVL § 12-3"), silent=True),
    Column.NAV: Cell(Ask.CHILD_AND_WELFARE, ("BVL § 5-4", "BL81 § 33"), silent=True),
    Column.FAMILY_COUNSELLING: Cell(Ask.WELFARE, ("BVL § 5-4", "FAM § 6"), silent=True),
}

CARE_FROM_16: dict[Column, Cell] = {
    **CARE_FROM_15,
    Column.HEALTH: CELLS[Row.FROM_16, Column.HEALTH],
    Column.FAMILY_COUNSELLING: CELLS[Row.FROM_16, Column.FAMILY_COUNSELLING],
}

EDUCATION_FROM_15 = Cell(Ask.CHILD, ("OPPL § 24-5", "BL81 § 32"))
"""From 15 the pupil decides on every question of the education, also after a care order."""


def cell(row: Row, column: Column, years: int) -> Cell:
    """The table's own cell, before anything a municipality has moved."""
    if row is not Row.CARE_ORDER or column is Column.CRISIS_CENTRE:
        return CELLS[row, column]
    if years >= 16:
        return CARE_FROM_16[column]
    return (CARE_FROM_15 if years >= 15 else CARE_UNDER_15)[column]


_YOUTH = frozenset({Ask.PARENTS, Ask.CHILD, Ask.CHILD_AND_PARENTS})
MOVABLE_TO: dict[Row, frozenset[Ask]] = {
    Row.UNDER_7: frozenset({Ask.PARENTS, Ask.ONE_PARENT}),
    Row.AT_15: _YOUTH,
    Row.FROM_16: _YOUTH,
    Row.CARE_ORDER: frozenset({Ask.WELFARE, Ask.WELFARE_AND_CARER}),
}
"""What a decision may choose. After a care order it says who joins child welfare; the young person stays as it is."""

_CARE_CELLS = (CARE_UNDER_15, CARE_FROM_15, CARE_FROM_16)
_WITH_CHILD = {
    Ask.WELFARE: Ask.CHILD_AND_WELFARE,
    Ask.WELFARE_AND_CARER: Ask.CHILD_WELFARE_AND_CARER,
}
_ASKS_CHILD_TOO = frozenset(_WITH_CHILD.values())


def movable() -> tuple[str, ...]:
    """The rules (`E/15/nav`) a municipality may decide otherwise: only where the statutes are silent."""
    by_age = [(row, column) for (row, column), one in CELLS.items() if one.silent and row in MOVABLE_TO]
    care = [(Row.CARE_ORDER, column) for column in CARE_UNDER_15 if any(one[column].silent for one in _CARE_CELLS)]
    return tuple(f"E/{row}/{column}" for row, column in (*by_age, *care))


def movable_to(rule: str) -> frozenset[Ask]:
    """Whom a municipality may decide that `rule` asks; nobody else than the table says when it cannot be moved."""
    return MOVABLE_TO[Row(rule.split("/")[1])] if rule in movable() else frozenset()


def may_move(rule: str, ask: Ask) -> bool:
    """Whether a municipality may decide that `rule` asks these people instead."""
    return ask in movable_to(rule)


def decided(row: Row, table: Cell, ask: Ask | None) -> Cell:
    """A cell as the municipality decided it; as it stands when nothing is decided or the statutes are not silent."""
    if ask is None or not table.silent:
        return table
    keeps_child = row is Row.CARE_ORDER and table.ask in _ASKS_CHILD_TOO
    return Cell(_WITH_CHILD[ask] if keeps_child else ask, table.sources, silent=True)
