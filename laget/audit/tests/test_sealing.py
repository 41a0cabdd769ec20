"""Sealing: what is sealed when, under which login, by how many at once, and what a crash leaves behind."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from laget.audit import rules, sealing, verifying
from laget.audit.models import Entry, Reading, Seal, Sealed
from laget.audit.outside import Folder
from laget.audit.tests.factories import entry, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20261124)


def verify() -> verifying.Report:
    return verifying.verify(settings.LAGET_SEAL_PUBLIC_KEYS, Folder(settings.LAGET_SEAL_FOLDER))


def test_an_empty_record_holds():
    assert sealing.run() == 0
    report = verify()
    assert (report.seals, report.entries, report.unsealed) == (1, 0, 0)


def test_every_row_is_sealed_once(chance, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    fill(chance, 20, 11)
    assert sealing.run() == 31
    assert sealing.run() == 0
    fill(chance, 3, 0)
    assert sealing.run() == 3
    report = verify()
    assert (report.entries, report.readings, report.unsealed, report.seals) == (23, 11, 0, 6)
    assert len(list(Folder(settings.LAGET_SEAL_FOLDER).lines())) == 6
    assert [Seal.objects.filter(number=n).exists() for n in (1, 6, 7)] == [True, True, False]


def test_a_row_that_was_committed_late_is_sealed_by_a_later_round(chance):
    """It began before the seal and is dated so; no number and no time that was passed leaves it out."""
    fill(chance, 5, 5)
    sealing.run()
    entry(chance, Entry.objects.latest("at").at - timedelta(minutes=10)).save(force_insert=True)
    assert verify().unsealed == 1
    assert sealing.run() == 1
    assert verify().entries == 6


def test_what_is_dated_before_all_was_sealed_is_never_sealed_unsaid(chance):
    fill(chance, 5, 5)
    sealing.run()
    forged = entry(chance, Entry.objects.latest("at").at - timedelta(hours=2))
    forged.save(force_insert=True)
    assert sealing.run() == 0
    with pytest.raises(verifying.Fault, match=f"inserted: entry {forged.pk}"):
        verify()
    with pytest.raises(sealing.Unnamed) as unnamed:
        sealing.accept("the share was lost")
    assert [(sort, row) for sort, row, _at in unnamed.value.rows] == [("entry", str(forged.pk))]
    assert Seal.objects.count() == 1
    anchor = sealing.accept("loaded from the old system, decision 12/2026", [str(forged.pk)])
    assert Sealed.objects.get(seal=anchor.number).row == forged.pk
    assert sealing.run() == 1  # the entry which says that it was accepted
    report = verify()
    assert report.anchors == [(anchor.number, anchor.at, "loaded from the old system, decision 12/2026")]
    assert (report.entries, report.unsealed, report.late) == (7, 0, 1)
    assert Entry.objects.get(event="audit.anchored").details == {"seal": anchor.number, "late": 1}


def test_an_anchor_opens_no_past(chance):
    """What somebody adds with an older date, after an anchor and before the next round, is still named."""
    fill(chance, 5, 5)
    sealing.run()
    sealing.accept("the share was lost")
    forged = entry(chance, Entry.objects.earliest("at").at - timedelta(hours=2))
    forged.save(force_insert=True)
    assert sealing.run() == 1
    with pytest.raises(verifying.Fault, match=f"inserted: entry {forged.pk}"):
        verify()


def test_only_what_is_late_is_named(chance):
    fill(chance, 2, 2)
    sealing.run()
    with pytest.raises(sealing.Unnamed):
        sealing.accept("one that is sealed already", [str(Entry.objects.first().pk)])


def test_silence_is_sealed_each_hour(chance, monkeypatch):
    sealing.run()
    sealing.run()
    assert Seal.objects.count() == 1
    monkeypatch.setattr(sealing, "HEARTBEAT", timedelta())
    sealing.run()
    assert Seal.objects.count() == 2
    assert verify().seals == 2


def test_lateness_is_the_age_of_the_oldest_that_waits(chance):
    assert sealing.lateness() == timedelta()
    fill(chance, 3, 3, before=timedelta(minutes=4))
    assert timedelta(minutes=4) <= sealing.lateness() < timedelta(minutes=5)
    assert verify().waiting >= timedelta(minutes=4)
    sealing.run()
    assert sealing.lateness() == timedelta()


def test_a_round_that_ends_with_a_full_batch_also_says_through_when(chance, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    fill(chance, 4, 4)
    sealing.run()
    assert list(Seal.objects.order_by("number").values_list("through", flat=True))[:2] == [None, None]
    assert Seal.objects.latest("number").through is not None


# Logins


def test_the_workers_login_is_enough(chance):
    fill(chance, 4, 4)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE laget_worker")
        assert sealing.run() == 8
        assert sealing.lateness() == timedelta()
        sealing.accept("tried")
        cursor.execute("SELECT audit_unsealed_entry('-infinity', '00000000-0000-0000-0000-000000000000', 10)")
        assert len(cursor.fetchall()) == 1  # a row that is sealed is never read by the worker again
        cursor.execute("RESET ROLE")
    assert verify().unsealed == 1


@pytest.mark.locks
@pytest.mark.parametrize(
    "role, statement",
    [
        ("laget_worker", "SELECT * FROM audit_entry"),
        ("laget_worker", "SELECT * FROM audit_sealed"),
        ("laget_worker", "UPDATE audit_seal SET line = ''"),
        ("laget_worker", "DELETE FROM audit_seal"),
        ("laget_worker", "UPDATE audit_sealed SET place = 1"),
        ("laget_worker", "DELETE FROM audit_sealed"),
        ("laget_app", "SELECT * FROM audit_seal"),
        ("laget_app", "INSERT INTO audit_seal (number, line, sort) VALUES (1, '', 'rows')"),
        ("laget_app", "UPDATE audit_seal SET outside_at = NULL"),
        ("laget_app", "INSERT INTO audit_sealed VALUES ('entry', gen_random_uuid(), 1, 1, '')"),
        ("laget_app", "SELECT audit_unsealed_entry(now(), gen_random_uuid(), 1)"),
        ("laget_app", "SELECT audit_seal_from()"),
    ],
)
def test_no_login_can_do_more_with_seals(role, statement):
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)


# Keys


def test_keys_can_be_changed_and_the_old_one_no_longer_counts(chance, settings):
    first = settings.LAGET_SEAL_KEY
    fill(chance, 2, 0)
    sealing.run()
    second = Ed25519PrivateKey.generate().private_bytes_raw()
    settings.LAGET_SEAL_KEY = second
    settings.LAGET_SEAL_PUBLIC_KEYS = (rules.public_of(first), rules.public_of(second))
    fill(chance, 2, 0)
    sealing.run()
    assert verify().seals == 2
    settings.LAGET_SEAL_PUBLIC_KEYS = (rules.public_of(second),)
    with pytest.raises(verifying.Fault, match="signature: seal 1 is not signed"):
        verify()
    settings.LAGET_SEAL_PUBLIC_KEYS = (rules.public_of(second), rules.public_of(first))
    with pytest.raises(verifying.Fault, match="signature: seal 2 is signed by a key that a later one had replaced"):
        verify()


def test_nothing_is_sealed_without_a_key_that_can_be_verified(settings):
    settings.LAGET_SEAL_PUBLIC_KEYS = ()
    with pytest.raises(sealing.NoKey, match="LAGET_SEAL_PUBLIC_KEYS"):
        sealing.run()
    settings.LAGET_SEAL_KEY = None
    with pytest.raises(sealing.NoKey, match="LAGET_SEAL_KEY"):
        sealing.run()
    assert not Seal.objects.exists()


# The form


GOLDEN = {
    "entry": "f8423408eb5d5347",
    "reading": "43e8ee1821aaad6d",
}


@pytest.mark.locks
def test_the_form_of_a_row_is_the_same_on_every_postgresql(chance):
    """These hashes stand in seals out there: whoever changes the form makes a new one."""
    fixed = UUID("00000000-0000-4000-8000-00000000000a")
    at = datetime(2026, 3, 29, 1, 30, 0, 120000, tzinfo=UTC)
    Entry(
        id=fixed, at=at, capacity="worker", event="a.b", cause="é\n\"", object_id=fixed,
        details={"zz": 1.50, "a": {"ø": [True, None, 1e30]}, "\U0001f9f8": ""},
    ).save(force_insert=True)  # fmt: skip
    Reading(
        id=fixed, at=at, person=fixed, capacity="worker", page="p", children=[fixed, fixed],
        kinds=['a "b", c', "", "NULL"],
    ).save(force_insert=True)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Europe/Oslo'")
    sealing.run()
    found = {row.sort: bytes(row.hash).hex()[:16] for row in Sealed.objects.all()}
    assert found == GOLDEN
    assert verify().seals == 1


def test_every_column_of_the_record_is_sealed():
    for model, sort in ((Entry, "entry"), (Reading, "reading")):
        assert rules.COLUMNS[sort] == tuple(field.column for field in model._meta.local_fields)


def test_the_database_and_the_verifier_know_the_same_grace():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_seal_from'::regproc)")
        assert f"interval '{verifying.GRACE // timedelta(minutes=1)} minutes'" in cursor.fetchone()[0]
