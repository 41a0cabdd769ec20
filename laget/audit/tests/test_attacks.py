"""A thousand random attacks on a sealed record, by hands that own the database: each is found and named."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from laget.audit import rules, sealing, verifying
from laget.audit.models import Entry, Reading, Seal, Sealed
from laget.audit.outside import Folder
from laget.audit.tests.factories import entry, fill, reading, some_id

pytestmark = pytest.mark.django_db

SEED = 20261124
EACH = 32  # attacks of each sort; 33 sorts and more make a thousand
MODELS = {"entry": Entry, "reading": Reading}


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def verify(folder: Path) -> verifying.Report:
    return verifying.verify(settings.LAGET_SEAL_PUBLIC_KEYS, Folder(folder))


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some seventy rows in a dozen seals, over several months outside."""
    chance = random.Random(SEED)
    now = sealing._now
    with monkeypatch.context() as changed:
        changed.setattr(sealing, "BATCH", 9)
        fill(chance, 20, 13)
        sealing.run()
        changed.setattr(sealing, "_now", lambda last: rules.clock(rules.moment(now(last)) + timedelta(days=5)))
        for _ in range(3):
            fill(chance, 5, 6)
            sealing.run()
    assert len(Folder(settings.LAGET_SEAL_FOLDER).files()) > 1
    return settings.LAGET_SEAL_FOLDER


@contextmanager
def undone(folder: Path) -> Iterator[Path]:
    """What is done to the database inside is undone; the folder inside is a copy."""
    copy = folder.with_name(folder.name + "-attacked")
    shutil.copytree(folder, copy)
    try:
        with transaction.atomic():
            yield copy
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(copy)


# What an attacker does. Each answers the kinds of fault of which one must be named.

Attack = Callable[[random.Random, Path], set[str]]
ATTACKS: dict[str, Attack] = {}


def attack(way: Attack) -> Attack:
    ATTACKS[way.__name__] = way
    return way


def some_sealed(chance: random.Random, sort: str | None = None) -> Sealed:
    return chance.choice(list(Sealed.objects.filter(sort=sort or chance.choice(("entry", "reading"))).order_by("row")))


def table(sort: str) -> str:
    return MODELS[sort]._meta.db_table


def edit(sort: str, row: object, change: str) -> None:
    assert run(f"UPDATE {table(sort)} SET {change} WHERE id = %s", row) == 1


CHANGES = {
    "entry": {
        "at": ("at = at + interval '1 microsecond'", "at = 'infinity'", "at = at - interval '1 day'"),
        "person": ("person = CASE WHEN person IS NULL THEN gen_random_uuid() END", "person = gen_random_uuid()"),
        "capacity": ("capacity = upper(capacity)", "capacity = capacity || ' '"),
        "position": ("position = gen_random_uuid()",),
        "event": ("event = initcap(event)", "event = event || E'\\t'", "event = replace(event, '.', '.​')"),
        "child": ("child = NULL", "child = gen_random_uuid()"),
        "object_id": ("object_id = NULL",),
        "cause": ("cause = cause || ' '", "cause = cause || 'x'"),
        "details": ("details = details || '{\"x\": null}'", "details = jsonb_build_array(details)"),
    },
    "reading": {
        "at": ("at = at - interval '1 microsecond'", "at = '-infinity'"),
        "person": ("person = gen_random_uuid()",),
        "capacity": ("capacity = 'citizen'",),
        "position": ("position = NULL",),
        "service": ("service = NULL", "service = gen_random_uuid()"),
        "page": ("page = page || ' '", "page = 'desk.Child'"),
        "children": ("children = children || gen_random_uuid()", "children = ARRAY[children[1], NULL]"),
        "object_id": ("object_id = gen_random_uuid()",),
        "kinds": ("kinds = kinds || 'economy'::varchar", "kinds = kinds || NULL::varchar"),
        "ground": ("ground = ground || '.'",),
    },
}


@attack
def edits_one_column(chance, folder):
    row = some_sealed(chance)
    column = chance.choice(sorted(CHANGES[row.sort]))
    edit(row.sort, row.row, chance.choice(CHANGES[row.sort][column]))
    return {"edited"}


