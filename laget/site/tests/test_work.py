"""The queue, with real workers: what is committed is done, once; what is rolled back is not; the dead are replaced."""

import asyncio
import email
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app as queue
from procrastinate.periodic import PeriodicDeferrer
from psycopg.errors import InsufficientPrivilege

from laget.access.models import Draft, Receipt
from laget.audit.models import Entry
from laget.demo.cast import make_cast
from laget.kernel.actor import Capacity
from laget.notices.actions import tell
from laget.notices.models import Dispatch, Notice
from laget.people.models import Contact
from laget.site import cli, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]
KILLS = int(os.environ.get("LAGET_KILLS", "4"))

QUICK = """
from laget.site import cli, work
from laget.site.commands import worker
work.HEARTBEAT, work.STALLED, worker.PAUSE = 0.3, 1, 0.5
{more}
raise SystemExit(cli.main({words!r}))
"""
FALLS = """
def falls():
    raise RuntimeError("it falls")

whole = work._function
work._function = lambda name: falls if name == "laget.access.housekeeping.run" else whole(name)
work.AGAIN = work.RetryStrategy(max_attempts=1, wait=1)
"""
"""One job that always fails, and is tried twice in all."""


class Sink:
    """A mail server that keeps what it is given, slowly enough to be interrupted."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        import asyncio

        self.mails.append(email.message_from_bytes(envelope.content)["Message-ID"])
        await asyncio.sleep(0.02)
        return "250 OK"


@pytest.fixture
def sink():
    handler = Sink()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.url = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def nothing_waits(transactional_db, tmp_path, monkeypatch):
    monkeypatch.setenv("LAGET_SEAL_FOLDER", str(tmp_path / "seals"))  # one folder belongs to one database
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("DELETE FROM access_finished")


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@contextmanager
def a_worker(*words, mail="", more=""):
    """A real worker, in a process and with a login of its own."""
    here = re.sub(r"/laget\?", f"/{connection.settings_dict['NAME']}?", os.environ["LAGET_TEST_URL_WORKER"])
    environment = {**os.environ, "DATABASE_URL_WORKER": here, "LAGET_SMTP_URL": mail, "LAGET_POOL": "0"}
    started = subprocess.Popen(
        [sys.executable, "-c", QUICK.format(words=["worker", *words], more=more)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def until(true, seconds=120.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"it did not come about in time; on the queue: {queued()}"
        time.sleep(0.05)


def queued():
    return rows(
        "SELECT task_name, status::text, attempts, count(*) FROM procrastinate_jobs GROUP BY 1, 2, 3 ORDER BY 1"
    )


def told(person, times=1):
    for _ in range(times):
        with transaction.atomic():
            tell([person], Capacity.CITIZEN, "consents.asked", address=f"/{uuid4()}")


@pytest.fixture
def kari():
    cast = make_cast()
    Contact.objects.create(person_id=cast.kari.person, sort="email", value="kari@example.org")
    return cast.kari


def test_what_is_rolled_back_puts_nothing_on_the_queue(kari):
    with transaction.atomic():
        tell([kari.person], Capacity.CITIZEN, "consents.asked", address="/")
        transaction.set_rollback(True)
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    told(kari.person)
    assert rows("SELECT task_name, status::text FROM procrastinate_jobs") == [("notices.send", "todo")]


def test_a_job_holds_ids_and_codes_and_nothing_else(kari):
    told(kari.person, 2)
    for (arguments,) in rows("SELECT args FROM procrastinate_jobs"):
        for value in json.loads(arguments).values() if isinstance(arguments, str) else arguments.values():
            assert re.fullmatch(r"[0-9a-f-]{36}", str(value))
    declared = {name: task.func.__annotations__ for name, task in queue.tasks.items() if "builtin" not in name}
    assert set(work.JOBS) | {work.RESCUE, "notices.send"} == set(declared)
    for name, annotations in declared.items():
        assert set(annotations) <= {"timestamp", "dispatch", "context", "return"}, name


def test_the_web_puts_on_the_queue_and_can_do_nothing_else_with_it(kari):
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["LAGET_TEST_URL_APP"], dbname=name, autocommit=True) as web:
        web.execute("SELECT access_send_soon(ARRAY[gen_random_uuid()])")
        assert rows("SELECT task_name, lock, queueing_lock, scheduled_at FROM procrastinate_jobs") == [
            ("notices.send", None, None, None)
        ]
        name = next(iter(work.JOBS))
        in_ten_years = f"ROW('default', '{name}', 9, '{name}', '{name}', '{{}}', now() + interval '10 years')"
        for forbidden in (
            f"SELECT procrastinate_defer_jobs_v1(ARRAY[{in_ten_years}::procrastinate_job_to_defer_v1])",
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock) VALUES ('default', 't', 'x')",
            "SELECT procrastinate_defer_periodic_job_v2('default', 'x', 'x', 't', 0, '', 1, '{}')",
            "UPDATE access_finished SET at = now()",
            "SELECT args FROM procrastinate_jobs",
            "DELETE FROM procrastinate_jobs",
            "UPDATE procrastinate_jobs SET status = 'todo'",
            "SELECT procrastinate_fetch_job_v2(NULL, 1)",
            "SELECT access_tidy(now())",
        ):
            with pytest.raises(InsufficientPrivilege):
                web.execute(forbidden)
        assert web.execute("SELECT waited FROM access_queue_health(120)").fetchone() == (0,)


def test_an_email_goes_out_when_the_one_who_tells_commits(kari, sink):
    with a_worker(mail=sink.url):
        until(lambda: rows("SELECT 1 FROM procrastinate_workers"))
        told(kari.person)
        began = time.monotonic()
        until(lambda: sink.mails)
        assert time.monotonic() - began < 5
        until(lambda: Dispatch.objects.get().state == "sent")


def newest_worker():
    return rows("SELECT coalesce(max(id), 0) FROM procrastinate_workers")[0][0]


def test_killed_again_and_again_nothing_is_lost_and_nothing_doubled(kari, sink):
    """kill -9 at random. Only a mail that was under way at a kill may go twice, and then as the same message."""
    chance = random.Random(7)
    at_work = held = 0
    for number in range(KILLS):
        told(kari.person, 12)
        before, sent = newest_worker(), len(sink.mails)  # the row of the one killed last is still there
        with a_worker(mail=sink.url) as worker:
            until(lambda: newest_worker() > before)  # noqa: B023 - called at once
            told(kari.person, 6)
            if number % 4:  # every fourth is killed as it begins, the others while they send
                until(lambda: len(sink.mails) > sent)  # noqa: B023
            time.sleep(chance.uniform(0, 0.6))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        at_work += len(sink.mails) > sent
        held += len(rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'notices.send'")) > 0
    time.sleep(1.1)  # what the last one held is by now left by a dead worker
    with a_worker(mail=sink.url):
        until(lambda: not Dispatch.objects.filter(state="waiting").exists(), 40 + 4 * KILLS)
        until(
            lambda: not rows("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'notices.send' AND status <> 'failed'")
        )
    gave_up = rows("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notices.send'")[0][0]
    expected = 18 * KILLS
    twice = len(sink.mails) - expected
    print(
        f"{KILLS} kills, {at_work} of one that sent, {held} with jobs held: "
        f"{expected} told, {twice} twice, {gave_up} gave up"
    )
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}
    assert len(set(sink.mails)) == Notice.objects.count() == expected
    assert 0 <= twice <= 2 * KILLS  # two at a time
    assert at_work > KILLS // 2, "the kills have to meet a worker that works"


def test_two_workers_share_the_work(kari, sink):
    told(kari.person, 40)
    with a_worker("--once", mail=sink.url) as first, a_worker("--once", mail=sink.url) as second:
        assert (first.wait(120), second.wait(120)) == (0, 0)
    assert len(sink.mails) == len(set(sink.mails)) == 40


def test_told_to_stop_it_finishes_what_it_has_begun(kari, sink):
    with a_worker(mail=sink.url) as worker:
        until(lambda: rows("SELECT 1 FROM procrastinate_workers"))
        told(kari.person, 30)
        worker.terminate()
        assert worker.wait(30) == 0
    assert not rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'")
    assert len(sink.mails) == Dispatch.objects.filter(state="sent").count()


def test_a_worker_survives_a_database_that_hangs_up(kari, sink):
    with a_worker(mail=sink.url) as worker:
        until(lambda: rows("SELECT 1 FROM procrastinate_workers"))
        gone = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'laget_worker'"
        admin_ends(f"{gone} AND datname = current_database()")
        told(kari.person)
        until(lambda: sink.mails)
        assert worker.poll() is None


def admin_ends(statement):
    """Only the tests' own cluster lets its administrator in."""
    from laget.site import postgres
    from tests.support.database import _cluster

    with postgres._connect(_cluster(), connection.settings_dict["NAME"]) as admin:
        assert admin.execute(statement).fetchone()[0] > 0


