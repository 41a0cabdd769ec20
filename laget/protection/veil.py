"""A family that is protected reads no names of services, units or telephone numbers on any page: taken out at the gate.

Whoever looks over a shoulder, at a photograph of a screen, or at a telephone left behind, learns no place from it. What
is taken out is what stands in the directory, wherever a page or a person wrote it, so no page can forget it. Help
numbers and what a level means are left as they are (`data-for-all`): every family reads the same there, and a unit may
be called Children and youth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext

from laget.access.database import Beside, told_beside
from laget.directory.access import visible_positions, visible_units
from laget.kernel.actor import Actor

NAMES_WHOM = ("consents.",)
"""Pages that ask for a consent name the service, and no telephone: consent is given to somebody (GDPR 4 no. 11)."""
_TAGS = re.compile(r"(<[^>]*>)")
_READ = re.compile(r'((?:title|aria-label|alt|content|value|placeholder)=")([^"]*)(")')
_TAG = r"(?:<[^<>]{0,120}>)"
_BETWEEN_WORDS, _INSIDE_WORD = rf"(?:\s|{_TAG})+", rf"(?:-?{_TAG}+)?"
_ATTRIBUTE = r"(?:\s+[\w-]+(?:=\"[^\"]*\")?)"
_FOR_ALL = re.compile(rf"(<(\w+){_ATTRIBUTE}*?\s+data-for-all{_ATTRIBUTE}*\s*>.*?</\2>)", re.DOTALL)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_CALL = re.compile(r'<a\b[^>]*\shref="tel:([^"]*)"[^>]*>.*?</a>', re.DOTALL)


def veil(actor: Actor, page: str, children: Sequence[UUID], response: HttpResponse) -> None:
    """Change what a citizen with a protected child reads about children; nothing for anybody else."""
    if not actor.is_citizen or not children:
        return
    if "html" not in response.get("Content-Type", "") or not told_beside(Beside.HIDES):
        return
    names, phones = _places(actor)
    if page.startswith(NAMES_WHOM):
        names = []
    body = response.content.decode(response.charset)
    response.content = without_places(body, names, phones, gettext("a service")).encode(response.charset)


def without_places(html: str, names: Sequence[str], phones: Sequence[str], instead: str) -> str:
    """The page without these names and numbers: in its text, and in what is read aloud."""
    parts = _FOR_ALL.split(html)  # text, what is for all, the name of its element, text, …
    told = [_without(parts[at], names, phones, instead) for at in range(0, len(parts), 3)]
    return "".join(text for pair in zip(told, [*parts[1::3], ""], strict=True) for text in pair)


def _without(html: str, names: Sequence[str], phones: Sequence[str], instead: str) -> str:
    found = _words([escape(name) for name in names])
    numbers = _numbers(phones)
    instead = escape(instead)

    def cleaned(text: str) -> str:
        said = found.sub(lambda one: _begun(instead, text[: one.start()]), text) if found else text
        return numbers.sub("", said) if numbers else said

    def tag(part: str) -> str:
        return _READ.sub(lambda one: one[1] + cleaned(one[2]) + one[3], part)

    html = _joined(html, names, instead)
    if numbers is not None:
        html = _CALL.sub(lambda one: "" if numbers.search(one[1]) else one[0], html)
    parts = _TAGS.split(html)
    return "".join(tag(part) if part.startswith("<") else cleaned(part) for part in parts)


def _begun(instead: str, before: str) -> str:
    """With a capital where a line begins with it."""
    return instead if before.strip() else instead[:1].upper() + instead[1:]


def _words(names: Sequence[str]) -> re.Pattern[str] | None:
    """Whole words, the longest first; spaces and case as they come."""
    each = [r"\s+".join(map(re.escape, name.split())) for name in sorted(set(names), key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?:s)?(?!\w)", re.IGNORECASE) if each else None


def _across(names: Sequence[str]) -> re.Pattern[str] | None:
    """Names that a picture breaks into lines, with the tags between their words or inside a long one."""
    each = [
        _BETWEEN_WORDS.join(_INSIDE_WORD.join(re.escape(escape(letter)) for letter in word) for word in name.split())
        for name in sorted(set(names), key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w<])(?:{'|'.join(each)})(?!\w)", re.IGNORECASE) if each else None


def _joined(html: str, names: Sequence[str], instead: str) -> str:
    """The page with names that stand in several elements of a picture taken out, and the elements left as they were."""
    broken = _across(names)

    def one(found: re.Match[str]) -> str:
        if "<" not in found[0]:
            return found[0]
        return _begun(instead, _TAGS.split(found.string[: found.start()])[-1]) + "".join(_TAGS.findall(found[0]))

    return _PICTURE.sub(lambda picture: broken.sub(one, picture[0]), html) if broken else html


def _numbers(phones: Sequence[str]) -> re.Pattern[str] | None:
    each = [r"[\s.\-]?".join(number) for number in sorted(set(phones), key=len, reverse=True)]
    return re.compile(rf"(?<!\d)(?:(?:\+|00)?47\s?)?(?:{'|'.join(each)})(?!\d)") if each else None


def _places(actor: Actor) -> tuple[list[str], list[str]]:
    units = list(visible_units(actor))
    phones = visible_positions(actor).exclude(phone="").values_list("phone", flat=True)
    return list(_named(units)), [digits for phone in phones if (digits := re.sub(r"\D", "", phone)[-8:])]


def _named(units: Sequence[object]) -> Iterator[str]:
    for unit in units:
        for one in (unit, getattr(unit, "service", None)):
            name = " ".join(getattr(one, "name", "").split())
            if name:
                yield name
