"""The launcher: what was committed survives a kill -9, and two that start at once get one server."""

import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from laget.site import postgres
from laget.site import postgres_place as place

pytestmark = pytest.mark.locks


@pytest.fixture
def var():
    """A folder that every user can reach, as a checkout usually is; whatever runs in it is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="laget-test-"))
    folder.chmod(0o755)
    yield folder
    end(postgres.cluster(folder, "own"))
    shutil.rmtree(folder)


@pytest.fixture
def made(var):
    return postgres.cluster(var, "own")


def end(cluster):
    postgres.stop(cluster)
    shutil.rmtree(cluster.folder)
    shutil.rmtree(cluster.socket, ignore_errors=True)


def ask(cluster, query, database="laget", part="owner", *, fetch=True):
    with psycopg.connect(postgres.urls(cluster, database)[part]) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if fetch else None


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_the_first_start_makes_it_and_the_second_finds_it(made):
    postgres.start(made)
    first = postmaster(made)
    postgres.prepare(made, "laget")
    before = time.monotonic()
    postgres.start(made)
    assert time.monotonic() - before < 2
    assert postmaster(made) == first
    assert ask(made, "SELECT current_user, current_setting('TimeZone'), current_setting('server_encoding')") == [
        ("laget_owner", "UTC", "UTF8")
    ]
    postgres.stop(made)
    postgres.start(made)
    assert ask(made, "SELECT 1") == [(1,)]


def test_the_logins_have_no_more_than_they_need(made):
    postgres.start(made)
    postgres.prepare(made, "laget")
    postgres.prepare(made, "laget")
    rights = ask(
        made,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname ~ '^laget'",
    )
    assert sorted(rights) == [
        (role, False, False, False, False) for role in ("laget_app", "laget_owner", "laget_worker")
    ]
    assert ask(made, "SELECT count(*) FROM pg_auth_members WHERE member::regrole::text ~ '^laget'") == [(0,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(made, "CREATE TABLE public.mine ()", part="app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(made, "CREATE TEMPORARY TABLE mine ()", part="worker")
    assert ask(made, "SELECT extname FROM pg_extension WHERE extname = 'btree_gist'") == [("btree_gist",)]


def test_nobody_gets_in_without_the_password(made):
    postgres.start(made)
    postgres.prepare(made, "laget")
    url = postgres.urls(made, "laget")["app"].replace("laget_app:", "laget_app:not")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url)
    for folder in (made.folder, made.socket, made.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.folder / "passwords.json").stat().st_mode) == 0o600
    assert not list(made.folder.glob("*.new"))


def test_in_a_test_cluster_the_owner_can_step_into_the_other_roles(made):
    postgres.start(made, durable=False)
    postgres.prepare(made, "laget", testing=True)
    with psycopg.connect(postgres.urls(made, "laget")["owner"], autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
    with psycopg.connect(postgres.urls(made, "another")["owner"]) as owner:
        owner.execute("CREATE TABLE one (day daterange, EXCLUDE USING gist (day WITH &&))")
        owner.execute("SET LOCAL ROLE laget_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("SELECT * FROM one")


def test_ten_kills_lose_nothing_that_was_committed(made):
    postgres.start(made)
    postgres.prepare(made, "laget")
    ask(made, "CREATE TABLE kept (number int)", fetch=False)
    for number in range(10):
        ask(made, f"INSERT INTO kept VALUES ({number})", fetch=False)
        os.kill(postmaster(made), signal.SIGKILL)
        postgres.start(made)
    assert ask(made, "SELECT count(*), min(number), max(number) FROM kept") == [(10, 0, 9)]


def test_a_pid_file_that_names_another_process_is_stale(made):
    postgres.start(made)
    os.kill(postmaster(made), signal.SIGKILL)
    path = made.data / "postmaster.pid"
    stale = path.read_text().splitlines()
    path.write_text("\n".join([str(os.getpid()), *stale[1:]]) + "\n")
    postgres.start(made)
    assert postmaster(made) != os.getpid()


def begin(var, results):
    found = postgres.cluster(Path(var), "own")
    postgres.start(found)
    results.put(postmaster(found))


def test_two_that_start_at_once_get_the_same_server(var):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    both = [context.Process(target=begin, args=(str(var), results)) for _ in range(2)]
    for process in both:
        process.start()
    try:
        assert results.get(timeout=60) == results.get(timeout=60)
    finally:
        for process in both:
            process.join(timeout=30)


def test_a_server_that_cannot_start_says_why(made, monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 0.1)
    postgres.start(made)
    postgres.stop(made)
    with (made.data / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(postgres.NotStarted, match="no_such_setting"):
        postgres.start(made)


def test_a_long_path_gets_a_short_socket(var):
    found = postgres.cluster(var / ("long" * 20), "own")
    assert len(os.fsencode(found.socket / place.SOCKET_NAME)) <= place.LONGEST_SOCKET
    assert stat.S_IMODE(found.socket.stat().st_mode) == 0o700
    postgres.start(found)
    end(found)


def test_another_version_is_refused_in_words(made):
    postgres.start(made)
    postgres.stop(made)
    (made.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(postgres.NotStarted, match="was made by PostgreSQL 14"):
        postgres.start(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_as_root_an_unprivileged_user_runs_it_and_no_mode_is_widened(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = postgres.cluster(closed, "own")
    try:
        postgres.start(found)
        server = Path(f"/proc/{postmaster(found)}").stat().st_uid
        assert server == pwd.getpwnam(place.SYSTEM_USER).pw_uid != 0
        assert place.STATE in found.folder.parents
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        refused = subprocess.run(
            ["/bin/cat", found.folder / "passwords.json"],
            user=place.SYSTEM_USER, group=place.SYSTEM_USER, extra_groups=[], capture_output=True, text=True,
        )  # fmt: skip
        assert refused.returncode
    finally:
        end(found)
        found.folder.parent.rmdir()
