"""What the rooms that stood before guides could be loaded read from the national default, as one digest."""

import hashlib
import json
from dataclasses import fields, is_dataclass

NEW = {"report_concern", "step", "guardian", "worry_kept", "worry_ended", "worry_prolonged", "worry_owner_left"}
"""Codes that came later; so did the steps of other ways."""
KNOWN = {
    "Level": ("code", "name", "meaning", "colour", "form"),
    "Role": ("code", "name"),
    "Step": ("code", "level", "name", "what", "how", "who", "deadline"),
    "HolderRule": ("level", "professions"),
    "Deadline": ("code", "value", "unit", "direction", "from_event", "reason"),
    "Outcome": ("code", "text", "effect"),
    "Log": ("first_level", "paper_allowed", "offer", "declined"),
    "ConsentDefaults": ("reach_default", "reaches", "heard", "told", "moved"),
    "Text": ("nb", "en"),
}
GUIDE = (
    "code", "name", "valid_from", "levels", "moves", "log", "roles", "steps", "first_question", "service_kinds",
    "professions", "holders", "criteria", "deadlines", "consent", "family_seat_until_age", "evaluation_weeks",
    "outcomes", "closings", "entries", "areas", "helps", "words",
)  # fmt: skip


def digest(guide):
    """One value for everything that those rooms could read."""
    told = {name: _plain(getattr(guide, name)) for name in GUIDE}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _plain(value):
    if is_dataclass(value):
        names = KNOWN.get(type(value).__name__) or [one.name for one in fields(value)]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value if not _new(one)]
    return value if isinstance(value, int | bool) or value is None else str(value)


def _new(one):
    return getattr(one, "code", getattr(one, "concept", "")) in NEW or getattr(one, "way", "")
