"""Walking the record and its seals, in the database and outside: everything holds, or the first thing that does not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

from laget.audit import rules
from laget.audit.outside import Folder, Line
from laget.audit.rules import ANCHOR, BEFORE_THE_FIRST, COLUMNS, Misread, Statement

GRACE = timedelta(minutes=15)
"""How long a transaction may have lasted before it was committed; audit_seal_from() knows the same."""

_FETCH = 2_000  # rows held at a time
_TEXTS = {sort: ", ".join(f"{sort[0]}.{name}::text" for name in names) for sort, names in COLUMNS.items()}
_SEALS = "SELECT number, line, sort, through, outside_at IS NOT NULL FROM audit_seal ORDER BY number"
_LINKS = f"""
    SELECT s.seal, s.place, s.sort, s.row::text, s.hash,
           CASE s.sort WHEN 'entry' THEN ARRAY[{_TEXTS["entry"]}] ELSE ARRAY[{_TEXTS["reading"]}] END,
           e.id IS NULL AND r.id IS NULL
    FROM audit_sealed s
    LEFT JOIN audit_entry e ON s.sort = 'entry' AND e.id = s.row
    LEFT JOIN audit_reading r ON s.sort = 'reading' AND r.id = s.row
    ORDER BY s.seal, s.place
"""  # noqa: S608 - made of the names in COLUMNS
_UNSEALED = " UNION ALL ".join(
    f"""(SELECT '{sort}', r.id::text, r.at::text, r.at < %(from)s,
                CASE WHEN isfinite(r.at) THEN extract(epoch FROM clock_timestamp() - r.at) ELSE 0 END
         FROM audit_{sort} r
         WHERE NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.sort = '{sort}' AND s.row = r.id))"""  # noqa: S608
    for sort in COLUMNS
)


class Fault(Exception):
    """Something does not hold: what kind of thing, and which row or seal, in words."""

    def __init__(self, sort: str, words: str) -> None:
        super().__init__(f"{sort}: {words}")
        self.sort, self.words = sort, words


@dataclass(slots=True)
class Report:
    """What was counted. `waiting`: the age of the oldest row not sealed yet. `late`: rows that anchors named."""

    seals: int = 0
    entries: int = 0
    readings: int = 0
    unsealed: int = 0
    waiting: timedelta = timedelta()
    pending: bool = False
    lost: int = 0
    late: int = 0
    anchors: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Link:
    """A row's place in a seal, the hash it had, and the hash it has (none when the row is gone)."""

    seal: int
    place: int
    sort: str
    row: str
    hash: bytes
    now: bytes | None
    order: tuple[str, str, str]

    @property
    def name(self) -> str:
        return f"{self.sort} {self.row}"


T = TypeVar("T")


class _Peek(Generic[T]):
    """A stream whose next element can be looked at before it is taken."""

    def __init__(self, stream: Iterator[T]) -> None:
        self._stream = stream
        self.head: T | None = next(stream, None)

    def next(self) -> T | None:
        """Take the element that was looked at."""
        taken, self.head = self.head, next(self._stream, None)
        return taken


def verify(keys: Sequence[bytes], folder: Folder) -> Report:
    """Walk everything. Raises Fault at the first thing that does not hold. Memory does not grow with the record.

    The folder is read while the database stands still in one snapshot; what was sealed meanwhile is looked up after it.
    """
    report = Report()
    with _snapshot() as cursors:
        walk = _Walk(list(keys), report, cursors)
        ahead = walk.everything(folder)
        _count_unsealed(report, walk)
    for line in ahead:
        _is_here_by_now(line, walk.last)
    return report


@contextmanager
def _snapshot() -> Iterator[ExitStack]:
    """One view of the whole database; the cursors that are opened on it are closed before it ends."""
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor, ExitStack() as cursors:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
        yield cursors


def _stream(cursors: ExitStack, sql: str) -> Iterator[Sequence[Any]]:
    cursor = cursors.enter_context(connection.chunked_cursor())
    cursor.execute(sql)
    while rows := cursor.fetchmany(_FETCH):
        yield from rows


