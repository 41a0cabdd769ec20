"""What is simulated behaves like what was done on the pages; the main pages cost the same few statements always."""

import json
import os
import re

import pytest
from django.db import connection
from django.urls import reverse

from laget.access import database
from laget.demo.simulation.load import MADE_UP, NotEmpty, load
from laget.demo.simulation.rows import COLUMNS
from laget.kernel.actor import Capacity
from laget.site import cli
from laget.site.commands import bench, simulate
from laget.site.measuring import calls, figures, table
from laget.site.measuring.visits import PAGES, find

pytestmark = pytest.mark.django_db
MOST = 12
READ = ("my day", "child's page", "the plan", "family's page", "the consents", "search")


def simulated(cases, entries=3):
    return simulate.simulate(cases, entries, 1)


@pytest.fixture
def app(monkeypatch):
    """Visits in the test's transaction; what is found is found by the owner."""
    return calls.Caller()


def visits(count=6):
    return find(connection.connection, count)


def most_statements(app, chains):
    most = dict.fromkeys(PAGES, 0)
    for page, statements in (one for chain in chains for one in figures._heard(app, chain)):
        own = [one for one in calls.counted(statements) if not one[0].startswith("SELECT coalesce(current_setting")]
        again = [one for one in own if one[0].startswith("SELECT set_config")][1:]  # put back only in tests
        most[page] = max(most[page], len(own) - len(again))
    return most


def test_every_page_of_a_simulated_case_is_shown_and_costs_few_statements(app):
    simulated(50)
    most = most_statements(app, visits())
    assert all(0 < most[page] <= MOST for page in READ), most
    assert most["consent given"] and most["consent withdrawn"]


def test_the_statements_are_as_many_at_ten_times_the_size(app):
    simulated(50)
    few = most_statements(app, visits())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
        cursor.execute(f"TRUNCATE {', '.join(COLUMNS)} CASCADE")
    simulated(500)
    many = most_statements(calls.Caller(), visits())
    assert {page: few[page] for page in READ} == {page: many[page] for page in READ}


def test_what_is_simulated_keeps_every_promise():
    made = simulated(120)
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('cases_case'::regclass, 'pg_class')")
        assert cursor.fetchone() == (MADE_UP,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_unheld()")
        assert cursor.fetchone() == (0,)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT count(*) FROM cases_baton WHERE until > statement_timestamp() AND position_id = "
            "(SELECT opened_by_id FROM cases_case WHERE id = %s)",
            [made["detail"].split("/")[2]],
        )
        assert cursor.fetchone() == (30,)
    database.check_contract()
    assert made["list"] == reverse("home")


def test_both_locks_agree_on_what_is_simulated(as_app):
    from laget.cases.access import visible_batons, visible_cases, visible_entries
    from laget.directory.access import places_of
    from laget.families.access import visible_children
    from laget.kernel.actor import Actor
    from laget.plans.access import visible_goals, visible_measures
    from laget.sight.access import visible_covers, visible_seats

    simulated(60)
    sights = (visible_cases, visible_batons, visible_entries, visible_children, visible_goals, visible_measures,
              visible_covers, visible_seats)  # fmt: skip
    people = {(chain[0].person, chain[0].capacity) for chain in visits(8)}
    for person, capacity in people:
        actor = Actor(person, Capacity(capacity), places_of(person) if capacity == "worker" else ())
        python = {sight: set(sight(actor).values_list("pk", flat=True)) for sight in sights}
        with as_app(actor):
            both = {sight: set(sight(actor).values_list("pk", flat=True)) for sight in sights}
            ground = {sight: set(sight(actor).model.objects.values_list("pk", flat=True)) for sight in sights}
        assert python == both == ground
        assert python[visible_children]


def test_the_same_seed_gives_the_same_town():
    def ids():
        with connection.cursor() as cursor:
            cursor.execute("SELECT array_agg(id ORDER BY id) FROM cases_log")
            return cursor.fetchone()

    simulated(20)
    first = ids()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(COLUMNS)} CASCADE")
    simulated(20)
    assert ids() == first


def test_a_database_with_anything_in_it_is_refused(cast):
    with pytest.raises(simulate.Fault, match="not empty"):
        simulated(5)
    with pytest.raises(NotEmpty):
        load(connection.connection, 5, 1, 1, None)


@pytest.mark.parametrize(
    "words",
    [
        ["simulate"], ["simulate", "--cases", "0"], ["simulate", "--cases", "many"], ["simulate", "--cases", "-5"],
        ["bench", "--sizes", "1000,"], ["bench", "--sizes", "10", "--json", "/nowhere/at/all.json"],
    ],
)  # fmt: skip
def test_bad_input_is_one_line(words, capsys):
    try:
        code = cli.main(words)
    except SystemExit as stopped:
        code = stopped.code
    told = capsys.readouterr().err
    assert (code, told.count("\n")) == (2, 1)


def test_real_people_are_never_measured(cast, monkeypatch):
    """Measuring says yes and takes it back in parents' names: only where everybody is made up."""
    here = re.sub(r"/laget\?", f"/{connection.settings_dict['NAME']}?", os.environ["DATABASE_URL_OWNER"])
    assert bench._made_up({"DATABASE_URL_OWNER": here}) is False
    monkeypatch.setenv("DATABASE_URL_OWNER", here)
    monkeypatch.setattr(bench.local, "environment", lambda needs: None)
    with pytest.raises(bench.Fault, match="not filled by"):
        bench._here(None)


def test_figures_stand_side_by_side():
    page = {"page": "my day", "sql": 9, "cpu": 8.0, "db_cpu": 2.0, "p50": 10.0, "p95": 20.0, "kilobytes": 30.0,
            "bare": 5.0, "ratio": 2.0}  # fmt: skip
    found = [{"cases": 10, "pages": [page]}, {"cases": 1000, "pages": [{**page, "cpu": 9.0}]}]
    assert table.growth(found) == {"my day": {"cpu": 1.1, "p50": 1.0}}
    assert "my day" in table.text(found)
    json.dumps(found)
