"""Measures one database: statements, CPU, wall and bytes for each page, beside the same statements bare."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from random import Random
from statistics import fmean
from typing import Any

import psycopg
from django.conf import settings
from django.db import transaction

from laget.site.measuring.calls import Answer, Caller, Statement, bare, counted, listening, server_cpu
from laget.site.measuring.visits import PAGES, Chain, find

WARM = 3
"""Rounds that are not measured: caches, prepared statements and pages of the database."""
BARE_ROUNDS = 3


@dataclass(frozen=True)
class Figures:
    """One page at one size; times in milliseconds. `ratio`: the page's median to that of its statements bare."""

    page: str
    sql: int
    cpu: float
    db_cpu: float | None
    p50: float
    p95: float
    kilobytes: float
    bare: float
    bare_cpu: float
    ratio: float
    requests: int


@dataclass(frozen=True)
class Measured:
    """One database."""

    cases: int
    pages: list[Figures]

    def json(self) -> dict[str, Any]:
        return asdict(self)


def measure(owner: psycopg.Connection[Any], users: int, rounds: int, seed: int) -> Measured:
    """Every page by many users, shuffled anew each round. Forms are really sent, and taken back by the next one."""
    chains, random, caller = find(owner, users), Random(seed), Caller()  # noqa: S311 - an order, not a secret
    cases = owner.execute("SELECT count(*) FROM cases_case").fetchone()
    sql, floor = _bare(caller, chains)
    for _ in range(WARM):
        _round(caller, chains, random)
    timed: dict[str, list[Answer]] = {page: [] for page in PAGES}
    for _ in range(rounds):
        for page, answer in _round(caller, chains, random):
            timed[page].append(answer)
    server = _server(owner, caller, chains, random)
    pages = [_figures(page, sql[page], timed[page], floor[page], server.get(page)) for page in PAGES if timed[page]]
    return Measured(cases[0] if cases else 0, pages)


def _round(caller: Caller, chains: list[Chain], random: Random) -> Iterable[tuple[str, Answer]]:
    found = []
    for chain in random.sample(chains, len(chains)):
        for visit in chain:
            found.append((visit.page, caller.send(visit)))
    return found


def _bare(caller: Caller, chains: list[Chain]) -> tuple[dict[str, int], dict[str, list[Answer]]]:
    """How many statements a page needs at most, its session's included, and the time that they take alone."""
    most: dict[str, int] = dict.fromkeys(PAGES, 0)
    floor: dict[str, list[Answer]] = {page: [] for page in PAGES}
    with psycopg.connect(**_login()) as app:
        for chain in chains:
            heard = _heard(caller, chain)
            for page, statements in heard:
                most[page] = max(most[page], len(counted(statements)))
            for number in range(BARE_ROUNDS):
                for page, statements in heard:
                    answer = bare(app, [one for one in statements if not one[0].startswith("SET ")])
                    floor[page] += [answer] * (number > 0)
                app.rollback()
    return most, floor


def _heard(caller: Caller, chain: Chain) -> list[tuple[str, list[Statement]]]:
    """What a chain asks the database, in a transaction that is rolled back, so that it can be asked again."""
    heard = []
    for visit in chain:
        caller.session(visit)
    with transaction.atomic():
        for visit in chain:
            with listening() as statements:
                caller.send(visit)
            heard.append((visit.page, statements))
        transaction.set_rollback(True)
    return heard


def _server(owner: psycopg.Connection[Any], caller: Caller, chains: list[Chain], random: Random) -> dict[str, float]:
    """CPU of the server's own processes for each request, page by page: its clock ticks in hundredths of a second."""
    found: dict[str, float] = {}
    by_page: dict[str, list[Chain]] = {}
    for chain in chains:
        by_page.setdefault(chain[0].page, []).append(chain)
    for own in by_page.values():
        before, times, began = _ticks(owner), 0, time.monotonic()
        while time.monotonic() - began < 4:
            _round(caller, own, random)
            times += sum(map(len, own))
        after = _ticks(owner)
        if before is not None and after is not None:
            found |= dict.fromkeys((visit.page for visit in own[0]), (after - before) / times)
    return found


def _ticks(owner: psycopg.Connection[Any]) -> float | None:
    owner.execute("SELECT pg_stat_clear_snapshot()")
    pids = owner.execute("SELECT pid FROM pg_stat_activity WHERE usename = %s", [settings.DATABASES["default"]["USER"]])
    return server_cpu([row[0] for row in pids.fetchall()])


def _login() -> dict[str, Any]:
    entry = settings.DATABASES["default"]
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {parameter: entry[name] for name, parameter in names.items() if entry[name]}


def _figures(page: str, sql: int, timed: list[Answer], floor: list[Answer], db_cpu: float | None) -> Figures:
    walls = sorted(one.wall for one in timed)
    p50, low = walls[len(walls) // 2], sorted(one.wall for one in floor)[len(floor) // 2]
    return Figures(
        page, sql, round(fmean(one.cpu for one in timed), 2), None if db_cpu is None else round(db_cpu, 2),
        round(p50, 2), round(walls[len(walls) * 95 // 100], 2), round(fmean(one.size for one in timed) / 1024, 1),
        round(low, 2), round(fmean(one.cpu for one in floor), 2), round(p50 / low, 2), len(timed),
    )  # fmt: skip
