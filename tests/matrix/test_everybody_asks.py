"""The whole cast asks every address: those without the right get 404 and not one planted word."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from laget.demo.cast import Cast, Member
from laget.directory.models import Position
from laget.kernel.actor import Capacity
from tests.matrix.planted import CANARY, Address, addresses, plant
from tests.support.same import alike

pytestmark = pytest.mark.django_db
Visit = Callable[[Member], Client]

OUTSIDE = ("vera", "idris", "otto", "ada", "liv", "per")
# About no child: anybody at work, or anybody signed in, opens these.
ABOUT_NO_CHILD = {"position_new", "position_account", "position_end", "mark_read"}


# A leader reads whom a decision made where she leads keeps away, and what she is asked to confirm.
TOLD_THE_LEADER = {"kept_away", "confirm", "claim"}
# Of these decisions she knows; what the holder does with them is refused with its reason.
KNOWN_TO_THE_LEADER = TOLD_THE_LEADER | {"look_again", "end_kept_away", "released", "claim_take_back", "claim_register"}
# An absence names no child: the deputy, and the leader of the one who is away, end it.
OF_AN_ABSENCE = {"liv", "otto"}


def _hidden(one: Address, who: str) -> bool:
    """Whether this address shows something that this one may not know. The model is an administrator's own work."""
    if who == "liv" and one.name in KNOWN_TO_THE_LEADER:
        return False
    if who in OF_AN_ABSENCE and one.name == "end_absence":
        return False
    return bool(one.takes) and one.name not in ABOUT_NO_CHILD and not (who == "ada" and one.name.startswith("model"))


def _address(one: Address, ids: dict[str, UUID]) -> str:
    return reverse(one.name, kwargs={name: ids[name] for name in one.takes})


def test_every_address_can_be_asked() -> None:
    names = {one.name for one in addresses()}
    assert {"home", "child_page", "family_page", "consent", "case_log", "case_plan", "who_looked", "offer"} <= names


@pytest.mark.parametrize("who", OUTSIDE)
def test_those_outside_learn_nothing(cast: Cast, visit: Visit, who: str) -> None:
    ids = plant(cast)
    client = visit(getattr(cast, who))
    for one in addresses():
        answer = client.get(_address(one, ids))
        body = answer.content.decode()
        told = who == "liv" and one.name in TOLD_THE_LEADER
        assert (CANARY in body) is told, (who, one.name)
        if _hidden(one, who):
            assert answer.status_code in (404, 405), (who, one.name, answer.status_code)


@pytest.mark.parametrize("who", OUTSIDE)
def test_out_of_sight_is_answered_like_what_does_not_exist(cast: Cast, visit: Visit, who: str) -> None:
    ids = plant(cast)
    strange = {name: uuid4() if isinstance(value, UUID) else value for name, value in ids.items()}
    client = visit(getattr(cast, who))
    for one in addresses():
        if _hidden(one, who):
            asked = (_address(one, ids), _address(one, strange))
            assert alike(*((client.get(address), address) for address in asked)), (who, one.name)


# The officer knows whose question it is and whom the own inquiry is about; of findings, facts without a child.
OFFICER = {"question", "finding", "inquire_found", "inquire_asked", "inquiry", "review", "tell_later"}
NAMES_A_CHILD = {"question", "inquiry"}


def test_the_officer_opens_functions_and_never_content(cast: Cast, visit: Visit) -> None:
    ids = plant(cast)
    held = Position.objects.get(protects=True)
    client = visit(Member(held.person_id, "Eir Lund", Capacity.WORKER, held.pk))
    for one in addresses():
        answer = client.get(_address(one, ids))
        assert (CANARY in answer.content.decode()) is (one.name in NAMES_A_CHILD), one.name
        if one.takes and one.name not in ABOUT_NO_CHILD:
            assert answer.status_code in ((200,) if one.name in OFFICER else (404, 405)), (one.name, answer.status_code)


def _rows() -> dict[str, int]:
    tables = [table for table in connection.introspection.table_names() if table.partition("_")[0] != "django"]
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - the tables' own names
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize("who", OUTSIDE)
def test_those_outside_change_nothing(cast: Cast, visit: Visit, who: str) -> None:
    ids = plant(cast)
    client = visit(getattr(cast, who))
    everything = {
        "key": str(uuid4()),
        "words": "x",
        "answer": "yes",
        "kinds": "health",
        "confirm": "1",
        "reason": "other",
    }
    before = _rows()
    for one in addresses():
        if _hidden(one, who):
            answer = client.post(_address(one, ids), everything)
            assert answer.status_code in (404, 405), (who, one.name, answer.status_code)
    assert _rows() == before


def test_nobody_signed_in_learns_nothing(cast: Cast, client: Client) -> None:
    ids = plant(cast)
    for one in addresses():
        for answer in (client.get(_address(one, ids)), client.post(_address(one, ids), {"words": "x"})):
            assert answer.status_code in (302, 405, 419, 404), (one.name, answer.status_code)
            assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("who", ["maja", "omar", "kari", "sara"])
def test_no_page_breaks_for_those_inside(cast: Cast, visit: Visit, who: str) -> None:
    ids = plant(cast)
    client = visit(getattr(cast, who))
    for one in addresses():
        answer = client.get(_address(one, ids))
        assert answer.status_code in (200, 302, 403, 404, 405), (who, one.name, answer.status_code)


@pytest.mark.parametrize("who", ["maja", "omar", "kari", "sara", *OUTSIDE])
def test_the_title_never_holds_a_name(cast: Cast, visit: Visit, who: str) -> None:
    ids = plant(cast)
    client = visit(getattr(cast, who))
    for one in addresses():
        body = client.get(_address(one, ids)).content.decode(errors="replace")
        title = body.partition("<title>")[2].partition("</title>")[0]
        assert CANARY not in title, (who, one.name)
