"""`laget bench`: what the main pages cost, on the database of the environment or on simulated ones of several sizes."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from laget.site import local, postgres
from laget.site.commands.simulate import number
from laget.site.fault import Fault
from laget.site.measuring import table

MOST = 5_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sizes", type=sizes, help="make databases of so many cases, such as 1000,100000, and drop them"
    )
    parser.add_argument("--entries-per-case", type=number(0, 1000), default=10, help="with --sizes (10)")
    parser.add_argument(
        "--keep", action="store_true", help="with --sizes: keep the databases in var/bench-… for next time"
    )
    parser.add_argument("--users", type=number(1, 1000), default=30, help="people for each page (30)")
    parser.add_argument("--rounds", type=number(1, 1000), default=5, help="times that each of them asks (5)")
    parser.add_argument(
        "--requests", type=number(0, 100_000), default=2000, help="before memory is read; 0: not (2000)"
    )
    parser.add_argument("--seed", type=number(0, 2**63), default=1, help="another seed is another order (1)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")


def sizes(text: str) -> list[int]:
    """Numbers of cases, with commas between."""
    return [number(1, MOST)(one) for one in text.split(",")]


def run(given: argparse.Namespace) -> int:
    """Prints a table, then JSON, and writes the JSON where asked."""
    if given.json and not given.json.parent.is_dir():
        raise Fault(f"{given.json.parent} is no folder to write in")
    found = [_of_size(given, cases) for cases in given.sizes] if given.sizes else [_here(given)]
    figures = {"sizes": found, "growth": table.growth(found)}
    print(table.text(found), end="\n\n")
    print(json.dumps(figures))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 0


def _here(given: argparse.Namespace) -> dict[str, Any]:
    """The database of the environment."""
    local.environment("local")
    if not os.environ.get("DATABASE_URL_OWNER"):
        raise Fault("DATABASE_URL_OWNER must be set: it finds out who opens which page")
    if not _made_up(dict(os.environ)):
        raise Fault(
            "this database was not filled by `laget simulate`, and measuring answers in parents' names; use --sizes"
        )
    return _measured(given, dict(os.environ))


def _of_size(given: argparse.Namespace, cases: int) -> dict[str, Any]:
    """A server of its own, filled unless it was kept."""
    with _server(f"bench-{cases}-{given.entries_per_case}", keep=given.keep) as environment:
        owner = {**environment, "DATABASE_URL": environment["DATABASE_URL_OWNER"]}
        _laget(owner, "migrate", "--quiet")  # what was kept may be older than the code
        if not _filled(environment):
            _laget(owner, "simulate", "--cases", str(cases), "--entries-per-case", str(given.entries_per_case))
        return _measured(given, environment)


@contextmanager
def _server(name: str, *, keep: bool) -> Iterator[dict[str, str]]:
    here = local.var()
    here.mkdir(parents=True, exist_ok=True)
    try:
        cluster = postgres.cluster(here, name)
        postgres.start(cluster, durable=False)
        postgres.prepare(cluster, local.DATABASE)
    except postgres.NotStarted as fault:
        raise Fault(str(fault)) from None
    urls = postgres.urls(cluster, local.DATABASE)
    environment = local.settled({**os.environ, "DATABASE_URL": urls["app"], "DATABASE_URL_OWNER": urls["owner"]}, here)
    try:
        yield environment
    finally:
        postgres.stop(cluster)
        if not keep:
            shutil.rmtree(cluster.folder)


def _made_up(environment: dict[str, str]) -> bool:
    """Whether everybody in this database is simulated."""
    import psycopg

    from laget.demo.simulation.load import MADE_UP

    with psycopg.connect(environment["DATABASE_URL_OWNER"]) as owner:
        row = owner.execute("SELECT obj_description(to_regclass('cases_case'), 'pg_class')").fetchone()
        return bool(row and row[0] == MADE_UP)


def _filled(environment: dict[str, str]) -> bool:
    import psycopg

    with psycopg.connect(environment["DATABASE_URL_OWNER"]) as owner:
        known = owner.execute("SELECT to_regclass('cases_case') IS NOT NULL").fetchone()
        row = owner.execute("SELECT EXISTS (SELECT FROM cases_case)").fetchone() if known and known[0] else None
        return bool(row and row[0])


def _laget(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "laget", *words], env=environment, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise Fault(f"`laget {words[0]}` did not do it; what went wrong stands above")


def _measured(given: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """In a process of its own: settings are read once in a process, and each size has its own."""
    words = [str(one) for one in (given.users, given.rounds, given.seed, given.requests)]
    environment.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        done = subprocess.run([sys.executable, "-m", "laget.site.measuring.one", file.name, *words], env=environment)
        if done.returncode:
            raise Fault("the pages could not be measured; what went wrong stands above")
        found: dict[str, Any] = json.load(file)
        return found
