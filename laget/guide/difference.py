"""Says in words what differs between two versions of the guide, and whether a change touches consent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from laget.guide.rules import for_service
from laget.guide.values import LANGUAGES, Guide, Text, Variant

CONSENT = (
    "consent", "first_question", "log.access", "close.by", "family_seat_until_age",
    "deadline.consent_period", "deadline.transition_consent", "deadline.asking_seat", "deadline.emergency_opening",
)  # fmt: skip
CONSENT_ENDINGS = (".consent", ".offered")
"""Parts that decide who may know what, whole or by what a place ends with: a change there takes two people."""
SKIPPED = ("code", "name", "valid_from", "about.sources")


@dataclass(frozen=True)
class Change:
    """`place` as in a file; `before` and `after` in words, None when it was not there."""

    place: str
    before: str | None
    after: str | None

    @property
    def touches_consent(self) -> bool:
        """Whether it is about who may know what."""
        parts = self.place.removeprefix("variant.").split(".", 1)
        place = parts[1] if self.place.startswith("variant.") and len(parts) > 1 else self.place
        named = any(place == one or place.startswith(f"{one}.") for one in CONSENT)
        return named or (place.endswith(CONSENT_ENDINGS) and not {self.before, self.after} <= {None, "no"})

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.place}: new: {self.after}"
        if self.after is None:
            return f"{self.place}: gone: {self.before}"
        return f"{self.place}: {self.before} → {self.after}"


def differences(before: Guide, after: Guide, language: str | None = "nb") -> tuple[Change, ...]:
    """Every change, in the order of the later guide."""
    old, new = dict(_flat(before, "", language)), dict(_flat(after, "", language))
    places = [*new, *(one for one in old if one not in new)]
    return tuple(
        Change(one, old.get(one), new.get(one))
        for one in places
        if old.get(one) != new.get(one) and not one.startswith(SKIPPED)
    )


def by_service(before: Guide, after: Guide) -> Iterator[tuple[str, Guide, Guide]]:
    """What held and what will hold: for all (an empty code), then inside every variant, which may be new or gone."""
    yield "", replace(before, variants=()), replace(after, variants=())
    codes = dict.fromkeys(one.code for guide in (after, before) for one in guide.variants)
    for code in codes:
        yield code, _inside(before, code), _inside(after, code)


def _inside(guide: Guide, code: str) -> Guide:
    found = next((one.guide for one in guide.variants if one.code == code), guide)
    return replace(found, variants=())


def touching_consent(before: Guide, after: Guide) -> bool:
    """Whether anything that decides who may know what differs, in any language and for any kind of service."""
    kinds = {kind for guide in (before, after) for one in guide.variants for kind in one.kinds}
    pairs = [(before, after), *((for_service(before, kind), for_service(after, kind)) for kind in sorted(kinds))]
    return any(
        change.touches_consent
        for old, new in pairs
        for language in LANGUAGES
        for change in differences(replace(old, variants=()), replace(new, variants=()), language)
    )


def _flat(value: Any, place: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Every single value with its place."""
    if isinstance(value, Text):
        yield place, value.get(language)
    elif isinstance(value, tuple):
        yield from _many(value, place, language)
    elif inner := _inner(value):
        for name, one in inner:
            yield from _flat(one, _joined(place, name), language)
    elif value is not None and value not in ("", {}):
        yield place, _said(value)


def _inner(value: Any) -> list[tuple[str, Any]]:
    """The named parts of a value; a variant is its name and its guide."""
    if isinstance(value, Variant):
        return [("called", value.name), *_inner(value.guide)]
    if isinstance(value, Mapping):
        return [(str(key), one) for key, one in value.items()]
    if is_dataclass(value):
        return [(one.name, getattr(value, one.name)) for one in fields(value)]
    return []


def _many(items: tuple[Any, ...], place: str, language: str | None) -> Iterator[tuple[str, str]]:
    singular = SINGULAR.get(place, place)
    plain = [one for one in items if not is_dataclass(one) or isinstance(one, Text)]
    if plain:
        said = (one.get(language) if isinstance(one, Text) else _said(one) for one in plain)
        yield place, ", ".join(said)
        return
    for number, one in enumerate(items):
        yield from _flat(one, f"{singular}.{_key(one, number)}", language)


SINGULAR = {
    "levels": "level", "roles": "role", "headings": "heading", "steps": "step", "scopes": "scope", "areas": "area",
    "service_kinds": "service_kind", "professions": "profession", "holders": "holder", "criteria": "criterion",
    "deadlines": "deadline", "outcomes": "outcome", "closings": "closing", "entries": "entry", "targets": "target",
    "teams": "team", "meetings": "meeting", "forms": "form", "transitions": "transition", "tools": "tool",
    "terms": "term", "principles": "principle", "cohorts": "cohort", "helps": "help", "words": "word",
    "variants": "variant",
}  # fmt: skip


def _key(one: Any, number: int) -> str:
    if hasattr(one, "level") and hasattr(one, "code"):
        return f"{one.level}/{one.code}"
    for name in ("code", "concept", "level", "rule", "age", "condition"):
        if hasattr(one, name):
            return str(getattr(one, name))
    return str(number)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
