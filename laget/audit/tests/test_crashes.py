"""Sealing in the real world: killed at every point, two at once, and writers who commit late."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from laget.audit import sealing, verifying
from laget.audit.models import Entry, Seal
from laget.audit.outside import Folder
from laget.audit.tests.factories import fill

pytestmark = pytest.mark.django_db(transaction=True)

# The process below seals, and is killed just before or just after one of its steps.
DIES = """
import os, signal
import django
django.setup()
from laget.audit import outside, sealing
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
def dies(room, name, when):
    step = getattr(room, name)
    def taken(*given, **more):
        if when == "before": die()
        step(*given, **more)
        die()
    setattr(room, name, taken)
def half(handle, raw):
    os.write(handle, raw[: len(raw) // 2])
    die()
{how}
sealing.run()
"""
POINTS = {
    "before the rows are linked": 'dies(sealing, "_link", "before")',
    "after the rows, before the commit": 'dies(sealing, "_link", "after")',
    "after the commit, before the file": 'dies(sealing, "_write", "before")',
    "in the middle of the line": "outside._write = half",
    "after the line, before it is on the disk": 'dies(outside, "_write", "after")',
    "after the file, before it is noted": 'dies(sealing, "_write", "after")',
}


@pytest.fixture
def environment() -> dict[str, str]:
    database = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].replace("/laget?", f"/{database}?")
    assert database in url
    return {**os.environ, "DATABASE_URL": url, "LAGET_SEAL_FOLDER": str(settings.LAGET_SEAL_FOLDER)}


def verify() -> verifying.Report:
    return verifying.verify(settings.LAGET_SEAL_PUBLIC_KEYS, Folder(Path(settings.LAGET_SEAL_FOLDER)))


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("first", [True, False], ids=["first seal", "later seal"])
def test_killed_at_any_point_it_goes_on(environment, point, first):
    chance = random.Random(1)
    if not first:
        fill(chance, 3, 3)
        sealing.run()
    fill(chance, 4, 4)
    done = subprocess.run([sys.executable, "-c", DIES.format(how=POINTS[point])], env=environment, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    verify()  # no false alarm while it waits to be healed
    fill(chance, 2, 0)
    sealing.run()
    report = verify()
    assert (report.unsealed, report.pending) == (0, False)
    assert report.entries + report.readings == (10 if first else 16)
    assert len(list(Folder(settings.LAGET_SEAL_FOLDER).lines())) == Seal.objects.count()


def test_two_at_once_and_late_writers_leave_one_chain(monkeypatch):
    """Four writers hold their transactions open past many seals, while two sealers and a verifier work."""
    monkeypatch.setattr(sealing, "BATCH", 5)
    database, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    faults: list[BaseException] = []
    stop = threading.Event()

    def write(number: int) -> None:
        with psycopg.connect(url, dbname=database) as own:
            for turn in range(12):
                for _ in range(3):
                    own.execute(
                        "INSERT INTO audit_entry (id, at, capacity, event, cause, details) "
                        "VALUES (gen_random_uuid(), clock_timestamp(), 'system', 'a.b', '', '{}')"
                    )
                time.sleep(0.02 * ((number + turn) % 4))
                own.rollback() if turn % 5 == 4 else own.commit()

    def again(what) -> None:
        try:
            while not stop.is_set():
                what()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[number]) for number in range(4)]
    workers = [threading.Thread(target=again, args=[what]) for what in (sealing.run, sealing.run, verify)]
    for thread in (*workers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    time.sleep(0.2)
    stop.set()
    for thread in workers:
        thread.join()
    assert not faults
    sealing.run()
    report = verify()
    assert (report.entries, report.unsealed) == (Entry.objects.count(), 0)
    assert report.entries == 4 * 3 * 10


# Restores


def test_a_restored_database_is_named_and_goes_on_when_that_is_said(monkeypatch):
    chance = random.Random(2)
    monkeypatch.setattr(sealing, "BATCH", 3)
    fill(chance, 6, 3)
    sealing.run()
    kept = Seal.objects.count()
    fill(chance, 6, 0)
    sealing.run()
    ends = Seal.objects.count()
    with connection.cursor() as cursor:  # what a restore to an earlier moment leaves: one row was committed by then
        cursor.execute("DELETE FROM audit_entry WHERE id IN (SELECT row FROM audit_sealed WHERE seal > %s + 1)", [kept])
        cursor.execute("DELETE FROM audit_sealed WHERE seal > %s", [kept])
        cursor.execute("DELETE FROM audit_seal WHERE number > %s", [kept])
    before = Entry.objects.count()
    with pytest.raises(verifying.Fault, match=f"cut: seal {kept + 1} stands outside .* restored from an older copy"):
        verify()
    with pytest.raises(sealing.Astray, match="laget seal --accept"):
        sealing.run()
    assert Seal.objects.count() == kept

    anchor = sealing.accept("restored to 12:00 after the disk failed")
    assert (anchor.lost_from, anchor.lost_to) == (kept + 1, ends)
    assert sealing.run() == before + 1 - (6)  # what came back but was not sealed by then, and the entry that says so
    report = verify()
    assert report.entries == before + 1
    assert report.lost == 6
    assert [why for _number, _at, why in report.anchors] == ["restored to 12:00 after the disk failed"]


def test_a_lost_folder_is_named_and_written_again_when_that_is_said(monkeypatch):
    import shutil

    monkeypatch.setattr(sealing, "BATCH", 3)
    fill(random.Random(3), 5, 5)
    sealing.run()
    shutil.rmtree(settings.LAGET_SEAL_FOLDER)
    with pytest.raises(verifying.Fault, match="outside: seal 1 is missing"):
        verify()
    with pytest.raises(sealing.Astray, match="its end is missing"):
        sealing.run()
    sealing.accept("the share was lost")
    sealing.run()
    assert verify().unsealed == 0


def test_two_that_contradict_each_other_are_never_accepted():
    fill(random.Random(4), 2, 2)
    sealing.run()
    path = next(Path(settings.LAGET_SEAL_FOLDER).iterdir())
    path.write_text(path.read_text().replace('"readings":2', '"readings":3'))
    for way in (sealing.run, lambda: sealing.accept("it is fine")):
        with pytest.raises(sealing.Astray):
            way()
    assert Seal.objects.count() == 1
