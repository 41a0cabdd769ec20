"""How days, moments, names, numbers and what people wrote are shown, in the reader's language and Oslo's time."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from laget.kernel.period import FOREVER_DAY
from laget.kernel.text import N_

Day = dt.date
Moment = dt.datetime
OSLO = ZoneInfo("Europe/Oslo")
SPOKEN = {"nb": "nb", "en": "en_GB"}
_PATTERN = "EEEE d. MMMM y"
_PATTERN_SHORT = "d. MMMM y"
_NORWEGIAN_DIGITS = 8
_KEPT = "\n\t\u200d\u00ad"  # line, tab, what joins an emoji, soft hyphen
OVER_DJANGO = (N_("This field is required."),)
"""What Django says stiffly; our catalogue comes before its own."""
_HARMFUL = {"Cc", "Cf", "Cs", "Co"}
_SECTION = re.compile(r"(?<=§) (\d+(?:-\d+)?(?: [a-z](?![\w-]))?)")
_DASHED = re.compile(r"(?:§\u00a0|(?<![\w-]))\d+-\d+(?![\w-])")
_NOT_SHOWN = re.compile(r"(<textarea\b.*?</textarea>|<[^>]*>)", re.DOTALL)
_PLAIN = re.compile(r"<(?:title|option|text|desc)\b")


def _locale() -> str:
    return SPOKEN.get((get_language() or "nb").split("-")[0], "nb")


def _day(value: Day | Moment) -> Day:
    """The day in Oslo; a moment without a zone is a mistake, since nobody knows which day it is."""
    if not isinstance(value, Moment):
        return value
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(OSLO).date()


def _endless(value: Day | Moment) -> bool:
    return _day(value) >= FOREVER_DAY


def _written(value: Day | Moment | None, pattern: str) -> str:
    if value is None:
        return ""
    if _endless(value):
        return _("until further notice")
    locale = _locale()
    return format_date(_day(value), pattern if locale == "nb" else pattern.replace(".", ""), locale=locale)


def date(value: Day | Moment | None) -> str:
    """`tirsdag 3. mars 2027`."""
    return _written(value, _PATTERN)


def short_date(value: Day | Moment | None) -> str:
    """`3. mars 2027`."""
    return _written(value, _PATTERN_SHORT)


def time(value: Moment | None) -> str:
    """`12.30` in Norwegian, `12:30` in English."""
    if value is None:
        return ""
    _day(value)
    return value.astimezone(OSLO).strftime("%H.%M" if _locale() == "nb" else "%H:%M")


def datetime(value: Day | Moment | None) -> str:
    """`tirsdag 3. mars 2027 kl. 12.30`; a date has no time of day."""
    if value is None or not isinstance(value, Moment) or _endless(value):
        return date(value)
    return _("%(day)s at %(time)s") % {"day": date(value), "time": time(value)}


def machine(value: Day | Moment | None) -> str:
    """For the `datetime` attribute of <time>."""
    if value is None or _endless(value):
        return ""
    return value.astimezone(OSLO).isoformat(timespec="minutes") if isinstance(value, Moment) else value.isoformat()


def until(value: Day | Moment | None, today: Day | Moment) -> str:
    """`i dag`, `i morgen`, `om 3 dager`, `for 2 dager siden`: days from `today` to `value`."""
    if value is None or _endless(value):
        return date(value)
    days = (_day(value) - _day(today)).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def days_between(start: Day | Moment, end: Day | Moment) -> str:
    """`12 dager`: how long something lasted."""
    days = (_day(end) - _day(start)).days
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def clean(value: object) -> str:
    """The text without control characters and without characters that turn the direction of the text around them."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _HARMFUL)


def initials(value: object) -> str:
    """`NH` of `Nora Hansen`: first letter of the first and the last word."""
    parts = [word for word in re.split(r"[\s\-]+", clean(value)) if word and word[0].isalnum()]
    if not parts:
        return "?"
    chosen = parts[:1] if len(parts) == 1 else [parts[0], parts[-1]]
    return "".join(word[0] for word in chosen).upper()


def person(value: object) -> Markup:
    """A name that cannot turn the direction of the sentence it stands in."""
    return Markup("<bdi>{}</bdi>").format(clean(value))


def paragraphs(value: object) -> Markup:
    """What a person wrote: escaped, an empty line begins a paragraph, a line break stays one."""
    blocks = re.split(r"\n[ \t]*\n\s*", clean(value).strip())
    shown = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks if block)
    return Markup("").join(Markup('<p class="ds-paragraph" dir="auto">{}</p>').format(block) for block in shown)


def tel(value: object) -> str:
    """For `tel:` links: digits and a leading plus."""
    text = str(value).strip()
    return ("+" if text.startswith("+") else "") + re.sub(r"[^0-9]", "", text)


def phone(value: object) -> str:
    """`22 33 44 55`: eight digits in pairs (mobile numbers too), others as they were written."""
    digits = tel(value)
    plain = digits.removeprefix("+47")
    if len(plain) == _NORWEGIAN_DIGITS and plain.isdigit():
        return "\u00a0".join(plain[i : i + 2] for i in range(0, _NORWEGIAN_DIGITS, 2))
    return clean(value)


def unbroken(text: str) -> str:
    """A section stays on one line: neither the space after § nor the one before its letter (§ 13 b) breaks."""
    return _SECTION.sub(lambda found: "\u00a0" + found[1].replace(" ", "\u00a0"), text) if "§ " in text else text


def unbroken_page(html: str) -> str:
    """The same for what a page shows; what stands in its tags and in its fields is left as it was typed.

    Browsers break § 4-2 after the hyphen too, but for where markup says no: whoever copies it gets the plain text.
    """
    if "§ " not in html:
        return html
    parts = _NOT_SHOWN.split(html)
    for number in range(0, len(parts), 2):
        if "§" in parts[number]:
            text = unbroken(parts[number])
            plain = number > 0 and _PLAIN.match(parts[number - 1])
            parts[number] = text if plain else _DASHED.sub(r'<span class="one-line">\g<0></span>', text)
    return "".join(parts)