def test_a_worker_waits_for_a_database_that_is_away_and_goes_on(kari, sink):
    """As in a restart: all its connections end, and for a while no new one is let in."""
    from laget.site import postgres
    from tests.support.database import _cluster

    name = connection.settings_dict["NAME"]
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'laget_worker' AND datname = %s"
    with a_worker(mail=sink.url) as worker, postgres._connect(_cluster(), "postgres") as admin:
        until(lambda: rows("SELECT 1 FROM procrastinate_workers"))
        told(kari.person, 20)
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            admin.execute(hang_up, [name])
            time.sleep(1.5)
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        until(lambda: len(set(sink.mails)) == 20)
        until(lambda: not rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'"))
        assert worker.poll() is None
        worker.terminate()
        assert worker.wait(30) == 0


def periodic(status):
    return rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status) "
        "VALUES ('default', 'laget.consents.sweeps.run', 'x', 'x', '{\"timestamp\": 0}', %s::procrastinate_job_status) "
        "RETURNING id",
        status,
    )[0][0]


def test_a_job_that_fails_while_its_next_tick_waits_is_tried_again():
    begun, _next = periodic("doing"), periodic("todo")
    rows("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", begun)
    assert rows("SELECT status::text FROM procrastinate_jobs") == [("todo",), ("todo",)]


