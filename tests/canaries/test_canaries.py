"""Everybody opens every page about children in every state: a word is found by those who may read it and nobody else.

What is expected is computed by `naive`, which knows no query and no policy. LAGET_CANARIES=all plants a child in every
state and asks for fragments and empty forms as well; without it two states are asked for whole pages. Beside each child
stands one in the next state, whom the first one's family asks about too. Looked through are pages, headers, documents
with their metadata, messages, e-mails and log lines.
"""

from __future__ import annotations

import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from laget.access import prepared
from laget.access.database import acting
from laget.access.sessions import LETTER
from laget.demo.cast import Cast, Member, seat
from laget.kernel.actor import Capacity
from laget.notices import delivery
from laget.notices.actions import tell
from laget.notices.models import Notice
from laget.notices.tests.test_delivery import as_worker, smtp  # noqa: F401 - a fixture
from laget.people.models import Contact
from laget.sight.models import Seat, SeatKind
from tests.canaries import planting
from tests.canaries.naive import RULES, Naive, may_read
from tests.canaries.planting import STATES, Garden, columns_written_in
from tests.matrix.planted import Address, every_address
from tests.matrix.planted import plant as plant_one
from tests.support.cast import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.worlds,
    pytest.mark.loose("only words are looked for: what a page must be is asked of the same addresses by the matrix"),
]
ALL = os.environ.get("LAGET_CANARIES") == "all"
SOME = tuple(STATES) if ALL else ("consented", "restricted")
WORD = re.compile(r"Kvitr[0-9a-f]{5}q")
# Not shown on any page: (table.column, why).
NOT_SHOWN = {
    "people.Contact.value": "an address is used to send to, and shown to nobody",
    "consents.Disclosure.facts": "what a ground asks for, shown by the names the ground gives",
    "families.CareOrder.decided_by": "shown while the order stands; the planted one has ended",
    "families.CareOrder.ended_why": "kept for whoever asks why an order was ended",
    "families.CareOrder.reference": "shown while the order stands; the planted one has ended",
    "consents.Paper.why": "shown once the paper was found to be wrong",
    "participation.Setup.maturity": "kept for whoever asks why a child was let in",
    "participation.Setup.words": "kept for whoever asks how the identity was checked",
    "protection.Proposal.words": "shown once it has been answered",
    "consents.Request.first_words": "the first words of a case, until it is opened with them",
}
# Planted in some states only, and found by somebody there when that child is the one everybody asks about.
OF_ONE_STATE = {"protection.Letter"}


