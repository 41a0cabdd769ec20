"""Versions are added, never changed; a case stays on its own; a page pays nothing for knowing them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from laget.audit.models import Entry
from laget.guide import versions
from laget.guide.actions import load
from laget.guide.chain import beside
from laget.guide.faults import GuideFaults
from laget.guide.files import preset
from laget.guide.models import Version
from laget.guide.national import current, national, version
from laget.kernel.actor import SYSTEM
from laget.kernel.errors import Refused
from laget.law.consent import Ask

TODAY = date(2027, 3, 1)
AUGUST = date(2027, 8, 1)
OWN = '[guide]\ncode = "{0}"\nname.nb = "Vår"\nextends = "national"\nwritten = "nb"\nlanguages = ["nb"]\n'


def loaded(as_app, name="overhalla", begins=AUGUST, actor=SYSTEM, today=TODAY):
    with as_app(actor):
        return load(actor, preset(name) or OWN.format(name), begins=begins, today=today, name=name)


def test_without_versions_the_national_default_holds(stored):
    assert current(TODAY) is national() and version("overhalla-1") is national()


def test_a_version_holds_from_its_day_and_a_case_keeps_its_own(stored, as_app):
    guide = loaded(as_app).value
    versions.forget()
    assert current(AUGUST - timedelta(days=1)) is national()
    assert current(AUGUST) == guide and [one.code for one in current(AUGUST).levels] == ["0", "A", "B", "C"]
    assert current(AUGUST).valid_from == AUGUST
    loaded(as_app, "kvinnherad", AUGUST + timedelta(days=365))
    versions.forget()
    later = current(AUGUST + timedelta(days=365))
    assert later.code == "kvinnherad-1" and later.consent.moved["E/15/school"] is Ask.CHILD
    assert version("overhalla-1") == guide and version("national-1") is national()
    assert version("never heard of") is national()


def test_loading_is_recorded_and_says_who(stored, as_app):
    row = Version.objects.get(code=loaded(as_app).value.code)
    assert row.loaded_by == SYSTEM.person and "begin_anew" in row.own and "extends" not in row.whole
    entry = Entry.objects.get(event="guide.version_loaded")
    assert entry.object_id == row.pk and entry.details == {"code": "overhalla-1", "from": "2027-08-01"}


@pytest.mark.parametrize(
    ("name", "begins", "said"),
    [
        ("kvinnherad", AUGUST, "is the first day of another version"),
        ("overhalla", AUGUST + timedelta(days=1), "is loaded before"),
        ("sund", TODAY - timedelta(days=1), "which has been; allowed: 2027-03-01 or later"),
        ("national", AUGUST + timedelta(days=1), "is loaded before"),
    ],
)
def test_two_from_one_day_one_code_twice_and_the_past_are_refused(stored, as_app, name, begins, said):
    loaded(as_app)
    with pytest.raises(GuideFaults) as found:
        loaded(as_app, name, begins)
    assert said in str(found.value) and Version.objects.count() == 1


def test_the_first_version_may_begin_before_today(stored, as_app):
    loaded(as_app, begins=date(2024, 8, 1))
    assert Version.objects.get().valid_from == date(2024, 8, 1)


def test_nothing_of_a_faulty_file_is_loaded(stored, as_app):
    with pytest.raises(GuideFaults), as_app(SYSTEM):
        load(SYSTEM, OWN.format("own") + "[log]\npaper = 1\n", begins=AUGUST, today=TODAY)
    assert not Version.objects.exists() and not Entry.objects.filter(event="guide.version_loaded").exists()


@pytest.mark.parametrize("who", ["maja", "ada", "kari"])
def test_only_the_operator_loads_a_file(stored, as_app, cast, who):
    with pytest.raises(Refused):
        loaded(as_app, actor=getattr(cast, who).actor)
    assert not Version.objects.exists()


@pytest.mark.parametrize("role", ["laget_app", "laget_worker", None])
def test_no_login_changes_a_version_or_takes_it_away(stored, as_app, role):
    loaded(as_app)
    for statement in ("UPDATE guide_version SET valid_from = '2020-01-01'", "DELETE FROM guide_version"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
    assert Version.objects.get().valid_from == AUGUST


def test_the_worker_reads_versions_and_adds_none(stored, as_app):
    loaded(as_app)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE laget_worker")
        cursor.execute("SELECT count(*) FROM guide_version")
        assert cursor.fetchone() == (1,)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE laget_worker")
        cursor.execute("INSERT INTO guide_version SELECT * FROM guide_version")


def test_asking_many_times_costs_one_small_statement_every_few_seconds(
    stored, as_app, monkeypatch, django_assert_num_queries
):
    loaded(as_app)
    now = [1000.0]
    monkeypatch.setattr(versions, "monotonic", lambda: now[0])
    versions.forget()
    with django_assert_num_queries(2):  # the list, and the one version
        for _ in range(50):
            current(AUGUST)
    with django_assert_num_queries(0):
        for _ in range(50):
            current(AUGUST), version("overhalla-1"), current(TODAY)
    now[0] += versions.AGE
    with django_assert_num_queries(1):
        current(AUGUST)


def test_another_workers_new_version_is_seen_within_seconds_and_by_its_code_at_once(stored, as_app, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(versions, "monotonic", lambda: now[0])
    assert current(AUGUST) is national()
    row = Version(code="own-1", valid_from=AUGUST, own="", whole=OWN.format("own-1"), loaded_by=SYSTEM.person)
    row.save(force_insert=True)  # as if by another process: nothing here is told
    assert version("own-1").code == "own-1"
    now[0] += versions.AGE
    assert current(AUGUST).code == "own-1"


def test_an_unknown_code_is_not_looked_for_again_and_again(stored, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(10):
            assert version("gone") is national()


def test_old_and_new_run_side_by_side(stored, as_app):
    loaded(as_app, "tromso-2014", date(2014, 1, 1), today=date(2014, 1, 1))
    loaded(as_app, "tromso", date(2025, 8, 15), today=date(2025, 1, 1))
    versions.forget()
    autumn = date(2025, 10, 1)
    assert current(autumn, kind="school").code == "tromso-2"
    assert current(autumn, kind="ppt").code == "tromso-1"
    assert current(date(2026, 9, 1), kind="ppt").code == "tromso-2"
    assert current(autumn).code == "tromso-2"
    assert version("tromso-1").name.nb != version("tromso-2").name.nb


def test_a_file_that_builds_on_one_beside_it_is_kept_whole(stored, as_app, tmp_path: Path):
    (tmp_path / "region.toml").write_text(OWN.format("region") + '[word.team]\nnb = ["flokk", "flokken", "flokker"]\n')
    own = tmp_path / "own.toml"
    own.write_text(OWN.format("own-1").replace("national", "region.toml"))
    with as_app(SYSTEM):
        load(SYSTEM, own.read_text(), begins=AUGUST, today=TODAY, find=beside(tmp_path))
    (tmp_path / "region.toml").unlink()
    versions.forget()
    assert next(one for one in current(AUGUST).words if one.concept == "team").one.nb == "flokk"
