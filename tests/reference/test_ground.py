"""docs/reference/ground.md: what the database itself holds around every table and function."""

from __future__ import annotations

import os
from zlib import crc32

import pytest
from django.db import connection, transaction

from laget.access.database import ContractBroken, check_contract
from tests.locks import catalogue
from tests.reference.conftest import Same, table

pytestmark = pytest.mark.django_db
SHARE = 1 if os.environ.get("LAGET_MUTANTS") == "all" else 40
HEAD = """# The ground

What PostgreSQL itself holds, whatever the code above it does: made from the catalogue of a migrated database by
`make reference`, and a test compares it. A table that is no longer forced, a right that is widened, a trigger that is
gone, a function that anybody may ask is a changed line. *app* is the web's login, *worker* that of the jobs; neither
owns anything. What the policies say is proved by the worlds and the faults put into them (decisions
[0003](../adr/0003-two-locks-written-separately-must-agree.md) and
[0045](../adr/0045-what-is-claimed-is-tried-against-a-model-of-its-own.md)).

## Tables

A locked table shows no row that a policy does not give, also to its owner when it is forced. After a right stand the
columns it is for; without them it is for all.

"""
FUNCTIONS = """
## Functions

One that runs by its owner's rights goes past the locks: it has a path of its own, so that nothing can stand in for what
it asks, and asks itself who is acting. Those without anybody are for triggers and for other functions.

"""


def page() -> str:
    tables = [[f"`{row[0]}`", *row[1:]] for row in catalogue.tables()]
    functions = [[f"`{row[0]}`", *row[1:]] for row in catalogue.functions()]
    heads = ["table", "lock", "app", "worker", "everybody", "policies", "triggers"]
    asked = ["function", "runs by", "set for it", "asked by"]
    return HEAD + table(heads, tables) + FUNCTIONS + table(asked, functions)


def test_the_page_of_the_ground(same: Same) -> None:
    same("docs/reference/ground.md", page())


def test_every_way_to_loosen_the_frame_is_a_changed_line() -> None:
    whole = page()
    every = list(catalogue.faults())
    assert len(every) > 800
    some = [one for one in every if crc32(str(one).encode()) % SHARE == 0]
    print(f"\n{len(every)} ways to loosen the frame, {len(some)} tried")
    unseen = [str(one) for one in some if _with(one) == whole]
    assert not unseen, "\n".join(unseen)


def _with(fault: catalogue.Fault) -> str:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(fault.statement)
        found = page()
        transaction.set_rollback(True)
    return found


def test_a_table_that_is_not_forced_stops_the_server() -> None:
    for fault in catalogue.faults():
        if fault.what.endswith((": not forced", ": not locked")):
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(fault.statement)
                with pytest.raises(ContractBroken):
                    check_contract()
                transaction.set_rollback(True)


def test_what_runs_by_its_owners_rights_has_a_path_of_its_own_and_is_open_to_nobody_unnamed() -> None:
    for name, runs, settings, asked in catalogue.functions():
        assert "public" not in asked.split(), name
        assert runs == "the caller's" or "search_path" in settings, name