@pytest.fixture(autouse=True)
def _only_looked_for(_app_role: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepared queries are compared with fresh ones by every other test; here that was half of the time."""
    monkeypatch.setattr(prepared, "compare", None)


def garden_of(cast: Cast, states: tuple[str, ...]) -> Garden:
    others = plant_one(cast)
    garden = planting.plant(cast, states)
    garden.children = {name: {**others, **ids} for name, ids in garden.children.items()}
    return garden


@dataclass(frozen=True)
class Reader:
    """Somebody who asks: of which states, and how strongly signed in."""

    member: Member
    states: tuple[str, ...]
    strength: str = "demo"


def readers(garden: Garden) -> dict[str, Reader]:
    """The cast asks about the first child; that child and its own mother about itself and the one next to it."""
    states = tuple(garden.children)
    ids = garden.children[states[0]]
    found = {name: Reader(member, states[:1]) for name, member in garden.readers().items()}
    found["family"] = Reader(ids["other"], states)
    found["child"] = Reader(Member(ids["child"], "", Capacity.CITIZEN), states)
    found["family by letter"] = Reader(ids["other"], states, LETTER)
    return found


def near_but_not_by_letter(garden: Garden, reader: Reader) -> None:
    """A letter opens the first child; the one next to it is the same mother's too, and not opened."""
    first, near = (garden.children[name]["child"] for name in reader.states)
    Seat.objects.filter(child_id=first, person_id=reader.member.person, kind=SeatKind.PARENT).update(for_letter=True)
    seat(near, reader.member, SeatKind.PARENT)


def answers(client: Client, one: Address, ids: dict[str, Any]) -> Iterator[HttpResponse]:
    """What this address answers: whole; and as fragment and to an empty form when all is asked. Nothing stays.

    Where the page is not found, the gate is the same for its form, and `tests.matrix` sends it.
    """
    gate = getattr(one.view, "gate", None)
    methods = gate.methods if gate and not gate.public else ("GET", "POST")
    address = reverse(one.name, kwargs={name: ids[name] for name in one.takes})
    cookies = client.cookies.output().replace("Set-Cookie: ", "")

    def ask(method: str, **more: str) -> HttpResponse:
        with transaction.atomic():
            said: HttpResponse = client.generic(
                method, address, content_type="application/x-www-form-urlencoded", **more
            )  # type: ignore[arg-type,unused-ignore]
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        return said

    if "GET" in methods:
        yield (whole := ask("GET"))
        if not ALL or whole.status_code == 404:
            return
        if whole.status_code == 200:
            yield ask("GET", HTTP_HX_REQUEST="true")
    if ALL and "POST" in methods:
        yield ask("POST")


def words_in(answer: HttpResponse) -> set[str]:
    headers = " ".join(f"{name} {value}" for name, value in answer.headers.items())
    return set(WORD.findall(headers + text_of(answer)))


def text_of(answer: HttpResponse) -> str:
    """All that can be read in an answer; of a document its text, its metadata and the names of what is in it."""
    if answer.headers.get("Content-Type") != "application/pdf":
        return unescape(answer.content.decode(errors="replace"))
    document = PdfReader(BytesIO(answer.content))
    xmp = document.xmp_metadata
    parts = [page.extract_text() for page in document.pages]
    parts += [str(document.metadata), str(xmp and xmp.stream.get_data()), str(list(document.attachments.items()))]
    return re.sub(r"-?\n", "", "".join(parts))  # a word may run over the end of a line


def asked_of(pages: list[Address], garden: Garden, reader: Reader) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Each address with the ids of each state; one that takes nothing of a state's own is asked once."""
    first = garden.children[reader.states[0]]
    for name in reader.states:
        ids = garden.children[name]
        for one in pages:
            if ids is first or any(ids[taken] != first[taken] for taken in one.takes):
                yield one, ids


def two_from(state: str) -> tuple[str, ...]:
    every = tuple(STATES)
    return state, every[(every.index(state) + 1) % len(every)]


def test_every_column_that_is_written_in_has_a_canary(cast: Cast) -> None:
    garden = garden_of(cast, ("consented",))
    planted = {f"{one.table}.{one.column}" for one in garden.canaries}
    assert sorted(columns_written_in() - planted) == [], "plant one in tests/canaries/planting.py"
    assert {one.table for one in garden.canaries} <= set(RULES), "say who reads it in tests/canaries/naive.py"


@pytest.mark.parametrize("state", SOME)
def test_a_word_is_found_by_those_who_may_read_it_and_by_nobody_else(
    state: str, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = garden_of(cast, two_from(state))
    by_word = {one.word: one for one in asked.canaries}
    found, cells, documents = defaultdict(set), 0, 0
    where: dict[tuple[str, str], str] = {}
    pages = [one for one in every_address() if one.name not in ("sign_out", "demo_sign_in")]
    everybody, facts = readers(asked), {}
    for name, reader in everybody.items():
        if reader.strength == LETTER:
            near_but_not_by_letter(asked, reader)
        facts[name] = Naive(by_letter=reader.strength == LETTER)
        client = signed_in(reader.member, strength=reader.strength)
        for one, ids in asked_of(pages, asked, reader):
            for answer in answers(client, one, ids):
                cells += 1
                documents += answer.headers.get("Content-Type") in ("application/pdf", "application/json")
                for word in words_in(answer):
                    found[word].add(name)
                    where.setdefault((word, name), one.name)
        for word in sought(asked):
            with transaction.atomic():
                said = words_in(client.post(reverse("search"), {"words": word}))
                transaction.set_rollback(True)
            cells += 1
            found_by_search(said - {word}, found, where, name)
        assert not WORD.findall(caplog.text), "a log line holds what somebody has written"
        caplog.clear()
    leaks = [
        f"{name} reads {one.table}.{one.column} of the child that is {one.state} at {where[word, name]}"
        for word, names in found.items()
        for name in names
        if not may_read(facts[name], everybody[name].member, (one := by_word[word]).table, one.column, one.row)
    ]
    assert not leaks, "\n".join(sorted(set(leaks)))
    unseen = {
        f"{one.table}.{one.column}"
        for one in asked.canaries
        if (one.state == "consented" or (one.table in OF_ONE_STATE and one.state == state))
        and one.word not in found
        and any(
            may_read(facts[name], reader.member, one.table, one.column, one.row) for name, reader in everybody.items()
        )
    }
    shown = {f"{by_word[word].table}.{by_word[word].column}" for word in found}
    print(
        f"\n{state}: {len(everybody)} readers, {cells} cells, {len(by_word)} canaries, "
        f"{len(found)} found, {documents} documents, never shown: {sorted(unseen - shown)}"
    )
    assert sorted(unseen - shown - set(NOT_SHOWN)) == [], "nobody finds what they may read"


def sought(garden: Garden) -> list[str]:
    """What is searched for: every name, and one word of each other column."""
    others = {(one.table, one.column): one.word for one in garden.canaries}
    names = [one.word for one in garden.canaries if one.table == "people.Name"]
    return sorted({*names, *others.values()})[:: 1 if ALL else 5]


def found_by_search(words: set[str], found: Any, where: dict[tuple[str, str], str], name: str) -> None:
    for word in words:
        found[word].add(name)
        where.setdefault((word, name), "search")


@pytest.mark.parametrize("state", SOME)
def test_no_mail_holds_a_word(state: str, cast: Cast, smtp: Any) -> None:  # noqa: F811
    """Everybody is told of everything: what leaves the house holds none of the words."""
    from laget.notices.words import SENTENCES

    asked = garden_of(cast, two_from(state))
    members = {one.member.person: one.member for one in readers(asked).values()}
    for member in members.values():
        Contact.objects.create(person_id=member.person, sort="email", value="everybody@example.org")
        for ids in asked.children.values():
            with acting(asked.cast.maja.actor):
                for event in sorted(SENTENCES)[:: 1 if ALL else 7]:
                    tell([member.person], member.capacity, event, address=f"/cases/{ids['case']}/", child=ids["child"])
    with as_worker():
        delivery.run()
    assert len(smtp.mails) > 20 and Notice.objects.count() > len(smtp.mails)
    assert not [content for _, content in smtp.mails if WORD.search(content.decode())]
