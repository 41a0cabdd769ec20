"""Sealing the record: every committed row that is not sealed yet goes into a signed line, kept here and outside.

One step seals a batch in the database (its rows, its line, "not outside yet") and commits. The next writes the line
outside and notes it. Whoever is killed between the two leaves one line that is not outside yet, and the next round
writes it or finds it written. A new batch waits until the one before is outside, so at most one line is missing there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from laget.audit import rules
from laget.audit.models import Entry, Seal
from laget.audit.outside import Folder, Line
from laget.audit.rules import ANCHOR, BEFORE_THE_FIRST, COLUMNS, ROWS, Misread, Statement
from laget.kernel.actor import Capacity

BATCH = 5_000  # rows in a seal
HEARTBEAT = timedelta(hours=1)
"""When nothing is done, a seal without rows is made this often: that nothing happened can be trusted too."""

_LOCK = 0x5EA1
_START = ("-infinity", str(UUID(int=0)))


class NoKey(Exception):
    """Nothing can be sealed with the keys of this environment; the message says why."""


class Astray(Exception):
    """The database and the folder outside do not agree, so nothing more is sealed; the message says how."""


class Unnamed(Exception):
    """Rows dated before all was sealed are in the record, and nobody has named them.

    rows: (sort, id, time) of each, oldest first.
    """

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(f"{len(rows)} rows are dated before all was sealed, and are not named")
        self.rows = rows


def run() -> int:
    """Seal all that is committed and not sealed; answers how many rows. Raises NoKey and Astray."""
    key, folder = signing_key(), Folder(settings.LAGET_SEAL_FOLDER)
    publish(folder)
    scan = _Scan.begin()
    while not scan.done:
        _seal(scan, key)
        publish(folder)
    return scan.sealed


def lateness() -> timedelta:
    """How long the oldest committed row that waits for its seal has waited; nothing when none does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_lateness()")
        return timedelta(seconds=float(cursor.fetchone()[0]))


def private_key() -> bytes:
    """The private key of this environment. Raises NoKey when there is none."""
    key: bytes | None = settings.LAGET_SEAL_KEY
    if key is None:
        raise NoKey("LAGET_SEAL_KEY must be set, or nothing is sealed; docs/operating.md says how it is made")
    return key


def signing_key() -> bytes:
    """The private key. Raises NoKey when there is none, or when nobody could verify what it signs."""
    key = private_key()
    listed = settings.LAGET_SEAL_PUBLIC_KEYS
    if not listed or listed[-1] != rules.public_of(key):
        raise NoKey("the public key of LAGET_SEAL_KEY must stand last in LAGET_SEAL_PUBLIC_KEYS")
    return key


@dataclass(slots=True)
class _Scan:
    """One walk over what is not sealed, by time and id, through both tables; it holds one batch at a time."""

    begun: datetime
    at: dict[str, tuple[str, str]]
    sealed: int = 0
    done: bool = False

    @classmethod
    def begin(cls) -> _Scan:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp(), audit_seal_from()::text")
            begun, since = cursor.fetchone()
        return cls(begun, {sort: (since, _START[1]) for sort in COLUMNS})

    def batch(self) -> list[tuple[str, str, bytes]]:
        """The next rows as (sort, id, hash); fewer than BATCH when these are the last."""
        found: list[tuple[str, str, bytes]] = []
        for sort in COLUMNS:
            rows = _unsealed(sort, self.at[sort], BATCH - len(found))
            found += [(sort, values[0], rules.row_hash(sort, values)) for values in rows]
            if rows:
                self.at[sort] = (rows[-1][1], rows[-1][0])
        return found


def _unsealed(sort: str, after: tuple[str, str], most: int, only: str = "") -> list[list[Any]]:
    if not most:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
        cursor.execute(f"SELECT one FROM audit_unsealed_{sort}(%s, %s, %s) AS one {only}", [*after, most])  # noqa: S608
        return [values for (values,) in cursor.fetchall()]


def _lock() -> None:
    """One at a time takes a step of sealing; the others wait for its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _last() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def _now(last: Seal | None) -> str:
    """The database's clock, never earlier than the last seal's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = rules.clock(cursor.fetchone()[0])
    return max(now, rules.read_line(last.line).at) if last else now