def test_what_comes_by_the_clock_and_was_left_by_a_dead_worker_is_begun_again_not_thrown_away():
    begun = periodic("doing")
    assert asyncio.run(rescued()) == 1
    assert rows("SELECT id, status::text FROM procrastinate_jobs") == [(begun, "todo")]


async def rescued():
    with queue.replace_connector(queue.connector.get_worker_connector()):
        async with queue.open_async():
            return await work.rescue(queue)


def test_an_hourly_tick_that_was_missed_is_made_up():
    deferrer = PeriodicDeferrer(registry=queue.periodic_registry, **queue.periodic_defaults)
    almost_an_hour_late = datetime(2026, 3, 2, 9, 16, tzinfo=UTC).timestamp()
    due = {task.task.name for task, _at in deferrer.get_previous_tasks(at=almost_an_hour_late)}
    assert set(work.JOBS) <= due


# In the order they came: a worker makes up for the tick before it began, which may be queued while the first is tried.
TRIED = """
SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'laget.access.housekeeping.run' ORDER BY id
"""


def test_what_fails_is_tried_again_by_a_worker_and_then_kept_as_failed(client):
    with a_worker("--once", more=FALLS) as worker:
        assert worker.wait(300) == 1, "a single round says that something did not go well"
    assert rows(TRIED)[0] in {("todo", 1), ("failed", 2)}, "a slow machine has tried it twice by now"
    done = {
        name for (name,) in rows("SELECT task FROM access_finished WHERE at > (SELECT min(at) FROM access_finished)")
    }
    assert done == set(work.JOBS) - {"laget.access.housekeeping.run"}, "what falls stops none of the others"
    with a_worker(more=FALLS):
        until(lambda: ("failed", 2) in rows(TRIED), 300)
    assert client.get("/healthz").json()["failed"] == ["laget.access.housekeeping.run"]


