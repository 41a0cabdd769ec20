"""The consent text by version and language, filled with what is asked: the same for who sends it and who answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext

from laget.consents.rules import TEXT_VERSION
from laget.design.speaking import spoken
from laget.guide.national import national
from laget.guide.rules import Guide
from laget.kernel.reading import minutes
from laget.law.kinds import LABELS, MEANINGS, Kind

PATTERNS = {"en": "EEEE d MMMM y"}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"})
LOCALES = {"en": "en_GB"}
CARE = "-care"
"""What an answer keeps beside the version and the language when the text was the one for child welfare."""


@dataclass(frozen=True)
class Text:
    """What the family reads. `points`: what they decide. `kinds`: label and meaning by code, in the text's language."""

    language: str
    direction: str
    what: str
    opening: str
    way: tuple[str, str]
    why: tuple[str, str]
    excluded: tuple[str, tuple[str, ...]]
    reach: tuple[str, tuple[str, str]]
    decide: tuple[str, tuple[str, ...]]
    identity: str
    time: str
    kinds: Mapping[str, tuple[str, str]]
    youth: bool = False

    @property
    def plain(self) -> str:
        """All of it in the order it is read, one paragraph in each line."""
        decide, points = self.decide
        excluded, kept_back = self.excluded
        reach, how_long = self.reach
        lines = [self.what, self.opening, *self.why, *self.way, excluded, *kept_back, reach, *how_long]
        return "\n".join([*lines, decide, *points, self.identity])


@dataclass(frozen=True)
class Filling:
    """What of a question stands in its text; `reach`, `until`, `why`, `excluded` and `kinds` are the wish's own."""

    asker: str
    receiver: str
    opens_case: bool
    reach: str
    until: date
    why: str = ""
    excluded: str = ""
    kinds: tuple[str, ...] = tuple(Kind)
    youth: bool = False
    one_enough: bool = False
    care: bool = False
    """Child welfare answers, which has the care: the child is not its own."""


@cache
def _words(version: str) -> dict[str, Any]:
    source = files("laget.consents").joinpath(f"data/text-{version}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def languages() -> list[tuple[str, str]]:
    """The languages of the text: code, and its name in itself."""
    return [(code, words["name"]) for code, words in _words(TEXT_VERSION).items()]


def chosen(wanted: str | None) -> str:
    """The wanted language when the text has it, else the reader's own, else bokmål."""
    known = _words(TEXT_VERSION)
    mine = (get_language() or "nb")[:2]
    return next((one for one in (wanted, mine) if one in known), "nb")


def page_language(text: str) -> str:
    """The language of buttons and questions around a text: the same when Laget speaks it, else the reader's own."""
    return text if text in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def version(language: str, *, care: bool = False) -> str:
    """What an answer keeps of which text somebody had in front of them. `care`: the one for those who have the care."""
    return f"{TEXT_VERSION}-{language}{CARE if care else ''}"


def name_of(kept: str) -> str:
    """The language of a text that an answer was given to, by its own name: what `version` made. Empty when unknown."""
    words: dict[str, str] = _words(TEXT_VERSION).get(kept.partition("-")[2].removesuffix(CARE), {})
    return words.get("name", "")


def direction(language: str) -> str:
    """Which way the language is written: ltr or rtl."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def kinds(language: str) -> dict[str, tuple[str, str]]:
    """Label and meaning of each kind of information, by code."""
    own = _words(TEXT_VERSION)[language].get("kinds")
    if own:
        return {kind.value: (own[kind.value][0], own[kind.value][1]) for kind in Kind}
    with translation.override(language):
        return {kind.value: (gettext(LABELS[kind]), gettext(MEANINGS[kind])) for kind in Kind}


def day(value: date, language: str) -> str:
    """A date as it is said in the language."""
    return format_date(value, PATTERNS.get(language, "EEEE d. MMMM y"), locale=LOCALES.get(language, language))


def fill(guide: Guide, filling: Filling, language: str) -> Text:
    """The newest text in this language, with the guide's own sentences in the places it has for them."""
    said = _Said(language, filling)
    told = _told(guide, filling, language)
    labels = kinds(language)
    made = Text(
        language=language,
        direction=direction(language),
        what="" if filling.youth or filling.care else told["what"],
        opening=said("opening" if filling.opens_case else "more"),
        way=(said("way_heading"), f"{said('way_own' if filling.asker == filling.receiver else 'way')} {told['who']}"),
        why=(said("why_heading"), filling.why),
        excluded=(said("excluded_heading"), tuple(_left_out(said, filling, labels))),
        reach=(said("reach_heading"), (guide.reach(filling.reach).help.get(language), said("until"))),
        decide=(said("decide_heading"), tuple(_points(said, filling, told))),
        identity=said("identity"),
        time="",
        kinds=labels,
        youth=filling.youth,
    )
    return _timed(made, said)


def paper(filling: Filling, language: str) -> dict[str, str]:
    """What stands on the sheet below the text when the answer is given on paper, by what it is for."""
    said = _Said(language, filling)
    keys = (key for key in _words(TEXT_VERSION)[language] if key.startswith("paper_") and not key.endswith("_youth"))
    return {key.removeprefix("paper_"): said(key) for key in keys}


def _told(guide: Guide, filling: Filling, language: str) -> dict[str, str]:
    """The guide's own sentences; to a young person, who answers alone, those of the national guide say du."""
    usual, words = national().consent.told, _words(TEXT_VERSION)[language]
    told = {code: one.get(language) for code, one in guide.consent.told.items()}
    if not filling.youth:
        return told
    own = {code for code, said in told.items() if code not in usual or said != usual[code].get(language)}
    return {code: said if code in own else words.get(f"told_{code}_youth", said) for code, said in told.items()}


def _timed(text: Text, said: _Said) -> Text:
    asked = "\n".join(f"{label}. {meaning}" for label, meaning in text.kinds.values())
    needed = minutes(f"{text.plain}\n{asked}")
    time = said("reads_in_one") if needed == 1 else said("reads_in_more").format(minutes=needed)
    return replace(text, time=time)


@dataclass(frozen=True)
class _Said:
    """Finds a sentence and fills it. What people wrote is put in last, and never looked at."""

    language: str
    filling: Filling

    def __call__(self, key: str) -> str:
        words = _words(TEXT_VERSION)[self.language]
        to = "youth" if self.filling.youth else "care" if self.filling.care else ""
        found = words.get(f"{key}_{to}", words[key])
        with translation.override(self.language):
            sentence = spoken(found)
        asked = self.filling
        values = {"asker": asked.asker, "receiver": asked.receiver, "day": day(asked.until, self.language)}
        return _put(sentence, values)


def _put(sentence: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence


def _left_out(said: _Said, filling: Filling, labels: Mapping[str, tuple[str, str]]) -> Iterable[str]:
    """What is explicitly not shared: the kinds that are not asked about, and what the asker wrote."""
    rest = [labels[kind][0] for kind in Kind if kind not in filling.kinds and kind is not Kind.IDENTITY]
    if rest:
        yield said("not_asked").replace("{kinds}", ", ".join(rest))
    if filling.excluded:
        yield filling.excluded


def _points(said: _Said, filling: Filling, told: Mapping[str, str]) -> Iterable[str]:
    yield told["voluntary"]
    yield told["parts"]
    yield f"{told['withdraw']} {told['kept']}"
    if filling.youth:
        yield told["youth"]
    elif not filling.care:
        yield said("one_enough") if filling.one_enough else told["both"]
    yield said("orally")
    yield said("again")
    yield told["silence"]
    yield told["danger"]
