"""The rule itself: from a question to the people whose consent is needed, heard or of no use."""

from __future__ import annotations

from collections.abc import Mapping

from laget.law.ages import MAJORITY_YEARS
from laget.law.consent import notes
from laget.law.consent.question import (
    CARER,
    CHILD,
    CHILD_WELFARE,
    Column,
    Matter,
    Parties,
    Question,
    Row,
    column_of,
    row_of,
)
from laget.law.consent.table import EDUCATION_FROM_15, Ask, Cell, cell, decided, may_move

Moved = Mapping[str, Ask]
"""A municipality's own decisions, by rule (`E/15/nav`). Only cells where the statutes are silent can be moved."""

_CHILD_FIRST: dict[Ask, tuple[str, ...]] = {
    Ask.PARENTS: (),
    Ask.ONE_PARENT: (),
    Ask.CHILD: (CHILD,),
    Ask.CHILD_AND_PARENTS: (CHILD,),
    Ask.WELFARE: (CHILD_WELFARE,),
    Ask.WELFARE_AND_CARER: (CHILD_WELFARE, CARER),
    Ask.CHILD_AND_WELFARE: (CHILD, CHILD_WELFARE),
    Ask.CHILD_WELFARE_AND_CARER: (CHILD, CHILD_WELFARE, CARER),
    Ask.NOBODY: (),
}
_ASKS_ALL_PARENTS = frozenset({Ask.PARENTS, Ask.CHILD_AND_PARENTS})
_ASKS_PARENTS = _ASKS_ALL_PARENTS | {Ask.ONE_PARENT}


def who_must_consent(question: Question, moved: Moved | None = None) -> Parties:
    """Who must consent, who must be heard and whose yes does not count, by table E of the domain reference.

    Pure: nothing is looked up. `moved` holds what the municipality has decided where the statutes are silent;
    a decision for any other cell is an error.
    """
    row, column = row_of(question.age, question.care_order), column_of(question.service)
    rule = f"E/{row}/{column}"
    for other, ask in (moved or {}).items():
        if not may_move(other, ask):
            raise ValueError(f"{other}: cannot be moved to {ask}, since the statutes decide here")
    if question.age < MAJORITY_YEARS and "KRIS" in (question.service, *question.receivers):
        return _blocked(question, rule)
    if _is_daily_care(question, row, column):
        return _daily_care(question, rule)
    table = _cell(question, row, column)
    chosen = decided(row, table, (moved or {}).get(rule))
    return _parties(question, rule, chosen, moved=chosen is not table)


def _cell(question: Question, row: Row, column: Column) -> Cell:
    about_education = question.matter is Matter.EDUCATION and column is Column.SCHOOL
    if about_education and 15 <= question.age < MAJORITY_YEARS:
        return EDUCATION_FROM_15
    found = cell(row, column, question.age)
    if column is Column.SCHOOL and question.service == "PRIV":
        return Cell(
            found.ask, tuple("PRIV § 7-7" if one == "OPPL § 24-4" else one for one in found.sources), found.silent
        )
    return found


def _is_daily_care(question: Question, row: Row, column: Column) -> bool:
    """PBRL § 4-4 second paragraph, for children under 16 whose parents decide."""
    under_16 = row in (Row.UNDER_7, Row.FROM_7, Row.FROM_12, Row.AT_15)
    return question.matter is Matter.DAILY_CARE and column is Column.HEALTH and under_16


def _blocked(question: Question, rule: str) -> Parties:
    nobody = tuple(parent.id for parent in question.parents)
    return Parties((), (), (), nobody, True, rule, ("KRIS § 5",), (notes.CRISIS_CENTRE,))


def _daily_care(question: Question, rule: str) -> Parties:
    parents = tuple(parent.id for parent in question.parents)
    said = [notes.DAILY, notes.VACCINATION, *_hearing(question.age)]
    if not parents:
        said.insert(0, notes.PROVE)
    return Parties(
        (), parents, (CHILD,), (), False, rule, ("HPL § 22", "PBRL § 4-4"), tuple(said), needs_proof=not parents
    )


def _parties(question: Question, rule: str, chosen: Cell, moved: bool) -> Parties:
    must = _CHILD_FIRST[chosen.ask] + (question.responsible if chosen.ask in _ASKS_ALL_PARENTS else ())
    any_of = question.responsible if chosen.ask is Ask.ONE_PARENT else ()
    heard = () if CHILD in must else (CHILD,)
    return Parties(
        must_consent=must,
        any_of=any_of,
        must_be_heard=heard,
        cannot_consent=tuple(parent.id for parent in question.parents if parent.id not in (*must, *any_of)),
        blocked=False,
        rule=rule,
        sources=chosen.sources,
        notes=_notes(question, chosen, moved, heard=bool(heard)),
        needs_proof=chosen.ask in _ASKS_PARENTS and not question.responsible,
    )


def _notes(question: Question, chosen: Cell, moved: bool, heard: bool) -> tuple[str, ...]:
    said = [notes.MOVED] if moved else []
    said += _about_adults(question, chosen, moved)
    said += _about_child(question, chosen)
    said += _hearing(question.age) if heard else []
    said += _about_matter(question)
    if question.age < MAJORITY_YEARS:
        said.append(notes.OTHERS)
    return tuple(said)


def _about_adults(question: Question, chosen: Cell, moved: bool) -> list[str]:
    if question.age >= MAJORITY_YEARS:
        return [notes.ADULT]
    said = []
    if question.care_order and CHILD_WELFARE in _CHILD_FIRST[chosen.ask]:
        said.append(notes.CARE_ORDER)
    if CARER in _CHILD_FIRST[chosen.ask]:
        said.append(notes.CARER)
    if chosen.ask in _ASKS_PARENTS:
        several = notes.ONE_IS_ENOUGH if chosen.ask is Ask.ONE_PARENT else notes.BOTH
        said.append({0: notes.PROVE, 1: notes.ONLY_ONE}.get(len(question.responsible), several))
    if chosen.ask is Ask.CHILD_AND_PARENTS and not moved:
        said.append(notes.TOGETHER)
    return said


def _about_child(question: Question, chosen: Cell) -> list[str]:
    column = column_of(question.service)
    said = []
    if chosen is EDUCATION_FROM_15:
        said.append(notes.EDUCATION)
    if column is Column.HEALTH and 12 <= question.age < 16:
        said.append(notes.OWN_MATTER)
    if column is Column.HEALTH and 16 <= question.age < MAJORITY_YEARS:
        said.append(notes.NOT_COMPETENT)
    if column is Column.CHILD_WELFARE and question.age < MAJORITY_YEARS:
        said.append(notes.CHILD_WELFARE_TELLS)
    return said


def _hearing(years: int) -> list[str]:
    if years < 7:
        return [notes.WHEN_ABLE]
    return [notes.HEARD_FROM_7] if years < 12 else [notes.GREAT_WEIGHT]


def _about_matter(question: Question) -> list[str]:
    column = column_of(question.service)
    if question.matter is Matter.DAILY_CARE and column is not Column.HEALTH:
        return [notes.NO_DAILY_CARE]
    if question.matter is Matter.EDUCATION and column is not Column.SCHOOL:
        return [notes.NO_EDUCATION]
    return []