def test_a_single_round_beside_another_does_each_job_once(kari):
    """A day that is over is controlled once, and said once in the record, however many workers there are."""
    with a_worker("--once") as first, a_worker("--once") as second:
        assert (first.wait(120), second.wait(120)) == (0, 0)
    days = [entry.details["day"] for entry in Entry.objects.filter(event="trust.day_controlled")]
    assert days and len(days) == len(set(days))
    assert not rows("SELECT 1 FROM procrastinate_jobs WHERE status <> 'todo'")


def test_what_gave_up_is_said(client):
    ((job,),) = rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'some.job', 'doing') "
        "RETURNING id"
    )
    assert client.get("/healthz").json() == {"ok": True, "database": True, "worker": False}
    rows("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", job)
    assert client.get("/healthz").json()["failed"] == ["some.job"]


def test_health_says_when_the_worker_is_late(client):
    rows("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    assert client.get("/healthz").json() == {"ok": True, "database": True, "worker": True}
    rows("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'some.job') RETURNING id")
    rows("UPDATE procrastinate_events SET at = now() - interval '5 minutes' RETURNING id")
    answer = client.get("/healthz").json()
    assert answer["worker"] is False
    assert 299 <= answer["late_seconds"] <= 330
    assert answer["late"] == ["some.job"]
    rows("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' RETURNING id")
    assert client.get("/healthz").json()["worker"] is True
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '110 seconds' RETURNING id")
    assert client.get("/healthz").json()["worker"] is True
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '130 seconds' RETURNING id")
    assert client.get("/healthz").json()["worker"] is False


def test_health_names_what_does_not_come_to_its_end(client):
    """However it is held back: that it waits on the queue is not needed for it to be said."""
    rows("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    name = "laget.trust.sweeps.run"
    rows("INSERT INTO access_finished VALUES (%s, now() - interval '3 hours') RETURNING task", name)
    answer = client.get("/healthz").json()
    assert answer["worker"] is False
    assert answer["unfinished"] == [name]
    work._finished(name)
    assert client.get("/healthz").json() == {"ok": True, "database": True, "worker": True}


def test_health_says_that_the_record_waits_for_its_seal(client, kari):
    told(kari.person)
    Entry.objects.create(event="x", capacity="system", at=timezone.now() - timedelta(minutes=20))
    assert client.get("/healthz").json()["unsealed_seconds"] >= 1190


def test_what_has_had_its_time_is_tidied_away_by_the_worker_who_reads_none_of_it(kari):
    now = timezone.now()
    for days, form in ((-1, "old"), (1, "new")):
        Draft.objects.create(person_id=kari.person, form=form, sealed=b"", until=now + timedelta(days=days))
        Receipt.objects.create(person_id=kari.person, key=uuid4(), at=now + timedelta(days=31 * min(days, 0)))
        Session.objects.create(session_key=form, session_data="", expire_date=now + timedelta(days=days))
    with a_worker("--once") as worker:
        assert worker.wait(120) == 0
    assert [draft.form for draft in Draft.objects.all()] == ["new"]
    assert Receipt.objects.count() == 1
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    name = connection.settings_dict["NAME"]
    with (
        psycopg.connect(os.environ["LAGET_TEST_URL_WORKER"], dbname=name) as login,
        pytest.raises(InsufficientPrivilege),
    ):
        login.execute("SELECT sealed FROM access_draft")


def test_every_job_on_the_list_exists():
    for name in work.JOBS:
        assert callable(work._function(name))
    assert "worker" in cli.COMMANDS
