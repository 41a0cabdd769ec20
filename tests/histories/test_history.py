"""Eight at once, for real: what is read, written or sent after a withdrawal is counted, and there is nothing.

Each client has a connection of its own and writes down when it began and when it had its answer, by one clock. A
withdrawal holds from the moment the parent has the answer. What began after that moment must be refused; what was
confirmed to a writer stands once. LAGET_HISTORIES sets how many families are tried (default 4).
"""

from __future__ import annotations

import email
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from threading import Barrier, Event, Lock, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from laget.access.database import acting
from laget.cases.models import Case, Log
from laget.consents.actions import Wish, answer, ask
from laget.consents.models import Request
from laget.demo.cast import Cast, Member, make_cast
from laget.families.rules import TypedChild, TypedParent
from laget.kernel.actor import Capacity
from laget.notices.actions import tell
from laget.notices.models import Dispatch
from laget.notices.tests.test_delivery import smtp  # noqa: F401 - a fixture
from laget.people.models import Contact, Name
from laget.people.rules import synthetic_number
from tests.support.cast import signed_in
from tests.support.database import ROOT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.locks,
    pytest.mark.loose("what is asked at the same time by many is timed"),
]
FAMILIES = int(os.environ.get("LAGET_HISTORIES", "4"))
ABOUT = "consents.answered"
AFTERWARDS = 3
"""So many times does each client go on after the withdrawal has been answered."""


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did: when it began, when it was answered, and how."""

    sort: str
    began: float
    ended: float
    status: int
    words: str = ""


@dataclass
class Family:
    """A case that stands on the consent of two parents."""

    request: Request
    case: Case
    mother: Member
    father: Member


@dataclass
class History:
    """What all clients did, in one list."""

    deeds: list[Deed] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    withdrawn: Event = field(default_factory=Event)

    def turns(self) -> Iterator[int]:
        """A client's turns: until the withdrawal has been answered, and some more."""
        more, end = AFTERWARDS, time.monotonic() + 60
        while more and time.monotonic() < end:
            more -= self.withdrawn.is_set()
            yield more

    def note(self, sort: str, act: Callable[[], int], words: str = "") -> None:
        began = time.monotonic()
        status = act()
        with self.lock:
            self.deeds.append(Deed(sort, began, time.monotonic(), status, words))

    def of(self, sort: str) -> list[Deed]:
        return [one for one in self.deeds if one.sort == sort]

    def together(self, clients: list[Callable[[], None]]) -> None:
        start = Barrier(len(clients))

        def run(client: Callable[[], None]) -> None:
            try:
                start.wait(20)
                client()
            except BaseException as fault:
                self.faults.append(fault)
            finally:
                connection.close()

        threads = [Thread(target=run, args=(one,)) for one in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(90)
        assert not self.faults, self.faults
        assert not any(thread.is_alive() for thread in threads)


def family(cast: Cast, serial: int) -> Family:
    """Asked, answered by both, and the case opened."""
    mother = TypedParent(f"Mor{serial}", "Dal", "mother", True, "register", synthetic_number(date(1990, 1, 2), serial))
    father = TypedParent(f"Far{serial}", "Dal", "father", True, "register", synthetic_number(date(1989, 3, 4), serial))
    number = synthetic_number(date(2021, 3, 4), 100 + serial)
    typed = TypedChild(given=f"Barn{serial}", family="Dal", number=number, parents=(mother, father))
    with acting(cast.maja.actor):
        request = ask(cast.maja.actor, cast.maja.position, typed, Wish(("everyday", "learning"), "plan")).value
    adults = [
        Member(Name.objects.get(given=f"{name}{serial}").person_id, name, Capacity.CITIZEN) for name in ("Mor", "Far")
    ]
    for one in adults:
        with acting(one.actor):
            answer(one.actor, request, ["everyday", "learning"])
    opened = signed_in(cast.maja).post(reverse("open_case", args=[request.pk]), {"key": str(uuid4()), "level": "1"})
    case = Case.objects.filter(child_id=request.child_id).first()
    assert case is not None, opened.content.decode()[-1500:]
    return Family(request, case, *adults)


def _posted(client: Client, address: str, sent: dict[str, str]) -> int:
    return client.post(address, {"key": str(uuid4()), **sent}).status_code


def _clients(cast: Cast, of: Family, history: History, random: Random) -> list[Callable[[], None]]:
    log, write = reverse("case_log", args=[of.case.pk]), reverse("write", args=[of.case.pk])
    plan, page = reverse("case_plan", args=[of.case.pk]), reverse("child_page", args=[of.case.pk])
    pause = random.uniform(0.5, 1.5)

    def reads(address: str) -> Callable[[], None]:
        def run() -> None:
            client = signed_in(cast.maja)
            for _ in history.turns():
                history.note("read", lambda: client.get(address).status_code)

        return run

    def writes() -> None:
        client = signed_in(cast.maja)
        for _ in history.turns():
            words = "Ord " + "".join(chr(ord("a") + int(one, 16)) for one in uuid4().hex)
            sent = {"words": words, "kind": "everyday", "audience": "team", "sort": "note"}
            history.note("write", lambda sent=sent: _posted(client, write, sent), words)

    def sends() -> None:
        for _ in history.turns():
            with acting(of.father.actor):
                tell([cast.maja.person], Capacity.WORKER, ABOUT, address=page, child=of.request.child_id)
            time.sleep(0.02)

    def withdraws() -> None:
        client = signed_in(of.mother)
        address = reverse("withdraw", args=[of.request.pk])
        time.sleep(pause)
        history.note("withdraw", lambda: _posted(client, address, {"confirm": "1", "sure": "on"}))
        history.withdrawn.set()

    return [reads(log), reads(plan), reads(page), writes, writes, sends, withdraws, reads(log)]


SENDER = """
import os, sys, time
import django
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.LAGET_MAIL = "127.0.0.1", int(sys.argv[2]), True
from laget.notices import delivery
with connection.cursor() as cursor:
    cursor.execute("SET ROLE laget_worker")
sends = delivery._send

def timed(server, message):
    message.extra_headers["X-Began"] = str(time.monotonic())  # one clock for all processes of the machine
    return sends(server, message)

delivery._send = timed
print("ready", flush=True)
started_by = os.getppid()
while os.getppid() == started_by:
    delivery.run()
    time.sleep(0.01)
"""


@pytest.fixture
def senders(smtp: Any) -> Iterator[list[subprocess.Popen[str]]]:  # noqa: F811
    """Two processes that send mail as the worker does; what they are told is in `smtp`."""
    running = [_sender(smtp.controller.port) for _ in range(2)]
    yield running
    for one in running:
        _kill(one)


def _kill(one: subprocess.Popen[str]) -> None:
    one.send_signal(signal.SIGKILL)
    one.wait()
    assert one.stdout is not None
    one.stdout.close()


def _sender(port: int) -> subprocess.Popen[str]:
    name = connection.settings_dict["NAME"]
    made = subprocess.Popen(
        [sys.executable, "-c", SENDER, name, str(port)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert made.stdout is not None and made.stdout.readline() == "ready\n"
    return made


def _times_of_mail(smtp: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, float]]:  # noqa: F811
    """Message id; when its sender began to send it; and when it was here."""
    begun: list[tuple[str, float, float]] = []
    keep = type(smtp).handle_DATA

    async def handle_DATA(self: Any, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = email.message_from_bytes(envelope.content)
        begun.append((str(mail["Message-ID"]), float(str(mail["X-Began"])), time.monotonic()))
        said: str = await keep(self, server, session, envelope)
        return said

    monkeypatch.setattr(type(smtp), "handle_DATA", handle_DATA)
    return begun


def test_nothing_is_read_written_or_sent_after_a_withdrawal(
    transactional_db: None,
    smtp: Any,  # noqa: F811
    senders: list[subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also while one of those that send is killed in the middle of it, and another takes its place."""
    assert settings.LAGET_MAIL
    cast, random, begun = make_cast(), Random(7), _times_of_mail(smtp, monkeypatch)
    Contact.objects.create(person_id=cast.maja.person, sort="email", value="maja@example.org")
    counted: Counter[str] = Counter()
    for serial in range(FAMILIES):
        of, history = family(cast, serial), History()
        clients = _clients(cast, of, history, random)

        def kills() -> None:
            time.sleep(random.uniform(0.1, 0.9))
            _kill(senders[0])
            senders[0] = _sender(smtp.controller.port)

        before = len(begun)
        history.together([*clients, kills])
        time.sleep(0.3)
        counted += _judged(of, history, begun[before:])
    print(f"\n{FAMILIES} families, {dict(counted)}")
    assert counted["read after"] > FAMILIES and counted["write after"] and counted["mail"]
    assert {name: many for name, many in counted.items() if name.startswith("wrong")} == {}


def _judged(of: Family, history: History, mails: list[tuple[str, float, float]]) -> Counter[str]:
    (withdrawal,) = history.of("withdraw")
    assert withdrawal.status in (302, 303), withdrawal
    held = withdrawal.ended
    counted: Counter[str] = Counter()
    for one in history.of("read"):
        counted["read after" if one.began > held else "read before"] += 1
        counted["wrong: read"] += one.began > held and one.status == 200
    there = Counter(Log.objects.filter(case=of.case).values_list("words", flat=True))
    for one in history.of("write"):
        counted["write after" if one.began > held else "write before"] += 1
        counted["wrong: written after"] += one.began > held and there[one.words] > 0
        counted["wrong: lost"] += one.status in (302, 303) and there[one.words] != 1
        counted["wrong: doubled"] += there[one.words] > 1
        counted["wrong: refused and written"] += one.status >= 400 and there[one.words] > 0
    about_the_child = Dispatch.objects.filter(notice__child=of.request.child_id, notice__event=ABOUT)
    told = {str(one) for one in about_the_child.values_list("pk", flat=True)}
    for key, began, here in mails:
        if key.strip("<>").partition("@")[0] in told:
            counted["mail"] += 1
            counted["wrong: mail begun after"] += began > held
            counted["wrong: mail that came after"] += here > held
    return +counted
