"""What an administrator most often changes, as cells of a form: where each stands in a file, and what it says now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from laget.guide.days import Unit
from laget.guide.layers import KEYS, Keyed, Layer
from laget.guide.rules import Again, Guide, Medium, Text
from laget.law.consent import Ask, movable, movable_to
from laget.people.rules import clean_text

LONGEST = 1_500
WORDS = ("relay_log", "relay_holder", "level", "wonder", "parents")
FORMS = (("one", _("one")), ("the", _("the one spoken of")), ("many", _("several")))
UNITS = {
    Unit.DAY: _("days"),
    Unit.WORKING_DAY: _("working days"),
    Unit.WEEK: _("weeks"),
    Unit.MONTH: _("months"),
}
AGAIN = {
    Again.NEW_SERVICE: _("a new service joins"),
    Again.HOLDER_CHANGES_SERVICE: _("the one who holds the baton changes service"),
    Again.TRANSITION: _("the child changes kindergarten or school"),
    Again.ADVICE_ON_NAMED_CHILD: _("somebody outside is asked for advice on a named child"),
    Again.NEW_LEVEL: _("the level changes"),
    Again.PERIOD_ENDED: _("the consent has run out"),
}
MEDIA = {
    Medium.ELECTRONIC: _("in Laget"),
    Medium.WRITTEN: _("in writing, on paper"),
    Medium.ORAL_RECORDED: _("orally, and noted"),
}
ASKS = {
    Ask.PARENTS: _("the parents"),
    Ask.CHILD_AND_PARENTS: _("the young person and the parents"),
    Ask.CHILD: _("the young person alone"),
    Ask.ONE_PARENT: _("one of the parents"),
    Ask.WELFARE: _("the child welfare service"),
    Ask.WELFARE_AND_CARER: _("the child welfare service, and the foster parents or the institution"),
}
COLUMNS = {
    "kindergarten": _("kindergarten"),
    "school": _("school"),
    "child-welfare": _("child welfare"),
    "nav": _("Nav"),
    "family-counselling": _("family counselling"),
}
AGES = {
    "0-6": _("before 7"),
    "15": _("at 15"),
    "16-17": _("at 16 and 17"),
    "care-order": _("after a care order"),
}
LANGUAGE_NAMES = {"nb": _("bokmål"), "nn": _("nynorsk"), "en": _("English")}

Place = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One field. `place` in the file, a list's item by its key; `language` for one language of a text.

    `sort`: line, text, number, choice, many or day. `group` is what the field is about, for people.
    """

    place: Place
    label: Any
    sort: str
    value: Any
    required: bool = True
    language: str = ""
    options: tuple[tuple[str, Any], ...] = ()
    group: Any = ""
    help: Any = ""
    least: int = 0
    most: int = 400

    @property
    def name(self) -> str:
        """The field's name: a place without signs that names may not have."""
        return "-".join([*(one.replace("/", "_") for one in self.place), *([self.language] if self.language else [])])

    @property
    def where(self) -> str:
        """The place as faults say it."""
        return ".".join(self.place)


def _texts(guide: Guide, place: Place, label: Any, value: Text | None, group: Any, **more: Any) -> Iterator[Cell]:
    """One cell for each language of the guide; the municipality's own first. What has a text keeps one."""
    languages = sorted(guide.about.languages, key=lambda one: one != guide.about.written)
    sort = more.pop("sort", "text")
    for one in languages:
        named = label if len(languages) == 1 else _("%(label)s (%(language)s)") % {
            "label": label, "language": LANGUAGE_NAMES[one],
        }  # fmt: skip
        said = getattr(value, one) or value.get(one) if value else ""
        yield Cell(place, named, sort, said, required=value is not None, language=one, group=group, **more)


def levels(guide: Guide) -> Iterator[Cell]:
    for one in guide.levels:
        group = _("Level %(sign)s") % {"sign": one.shown}
        at = ("level", one.code)
        yield from _texts(guide, (*at, "name"), _("Name"), one.name, group, sort="line")
        yield from _texts(guide, (*at, "meaning"), _("What it means"), one.meaning, group)
        yield Cell(
            (*at, "display"), _("Shown as"), "line", one.shown, group=group, most=8,
            help=_("What people see for short, such as 1 or B."),
        )  # fmt: skip


