"""A pytest plugin: the cast, acting as one of them under the application's role, and visiting pages as one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from laget.access import database, prepared
from laget.demo.cast import Cast, Family, Member, make_cast, make_family
from laget.kernel.actor import Actor

AsApp = Callable[[Actor | None], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _app_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests connect as the owner; whatever goes through the gate steps down to the application's role."""
    monkeypatch.setattr(database, "assumed_role", "laget_app")
    monkeypatch.setattr(prepared, "compare", Compared())


class Compared(Counter[int]):
    """Says yes of each query a few times in a test: what differs shows as soon as values or time have moved."""

    TIMES = 5

    def __call__(self, compiled: object) -> bool:
        self[id(compiled)] += 1
        return self[id(compiled)] <= self.TIMES


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def family(cast: Cast) -> Family:
    return make_family(cast.maja.person)


@contextmanager
def acting_as(actor: Actor | None) -> Iterator[None]:
    with database.acting(actor):
        yield


@pytest.fixture
def as_app(db: None) -> AsApp:
    """`with as_app(actor):` — statements run as laget_app with this actor, as in production."""
    return acting_as


def signed_in(member: Member, client: Client | None = None, strength: str = "demo") -> Client:
    """A client whose session is the member's, as after sign-in of this strength."""
    client = client or Client(HTTP_ACCEPT_LANGUAGE="nb")
    session = client.session
    now = timezone.now().isoformat()
    session["sign_in"] = {
        "person": str(member.person), "capacity": member.capacity.value, "strength": strength, "at": now, "seen": now,
        "proved": now,
    }  # fmt: skip
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


@pytest.fixture
def visit(db: None) -> Callable[[Member], Client]:
    return signed_in


MOST_STATEMENTS = 12 - 1
"""For a page. Once a minute the session notes that it is in use: one statement more."""


class Statements(list[str]):
    """SQL of one request, without what only opens and closes the transaction."""

    @classmethod
    def of(cls, queries: list[dict[str, Any]]) -> Statements:
        left_out = ("BEGIN", "COMMIT", "SET ", "SAVEPOINT", "RELEASE", "ROLLBACK", "RESET")
        # In tests the role is put back by three statements that production doesn't have; and the session's note, for
        # which the limit leaves room, comes once a minute: on a slow machine between two counts that are compared.
        own = ("SELECT coalesce(current_setting", 'UPDATE "django_session"')
        found = cls(q["sql"] for q in queries if not q["sql"].startswith((*left_out, *own)))
        # There too the actor is put back when the transaction ends, which production leaves to the commit.
        if len([one for one in found if one.startswith(_ACTING)]) > 1 and found[-1].startswith(_ACTING):
            found.pop()
        return found


_ACTING = "SELECT set_config('laget.person'"


@pytest.fixture(autouse=True)
def _seals_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has a folder of seals that goes with its own database; it is made when something is sealed."""
    monkeypatch.setattr(settings, "LAGET_SEAL_FOLDER", tmp_path_factory.getbasetemp() / f"seals-{uuid4().hex}")
