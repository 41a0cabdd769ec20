"""The last look at all that leaves the house. Whoever sends passes it; without a watcher nothing leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from html import unescape
from uuid import UUID

Watcher = Callable[[Sequence[str], Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Mail:
    """An e-mail that was held: which, to whom in which capacity, all that could be read, and what matters of it."""

    dispatch: UUID
    recipient: UUID
    capacity: str
    parts: Sequence[str]
    content: Sequence[str]


Keeper = Callable[[Mail], None]
_watchers: list[Watcher] = []
_keepers: list[Keeper] = []
UNREADABLE = "unreadable"
TAG = re.compile(r"<[^>]*>")


class Held(Exception):
    """What was to leave holds something that may not. `sorts`: what was found, never the words themselves."""

    def __init__(self, sorts: Sequence[str]) -> None:
        super().__init__("held: " + ", ".join(sorts))
        self.sorts = tuple(sorts)


def watched_by(watcher: Watcher) -> None:
    """A higher room looks at everything that leaves (called once, at start): it answers what it found, by sort.

    It is given all that could be read, and what matters of it: to whom and in which words, the same at each try.
    """
    if watcher not in _watchers:
        _watchers.append(watcher)


def kept_by(keeper: Keeper) -> None:
    """A higher room keeps what was held, so that two people can look at it (called once, at start)."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def keep(mail: Mail) -> None:
    """An e-mail is held."""
    for keeper in _keepers:
        keeper(mail)


def look_over(parts: Iterable[str], content: Sequence[str] | None = None) -> None:
    """Raises Held when a part (a subject, a text, a file's name, its text or its metadata) may not leave.

    content: what matters of it, when that is less than the parts. Also held when nobody watches: what cannot be looked
    at stays.
    """
    told = [part for part in parts if part]
    what = told if content is None else list(content)
    found = [sort for watcher in _watchers for sort in watcher(told, what)]
    if found or not _watchers:
        raise Held(sorted(set(found)) or ["unwatched"])


def of_mail(message: Message) -> list[str]:
    """Everything in an e-mail that somebody could read: headers, texts, names of files and texts inside them.

    The receivers' own addresses are left out. Raises Held when a part is no text: what cannot be read stays.
    """
    headers = [(name, value) for name, value in message.items() if name.casefold() not in ("to", "cc", "bcc")]
    try:
        parts = [f"{name}: {make_header(decode_header(value))}" for name, value in headers]
        for part in message.walk():
            parts += [part.get_filename() or "", *_texts(part)]
    except (LookupError, ValueError):  # letters that nobody here knows
        raise Held([UNREADABLE]) from None
    return parts


def _texts(part: Message) -> list[str]:
    """What stands in one part; for a page, also as it is read: without tags, across which a word may run."""
    if part.is_multipart():
        return []
    body = part.get_payload(decode=True)
    if part.get_content_maintype() != "text" or not isinstance(body, bytes):
        raise Held([UNREADABLE])
    text = body.decode(part.get_content_charset() or "utf-8", "replace")
    if part.get_content_subtype() == "plain":
        return [text]
    return [text, unescape(TAG.sub("", text)), unescape(TAG.sub(" ", text))]