def step(guide: Guide, number: int) -> Iterator[Cell]:
    """One step; `number` counts from 1 through all the levels."""
    one = guide.steps[number - 1]
    at = ("step", f"{one.level}/{one.code}")
    yield from _texts(guide, (*at, "name"), _("The step in a few words"), one.name, "", sort="line")
    yield from _texts(guide, (*at, "what"), _("What is done"), one.what, "")
    yield from _texts(guide, (*at, "how"), _("How it is done"), one.how, "")
    roles = tuple((role.code, role.name) for role in guide.roles)
    yield Cell((*at, "who"), _("Who does it"), "many", list(one.who), required=bool(one.who), options=roles)
    deadlines = tuple((rule.code, rule.reason) for rule in guide.deadlines)
    if one.deadline:
        yield Cell((*at, "deadline"), _("The deadline"), "choice", one.deadline, options=deadlines)


def deadlines(guide: Guide) -> Iterator[Cell]:
    for one in guide.deadlines:
        if one.value is not None:
            yield from _length(one.code, one.value, one.unit, one.reason)


def _length(code: str, value: int, unit: Unit, group: Any) -> Iterator[Cell]:
    at = ("deadline", code)
    yield Cell((*at, "value"), _("How many"), "number", value, group=group)
    yield Cell((*at, "unit"), _("Counted in"), "choice", unit.value, options=_choices(UNITS), group=group)


def words(guide: Guide) -> Iterator[Cell]:
    for concept in WORDS:
        entry = next(one for one in guide.words if one.concept == concept)
        for form, label in FORMS:
            said: Text = getattr(entry, form)
            yield from _texts(guide, ("word", concept, form), label, said, entry.one, sort="line", most=60)


def consent(guide: Guide) -> Iterator[Cell]:
    found = guide.consent
    yield Cell(
        ("consent", "first_asked"), _("Asked for the first time at"), "choice", found.first_asked,
        options=tuple((one.code, one.name) for one in guide.levels), group=_("When"),
    )  # fmt: skip
    yield Cell(
        ("consent", "needed_again"), _("Asked again when"), "many", [one.value for one in found.needed_again],
        required=False, options=_choices(AGAIN), group=_("When"),
    )  # fmt: skip
    rule = guide.deadline_rule("consent_period")
    if rule.value is not None:
        yield from _length(rule.code, rule.value, rule.unit, _("How long a consent holds"))
    limit = guide.deadline_rule("transition_consent")
    if limit.value is not None:
        yield from _length(limit.code, limit.value, limit.unit, _("How long after a new place it holds at most"))
    yield Cell(
        ("consent", "media"), _("How a yes may be given"), "many", [one.value for one in found.media],
        options=_choices(MEDIA), group=_("How"),
    )  # fmt: skip
    for heard in found.heard:
        yield Cell(
            ("heard", str(heard.age), "age"), _("Age in years"), "number", heard.age, group=heard.text, most=17
        )  # fmt: skip


def silent(guide: Guide) -> Iterator[Cell]:
    """The cells of the table of consent where the statutes are silent, and a municipality may decide."""
    decided = {one.rule: one for one in guide.consent.decisions}
    for rule in movable():
        _table, row, column = rule.split("/")
        group = _("%(service)s, %(age)s") % {"service": COLUMNS[column], "age": AGES[row]}
        one, at = decided.get(rule), ("moved", rule)
        choices = (("", _("as the national default")), *_choices(_asks(rule)))
        yield Cell(
            (*at, "ask"), _("Who says yes"), "choice", one.ask.value if one else "", False, options=choices, group=group
        )
        yield from _texts(guide, (*at, "reason"), _("Why"), one.reason if one else None, group)
        yield Cell((*at, "decided"), _("Decided on"), "day", one.decided if one else None, False, group=group)


