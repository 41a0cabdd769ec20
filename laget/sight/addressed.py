"""The row level lock of a text's own audience, for the migrations of the rooms that have such texts."""

from __future__ import annotations

ME = "(SELECT laget_person())"
CAPACITY = "(SELECT laget_capacity())"


def lets(table: str, author: str, service: str = "") -> str:
    """SQL over the columns of a row: whether its own audience holds the actor. Stands beside the policy on its kind.

    table: whose columns; author: the column with the one who wrote it; service: the column with the service it was
    written for, where there is one.
    """
    mine, named = f"{table}.{author} = {ME}", f"{ME} = ANY ({table}.persons)"
    own_service = f"{CAPACITY} = 'citizen' OR {table}.{service} IN (SELECT sight_services())" if service else "false"
    return f"""CASE {table}.audience
        WHEN 'team' THEN true
        WHEN 'own_service' THEN {own_service}
        WHEN 'family' THEN {CAPACITY} = 'citizen'
        WHEN 'services' THEN {CAPACITY} = 'worker' OR {mine}
        WHEN 'named' THEN {named} OR {mine}
        WHEN 'childs_own' THEN {table}.child_id = {ME} OR {named} OR {mine}
        WHEN 'not_for' THEN {table}.persons <> '{{}}' AND NOT {named}
        ELSE false END"""


def knows(table: str, when: str, reach: str) -> str:
    """SQL: whether the actor may know the kind of a row of the table, as far back as the consent reaches."""
    return f"""EXISTS (SELECT 1 FROM sight_pairs() p WHERE p.child = {table}.child_id AND p.kind = {table}.kind
        AND {table}.{when} >= p.{reach})"""  # noqa: S608 - names of columns, from migrations