class _Walk:
    """The three streams side by side: seals, the rows they hold, and the lines outside."""

    def __init__(self, keys: list[bytes], report: Report, cursors: ExitStack) -> None:
        self.keys, self.report, self.cursors = keys, report, cursors
        self.last: Statement | None = None
        self.previous = BEFORE_THE_FIRST
        self.key = 0
        self.through: datetime | None = None
        self.lost = self._lost()

    def _lost(self) -> list[range]:
        """What signed anchors declare lost; the anchors themselves are checked when the walk comes to them."""
        found = []
        for (line,) in _stream(self.cursors, "SELECT line FROM audit_seal WHERE sort = 'anchor' ORDER BY number"):
            try:
                statement = rules.read_line(line)
            except Misread:
                continue
            if rules.signer(statement, line, self.keys) is not None:
                found.append(statement.lost)
        return found

    def everything(self, folder: Folder) -> list[Line]:
        """Check all; answers the lines outside that are beyond the snapshot (those sealed meanwhile, at most a few)."""
        links = _Peek(_links(self.cursors))
        outside = _Peek(folder.lines())
        for number, line, sort, through, published in _stream(self.cursors, _SEALS):
            statement = self._seal(number, line, sort, through)
            self._outside(statement, line, published, outside)
            self._rows(statement, list(_of(links, number, statement.rows)))
            self.report.seals += 1
        if links.head is not None:
            raise Fault("cut", f"{links.head.name} is linked to seal {links.head.seal}, which is not in the database")
        return [line for line in itertools.islice(iter(outside.next, None), _FETCH) if line is not None]

    def _seal(self, number: int, line: str, sort: str, through: datetime | None) -> Statement:
        name = f"seal {number}"
        try:
            statement = rules.read_line(line)
        except Misread as fault:
            raise Fault("edited", f"{name}: {fault}") from None
        expected = self.last.number + 1 if self.last else 1
        if number != expected:
            raise Fault("chain", f"seal {expected} is gone; {name} stands in its place")
        said = rules.moment(statement.through) if statement.through else None
        if (statement.number, statement.sort, said) != (number, sort, through):
            raise Fault("edited", f"{name} is not what its signed line says")
        self._chain(statement, line)
        self.last, self.previous = statement, rules.line_hash(line)
        self._remember(statement)
        return statement

    def _chain(self, statement: Statement, line: str) -> None:
        name = f"seal {statement.number}"
        signer = rules.signer(statement, line, self.keys)
        if signer is None:
            raise Fault("signature", f"{name} is not signed by any of the public keys that are listed")
        if signer < self.key:
            raise Fault("signature", f"{name} is signed by a key that a later one had replaced")
        if statement.previous != self.previous:
            raise Fault("chain", f"{name} does not follow the seal before it")
        if self.last is not None and statement.at < self.last.at:
            raise Fault("chain", f"{name} is dated before the seal before it")
        self.key = signer

    def _remember(self, statement: Statement) -> None:
        if statement.sort == ANCHOR:
            self.report.anchors.append((statement.number, statement.at, statement.why))
            self.report.late += statement.rows
        elif statement.through is not None and not any(statement.number in one for one in self.lost):
            self.through = rules.moment(statement.through)

    def _outside(self, statement: Statement, line: str, published: bool, outside: _Peek[Line]) -> None:
        found, number = outside.head, statement.number
        if self.report.pending:
            raise Fault("outside", f"seal {number - 1} is missing in the folder outside")
        if found is not None and found.whole and found.text == line:
            outside.next()
            return
        if not published and (found is None or (not found.whole and line.startswith(found.text))):
            self.report.pending = True
            outside.next()
            return
        if found is None:
            raise Fault("outside", f"seal {number} is missing in the folder outside: its end was cut off")
        self._differs(number, found)

    def _differs(self, number: int, found: Line) -> None:
        """Which of the two is false: what is not signed by us; if both are, the one outside was there first."""
        try:
            statement = found.statement()
        except Misread as fault:
            raise Fault("outside", f"{found.where} should be seal {number}: {fault}") from None
        if rules.signer(statement, found.text, self.keys) is None:
            raise Fault("outside", f"{found.where} should be seal {number}, and is not signed by us")
        if statement.number != number:
            raise Fault("outside", f"{found.where} should be seal {number}, and is seal {statement.number}")
        raise Fault("rewritten", f"seal {number} is another one in the database than in {found.where}")

    def _rows(self, statement: Statement, links: list[_Link]) -> None:
        name = f"seal {statement.number}"
        if any(statement.number in one for one in self.lost):
            if links:
                raise Fault("inserted", f"{name} was declared lost in a restore, and {links[0].name} is linked to it")
            self.report.lost += statement.rows
            return
        _check_rows(name, statement, links)
        self.report.entries += statement.entries
        self.report.readings += statement.readings