@attack
def edits_only_case_or_space(chance, folder):
    row = some_sealed(chance, "entry")
    edit("entry", row.row, chance.choice(("event = upper(event)", "event = event || ' '", "cause = ' ' || cause")))
    return {"edited"}


@attack
def moves_the_time_by_a_microsecond(chance, folder):
    row = some_sealed(chance)
    edit(row.sort, row.row, f"at = at {chance.choice('+-')} interval '1 microsecond'")
    return {"edited"}


@attack
def edits_a_row_and_its_hash(chance, folder):
    """Without the key: the hash in the table agrees with the row, and the signature with neither."""
    row = some_sealed(chance)
    edit(row.sort, row.row, "capacity = 'system '")
    rehash(row)
    return {"edited"}


def rehash(row: Sealed) -> None:
    texts = ", ".join(f"{name}::text" for name in rules.COLUMNS[row.sort])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ARRAY[{texts}] FROM {table(row.sort)} WHERE id = %s", [row.row])
        found = rules.row_hash(row.sort, cursor.fetchone()[0])
    run("UPDATE audit_sealed SET hash = %s WHERE sort = %s AND row = %s", found, row.sort, row.row)


@attack
def edits_a_row_its_hash_and_the_statement(chance, folder):
    """All but the signature."""
    row = some_sealed(chance)
    edit(row.sort, row.row, "position = gen_random_uuid()")
    rehash(row)
    seal = Seal.objects.get(number=row.seal)
    hashes = Sealed.objects.filter(seal=row.seal).order_by("place").values_list("hash", flat=True)
    state(seal, digest=rules.digest(bytes(one) for one in hashes))
    return {"signature"}


def state(seal: Seal, signed_by: bytes | None = None, **changed: object) -> None:
    """Rewrite what a seal states; with another key, also its signature."""
    statement = dataclasses.replace(rules.read_line(seal.line), **changed)
    if signed_by is None:
        found = json.loads(seal.line)
        line = rules._json({"seal": dataclasses.asdict(statement), "signature": found["signature"]})
    else:
        line = rules.sign(statement, signed_by)
    run("UPDATE audit_seal SET line = %s WHERE number = %s", line, seal.number)


@attack
def removes_a_row(chance, folder):
    row = some_sealed(chance)
    run(f"DELETE FROM {table(row.sort)} WHERE id = %s", row.row)
    return {"removed"}


@attack
def removes_a_row_and_its_link(chance, folder):
    row = some_sealed(chance)
    run(f"DELETE FROM {table(row.sort)} WHERE id = %s", row.row)
    run("DELETE FROM audit_sealed WHERE sort = %s AND row = %s", row.sort, row.row)
    return {"removed"}


@attack
def removes_a_link(chance, folder):
    row = some_sealed(chance)
    run("DELETE FROM audit_sealed WHERE sort = %s AND row = %s", row.sort, row.row)
    return {"removed"}


@attack
def removes_a_row_and_moves_the_rest_up(chance, folder):
    row = some_sealed(chance)
    run(f"DELETE FROM {table(row.sort)} WHERE id = %s", row.row)
    run("DELETE FROM audit_sealed WHERE sort = %s AND row = %s", row.sort, row.row)
    for later in Sealed.objects.filter(seal=row.seal, place__gt=row.place).order_by("place"):
        run("UPDATE audit_sealed SET place = place - 1 WHERE seal = %s AND place = %s", row.seal, later.place)
    return {"removed"}


@attack
def inserts_a_row_dated_before_its_seal(chance, folder):
    at = Entry.objects.order_by("at").first().at - timedelta(minutes=chance.randrange(16, 10_000))
    chance.choice((entry, reading))(chance, at).save(force_insert=True)
    return {"inserted"}


@attack
def inserts_a_row_dated_at_the_beginning_of_time(chance, folder):
    made = entry(chance)
    made.save(force_insert=True)
    edit("entry", made.pk, "at = '-infinity'")
    return {"inserted"}