def _asks(rule: str) -> dict[Ask, Any]:
    """Those whom a decision for this cell may choose among."""
    return {one: label for one, label in ASKS.items() if one in movable_to(rule)}


def ending(guide: Guide) -> Iterator[Cell]:
    weeks = guide.evaluation_weeks
    yield Cell(
        ("evaluation", "default_weeks"), _("Weeks until the first evaluation"), "number", weeks,
        required=weeks is not None, group=_("Evaluation"), least=1, most=52,
        help=_("The day is proposed, and can be changed each time."),
    )  # fmt: skip
    for one in guide.closings:
        if not one.system:
            at = ("closing", one.code)
            yield from _texts(guide, (*at, "text"), _("The reason"), one.text, one.text, sort="line")
            yield from _texts(guide, (*at, "family"), _("What the family is told"), one.family, one.text)


def _choices(named: Mapping[Any, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((one.value, label) for one, label in named.items())


PARTS: dict[str, Callable[[Guide], Iterator[Cell]]] = {
    "levels": levels,
    "deadlines": deadlines,
    "words": words,
    "consent": consent,
    "silent": silent,
    "ending": ending,
}


def overlay(guide: Guide, cells: list[Cell], typed: Mapping[str, Any]) -> Layer:
    """The layer that makes the guide say what was typed; empty when that is what it says already."""
    found: Layer = {}
    moved = [one for one in cells if _is(typed, one) != one.value]
    for one in moved:
        if one.place[0] not in ("heard", "moved", "word"):
            _set(found, one.place, _value(one.place, cells, typed) if one.language else _is(typed, one))
    for concept in dict.fromkeys(one.place[1] for one in moved if one.place[0] == "word"):
        found.setdefault("word", {})[concept] = _word(guide, concept, typed)
    if any(one.place[0] == "heard" for one in moved):
        found["heard"] = _heard(guide, cells, typed)
    if any(one.place[0] == "moved" for one in moved):
        found["moved"] = _decisions(cells, typed)
    return found


def _is(typed: Mapping[str, Any], cell: Cell) -> Any:
    said = typed.get(cell.name)
    if isinstance(said, str):
        return clean_text(said, LONGEST)
    return said


def _value(place: Place, cells: list[Cell], typed: Mapping[str, Any]) -> dict[str, Any]:
    """A text is written whole, in every language."""
    return {one.language: _is(typed, one) for one in cells if one.place == place}


def _set(layer: Layer, place: Place, value: Any) -> None:
    """Puts a value at its place; an item of a list gets what it is found again by."""
    name, *inner, last = place
    if name in KEYS and inner:
        items = layer.setdefault(name, Keyed())
        table = items.setdefault(inner[0], dict(zip(KEYS[name], inner[0].split("/", 1), strict=False)))
    else:
        table = layer.setdefault(name, {})
    table[last] = value


def _word(guide: Guide, concept: str, typed: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        language: [clean_text(typed[f"word-{concept}-{form}-{language}"], 60) for form, _label in FORMS]
        for language in guide.about.languages
    }


def _heard(guide: Guide, cells: list[Cell], typed: Mapping[str, Any]) -> Keyed:
    ages = [_is(typed, one) for one in cells if one.place[0] == "heard"]
    languages = guide.about.languages
    return Keyed(
        {
            str(age): {"age": age, "text": {one: heard.text.get(one) for one in languages}}
            for age, heard in zip(ages, guide.consent.heard, strict=True)
        },
        fresh=True,
    )


def _decisions(cells: list[Cell], typed: Mapping[str, Any]) -> Keyed:
    found = Keyed(fresh=True)
    for one in cells:
        if one.place[0] == "moved" and one.place[2] == "ask" and (ask := _is(typed, one)):
            rule = one.place[1]
            decided = typed.get(f"moved-{rule.replace('/', '_')}-decided")
            reason = {lang: said for lang, said in _value(("moved", rule, "reason"), cells, typed).items() if said}
            said = {"rule": rule, "ask": ask, "decided": decided, "reason": reason}
            found[rule] = {name: value for name, value in said.items() if value}
    return found
