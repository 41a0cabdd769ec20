"""E-mail, sent to a real SMTP server by the worker's role: what it says, and what becomes of it when it fails."""

import email
import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from email.policy import default
from functools import partial

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from laget.demo.cast import make_cast
from laget.demo.clock import ago
from laget.notices import delivery
from laget.notices.models import Dispatch, Notice
from laget.people.models import Contact
from laget.sight.models import Forbid

pytestmark = pytest.mark.django_db


class Server:
    """Keeps what it is given; answers as it is told to."""

    def __init__(self):
        self.mails, self.rcpt, self.data, self.wait = [], {}, "250 OK", threading.Event()
        self.slow = self.stopped = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        import asyncio

        while self.slow and not self.wait.is_set():
            await asyncio.sleep(0.05)
        if self.data.startswith("2"):
            self.mails.append((envelope.rcpt_tos, envelope.content))
        return self.data


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def smtp(settings):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.LAGET_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1
    settings.LAGET_BASE_URL = "https://laget.example"
    handler.controller = controller
    yield handler
    handler.wait.set()
    if not handler.stopped:
        controller.stop(no_assert=True)


@contextmanager
def as_worker():
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE laget_worker")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def send(after=timedelta()):
    with as_worker():
        delivery.run(timezone.now() + after)


def waiting(member, event="consents.asked", *, address=None, child=None, **more):
    Contact.objects.create(
        person_id=member.person, sort="email", value=address or f"{member.name.split()[0].lower()}@example.org"
    )
    return queued(member, event, child=child, **more)


def queued(member, event="consents.asked", *, child=None, **more):
    notice = Notice.objects.create(
        recipient_id=member.person, capacity=member.capacity, event=event, address="/secret-page/", child=child
    )
    return Dispatch.objects.create(notice=notice, **more)


def state(dispatch):
    dispatch.refresh_from_db()
    return dispatch.state


def test_an_email_says_what_kind_of_thing_and_where_to_sign_in_and_nothing_else(cast, smtp):
    dispatch = waiting(cast.kari, child=cast.child)
    send()
    assert state(dispatch) == "sent"
    ((receivers, content),) = smtp.mails
    assert receivers == ["kari@example.org"]
    mail = email.message_from_bytes(content, policy=default)
    text = mail.get_content()
    assert mail["Subject"] == "Du har en melding"
    assert "Noen ber om samtykket ditt." in text
    assert "Somebody asks for your consent." in text
    assert "https://laget.example/sign-in/" in text
    planted = ["Sara", "Solberg", "Maja", "Lind", "Solbakken", "Blåklokka", "barnehage", "Fjordvik", "secret-page"]
    planted += [str(cast.child), str(cast.case.pk), str(cast.kari.person)]
    everything = content.decode() + text + str(mail["Subject"])
    assert not [word for word in planted if word in everything]


def test_every_subject_is_the_same(cast, smtp):
    from laget.notices.words import SENTENCES

    for event in SENTENCES:
        queued(cast.kari, event)
    Contact.objects.create(person_id=cast.kari.person, sort="email", value="kari@example.org")
    send()
    subjects = {str(email.message_from_bytes(content, policy=default)["Subject"]) for _, content in smtp.mails}
    assert len(smtp.mails) == len(SENTENCES)
    assert subjects == {"Du har en melding"}


def test_nothing_is_sent_twice(cast, smtp):
    waiting(cast.kari)
    send()
    send(timedelta(hours=2))
    assert len(smtp.mails) == 1


def test_a_bounce_stops_at_once(cast, smtp):
    smtp.rcpt["kari@example.org"] = "550 no such user"
    bounced, sent = waiting(cast.kari), waiting(cast.maja)
    send()
    assert (state(bounced), state(sent)) == ("bounced", "sent")
    send(timedelta(days=1))
    assert bounced.attempts == 1


def test_a_refused_text_is_a_bounce(cast, smtp):
    smtp.data = "554 no"
    dispatch = waiting(cast.kari)
    send()
    assert state(dispatch) == "bounced"


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_come_back_later_waits_longer_each_time_and_tries_once_a_round(cast, smtp, where):
    if where == "rcpt":
        smtp.rcpt["kari@example.org"] = "451 greylisted"
    else:
        smtp.data = "451 later"
    dispatch = waiting(cast.kari)
    send()
    assert (state(dispatch), dispatch.attempts) == ("waiting", 1)
    send()
    assert (state(dispatch), dispatch.attempts) == ("waiting", 1)
    send(timedelta(minutes=2))
    assert (state(dispatch), dispatch.attempts) == ("waiting", 2)
    send(timedelta(minutes=4))
    assert (state(dispatch), dispatch.attempts) == ("waiting", 2)
    smtp.rcpt.clear()
    smtp.data = "250 OK"
    send(timedelta(minutes=20))
    assert state(dispatch) == "sent"


def test_it_is_given_up_in_the_end(cast, smtp):
    smtp.rcpt["kari@example.org"] = "451 greylisted"
    dispatch = waiting(cast.kari, attempts=len(delivery.WAITS), tried_at=ago(2))
    send()
    assert state(dispatch) == "gave_up"


