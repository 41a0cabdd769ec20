"""Finds where somebody lives in a text, however it is written: the last look at all that leaves the house.

A known piece of geodata (an address, a postal code, a place, a unit, a telephone number) is held against a text in
which case, look-alike letters, invisible characters, separators and word endings no longer tell two spellings apart.
What is found is told by sort, never by value. Source: the requirements to such systems in folkeregisterloven § 10-4 and
beskyttelsesinstruksen § 7; the reprimands of 2022 and 2023 about an address inside an attached report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a piece of geodata is."""

    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    PLACE = "place"
    UNIT = "unit"
    PHONE = "phone"


@dataclass(frozen=True)
class Known:
    """One piece of geodata of somebody who is protected, as it is registered."""

    sort: Sort
    value: str


_ALIKE = str.maketrans(
    {
        "æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "đ": "d", "ß": "ss", "ł": "l", "ı": "i", "ŋ": "n", "þ": "th",
        "œ": "oe",
        # Cyrillic and Greek letters that look like Latin ones.
        "а": "a", "в": "b", "е": "e", "ё": "e", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
        "с": "c", "т": "t", "у": "y", "х": "x", "ѕ": "s", "ԁ": "d", "ɡ": "g", "ӏ": "l", "ԛ": "q", "ԝ": "w", "п": "n",
        "г": "r", "ь": "b", "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ɩ": "i", "ʟ": "l", "ʀ": "r", "ɴ": "n", "ꞵ": "b",
    }
)  # fmt: skip
_DIGITS_ALIKE = {"o": "0", "l": "1", "i": "1", "s": "5", "b": "8"}
_ENDINGS = {
    "veg": ("vegen", "veien", "vegane", "veiene", "veg", "vei", "vn", "vg", "v"),
    "gat": ("gaten", "gata", "gate", "gatene", "gt", "g"),
    "plass": ("plassen", "plass", "pl"),
    "stred": ("stredet", "strede", "str"),
    "all": ("alleen", "alle", "al"),
    "terrass": ("terrassen", "terrasse", "terr", "ter"),
    "tun": ("tunet", "tun"),
    "bakk": ("bakken", "bakke", "bakkane", "bk"),
    "li": ("liene", "lien", "lia", "li"),
    "ring": ("ringen", "ring"),
    "sving": ("svingen", "sving"),
    "smug": ("smuget", "smug"),
    "haug": ("haugen", "haug", "hgn"),
    "torg": ("torget", "torg", "tg"),
}
"""What a road may be called, in both written languages and short, by the part that all share."""
_KINDS = {
    "barnehag": ("barnehagen", "barnehage", "barnehagene", "bhg", "bh", "b hage"),
    "skol": (
        "barneskole",
        "barneskule",
        "ungdomsskole",
        "ungdomsskule",
        "skolen",
        "skulen",
        "skole",
        "skule",
        "sk",
        "usk",
    ),
    "senter": ("krisesenteret", "krisesenter", "senteret", "senter", "ks"),
    "helsestasjon": ("helsestasjonen", "helsestasjon", "hst", "hs"),
}
"""What a unit may be called at the end of its name."""
_GENERAL = frozenset(
    "skole skolen skule skulen barnehage barnehagen senter senteret helsestasjon krisesenter nav".split()
)
_SHORTEST = 4
"""A name that is shorter is found only together with what follows it."""
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_GAP = r"[\W_]{0,3}"
_TAIL = r"(?:s|es|en|et|a|ane|ene|ne|er|ar|e|n|t|ens|ets|as)?"


def plain(text: str) -> str:
    """The text as it is compared: small Latin letters without accents, digits, and what separates them.

    Invisible characters vanish, so that a soft hyphen or a joiner inside a word hides nothing.
    """
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    composed = composed.replace("aa", "a")  # å is written so where a keyboard has none
    split = unicodedata.normalize("NFD", composed)
    kept = (one for one in split if unicodedata.category(one) not in ("Mn", "Cf", "Me"))
    return (
        "".join(_digit(one) for one in kept).translate(_ALIKE).replace("ae", "a").replace("oe", "o").replace("aa", "a")
    )


def _digit(one: str) -> str:
    """Digits of any script are these ten."""
    return str(unicodedata.digit(one)) if one.isdigit() and not one.isascii() else one


def found(text: str, known: Iterable[Known]) -> list[Known]:
    """Which known geodata the text holds, in the order given."""
    compared = plain(text)
    return [one for one in known if any(pattern.search(compared) for pattern in patterns(one))]


def patterns(known: Known) -> tuple[re.Pattern[str], ...]:
    """What the plain text is searched for; none for a value too short to mean anything."""
    cached = _cache.get(known)
    if cached is None:
        cached = _cache[known] = tuple(re.compile(one) for one in _MAKERS[known.sort](plain(known.value)))
        if len(_cache) > _MOST:
            _cache.pop(next(iter(_cache)))
    return cached


_cache: dict[Known, tuple[re.Pattern[str], ...]] = {}
_MOST = 5000