@attack
def inserts_a_row_and_links_it(chance, folder):
    made = entry(chance)
    made.save(force_insert=True)
    seal = chance.choice(list(Seal.objects.all().order_by("number"))).number
    place = Sealed.objects.filter(seal=seal).count()
    run("INSERT INTO audit_sealed VALUES ('entry', %s, %s, %s, '')", made.pk, seal, place)
    rehash(Sealed.objects.get(sort="entry", row=made.pk))
    return {"inserted"}


@attack
def inserts_a_row_in_the_place_of_another(chance, folder):
    row, made = some_sealed(chance, "entry"), entry(chance)
    made.save(force_insert=True)
    run("UPDATE audit_sealed SET row = %s WHERE sort = 'entry' AND row = %s", made.pk, row.row)
    return {"edited"}


@attack
def links_a_row_to_a_seal_that_is_not_there(chance, folder):
    made = entry(chance)
    made.save(force_insert=True)
    run("INSERT INTO audit_sealed VALUES ('entry', %s, %s, 0, '')", made.pk, chance.choice((0, -3, 10_000)))
    rehash(Sealed.objects.get(sort="entry", row=made.pk))
    return {"inserted", "cut"}


@attack
def swaps_the_contents_of_two_rows(chance, folder):
    sort = chance.choice(("entry", "reading"))
    one, other = chance.sample(list(Sealed.objects.filter(sort=sort).order_by("row")), 2)
    names = ", ".join(name for name in rules.COLUMNS[sort] if name != "id")
    run(
        f"UPDATE {table(sort)} t SET ({names}) = (SELECT {names} FROM {table(sort)} o "
        "WHERE o.id = CASE WHEN t.id = %s THEN %s::uuid ELSE %s::uuid END) WHERE t.id IN (%s, %s)",
        one.row, other.row, one.row, one.row, other.row,
    )  # fmt: skip
    return {"edited"}


@attack
def swaps_the_ids_of_two_rows(chance, folder):
    sort = chance.choice(("entry", "reading"))
    one, other = (row.row for row in chance.sample(list(Sealed.objects.filter(sort=sort).order_by("row")), 2))
    between = some_id(chance)
    for old, new in ((one, between), (other, one), (between, other)):
        edit(sort, old, f"id = '{new}'")
    return {"edited"}


@attack
def swaps_the_places_of_two_rows(chance, folder):
    row = some_sealed(chance)
    other = chance.choice(list(Sealed.objects.filter(seal=row.seal).exclude(row=row.row).order_by("row")) or [None])
    if other is None:
        return edits_one_column(chance, folder)
    for link, place in ((row, 1_000), (other, row.place), (row, other.place)):
        run("UPDATE audit_sealed SET place = %s WHERE sort = %s AND row = %s", place, link.sort, link.row)
    return {"reordered"}


@attack
def moves_a_row_to_another_seal(chance, folder):
    row = some_sealed(chance)
    other = chance.choice(list(Seal.objects.exclude(number=row.seal).order_by("number"))).number
    run("UPDATE audit_sealed SET seal = %s, place = 900 WHERE sort = %s AND row = %s", other, row.sort, row.row)
    return {"inserted", "removed"}


@attack
def swaps_the_rows_of_two_seals(chance, folder):
    one, other = (s.number for s in chance.sample([s for s in Seal.objects.order_by("number") if rows_of(s)], 2))
    run("UPDATE audit_sealed SET seal = CASE seal WHEN %s THEN -1 WHEN %s THEN -2 END WHERE seal IN (%s, %s)",
        one, other, one, other)  # fmt: skip
    run("UPDATE audit_sealed SET seal = CASE seal WHEN -1 THEN %s WHEN -2 THEN %s END WHERE seal < 0", other, one)
    return {"edited", "removed", "inserted"}


def rows_of(seal: Seal) -> int:
    return rules.read_line(seal.line).rows


@attack
def cuts_the_last_seals(chance, folder):
    cut_from(chance.randrange(2, Seal.objects.count() + 1), rows=False)
    return {"cut"}


