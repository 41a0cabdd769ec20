"""Finds in a text what may tell who a child is: a national number is refused, the rest is pointed at."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from laget.people.rules import check_digits_hold

LENGTH = 11
D_NUMBER = 40
MONTHS = (0, 40, 65, 80)
"""What is added to the month of a national number: nothing, or one of the numbers of test populations."""
MOST_BETWEEN = 3
"""Characters that may stand between two digits of one number: spaces, dots, dashes and what cannot be seen."""


@dataclass(frozen=True)
class Hit:
    """A place in a text. `sort`: number, name, parent (a name to think twice about), phone, email, address, birth."""

    sort: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Excerpt:
    """A hit with a little of what stands around it, to be shown."""

    before: str
    hit: str
    after: str


def national_numbers(text: str) -> list[Hit]:
    """Every place where a national number stands, in any digits and with any spacing.

    Eleven digits that begin with a date are taken for one, also with a wrong check digit: a slip of the pen still tells
    who it is. Inside a longer row of digits the check digits must hold.
    """
    found: list[Hit] = []
    for run in _runs(text):
        digits = "".join(str(unicodedata.digit(text[place])) for place in run)
        for first in range(len(run) - LENGTH + 1):
            eleven = digits[first : first + LENGTH]
            if _like_a_date(eleven) and (len(run) == LENGTH or check_digits_hold(eleven)):
                start, end = run[first], run[first + LENGTH - 1] + 1
                found.append(Hit("number", start, end, text[start:end]))
                break
    return found


def _runs(text: str) -> Iterator[list[int]]:
    """Places of digits that stand together, with no letter and little else between them."""
    run: list[int] = []
    for place, one in enumerate(text):
        if unicodedata.digit(one, None) is not None:
            if run and not _together(text[run[-1] + 1 : place]):
                yield run
                run = []
            run.append(place)
    if run:
        yield run


def _together(between: str) -> bool:
    seen = [one for one in between if unicodedata.category(one) not in ("Cf", "Mn")]
    return len(seen) <= MOST_BETWEEN and not any(one.isalpha() for one in seen)


def _like_a_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= D_NUMBER * (day > D_NUMBER)
    return any(_is_date(day, month - more, century + year) for more in MONTHS for century in (1900, 2000))


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


# Whatever may repeat is bounded: a hostile text of full length costs no more than its length.
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOPS = frozenset('.!?:…\n\r«"“(–—•*-')
_BEFORE = " \t\n\r\v\f\u00a0«\"“'’(*-"
"""What may stand between the end of a sentence and the first word of the next."""
LOOK_BACK = 40
"""Characters before a word in which the end of a sentence is looked for."""
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+|00)47[ ]?)?[2-9]\d(?:[ ]?\d){6}(?![\d])")
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.[^\W\d_]{2,24}")
_ADDRESS = re.compile(
    r"\b[^\W\d_][\w-]{0,60}(?:veien|vegen|vei|veg|gata|gaten|gate|svingen|stien|bakken|lia|allé|alleen|plassen|torget|kroken"
    r"|terrasse|tunet)\s{1,4}\d{1,4}\s?[a-z]?\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\bf(?:ødt|\.|\.d\.)\s{0,4}(?:den\s{0,4})?\d{1,2}[./-]\s?\d{1,2}(?:[./-]\s?\d{2,4})?", re.IGNORECASE
)
_PATTERNS = (("email", _EMAIL), ("phone", _PHONE), ("address", _ADDRESS), ("birth", _BIRTH))

KNOWN = frozenset(
    """
    nav bup ppt sfo aks bti pedagogisk barnehagen skolen norge norsk norske oslo jul påske ramadan id eid jeg vi han hun
    de det dette mandag tirsdag onsdag torsdag fredag lørdag søndag barnevernet politiet helsestasjonen youtube tiktok
    snapchat instagram minecraft roblox fortnite ipad facebook messenger spotify lego pokemon frozen
    """.split()
)
"""Words that are written with a capital letter and name nobody."""


def hints(text: str, known_names: Iterable[str] = ()) -> list[Hit]:
    """What may tell who it is: names, telephone, e-mail, address, birth date. In order, without overlap.

    `known_names` are names that the writer may see anyway: a name the writer may not see is found by its capital letter
    or not at all, so that a warning never tells that somebody is known here.
    """
    found = [Hit(sort, *one.span(), one.group()) for sort, pattern in _PATTERNS for one in pattern.finditer(text)]
    taken = [*national_numbers(text), *found]
    known = {part for name in known_names for part in (name.casefold(), *_WORD.findall(name.casefold()))}
    found += [one for one in _names(text, known) if not _overlaps(one, taken)]
    return sorted(found, key=lambda one: one.start)


def _overlaps(one: Hit, others: Iterable[Hit]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _names(text: str, known: set[str]) -> Iterator[Hit]:
    """Names in a row are one: Emil Strand."""
    words = list(_WORD.finditer(text))
    spans = [one.span() for one in ordinary_phrases().finditer(text)]
    named = [
        _is_name(text, words, place, known) and not any(start <= words[place].start() < end for start, end in spans)
        for place in range(len(words))
    ]
    place = 0
    while place < len(words):
        first = place
        while place < len(words) and named[place] and (place == first or _beside(text, words[place - 1], words[place])):
            place += 1
        if place > first:
            start, end = words[first].start(), words[place - 1].end()
            yield Hit("name", start, end, text[start:end])
        else:
            place += 1


def _beside(text: str, one: re.Match[str], next_one: re.Match[str]) -> bool:
    return text[one.end() : next_one.start()].strip(" ") == ""


def _is_name(text: str, words: list[re.Match[str]], place: int, known: set[str]) -> bool:
    word = words[place].group()
    if not _capital(word) or word.casefold() in KNOWN or _of_law(word):
        return False
    if {word.casefold(), word.casefold().removesuffix("s")} & (known | common_names()):
        return True
    if not _begins_sentence(text, words[place].start()):
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    return (
        after is not None
        and _beside(text, words[place], after)
        and _capital(after.group())
        and after.group().casefold() not in KNOWN
    )


def _begins_sentence(text: str, place: int) -> bool:
    near = text[max(0, place - LOOK_BACK) : place]
    rest = near.rstrip(_BEFORE)
    if not rest:
        return place <= LOOK_BACK or not _STOPS.isdisjoint(near)
    return rest[-1] in _STOPS or not _STOPS.isdisjoint(near[len(rest) :])


def _of_law(word: str) -> bool:
    """A law, a duty or a directorate, which many write with a capital, and what is listed as ordinary."""
    folded = word.casefold()
    return folded in ordinary_words() or folded.endswith(("loven", "lova", "plikten", "plikta", "direktoratet"))


def _capital(word: str) -> bool:
    """A capital first, and not an abbreviation in capitals."""
    return word[0].isupper() and len(word) > 1 and not word.isupper()


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("laget.people").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def common_names() -> frozenset[str]:
    """Common given names that are no ordinary word too, so that one that begins a sentence is found."""
    return frozenset(_data("given_names")["names"].casefold().split())


@cache
def surnames() -> frozenset[str]:
    """Common family names that are no ordinary word too."""
    return frozenset(_data("family_names")["names"].casefold().split())


@cache
def ordinary_words() -> frozenset[str]:
    """Bodies, diagnoses and methods: written with a capital, and the name of nobody."""
    return frozenset(_data("ordinary_names")["words"].split())


@cache
def ordinary_phrases() -> re.Pattern[str]:
    """The same in several words."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _data('ordinary_names')['phrases']))})\b", re.IGNORECASE)