def _loose(word: str) -> str:
    """The word with up to three separators between any two letters, and a digit for a letter that looks like it."""
    return _GAP.join(_one(letter) for letter in word if letter.isalnum())


def _one(letter: str) -> str:
    """`plain` makes one letter of oe, aa and ae, but not when something stands between the two."""
    digit = _DIGITS_ALIKE.get(letter)
    same = f"[{letter}{digit}]" if digit else re.escape(letter)
    second = {"o": "e", "a": "[ae]"}.get(letter)
    return f"{same}(?:{_GAP}{second})?" if second else same


def _words(value: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", value) if word]


def _address(value: str) -> Iterator[str]:
    """The road, with or without its number; a road with a short name only with its number."""
    match = re.match(r"^(.*?)[\s,]*(\d+)\s*([a-z]?)\b.*$", value)
    road, number = (match[1], match[2]) if match else (value, "")
    name, endings = _parted("".join(_words(road)), _ENDINGS)
    if not name:
        return
    ending = f"{_GAP}(?:{'|'.join(map(_loose, endings))})" if endings else ""
    whole = rf"(?<![a-z]){_loose(name)}{ending}"
    after = rf"{_GAP}{_GAP}{_grouped(number)}" if number else ""
    if len(name) >= _SHORTEST or len(road) >= 2 * _SHORTEST:
        long = [form for form in endings if len(form) >= _SHORTEST - 1]
        alone = f"{_GAP}(?:{'|'.join(map(_loose, long))})" if endings else ""
        yield rf"(?<![a-z]){_loose(name)}{alone}{_TAIL}(?![a-z])"
    if number:
        yield rf"{whole}{_TAIL}{after}(?!\d)"


def one_road(value: str) -> str:
    """A road in one spelling, whichever ending it is written with."""
    name, endings = _parted("".join(_words(plain(value))), _ENDINGS)
    return name + endings[0] if endings else name


def _parted(word: str, endings: dict[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """The word without its ending, and all that the ending may be written as."""
    for forms in endings.values():
        for form in sorted(forms, key=len, reverse=True):
            if len(form) > 1 and word.endswith(form) and len(word) > len(form) + 1:
                return word[: -len(form)], forms
    return word, ()


def _grouped(digits: str) -> str:
    return _GAP.join(digits)


def _postal_code(value: str) -> Iterator[str]:
    """Four digits that stand alone; one that could be a year only where it cannot be one."""
    digits = "".join(re.findall(r"\d", value))
    if len(digits) != 4:
        return
    spread = r"[\s.\-]?".join(digits)
    if _YEAR.match(digits):
        yield rf"\bno?[\s\-]*{spread}(?!\d)"
        yield rf"(?:post(?:nr|nummer|kode|adresse)?|,)[\s.:]*{spread}[\s,]+[a-z]{{3,}}"
    else:
        yield rf"(?<![\d.,:])(?:no?[\s\-]*)?{spread}(?![\d]|[.,]\d)(?!\s*(?:kr|nok|kroner|m2|km|kg|meter)\b)"


def _place(value: str) -> Iterator[str]:
    name = "".join(_words(value))
    if len(name) >= _SHORTEST:
        yield rf"(?<![a-z]){_loose(name)}{_TAIL}(?![a-z])"
        yield rf"(?<![a-z]){_loose(name)}{_GAP}(?:omradet|bygda|sentrum|distriktet|kommune)"
    elif name:
        yield rf"(?:\d{{4}}|\b(?:i|pa|til|fra))\s+{_loose(name)}(?![a-z])"


def _unit(value: str) -> Iterator[str]:
    """The name with what kind of unit it is, in any of its forms; a long name of one word also alone."""
    words = _words(value)
    if not words:
        return
    kind = next((forms for stem, forms in _KINDS.items() if words[-1].startswith(stem) or words[-1] in forms), ())
    if kind and len(words) > 1:
        own = "".join(words[:-1])
        forms = "|".join(map(_loose, sorted(kind, key=len, reverse=True)))
        yield rf"(?<![a-z]){_loose(own)}s?{_GAP}(?:{forms})s?(?![a-z])"
        if len(own) >= 2 * _SHORTEST:
            yield rf"(?<![a-z]){_loose(own)}{_TAIL}(?![a-z])"
    elif "".join(words) not in _GENERAL and len("".join(words)) >= _SHORTEST:
        yield rf"(?<![a-z]){_loose(''.join(words))}{_TAIL}(?![a-z])"


def _phone(value: str) -> Iterator[str]:
    digits = "".join(re.findall(r"\d", value))
    national = digits.removeprefix("00").removeprefix("47") if len(digits) > 8 else digits
    if len(national) >= 5:
        yield rf"(?<!\d)(?:(?:\+|00)?\W?47{_GAP})?{_GAP.join(national)}(?!\d)"


_MAKERS = {
    Sort.ADDRESS: _address,
    Sort.POSTAL_CODE: _postal_code,
    Sort.PLACE: _place,
    Sort.UNIT: _unit,
    Sort.PHONE: _phone,
}
