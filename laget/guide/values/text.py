"""Text in the reader's language, and finding a thing by its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

LANGUAGES = ("nb", "nn", "en")


class UnknownCode(LookupError):
    """The guide of that version has no such code."""


@dataclass(frozen=True)
class Text:
    """What people read, in bokmål, English and nynorsk. `written` is the form of Norwegian the municipality writes."""

    nb: str
    en: str
    nn: str = ""
    written: str = "nb"

    def get(self, language: str | None) -> str:
        """English when asked for; else Norwegian: nynorsk when the reader or the municipality uses it, else bokmål.

        A language that the guide does not have is answered in the municipality's own.
        """
        if (language or "").startswith("en") and self.en:
            return self.en
        nynorsk = self.written == "nn" or (language or "").startswith("nn")
        return (self.nn or self.nb if nynorsk else self.nb or self.nn) or self.en


class Coded(Protocol):
    @property
    def code(self) -> str: ...


_C = TypeVar("_C", bound=Coded)


def find(items: Iterable[_C], code: str) -> _C:
    """The one with this code. Raises UnknownCode."""
    for one in items:
        if one.code == code:
            return one
    raise UnknownCode(code)