def _check_rows(name: str, statement: Statement, links: list[_Link]) -> None:
    for link in links:
        _check_row(name, link)
    if len(links) < statement.rows:
        raise Fault("removed", f"{name} was signed over {statement.rows} rows, and {len(links)} are linked to it")
    if len(links) > statement.rows:
        raise Fault("inserted", f"{name} was signed over {statement.rows} rows, and more are linked to it")
    if rules.digest(link.hash for link in links) != statement.digest:
        raise Fault(*_why_digest_differs(name, statement, links))
    if [link.place for link in links] != list(range(len(links))):
        raise Fault("reordered", f"the rows of {name} do not stand in their places")


def _check_row(name: str, link: _Link) -> None:
    if link.now is None:
        raise Fault("removed", f"{link.name}, in {name}, is gone")
    if link.now != link.hash:
        raise Fault("edited", f"{link.name}, in {name}, is not as it was sealed")


def _why_digest_differs(name: str, statement: Statement, links: list[_Link]) -> tuple[str, str]:
    if rules.digest(link.hash for link in sorted(links, key=lambda link: link.order)) == statement.digest:
        return "reordered", f"the rows of {name} do not stand in their places"
    return "edited", f"the rows of {name} and their hashes are not those that were signed"


def _links(cursors: ExitStack) -> Iterator[_Link]:
    for seal, place, sort, row, stored, values, gone in _stream(cursors, _LINKS):
        now = None if gone else rules.row_hash(sort, values)
        order = (sort, (values[1] or "") if not gone else "", row)
        yield _Link(seal, place, sort, row, bytes(stored), now, order)


def _of(links: _Peek[_Link], number: int, most: int) -> Iterator[_Link]:
    """The links of one seal, and at most one more than it was signed over."""
    if links.head is not None and links.head.seal < number:
        raise Fault("inserted", f"{links.head.name} is linked to seal {links.head.seal}, which does not exist")
    taken = 0
    while links.head is not None and links.head.seal == number and taken <= most:
        taken += 1
        yield links.head
        links.next()


def _count_unsealed(report: Report, walk: _Walk) -> None:
    since = walk.through - GRACE if walk.through else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max(age), 0), min(concat_ws('|', at, sort, row)) FILTER (WHERE late) "  # noqa: S608
            f"FROM ({_UNSEALED}) AS u (sort, row, at, late, age)",
            {"from": since or "-infinity"},
        )
        report.unsealed, age, late = cursor.fetchone()
    report.waiting = timedelta(seconds=max(0.0, float(age)))
    if late:
        at, sort, row = late.split("|")
        raise Fault("inserted", f"{sort} {row}, dated {at}, came when all from before {since:%F %T} UTC was sealed")


def _is_here_by_now(line: Line, last: Statement | None) -> None:
    here = last.number if last else 0
    try:
        statement = line.statement()
    except Misread as fault:
        raise Fault("outside", f"{line.where}, after seal {here}: {fault}") from None
    if statement.number <= here:
        raise Fault("outside", f"{line.where} stands there once more: it is seal {statement.number}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM audit_seal WHERE number = %s AND line = %s", [statement.number, line.text])
        if cursor.fetchone() is None:
            raise Fault(
                "cut",
                f"seal {statement.number} stands outside ({line.where}) and not in the database, which ends with seal "
                f"{here}: it was restored from an older copy, or its end was cut off",
            )
