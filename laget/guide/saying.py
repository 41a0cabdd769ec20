"""Says faults and differences to people who never saw a file: what it is about, in their words, with the statute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.guide.difference import SINGULAR, Change, by_service, differences
from laget.guide.faults import Fault
from laget.guide.parts import AGAIN, ASKS, LANGUAGE_NAMES, MEDIA, UNITS
from laget.guide.rules import Guide, Level, Text
from laget.guide.telling import length
from laget.kernel.text import N_
from laget.law.acts import UnknownSection, cite

_LENGTH = re.compile(r"deadline\.\w+\.(?:value|unit)")
_LAW = re.compile(r" ?\(by law: ([^)]*)\)")
_ALLOWED = re.compile(r"; allowed: (.*)$", re.DOTALL)
_MAINS: tuple[tuple[str, str], ...] = (
    (r"is missing", N_("This is missing.")),
    (r"is empty", N_("This is empty.")),
    (r"is not known", N_("This is not known.")),
    (r"is not allowed", N_("This can't be taken.")),
    (r"is \d+ bytes", N_("The file is too large.")),
    (r"is not UTF-8.*|is written in UTF-16.*|has a null byte", N_("This is no plain text. Save it again as UTF-8.")),
    (r"is not TOML: .*", N_("This line can't be read as TOML.")),
    (r"is too deep|holds more than .*|has a name of more than .*", N_("The file is built to be too much.")),
    (r"is \d+ characters(?: long)?", N_("This is too long.")),
    (r"is '?-?\d+'?", N_("The number is too small or too large.")),
    (r"a child is always heard from \d+", N_("A child is always heard from 7, or younger.")),
    (r"a child's view weighs heavily from \d+", N_("A child's view weighs heavily from 12, or younger.")),
    (r"waits up to \d+ days", N_("This is longer than the law lets anybody wait.")),
    (r".* is used before", N_("The same code is used twice.")),
    (r".* is loaded before", N_("A version with this code is in use already. Give this one a code of its own.")),
    (r"has .*, which is not there", N_("This points to something that is not there.")),
    (r"removes what is not there", N_("This takes away something that is not there.")),
    (r"has no way out", N_("No move leads away from this level.")),
    (r"is never reached from .*", N_("No move leads to this level.")),
    (r"goes in a ring that never ends.*", N_("From here the work never ends: nothing closes it.")),
    (r"has no step", N_("This level has no step.")),
    (r".* builds on this one again: .*", N_("The file builds on itself in a ring.")),
    (r".* cannot be moved, since the statutes decide there", N_("The law decides this, and a municipality can't.")),
)  # fmt: skip
_PERMITS: tuple[tuple[str, str], ...] = (
    (r"(?P<age>\d+) or younger", N_("%(age)s or younger")),
    (r"a mark no later", N_("12 or younger")),
    (r"at most (?P<days>\d+), or as soon as possible", N_("at most %(days)s days, or as soon as possible")),
    (r"soon = true, without undue delay", N_("as soon as possible")),
    (r"at most (?P<most>\d+)", N_("at most %(most)s")),
    (r"(?:a whole number )?from (?P<least>\d+) to (?P<most>\d+)", N_("a number from %(least)s to %(most)s")),
    (r"a text in (?P<languages>[a-z, ]+)", N_("a text in %(languages)s")),
    (r"a text in quotes", N_("a text in quotes")),
    (r"true or false", N_("true or false")),
    (r"a date such as (?P<day>\S+)", N_("a date such as %(day)s")),
    (r"a table (?P<name>\S+)", N_("a table %(name)s")),
    (r"a list of tables, (?P<name>\S+)", N_("a list of tables, %(name)s")),
    (r"at least one (?P<name>\[\[.*)", N_("at least one %(name)s")),
    (r"other levels", N_("other levels")),
    (r"a code of its own for every version", N_("a code of its own for every version")),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in _MAINS)


def fault_said(fault: Fault) -> str:
    """A fault as sentences: what is wrong, what is allowed, and which law says so."""
    message = fault.message
    law = _LAW.search(message)
    allowed = _ALLOWED.search(_LAW.sub("", message))
    main = _ALLOWED.sub("", _LAW.sub("", message))
    found = next((_(said) for pattern, said in _PATTERNS if pattern.fullmatch(main)), "")
    parts = [found or _("%(fault)s.") % {"fault": main[:1].upper() + main[1:]}]
    if allowed and allowed[1].strip():
        parts.append(_("Allowed: %(what)s.") % {"what": _allowed(allowed[1].rstrip("."))})
    if law:
        parts.append(_("The law sets the limit here: %(law)s.") % {"law": ", ".join(_cited(law[1]))})
    return " ".join(parts)


def _allowed(said: str) -> str:
    for pattern, words in _PERMITS:
        if found := re.fullmatch(pattern, said):
            return _(words) % found.groupdict()
    return said


def _cited(codes: str) -> Iterator[str]:
    for code in codes.split(", "):
        try:
            yield cite(code, timezone.localdate())
        except UnknownSection:
            yield code


@dataclass(frozen=True)
class Told:
    """One difference: what it is about, what it was and what it becomes; empty where there was or is nothing."""

    title: str
    before: str
    after: str
    consent: bool


NOUNS = {
    "level": N_("Level"), "moves": N_("Moves from level"), "log": N_("The shared log"), "role": N_("Role"),
    "step": N_("Step"), "deadline": N_("Deadline"), "word": N_("Word"), "consent": N_("Consent"),
    "heard": N_("Hearing the child"), "closing": N_("Reason to close"), "outcome": N_("Outcome of evaluation"),
    "evaluation": N_("Evaluation"), "holder": N_("Who holds the baton at level"),
    "baton": N_("The one who holds the baton"),
    "first_question": N_("The first question"), "area": N_("Area of life"), "entry": N_("Kind of entry"),
    "team": N_("Team"), "meeting": N_("Meeting"), "form": N_("Form"), "tool": N_("Tool"), "principle": N_("Principle"),
    "transition": N_("Transition"), "service_kind": N_("Kind of service"), "profession": N_("Profession"),
    "close": N_("Closing"), "about": N_("About the model"), "wonder": N_("The way from a wondering"),
    "heading": N_("Heading"), "term": N_("Other word"), "help": N_("Help number"), "plan": N_("Individual plan"),
    "target": N_("Whom it is for"), "cohort": N_("Who goes over"), "scope": N_("What a measure works on"),
    "criterion": N_("Criterion"),
}  # fmt: skip
FIELDS = {
    "name": N_("name"), "meaning": N_("meaning"), "display": N_("shown as"), "what": N_("what is done"),
    "how": N_("how it is done"), "who": N_("who does it"), "deadline": N_("deadline"), "value": N_("how many"),
    "unit": N_("counted in"), "reason": N_("why"), "one": N_("one"), "the": N_("the one spoken of"),
    "many": N_("several"), "text": N_("text"), "family": N_("what the family is told"),
    "weeks": N_("weeks until the first evaluation"), "first_asked": N_("asked for the first time at"),
    "needed_again": N_("asked again when"), "media": N_("how a yes may be given"), "moved": N_("who says yes"),
    "decisions": N_("decided by the municipality"), "heard": N_("age of being heard"), "ask": N_("who says yes"),
    "decided": N_("decided on"), "age": N_("age"), "languages": N_("languages"), "first_level": N_("first level"),
    "read": N_("who reads"), "write": N_("who writes"), "offered": N_("kinds of information offered first"),
    "arena": N_("where"), "tools": N_("tools"), "question": N_("question"), "advice": N_("advice"),
    "minutes": N_("minutes of meetings"), "access": N_("access"), "told": N_("what families are told"),
    "place": N_("place"), "region": N_("region"), "model": N_("the model's name"), "professions": N_("professions"),
}  # fmt: skip
_VALUES: dict[str, Any] = {
    "yes": N_("yes"), "no": N_("no"),
    **{str(key): said for named in (UNITS, AGAIN, MEDIA, ASKS, LANGUAGE_NAMES) for key, said in named.items()},
}  # fmt: skip
_CODES = {
    "first_asked": "levels", "first_level": "levels", "normal_level": "levels", "talk_level": "levels",
    "named_from": "levels", "who": "roles", "decided_by": "roles", "order": "roles", "deadline": "deadlines",
    "tools": "tools", "forms": "forms", "professions": "professions",
}  # fmt: skip
_MEANT = ("unit", "needed_again", "media", "ask", "write", "languages")


def changes_said(before: Guide, after: Guide) -> list[Told]:
    """Every difference for people: a thing that is new or gone is one line, and what only repeats is left out."""
    found: list[Told] = []
    common: set[Change] = set()
    for code, old, new in by_service(before, after):
        changes = [one for one in differences(old, new, get_language()) if one not in common]
        common = common or set(changes)
        told = list(_told(old, new, changes))
        found += (
            told if not code else [replace(one, title=f"{_variant(before, after, code)}: {one.title}") for one in told]
        )
    return [*found, *_in_other_languages(before, after)]


def _in_other_languages(before: Guide, after: Guide) -> Iterator[Told]:
    """What only shows in a language that the reader does not use: whoever confirms must have seen it too."""
    known: set[Change] = set()
    for language in (get_language(), *after.about.languages):
        for _code, old, new in by_service(before, after):
            for one in differences(old, new, language):
                if language != get_language() and one not in known and one.before is not None:
                    title = f"{_about(after, one.place)} ({_(str(LANGUAGE_NAMES[language]))})"
                    yield Told(title, one.before, one.after or "", one.touches_consent)
                known.add(one)


def _told(before: Guide, after: Guide, changes: list[Change]) -> Iterator[Told]:
    said: set[str] = set()
    whole = [one.place.removesuffix(".code") for one in changes if one.place.endswith(".code")]
    for one in changes:
        item = next((place for place in whole if one.place.startswith(f"{place}.")), "")
        guide = before if one.after is None else after
        if not item and _LENGTH.fullmatch(one.place):
            if one.place not in said:
                yield _length(before, after, one)
            said |= {f"{one.place.rpartition('.')[0]}.{name}" for name in ("value", "unit")}
        elif not item:
            yield _change(before, after, one)
        elif one.place == f"{item}.code":
            inner = [other for other in changes if other.place.startswith(f"{item}.")]
            yield _thing(guide, one, item, any(other.touches_consent for other in inner))


def _length(before: Guide, after: Guide, one: Change) -> Told:
    """How many and of what are one thing to people: 4 weeks."""
    place = one.place.rpartition(".")[0]
    old, new = (length(guide.deadline_rule(place.split(".")[1]), get_language()) for guide in (before, after))
    return Told(_about(after, place), old, new, one.touches_consent)


def _variant(before: Guide, after: Guide, code: str) -> str:
    named = next(one for guide in (after, before) for one in guide.variants if one.code == code)
    return named.name.get(get_language())


def _thing(guide: Guide, one: Change, item: str, touches: bool) -> Told:
    said = _about(guide, item)
    return Told(said, _("is there") if one.after is None else "", _("new") if one.before is None else "", touches)


def _change(before: Guide, after: Guide, one: Change) -> Told:
    last = one.place.rpartition(".")[2]
    title = _about(before if one.after is None else after, one.place)
    return Told(title, _value(before, last, one.before), _value(after, last, one.after), one.touches_consent)


def _value(guide: Guide, field: str, said: str | None) -> str:
    """A value as people say it: a code of the guide by what it is called there."""
    if said is None:
        return ""
    if field in _CODES:
        called = {one.code: _title(one) for one in getattr(guide, _CODES[field])}
        return ", ".join(called.get(one, one) for one in said.split(", "))
    if field in _MEANT or said in ("yes", "no"):
        return ", ".join(str(_(_VALUES[one])) if one in _VALUES else one for one in said.split(", "))
    return said


def _about(guide: Guide, place: str) -> str:
    """ "Step «Talk with the parents», what is done"."""
    first, *rest = place.split(".")
    name, left = _named(guide, first, rest)
    noun = _(NOUNS[first]) if first in NOUNS else first
    fields = [str(_(FIELDS[one])) if one in FIELDS else one for one in left]
    return ", ".join([f"{noun} «{name}»" if name else noun, *fields])


def _named(guide: Guide, first: str, rest: list[str]) -> tuple[str, list[str]]:
    """What people call the item that a place begins with, and what of the place is left."""
    plural = next((many for many, one in SINGULAR.items() if one == first), "")
    items = getattr(guide, plural, None) if plural else None
    if not rest or (items is None and first != "moves"):
        return "", rest
    key, *left = rest
    for one in items or guide.levels:
        if key in _keys(one):
            return _title(one), left
    return key, left


def _keys(one: Any) -> set[str]:
    found = {str(getattr(one, name)) for name in ("code", "concept", "level") if hasattr(one, name)}
    return {f"{one.level}/{one.code}"} if hasattr(one, "level") and hasattr(one, "code") else found


def _title(one: Any) -> str:
    if isinstance(one, Level):
        return f"{one.shown}: {one.name.get(get_language())}"
    for name in ("shown", "name", "text", "reason", "one", "level", "word"):
        said = getattr(one, name, None)
        if isinstance(said, Text):
            return said.get(get_language())
        if isinstance(said, str) and said:
            return said
    return str(getattr(one, "code", ""))