def _seal(scan: _Scan, key: bytes) -> None:
    """One batch, with its line, in one transaction. Does nothing while an earlier line is not outside yet."""
    with transaction.atomic(durable=True):
        _lock()
        last = _last()
        if last is not None and last.outside_at is None:
            return
        rows = scan.batch()
        scan.done = len(rows) < BATCH
        at = _now(last)
        if not rows and not scan.sealed and last is not None and not _silent(last, at):
            return  # a round that began to seal always ends with a seal which says through when
        statement = _statement(last, at, key, rows, through=rules.clock(scan.begun) if scan.done else None)
        _insert(statement, rules.sign(statement, key))
        _link(statement.number, rows)
        scan.sealed += len(rows)


def _silent(last: Seal, at: str) -> bool:
    return rules.moment(at) - rules.moment(rules.read_line(last.line).at) >= HEARTBEAT


def _statement(
    last: Seal | None, at: str, key: bytes, rows: Sequence[tuple[str, str, bytes]], **more: Any
) -> Statement:
    return Statement(
        number=last.number + 1 if last else 1,
        at=at,
        previous=rules.line_hash(last.line) if last else BEFORE_THE_FIRST,
        sort=more.pop("sort", ROWS),
        entries=sum(sort == "entry" for sort, _row, _hash in rows),
        readings=sum(sort == "reading" for sort, _row, _hash in rows),
        digest=rules.digest(one for _sort, _row, one in rows),
        key=rules.key_name(rules.public_of(key)),
        **more,
    )


def _insert(statement: Statement, line: str, outside_at: datetime | None = None) -> None:
    Seal(
        number=statement.number,
        line=line,
        sort=statement.sort,
        through=rules.moment(statement.through) if statement.through else None,
        outside_at=outside_at,
    ).save(force_insert=True)