@attack
def cuts_the_last_seals_with_all_they_held(chance, folder):
    cut_from(chance.randrange(1, Seal.objects.count() + 1), rows=True)
    return {"cut"}


def cut_from(number: int, *, rows: bool) -> None:
    if rows:
        for sort in MODELS:
            run(f"DELETE FROM {table(sort)} WHERE id IN (SELECT row FROM audit_sealed WHERE seal >= %s)", number)
        run("DELETE FROM audit_sealed WHERE seal >= %s", number)
    run("DELETE FROM audit_seal WHERE number >= %s", number)


@attack
def cuts_the_last_rows(chance, folder):
    last = list(Entry.objects.order_by("-at").values_list("id", flat=True)[: chance.randrange(1, 6)])
    run("DELETE FROM audit_entry WHERE id = ANY (%s)", last)
    return {"removed"}


@attack
def removes_a_seal_in_the_middle(chance, folder):
    number = chance.randrange(1, Seal.objects.count())
    run("DELETE FROM audit_seal WHERE number = %s", number)
    return {"chain"}


@attack
def removes_a_seal_and_numbers_the_rest_anew(chance, folder):
    number = chance.randrange(1, Seal.objects.count())
    run("DELETE FROM audit_sealed WHERE seal = %s", number)
    run("DELETE FROM audit_seal WHERE number = %s", number)
    for seal in Seal.objects.filter(number__gt=number).order_by("number").values_list("number", flat=True):
        run("UPDATE audit_seal SET number = %s WHERE number = %s", seal - 1, seal)
        run("UPDATE audit_sealed SET seal = %s WHERE seal = %s", seal - 1, seal)
    return {"edited"}


@attack
def swaps_two_seals(chance, folder):
    one, other = chance.sample(list(Seal.objects.order_by("number")), 2)
    run("UPDATE audit_seal SET line = %s WHERE number = %s", other.line, one.number)
    run("UPDATE audit_seal SET line = %s WHERE number = %s", one.line, other.number)
    return {"edited"}


@attack
def replays_an_old_seal(chance, folder):
    old = chance.choice(list(Seal.objects.order_by("number")))
    number = Seal.objects.count() + 1
    Seal(number=number, line=old.line, sort=old.sort, through=old.through).save(force_insert=True)
    return {"edited"}


@attack
def edits_what_a_seal_states(chance, folder):
    seal = chance.choice(list(Seal.objects.order_by("number")))
    said = rules.read_line(seal.line)
    state(seal, **chance.choice((
        {"entries": said.entries + 1}, {"why": "x"}, {"previous": "0" * 63 + "1"}, {"digest": "ab" * 32},
        {"at": rules.clock(rules.moment(said.at) + timedelta(seconds=1))}, {"key": "0" * 16},
    )))  # fmt: skip
    return {"signature"}


@attack
def edits_the_spelling_of_a_seal(chance, folder):
    seal = chance.choice(list(Seal.objects.order_by("number")))
    line = chance.choice((seal.line + " ", seal.line.replace(":", ": ", 1), seal.line[:-1], "", "[" * 5_000, "{}", "é"))
    run("UPDATE audit_seal SET line = %s WHERE number = %s", line, seal.number)
    return {"edited"}


@attack
def edits_the_columns_beside_a_seal(chance, folder):
    seal = chance.choice(list(Seal.objects.order_by("number")))
    change = chance.choice(("sort = 'anchor'", "through = now() + interval '1 year'"))
    run(f"UPDATE audit_seal SET {change} WHERE number = %s", seal.number)
    return {"edited"}


@attack
def signs_with_a_key_of_its_own(chance, folder):
    state(chance.choice(list(Seal.objects.order_by("number"))), Ed25519PrivateKey.generate().private_bytes_raw())
    return {"signature"}


@attack
def claims_a_restore_that_never_was(chance, folder):
    """Rows are gone, and an anchor says so, signed with another key."""
    number = Seal.objects.count() + 1
    run("DELETE FROM audit_sealed WHERE seal = 1")
    last = Seal.objects.latest("number")
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    statement = sealing._statement(last, sealing._now(last), key, [], sort="anchor", why="x", lost_from=1, lost_to=1)
    Seal(number=number, line=rules.sign(statement, key), sort="anchor").save(force_insert=True)
    return {"removed"}


