"""Everybody opens every page about children in every state: a word is found by those who may read it and nobody else.

What is expected is computed by `naive`, which knows no query and no policy. LAGET_CANARIES=all plants a child in every
state and asks for fragments and empty forms as well; without it two states are asked for whole pages.
"""

from __future__ import annotations

import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import reverse

from laget.access.database import acting
from laget.demo.cast import Cast, Member
from laget.notices import delivery
from laget.notices.actions import tell
from laget.notices.models import Notice
from laget.notices.tests.test_delivery import as_worker, smtp  # noqa: F401 - a fixture
from laget.people.models import Contact
from tests.canaries import planting
from tests.canaries.naive import RULES, Naive, may_read
from tests.canaries.planting import STATES, Garden, columns_written_in
from tests.matrix.planted import Address, every_address
from tests.matrix.planted import plant as plant_one
from tests.support.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.worlds]
ALL = os.environ.get("LAGET_CANARIES") == "all"
SOME = tuple(STATES) if ALL else ("consented", "restricted")
WORD = re.compile(r"Kvitr[0-9a-f]{5}q")
# Not shown on any page: (table.column, why).
NOT_SHOWN = {
    "people.Contact.value": "an address is used to send to, and shown to nobody",
    "consents.Answer.child_heard": "kept for whoever asks how the consent came about",
    "consents.Answer.interpreter": "kept for whoever asks how the consent came about",
    "consents.Answer.language": "kept for whoever asks how the consent came about",
    "consents.Request.view_words": "kept for whoever asks how the child was heard",
    "consents.Disclosure.facts": "what a ground asks for, shown by the names the ground gives",
    "participation.Setup.maturity": "kept for whoever asks why a child was let in",
    "participation.Setup.words": "kept for whoever asks how the identity was checked",
    "protection.Proposal.words": "shown once it has been answered",
    "consents.Request.first_words": "the first words of a case, until it is opened with them",
}


def garden_of(cast: Cast, states: tuple[str, ...] = SOME) -> Garden:
    others = plant_one(cast)
    garden = planting.plant(cast, states)
    garden.children = {name: {**others, **ids} for name, ids in garden.children.items()}
    return garden


def readers(garden: Garden) -> dict[str, Member]:
    families = {f"family {name}": ids["other"] for name, ids in garden.children.items()}
    return {**garden.readers(), **families}


def answers(client: Client, one: Address, ids: dict[str, Any]) -> Iterator[HttpResponse]:
    """What this address answers: whole, and as fragment and to an empty form when all is asked. Nothing stays."""
    address = reverse(one.name, kwargs={name: ids[name] for name in one.takes})
    cookies = client.cookies.output()
    ways: list[tuple[str, dict[str, str]]] = [("GET", {})]
    ways += [("GET", {"HTTP_HX_REQUEST": "true"}), ("POST", {})] if ALL else []
    for method, more in ways:
        with transaction.atomic():
            yield client.generic(method, address, content_type="application/x-www-form-urlencoded", **more)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))


def words_in(answer: HttpResponse) -> set[str]:
    headers = " ".join(f"{name} {value}" for name, value in answer.headers.items())
    return set(WORD.findall(headers + answer.content.decode(errors="replace")))


@pytest.fixture
def asked(cast: Cast) -> Garden:
    return garden_of(cast)


def test_every_column_that_is_written_in_has_a_canary(cast: Cast) -> None:
    garden = garden_of(cast, ("consented",))
    planted = {f"{one.table}.{one.column}" for one in garden.canaries}
    assert sorted(columns_written_in() - planted) == [], "plant one in tests/canaries/planting.py"
    assert {one.table for one in garden.canaries} <= set(RULES), "say who reads it in tests/canaries/naive.py"


def test_a_word_is_found_by_those_who_may_read_it_and_by_nobody_else(
    asked: Garden, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    by_word = {one.word: one for one in asked.canaries}
    naive, found, cells = Naive(), defaultdict(set), 0
    where: dict[tuple[str, str], str] = {}
    pages = [one for one in every_address() if one.name not in ("sign_out", "demo_sign_in")]
    everybody = readers(asked)
    for name, member in everybody.items():
        client = signed_in(member)
        for ids in asked.children.values():
            for one in pages:
                for answer in answers(client, one, ids):
                    cells += 1
                    for word in words_in(answer):
                        found[word].add(name)
                        where.setdefault((word, name), one.name)
        for word in sorted(by_word)[:: 1 if ALL else 40]:
            with transaction.atomic():
                said = words_in(client.post(reverse("search"), {"words": word}))
                transaction.set_rollback(True)
            found_by_search(said - {word}, found, where, name)
    leaks = [
        f"{name} reads {one.table}.{one.column} of the child that is {one.state} at {where[word, name]}"
        for word, names in found.items()
        for name in names
        if not may_read(naive, everybody[name], (one := by_word[word]).table, one.column, one.row)
    ]
    assert not leaks, "\n".join(sorted(set(leaks)))
    assert not WORD.findall(caplog.text), "a log line holds what somebody has written"
    unseen = {
        f"{one.table}.{one.column}"
        for one in asked.canaries
        if one.state == "consented"
        and one.word not in found
        and any(may_read(naive, member, one.table, one.column, one.row) for member in everybody.values())
    }
    shown = {f"{by_word[word].table}.{by_word[word].column}" for word in found}
    print(f"\n{cells} cells, {len(by_word)} canaries, {len(found)} found, never shown: {sorted(unseen - shown)}")
    assert sorted(unseen - shown - set(NOT_SHOWN)) == [], "nobody finds what they may read"


def found_by_search(words: set[str], found: Any, where: dict[tuple[str, str], str], name: str) -> None:
    for word in words:
        found[word].add(name)
        where.setdefault((word, name), "search")


def test_no_mail_holds_a_word(asked: Garden, smtp: Any) -> None:  # noqa: F811
    """Everybody is told of everything: what leaves the house holds none of the words."""
    from laget.notices.words import SENTENCES

    for member in readers(asked).values():
        Contact.objects.create(person_id=member.person, sort="email", value="everybody@example.org")
        for ids in asked.children.values():
            with acting(asked.cast.maja.actor):
                for event in sorted(SENTENCES)[:: 1 if ALL else 7]:
                    tell([member.person], member.capacity, event, address=f"/cases/{ids['case']}/", child=ids["child"])
    with as_worker():
        delivery.run()
    assert len(smtp.mails) > 20 and Notice.objects.count() > len(smtp.mails)
    assert not [content for _, content in smtp.mails if WORD.search(content.decode())]