def test_a_server_that_hangs_is_a_try_and_ends_the_round(cast, smtp):
    smtp.slow = True
    first, second = waiting(cast.kari), waiting(cast.maja)
    send()
    assert (state(first), first.attempts) == ("waiting", 1)
    assert (state(second), second.attempts) == ("waiting", 0)
    smtp.slow = False
    smtp.wait.set()
    send(timedelta(minutes=5))
    assert state(first) == state(second) == "sent"


def test_a_server_that_is_away_costs_one_try(cast, smtp):
    first, second = waiting(cast.kari), waiting(cast.maja)
    smtp.controller.stop()
    smtp.stopped = True
    send()
    assert {(state(one), one.attempts) for one in (first, second)} == {("waiting", 1), ("waiting", 0)}


@pytest.mark.parametrize("address", ["kari@example.org\nBcc: x@example.org", "@", "kåre@ex ample"])
def test_an_address_that_is_none_bounces_and_stops_nobody_else(cast, smtp, address):
    wrong, right = waiting(cast.kari, address=address), waiting(cast.maja)
    send()
    assert state(right) == "sent"
    assert state(wrong) in {"bounced", "waiting"}
    assert all("x@example.org" not in receivers for receivers, _ in smtp.mails)


def test_without_an_address_nothing_is_sent(cast, smtp):
    dispatch = queued(cast.kari)
    send()
    assert state(dispatch) == "no_address"
    assert not smtp.mails


def test_what_has_been_read_need_not_be_sent(cast, smtp):
    dispatch = waiting(cast.kari)
    Notice.objects.update(read_at=timezone.now())
    send()
    assert state(dispatch) == "read"
    assert not smtp.mails


def test_nobody_is_told_by_mail_about_a_child_they_may_not_know(cast, smtp):
    per, kari = waiting(cast.per, child=cast.child), waiting(cast.kari, child=cast.child)
    send()
    assert (state(per), state(kari)) == ("withheld", "sent")
    Forbid.objects.update(until=timezone.now())
    again = queued(cast.per, child=cast.child)
    send()
    assert state(again) == "sent"


def test_without_a_mail_server_nothing_is_sent_and_nothing_piles_up(cast, settings, smtp):
    settings.LAGET_MAIL = False
    old = waiting(cast.kari)
    send()
    assert state(old) == "off"
    settings.LAGET_MAIL = True
    send()
    assert not smtp.mails


def test_what_is_days_old_is_not_sent(cast, smtp):
    dispatch = waiting(cast.kari, made_at=ago(4))
    send()
    assert state(dispatch) == "too_late"


@pytest.mark.django_db(transaction=True)
def test_two_senders_never_send_the_same(smtp, django_db_blocker):
    cast = make_cast()
    Contact.objects.create(person_id=cast.kari.person, sort="email", value="kari@example.org")
    for _ in range(12):
        queued(cast.kari)

    def worker():
        try:
            with as_worker():
                delivery.run()
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(smtp.mails) == 12
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_killed_between_sending_and_saying_so_it_sends_again_as_the_same_message(smtp, monkeypatch):
    cast = make_cast()
    waiting(cast.kari)

    class Killed(BaseException):
        pass

    def kill(*args, **kwargs):
        delivery_send(*args, **kwargs)
        raise Killed

    delivery_send = delivery._send
    monkeypatch.setattr(delivery, "_send", kill)
    with pytest.raises(Killed):
        send()
    monkeypatch.setattr(delivery, "_send", delivery_send)
    send()
    ids = {email.message_from_bytes(content)["Message-ID"] for _, content in smtp.mails}
    assert len(smtp.mails) == 2
    assert len(ids) == 1


def test_a_server_that_answers_too_slowly_is_hung_up_on(cast, smtp, settings, monkeypatch):
    """Each of its drops comes in time, and the whole does not: who takes back a yes waits no longer than this."""
    settings.EMAIL_TIMEOUT = 60
    monkeypatch.setattr(delivery, "ANSWERS_WITHIN", timedelta(seconds=1))
    smtp.slow = True
    began, late = time.monotonic(), waiting(cast.kari)
    send()
    assert time.monotonic() - began < 30
    assert (state(late), late.attempts) == ("waiting", 1)


def test_it_is_asked_last_and_held_whether_the_child_may_be_known(cast, smtp, monkeypatch):
    asked = []
    for name in ("talk", "held", "reaches", "send"):
        one = getattr(delivery, f"_{name}")
        spied = partial(lambda told, act, *args: (asked.append(told), act(*args))[1], name, one)
        monkeypatch.setattr(delivery, f"_{name}", spied)
    waiting(cast.kari)
    send()
    assert asked == ["talk", "held", "reaches", "send"]


def read_of_the_queue():
    """Rows that this transaction has read so far, of notices and of e-mails."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables "
            "WHERE relname IN ('notices_notice', 'notices_dispatch')"
        )
        return int(cursor.fetchone()[0])


def test_what_one_email_costs_does_not_grow_with_how_many_wait(cast, smtp):
    """Where the database has no statistics yet (a new one), it goes wrong about a join, and reads all for each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # tables of a test are small enough to be read whole
    costs = []
    for many in (10, 80):
        for _ in range(many):
            queued(cast.kari)
        before = read_of_the_queue()
        send()
        costs.append((read_of_the_queue() - before) / many)
    assert max(costs) < 8, "rows read for each e-mail"
    assert not Dispatch.objects.filter(state="waiting").exists()
