"""Says whether a text is anonymous: stricter than what a writer is asked about, since here nobody goes past it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from laget.people.traces import Hit, common_names, hints, national_numbers, surnames

WORDS_TOO = frozenset(
    """
    ali anna august birk ella frode hans ine jan lea live max mina odin robin rune stian tone una vera vetle vilde vilja
    """.split()
)
"""Names that are ordinary words in small letters, in bokmål or nynorsk."""
_OURS = frozenset("abcdefghijklmnopqrstuvwxyzæøåéèêóòôâ")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DAY = rf"(?:den\s{{1,2}})?\d{{1,2}}(?:[./-]\s?\d{{1,2}}|\.?\s{{1,2}}(?:{_MONTH}))"
_PATTERNS = (
    ("birth", re.compile(
        rf"\b(?:fødd|født|fødselsdato\w{{0,2}}|fødselsdag\w{{0,4}}|bursdag\w{{0,4}}|fyller|fyl)\b\W{{0,3}}"
        rf"(?:(?:er|på|i|år|den)\s{{1,2}}){{0,3}}(?:{_DAY}|\d{{6}}\b|(?:{_MONTH})\s{{1,2}}\d{{2,4}})", re.IGNORECASE,
    )),
    ("name", re.compile(r"(?<![\w.])[A-ZÆØÅ]\.\s?[A-ZÆØÅ]\.")),
    ("name", re.compile(r"(?:^|(?<=[.!?:\n]\s)|(?<=\b(?:av|om|og)\s)|(?<=\b(?:hos|til|med|fra|frå|mot|for)\s))"
                        r"[A-ZÆØÅ]\.\s[A-ZÆØÅ][^\W\d_]{2,30}")),
    ("handle", re.compile(r"(?<![\w.])@\w[\w.]{2,40}|\b[^\W\d_]{2,30}_[^\W\d_]{2,30}\w{0,8}")),
    ("handle", re.compile(
        r"\b(?:facebook|instagram|tiktok|snapchat|youtube|linkedin|twitter|threads)\.(?:com|no|net)/\S{1,80}",
        re.IGNORECASE,
    )),
    ("vehicle", re.compile(r"\b[A-Z]{2}\s?\d{5}\b")),
    ("address", re.compile(r"\b(?:gnr|gårdsnr|gardsnr|bnr|bruksnr)\.?\s{0,2}\d{1,4}", re.IGNORECASE)),
    ("case", re.compile(r"\b(?:\d{2}|\d{4})/\d{3,6}(?:-\d{1,4})?\b")),
)  # fmt: skip
_SCHOOL_YEAR = re.compile(r"(20\d\d)/(20\d\d)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def tells(text: str, known_names: Iterable[str] = ()) -> list[Hit]:
    """All that may tell who it is, in order: what is asked about elsewhere, and what only an anonymous text lacks.

    Besides names, numbers and addresses: names in small or large letters, in other alphabets, initials, birthdays,
    names on the net, vehicles, properties and case numbers.
    """
    found = [*national_numbers(text), *hints(text, known_names)]
    for one in (*_patterns(text), *_names(text)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _patterns(text: str) -> Iterator[Hit]:
    for sort, pattern in _PATTERNS:
        for one in pattern.finditer(text):
            if not _is_school_year(one.group()):
                yield Hit(sort, *one.span(), one.group())


def _is_school_year(written: str) -> bool:
    years = _SCHOOL_YEAR.fullmatch(written)
    return years is not None and int(years[2]) == int(years[1]) + 1


def _names(text: str) -> Iterator[Hit]:
    for one in _WORD.finditer(text):
        if _names_somebody(one.group()):
            yield Hit("name", *one.span(), one.group())


def _names_somebody(word: str) -> bool:
    folded = word.casefold()
    plain = {folded, folded.removesuffix("s"), folded.rstrip("'’s")}
    if word[0].isupper() and plain & surnames():
        return True
    if word[0].islower() or word.isupper():
        return bool(plain & (common_names() - WORDS_TOO)) or not _latin(word)
    return not _latin(word) or not _OURS.issuperset(_letters(folded))


def _letters(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFC", word) if one.isalpha())


def _latin(word: str) -> bool:
    """A letter of another alphabet may begin a name, and nobody sees which: there small and large may be the same."""
    return all("LATIN" in unicodedata.name(one, "") for one in _letters(word))
