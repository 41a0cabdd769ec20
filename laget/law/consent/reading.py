"""Reads a question of consent from JSON and writes the answer, with one plain sentence for every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from laget.law.consent.question import Matter, Parent, Parties, Question

_ALLOWED = frozenset({"on", "child", "service", "parents", "receivers", "care_order", "matter"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_question(data: object) -> Question:
    """A question from parsed JSON. Raises ValueError: what is wrong, where, and what is allowed."""
    if not isinstance(data, Mapping):
        raise ValueError("question: must be an object")
    _only(data, _ALLOWED)
    child = _field(data, "child", Mapping)
    _only(child, {"born"}, "child.")
    return Question(
        on=_day(data, "on"),
        born=_day(child, "born", "child."),
        service=_field(data, "service", str),
        parents=tuple(_parent(one, place) for place, one in enumerate(_list(data, "parents"))),
        receivers=tuple(_texts(data, "receivers")),
        care_order=_flag(data, "care_order"),
        matter=_matter(data),
    )


def write_answer(parties: Parties, notes: tuple[str, ...] | None = None) -> dict[str, Any]:
    """The answer as JSON values; `notes` are the notes in the caller's language."""
    return {
        "must_consent": list(parties.must_consent),
        "any_of": list(parties.any_of),
        "must_be_heard": list(parties.must_be_heard),
        "cannot_consent": list(parties.cannot_consent),
        "blocked": parties.blocked,
        "rule": parties.rule,
        "sources": list(parties.sources),
        "notes": list(parties.notes if notes is None else notes),
    }


def _only(data: Mapping[str, Any], allowed: Iterable[str], place: str = "") -> None:
    unknown = sorted(set(data) - set(allowed))
    if unknown:
        raise ValueError(f"{place}{unknown[0]}: not known; allowed: {', '.join(sorted(allowed))}")


def _field(data: Mapping[str, Any], name: str, sort: type, place: str = "") -> Any:
    if not isinstance(data.get(name), sort):
        raise ValueError(f"{place}{name}: must be {'an object' if sort is Mapping else 'a text'}")
    return data[name]


def _day(data: Mapping[str, Any], name: str, place: str = "") -> date:
    said = data.get(name)
    try:
        if not isinstance(said, str) or not _DAY.fullmatch(said):
            raise ValueError
        return date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"{place}{name}: must be a date such as 2027-03-01") from None


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list):
        raise ValueError(f"{name}: must be a list")
    return found


def _texts(data: Mapping[str, Any], name: str) -> list[str]:
    found = _list(data, name)
    if not all(isinstance(one, str) for one in found):
        raise ValueError(f"{name}: must be a list of act codes")
    return found


def _parent(data: object, place: int) -> Parent:
    if not isinstance(data, Mapping):
        raise ValueError(f"parents[{place}]: must be an object with id and parental_responsibility")
    _only(data, {"id", "parental_responsibility"}, f"parents[{place}].")
    held = data.get("parental_responsibility")
    if not isinstance(held, bool):
        raise ValueError(f"parents[{place}].parental_responsibility: must be true or false")
    called: str = _field(data, "id", str, f"parents[{place}].")
    if not called.strip():
        raise ValueError(f"parents[{place}].id: must not be empty")
    return Parent(called, held)


def _flag(data: Mapping[str, Any], name: str) -> bool:
    found = data.get(name, False)
    if not isinstance(found, bool):
        raise ValueError(f"{name}: must be true or false")
    return found


def _matter(data: Mapping[str, Any]) -> Matter:
    try:
        return Matter(data.get("matter", "sharing"))
    except ValueError:
        raise ValueError(f"matter: must be one of {', '.join(Matter)}") from None
