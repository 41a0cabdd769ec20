"""A smoke test with the application's real login: no role to step down from, only what production has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from laget.access.database import check_contract
from laget.demo.cast import Cast, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def app(cast: Cast) -> Iterator[psycopg.Connection]:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["LAGET_TEST_URL_APP"], dbname=name, autocommit=True) as login:
        yield login


def _cases(app: psycopg.Connection, person: UUID, capacity: str) -> int:
    with app.transaction():
        app.execute(
            "SELECT set_config('laget.person', %s, true), set_config('laget.capacity', %s, true)",
            [str(person), capacity],
        )
        row = app.execute("SELECT count(*) FROM cases_case").fetchone()
    assert row is not None
    return int(row[0])


def test_the_contract_holds(cast: Cast) -> None:
    check_contract()


def test_each_sees_what_sight_allows_and_nothing_stays_in_the_connection(app: psycopg.Connection, cast: Cast) -> None:
    assert _cases(app, cast.maja.person, "worker") == 1
    assert app.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)
    assert _cases(app, cast.otto.person, "worker") == 0
    assert _cases(app, cast.maja.person, "citizen") == 0
    assert _cases(app, cast.kari.person, "citizen") == 1
    assert _cases(app, cast.per.person, "citizen") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE laget_owner",
        "SET ROLE laget_worker",
        "SELECT * FROM people_nationalnumber",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET event = 'x'",
        "TRUNCATE audit_reading",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (id int)",
        "UPDATE sight_cover SET kind = 'health'",
        "DELETE FROM sight_seat",
        "SELECT sight_forbidden(gen_random_uuid(), gen_random_uuid())",
        "SELECT * FROM access_attempt",
        "SELECT * FROM access_spent",
        "UPDATE access_signin SET sid = 'x'",
        "DELETE FROM access_signin",
        "UPDATE directory_account SET subject = 'x'",
        "SELECT directory_end_sessions(gen_random_uuid())",
    ],
)
def test_the_login_can_not(app: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)  # type: ignore[call-overload]