@attack
def rewrites_all_with_the_stolen_key(chance, folder):
    """The database and the key, but not the folder: the whole chain is made anew over an edited record."""
    row = some_sealed(chance)
    edit(row.sort, row.row, "capacity = 'nobody'")
    rehash(row)
    resign(row.seal)
    return {"rewritten"}


def resign(number: int) -> None:
    before = Seal.objects.filter(number=number - 1).first()
    previous = rules.line_hash(before.line) if before else rules.BEFORE_THE_FIRST
    for seal in Seal.objects.filter(number__gte=number).order_by("number"):
        hashes = Sealed.objects.filter(seal=seal.number).order_by("place").values_list("hash", flat=True)
        state(seal, settings.LAGET_SEAL_KEY, previous=previous, digest=rules.digest(bytes(one) for one in hashes))
        previous = rules.line_hash(Seal.objects.get(number=seal.number).line)


@attack
def cuts_the_tail_and_seals_anew_with_the_stolen_key(chance, folder):
    number = chance.randrange(2, Seal.objects.count() + 1)
    cut_from(number, rows=True)
    last = Seal.objects.latest("number")
    statement = sealing._statement(last, sealing._now(last), settings.LAGET_SEAL_KEY, [])
    line = rules.sign(statement, settings.LAGET_SEAL_KEY)
    Seal(number=number, line=line, sort="rows", outside_at=chance.choice((None, last.outside_at))).save(
        force_insert=True
    )
    return {"rewritten"}


def lines_outside(folder: Path) -> tuple[Path, list[str]]:
    path = random.Random(len(list(folder.iterdir()))).choice(sorted(folder.iterdir()))
    return path, path.read_text().splitlines(keepends=True)


@attack
def cuts_the_end_of_the_file_outside(chance, folder):
    path = max(folder.iterdir())
    path.write_text("".join(path.read_text().splitlines(keepends=True)[: -chance.randrange(1, 3)]))
    return {"outside"}


@attack
def cuts_the_last_line_outside_in_two(chance, folder):
    path = max(folder.iterdir())
    path.write_bytes(path.read_bytes()[: -chance.randrange(1, 300)])
    return {"outside"}


@attack
def removes_a_file_outside(chance, folder):
    chance.choice(sorted(folder.iterdir())).unlink()
    return {"outside"}


@attack
def removes_edits_repeats_or_swaps_lines_outside(chance, folder):
    path, lines = lines_outside(folder)
    place = chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        del lines[place]
    elif way == 1:
        lines.insert(chance.randrange(place, len(lines)) + 1, lines[place])
    elif way == 2:
        lines[place] = lines[place].replace('"readings":', '"readings":1')
    elif way == 3:
        at = chance.randrange(len(lines[place]) - 1)
        lines[place] = lines[place][:at] + chr((ord(lines[place][at]) + 1) % 128) + lines[place][at + 1 :]
    else:
        lines.insert(place, chance.choice(("\n", "x\n", "{}\n")))
    path.write_text("".join(lines))
    return {"outside"}


@attack
def cuts_the_file_outside_and_hides_it_in_the_database(chance, folder):
    """More than the one line that a crash may leave unwritten."""
    path = max(folder.iterdir())
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-2]))
    run("UPDATE audit_seal SET outside_at = NULL")
    return {"outside"}


def test_a_thousand_attacks_are_found_and_named(record):
    chance = random.Random(SEED)
    verify(record)
    tried = 0
    for name, way in ATTACKS.items():
        for number in range(EACH):
            with undone(record) as folder:
                expected = way(chance, folder)
                with pytest.raises(verifying.Fault) as found:
                    verify(folder)
                assert found.value.sort in expected, (name, number, found.value)
                assert any(character.isdigit() for character in found.value.words), "it names a row or a seal"
            tried += 1
    assert tried >= 1_000
    verify(record)