def strangers(found: Iterable[Hit], known: Collection[str], told: Collection[str]) -> list[Hit]:
    """What is worth asking about where those in the team may be named: names of others, and all that is no name.

    known: the names of those who may be named. told: the names of those about whom one thinks twice (a parent): a hit
    with such a name is of the sort "parent".
    """
    fine, twice = {part for name in known for part in _parts(name)}, {part for name in told for part in _parts(name)}
    given = {part for name in known for part in _parts(name)[:1]}
    kept = []
    for one in found:
        parts = set(_without_beginning(_parts(one.text), given)) if one.sort == "name" else set()
        if parts & (twice - fine):
            kept.append(replace(one, sort="parent"))
        elif not parts or not parts <= fine:
            kept.append(one)
    return kept


def _parts(name: str) -> list[str]:
    """The words of a name, without the s of what is somebody's."""
    words = [word for word in _WORD.findall(name.casefold()) if len(word) > 1]
    return [word.removesuffix("s") if len(word) > 2 else word for word in words]


def _without_beginning(words: list[str], given: Collection[str]) -> list[str]:
    """«Helst Maja» is a sentence that begins beside the given name of somebody known, and nobody called Helst."""
    begins = len(words) == 2 and words[1] in given and words[0] not in common_names()
    return words[1:] if begins else words


AROUND = 24


def excerpt(text: str, hit: Hit) -> Excerpt:
    """The place with a little around it."""
    before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return Excerpt(before.replace("\n", " "), text[hit.start : hit.end], after.replace("\n", " "))