def _link(seal: int, rows: Sequence[tuple[str, str, bytes]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_sealed (sort, row, seal, place, hash) "
            "SELECT r.sort, r.id, %s, r.place - 1, r.hash "
            "FROM unnest(%s::text[], %s::uuid[], %s::bytea[]) WITH ORDINALITY AS r (sort, id, hash, place)",
            [seal, *([row[column] for row in rows] for column in range(3))],
        )


def publish(folder: Folder) -> None:
    """Write outside what is not there yet, and see that the two ends are the same. Raises Astray."""
    with transaction.atomic(durable=True):
        _lock()
        last = _last()
        tail, fragment = folder.tail()
        if last is not None and last.outside_at is None:
            if tail is None or tail.text != last.line:
                _write(folder, last, tail, fragment)
            Seal.objects.filter(pk=last.pk).update(outside_at=timezone.now())
        else:
            _agree(last, tail, fragment)


def _write(folder: Folder, last: Seal, tail: Line | None, fragment: str) -> None:
    """The one line that is missing outside; its beginning may stand there, if its writer was stopped."""
    before = Seal.objects.filter(number=last.number - 1).first()
    if (tail.text if tail else None) != (before.line if before else None):
        _agree(before, tail, fragment)
    if not last.line.startswith(fragment):
        raise Astray(f"the folder outside ends with something that is no part of seal {last.number}")
    folder.append(last.line, begun=fragment)


def _agree(last: Seal | None, tail: Line | None, fragment: str) -> None:
    if fragment:
        raise Astray("the folder outside ends with a line that has no end")
    here, there = (last.number if last else 0), _number(tail)
    if there > here:
        raise Astray(
            f"seal {there} stands outside, and the database ends with seal {here}: it was restored from an older copy, "
            f"or its end was cut off. If you restored it yourself: laget seal --accept 'why'"
        )
    if there < here:
        raise Astray(
            f"the database ends with seal {here}, and the folder outside with seal {there}: its end is missing"
        )
    if last is not None and tail is not None and last.line != tail.text:
        raise Astray(f"seal {here} is not the same in the database and outside")


def _number(tail: Line | None) -> int:
    if tail is None:
        return 0
    try:
        return tail.statement().number
    except Misread as fault:
        raise Astray(f"the last line outside is no seal: {fault}") from None


def accept(why: str, named: Collection[str] = ()) -> Statement:
    """Go on although the two ends do not agree, after a restore or the loss of the folder: said in a signed anchor.

    Seals that only stand outside are taken back in, their rows declared lost; lines that are missing at the end outside
    are written again; the next round seals what waits. Rows dated before all was sealed are sealed by the anchor, and
    only when each is named by its id in `named`: raises Unnamed otherwise. Raises Astray when the two contradict each
    other, which no anchor can heal.
    """
    key, folder = signing_key(), Folder(settings.LAGET_SEAL_FOLDER)
    with transaction.atomic(durable=True):
        _lock()
        last = _last()
        tail, fragment = folder.tail()
        here, there = (last.number if last else 0), _number(tail)
        if fragment or not _met(last, tail):
            raise Astray(
                "the database and the folder outside contradict each other: bring back a true copy of one first"
            )
        rows = _late(named)
        if there > here:
            _take_back(folder, last)
        lost = {"lost_from": here + 1, "lost_to": there} if there > here else {}
        _write_again(folder, there, here)
        statement = _anchor(key, rows, why=why[: rules.LONGEST_REASON], **lost)
    publish(folder)
    return statement


def _anchor(key: bytes, rows: Sequence[tuple[str, str, bytes]], **said: Any) -> Statement:
    last = _last()
    Seal.objects.filter(outside_at=None).update(outside_at=timezone.now())
    statement = _statement(last, _now(last), key, rows, sort=ANCHOR, **said)
    _insert(statement, rules.sign(statement, key))
    _link(statement.number, rows)
    details = {name: value for name, value in said.items() if name != "why"} | ({"late": len(rows)} if rows else {})
    Entry(
        capacity=Capacity.SYSTEM, event="audit.anchored", details={"seal": statement.number, **details}
    ).save(force_insert=True)  # fmt: skip
    return statement


def _late(named: Collection[str]) -> list[tuple[str, str, bytes]]:
    """The rows dated before all was sealed, as (sort, id, hash). Raises Unnamed when not just these are named."""
    found: list[tuple[str, list[Any]]] = []
    for sort in COLUMNS:
        at = _START
        while rows := _unsealed(sort, at, BATCH, only="WHERE one[2]::timestamptz < audit_seal_from()"):
            found += [(sort, values) for values in rows]
            at = (rows[-1][1], rows[-1][0])
    if {values[0] for _sort, values in found} != set(named):
        raise Unnamed(sorted(((sort, values[0], values[1]) for sort, values in found), key=lambda one: one[2]))
    return [(sort, values[0], rules.row_hash(sort, values)) for sort, values in found]


def _met(last: Seal | None, tail: Line | None) -> bool:
    """Whether the shorter of the two is a beginning of the longer, as far as its last line tells."""
    here, there = (last.number if last else 0), _number(tail)
    if last is not None and there >= here:
        found = next((line.text for line in Folder(settings.LAGET_SEAL_FOLDER).lines() if _number(line) == here), None)
        return found == last.line
    if tail is not None and there < here:
        return Seal.objects.filter(number=there, line=tail.text).exists()
    return True


def _take_back(folder: Folder, last: Seal | None) -> None:
    """Seals that only stand outside come back into the database, as long as they are ours and in one chain."""
    number, before = (last.number, rules.line_hash(last.line)) if last else (0, BEFORE_THE_FIRST)
    for line in folder.lines():
        if _number(line) <= number:
            continue
        statement = line.statement()
        known = rules.signer(statement, line.text, settings.LAGET_SEAL_PUBLIC_KEYS)
        if known is None or statement.previous != before or statement.number != number + 1:
            raise Astray(f"{line.where} is not signed by us, or not in the chain")
        _insert(statement, line.text, outside_at=rules.moment(statement.at))
        number, before = statement.number, rules.line_hash(line.text)


def _write_again(folder: Folder, there: int, here: int) -> None:
    for line in _lines_between(there, here):
        folder.append(line)


def _lines_between(after: int, last: int) -> Iterator[str]:
    yield from (
        Seal.objects.filter(number__gt=after, number__lte=last).order_by("number").values_list("line", flat=True)
    )
