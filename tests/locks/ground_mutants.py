"""Faults put into the database's own lock: each condition of each policy that lets rows be read is left out in turn.

The conditions are found in what PostgreSQL itself holds, also those inside the functions that policies ask, so that a
new policy or a new function is mutated without being listed. A fault lives in one transaction and is rolled back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

# Where a condition ends, outside brackets of its own.
ENDS = re.compile(
    r"\b(AND|OR|WHERE|ON|THEN|ELSE|WHEN|END|SELECT|FROM|JOIN|LEFT|CROSS|UNION|GROUP|ORDER|LIMIT|HAVING|RETURNING)\b|;",
    re.IGNORECASE,
)
JOINS = re.compile(r"\b(AND|OR)\b", re.IGNORECASE)
# Ask no fact of sight and know nobody: who acts, as what.
NOT_MUTATED = {"laget_person", "laget_capacity"}


@dataclass(frozen=True)
class Mutant:
    """One fault: what it is, the statement that puts it in, and the tables to look at (none: all)."""

    what: str
    statement: str
    table: str = ""

    def __str__(self) -> str:
        return self.what


def mutants() -> list[Mutant]:
    """Every fault in every policy for reading, and in every function that such a policy asks."""
    policies = _policies()
    return [*_of_policies(policies), *_of_functions(" ".join(text for _, _, text in policies))]


def _policies() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, qual FROM pg_policies WHERE 'laget_app' = ANY (roles) "
            "AND cmd IN ('SELECT', 'ALL') AND qual <> 'true' ORDER BY tablename, policyname"
        )
        return cursor.fetchall()


def _of_policies(policies: list[tuple[str, str, str]]) -> Iterator[Mutant]:
    for table, name, text in policies:
        for what, faulty in without_one(text):
            alter = sql.SQL("ALTER POLICY {} ON {} USING ").format(sql.Identifier(name), sql.Identifier(table))
            yield Mutant(f"{table}.{name}: {what}", f"{alter.as_string(None)}({faulty})", table)


def _of_functions(text: str) -> Iterator[Mutant]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AND prorettype <> 'trigger'::regtype"
        )
        known = {name: (body, whole) for name, body, whole in cursor.fetchall() if name not in NOT_MUTATED}
    for name in sorted(_asked(text, {name: body for name, (body, _) in known.items()})):
        body, whole = known[name]
        for what, faulty in without_one(body):
            yield Mutant(f"{name}(): {what}", whole.replace(body, faulty))


def _asked(text: str, bodies: dict[str, str]) -> set[str]:
    found: set[str] = set()
    waiting = [text]
    while waiting:
        here = waiting.pop()
        new = {name for name in bodies if name not in found and re.search(rf"\b{name}\(", here)}
        found |= new
        waiting += [bodies[name] for name in new]
    return found


def without_one(text: str) -> Iterator[tuple[str, str]]:
    """(in words, the text) without one of the conditions that AND joins, or one of the ways that OR gives."""
    depths = _depths(text)
    done: set[tuple[int, int]] = set()
    for joint in JOINS.finditer(text):
        if joint[1].upper() == "AND" and _is_between(text[: joint.start()]):
            continue
        neutral = "true" if joint[1].upper() == "AND" else "false"
        for start, end in (_before(text, depths, joint.start()), _after(text, depths, joint.end())):
            condition = text[start:end].strip()
            if condition and (start, end) not in done:
                done.add((start, end))
                yield f"{neutral} for «{_short(condition)}»", f"{text[:start]} {neutral} {text[end:]}"


def _is_between(before: str) -> bool:
    return bool(re.search(r"\bBETWEEN\s+\S+\s*$", before, re.IGNORECASE))


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for sign in text:
        depth -= sign == ")"
        depths.append(depth)
        depth += sign == "("
    return depths


def _before(text: str, depths: list[int], joint: int) -> tuple[int, int]:
    here, start = depths[joint], joint
    while start > 0 and depths[start - 1] >= here:
        start -= 1
    words = [end.end() for end in ENDS.finditer(text, start, joint) if depths[end.start()] == here]
    return (words[-1] if words else start), joint


def _after(text: str, depths: list[int], joint: int) -> tuple[int, int]:
    here, end = depths[joint - 1], joint
    while end < len(text) and depths[end] >= here:
        end += 1
    words = (found.start() for found in ENDS.finditer(text, joint, end) if depths[found.start()] == here)
    return joint, next(words, end)


def _short(condition: str) -> str:
    return " ".join(condition.split())[:160]
