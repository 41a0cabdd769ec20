"""Knows which versions of the guide are loaded, and reads each of them once; asks the database only now and then.

A page asks many times and pays nothing: the list of versions is read again at most every few seconds, in one small
statement. A version never changes, so what has been read of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from laget.guide.reading import read_guide
from laget.guide.values import Guide

AGE = 3.0
"""Seconds that the list of versions is trusted. Within it every worker has seen a new version."""
KEPT = 24
"""How many versions are kept read. A municipality makes a few a year."""

Row = tuple[str, date]


@dataclass(frozen=True)
class Source:
    """Where versions come from: `rows` lists code and first day, the newest first; `text` gives one as TOML."""

    rows: Callable[[], Sequence[Row]]
    text: Callable[[str], str]


@dataclass(frozen=True)
class Known:
    """One version that has been loaded."""

    code: str
    valid_from: date

    def guide(self) -> Guide:
        if self.code not in _read:
            if len(_read) >= KEPT:
                _read.pop(next(iter(_read)))
            _read[self.code] = _state.source_text(self.code)
        return _read[self.code]


class _State:
    def __init__(self) -> None:
        self.source: Source | None = None
        self.known: tuple[Known, ...] = ()
        self.until = 0.0
        self.missed: set[str] = set()

    def source_text(self, code: str) -> Guide:
        assert self.source is not None
        return read_guide(self.source.text(code), code)

    def refresh(self) -> None:
        if self.source is not None:
            self.known = tuple(Known(code, day) for code, day in self.source.rows())
            self.until = monotonic() + AGE
            self.missed.clear()


_state = _State()
_read: dict[str, Guide] = {}


def connect(source: Source | None) -> None:
    """Says where versions come from; None: there are none, and nothing is asked."""
    _state.source, _state.known, _state.until = source, (), 0.0
    _read.clear()


def known() -> tuple[Known, ...]:
    """The versions, the newest first."""
    if _state.source is not None and monotonic() >= _state.until:
        _state.refresh()
    return _state.known


def find(code: str) -> Known | None:
    """One version by its code. A code not heard of is looked for at once: another worker may just have loaded it."""
    found = _by_code(code)
    if found is None and _state.source is not None and (code not in _state.missed or monotonic() >= _state.until):
        _state.refresh()
        found = _by_code(code)
        if found is None:
            _state.missed.add(code)
    return found


def forget() -> None:
    """The list is read again the next time somebody asks."""
    _state.until = 0.0


def _by_code(code: str) -> Known | None:
    return next((one for one in _state.known if one.code == code), None)
