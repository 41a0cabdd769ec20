"""When two answers are the same: all bytes but those that chance draws anew for each page."""

from __future__ import annotations

import re

from django.http import HttpResponse

CHANCE = tuple(
    re.compile(pattern)
    for pattern in (
        r'(?<=name="key" value=")[^"]*',
        r'(?<=name="csrfmiddlewaretoken" value=")[^"]*',
        r"(?<=&quot;)[A-Za-z0-9]{64}(?=&quot;)",  # the token as htmx sends it
        r'(?<=")[A-Za-z0-9]{64}(?=")',
        r'(?<=nonce=")[^"]*',
        r"(?<=nonce-)[^' ]*",
        r"\bx[0-9a-f]{10}\b",  # ids that only tie a label to its field
    )
)


def without_chance(text: str) -> str:
    for pattern in CHANCE:
        text = pattern.sub("·", text)
    return text


def comparable(answer: HttpResponse) -> tuple[int, str, str]:
    """Status, headers and body of an answer, as far as they say anything."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
    return answer.status_code, without_chance(headers), without_chance(answer.content.decode(errors="replace"))


def alike(*answers: tuple[HttpResponse, object]) -> bool:
    """Whether answers to addresses that differ in an id alone are the same; each is given with its id or address."""
    said = [tuple(str(part).replace(str(asked), "·") for part in comparable(answer)) for answer, asked in answers]
    return all(one == said[0] for one in said)


def as_read(answer: HttpResponse) -> str:
    """A page's markup, without what only keeps a section of an act on its line."""
    return _ONE_LINE.sub(r"\1", answer.content.decode())


_ONE_LINE = re.compile(r'<span class="one-line">(.*?)</span>')
