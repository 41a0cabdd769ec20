"""What a national number, a name and a piece of text must be before the house takes them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from laget.kernel.text import N_

SYNTHETIC_MONTHS = 80
"""Numbers that belong to nobody have 80 added to the month (Skatteetaten's test population)."""
D_NUMBER_DAYS = 40
"""Numbers for people not settled in Norway have 40 added to the day."""
NEW_SERIES = date(2032, 1, 1)
"""From this day the register gives numbers whose first check digit may leave a remainder of 0 to 3 (Skatteetaten)."""

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NEW_REMAINDERS = frozenset({0, 1, 2, 3})
_CENTURIES = (
    (range(500), range(100), 1900),
    (range(500, 750), range(54, 100), 1800),
    (range(500, 1000), range(40), 2000),
    (range(900, 1000), range(40, 100), 1900),
)
"""Which individual numbers and two-digit years belong to which century, by the rule before 2032."""

MALFORMED = N_("A national number has eleven digits and nothing else but spaces.")
WRONG_LENGTH = N_("A national number has eleven digits. Count them again.")
IMPOSSIBLE_DATE = N_("The first six digits are not a date. They are day, month and year of birth.")
WRONG_CHECK_DIGITS = N_("One or more digits are wrong. Check the number once more.")
NOT_BORN_YET = N_("The number belongs to somebody who is not born yet. Check the number once more.")


class InvalidNationalNumber(ValueError):
    """The text is no national number; `reason` is a msgid that says what to do. Never holds the digits."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TextTooLong(ValueError):
    """A text is longer than there is room for; nothing is cut without the writer."""

    reason = N_("The text is too long. There is room for %(limit)s characters.")

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(f"{length} characters, room for {limit}")
        self.limit = limit
        self.length = length


@dataclass(frozen=True)
class NationalNumber:
    """A number that holds. `born` is the best reading: from 2032 the number no longer tells the century by itself."""

    digits: str
    born: date
    synthetic: bool
    d_number: bool

    def __repr__(self) -> str:
        return "NationalNumber(…)"


def read_national_number(text: str, today: date) -> NationalNumber:
    """Reads a national number or D-number as people type it. Raises InvalidNationalNumber with the first fault.

    Holds for numbers before and after 2032. Month + 40 and + 65 (other test populations) are refused as no date.
    """
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal()):
        raise InvalidNationalNumber(MALFORMED)
    if len(digits) != 11:
        raise InvalidNationalNumber(WRONG_LENGTH)
    day, month = int(digits[:2]), int(digits[2:4])
    d_number, synthetic = day > D_NUMBER_DAYS, month > SYNTHETIC_MONTHS
    day, month = day - D_NUMBER_DAYS * d_number, month - SYNTHETIC_MONTHS * synthetic
    dates = _dates(day, month, int(digits[4:6]))
    if not dates:
        raise InvalidNationalNumber(IMPOSSIBLE_DATE)
    if not check_digits_hold(digits):
        raise InvalidNationalNumber(WRONG_CHECK_DIGITS)
    return NationalNumber(digits, _born(digits, dates, today), synthetic, d_number)


def check_digits_hold(digits: str) -> bool:
    """Whether both check digits fit, by the rule before 2032 or the one after (which includes it)."""
    numbers = [int(one) for one in digits]
    first = sum(weight * one for weight, one in zip(_FIRST, numbers, strict=False)) % 11
    second = sum(weight * one for weight, one in zip(_SECOND, numbers, strict=True)) % 11
    return first in _NEW_REMAINDERS and second == 0


def _dates(day: int, month: int, year: int) -> dict[int, date]:
    """The days the six digits can mean, by century."""
    found = {}
    for century in (1800, 1900, 2000):
        try:
            found[century] = date(century + year, month, day)
        except ValueError:
            continue
    return found


def _born(digits: str, dates: dict[int, date], today: date) -> date:
    """The date of birth: by the century of the individual number, or the youngest that has been born."""
    individual, year = int(digits[6:9]), int(digits[4:6])
    old_rule = sum(weight * int(one) for weight, one in zip(_FIRST, digits, strict=False)) % 11 == 0
    centuries = {
        century for numbers, years, century in _CENTURIES if old_rule and individual in numbers and year in years
    }
    if today >= NEW_SERIES and individual >= 900:
        centuries |= {1900, 2000}
    readings = [dates[one] for one in sorted(centuries or {1900, 2000}) if one in dates]
    if not readings:
        raise InvalidNationalNumber(IMPOSSIBLE_DATE)
    past = [one for one in readings if one <= today]
    if not past:
        raise InvalidNationalNumber(NOT_BORN_YET)
    return past[-1]


def synthetic_number(born: date, serial: int = 0) -> str:
    """A number that belongs to nobody (month + 80), the same each time for the same day and serial.

    For tests and the demonstration only. Serves births from 1900 to 2039; raises ValueError when a day is used up.
    """
    if not 1900 <= born.year <= 2039:
        raise ValueError("a synthetic number is made for births from 1900 to 2039")
    for found, digits in enumerate(synthetic_numbers(born)):
        if found == serial:
            return digits
    raise ValueError(f"no synthetic number with serial {serial} for that day")


def synthetic_numbers(born: date) -> Iterator[str]:
    """All numbers of one day that belong to nobody, one after the other: some 410. For births from 1900 to 2039."""
    stem = f"{born.day:02}{born.month + SYNTHETIC_MONTHS:02}{born.year % 100:02}"
    for individual in range(500) if born.year < 2000 else range(500, 1000):
        digits = _with_check_digits(f"{stem}{individual:03}")
        if digits:
            yield digits


def _with_check_digits(nine: str) -> str:
    """The eleven digits by the rule before 2032, or nothing when a check digit would be ten."""
    digits = nine
    for weights in (_FIRST, _SECOND):
        rest = -sum(weight * int(one) for weight, one in zip(weights, digits, strict=False)) % 11
        if rest == 10:
            return ""
        digits += str(rest)
    return digits


_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t", "œ": "ø"})
_RING = "\uf8ff"
_SORTED = str.maketrans({"z": "za", "æ": "zx", "ø": "zy", "å": "zz"})
_JOINTS = re.compile(r"[\s\-‐‑–'’`´.,]+")


def _plain(name: str) -> str:
    """Lower case without accents, joints as single spaces, aa as å; ä and ö as the Norwegian letters."""
    lowered = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    spaced = _JOINTS.sub(" ", lowered).strip().replace("aa", "å")
    kept = spaced.replace("å", _RING)
    return _without_accents(kept).replace(_RING, "å")


def _without_accents(text: str) -> str:
    """Latin letters without their marks; other scripts untouched, since there a mark may be a letter."""
    out: list[str] = []
    for one in text:
        parts = unicodedata.normalize("NFD", one)
        out.append(parts[0] if parts[0].isascii() or parts[0] in "æø" else one)
    return "".join(out)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings can be the same name: case, accents, hyphens and aa/å do not part them."""
    return _plain(one) == _plain(other)


def sort_key(name: str) -> str:
    """What to store beside a name to sort the Norwegian way: æ, ø, å last, aa as å.

    Only letters and spaces for Latin names, so that every collation of the database gives the same order.
    """
    return _plain(name).translate(_SORTED)


_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates: they can make a text read otherwise than it is stored."""


def within_a_sentence(title: str) -> str:
    """What somebody works as, written as inside a sentence: pedagogisk leder, but PP-rådgiver."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def clean_text(text: str, limit: int) -> str:
    """The text as it is stored: one form of each letter, no invisible controls, no blanks at the ends.

    Keeps line breaks, tabs, emoji and right-to-left text. Raises TextTooLong over `limit` characters.
    """
    one_break = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(one for one in one_break if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    cleaned = unicodedata.normalize("NFC", kept.translate(_BIDI).replace("\ufeff", "")).strip()
    if len(cleaned) > limit:
        raise TextTooLong(limit, len(cleaned))
    return cleaned
