"""A pytest plugin: each answer that a test gets is looked at, whatever the test is about.

A page must be whole (`tests.support.whole`), closed to caches and scripts, and a GET may write nothing but the reading.
Rows that no ordering promises come in another order each time. Nobody asks for this; who must do without says so by
name: `@pytest.mark.loose("why")`.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.models.query import MAX_GET_RESULTS, QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.support.whole import faults

WRITES = re.compile(
    r'^\s*(?:WITH\b.*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|MERGE INTO)\s+"?(\w+)', re.IGNORECASE | re.DOTALL
)
# The reading, a refusal, and the session's own clock.
A_GET_MAY_WRITE = {"audit_reading", "audit_entry", "django_session"}
# Addresses by name whose GET does more, with the tables it may write to.
EXEMPT: dict[str, set[str]] = {
    "sign_in_with": {"access_attempt"},  # an attempt is kept, for this browser and once
    "sign_in_back": {"access_attempt", "access_signin", "directory_account"},  # where a provider sends people back
}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Enough for pages whose HTML has been parsed by then; to parse each of them anew would cost more than all the rest.
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ATTRIBUTE = re.compile(r'\s(action|method)="([^"]*)"')
# Forms by address that carry no key: to send them again is what one wants.
WITHOUT_KEY = {"search"}
POLICY = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'")
LOOSE_POLICY = re.compile(r"unsafe-|\*|(?:script|style|default|object|base)-\w+ [^;]*https?:")


class NotAsItMustBe(AssertionError):
    """A page, its headers or its writes broke a law of the house; the text says which."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "loose(why): answers are not looked at, and rows keep their accidental order")


@pytest.fixture(autouse=True)
def _strict(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loose = request.node.get_closest_marker("loose")
    if loose:
        assert loose.args and loose.args[0].strip(), "say why"
        return
    monkeypatch.setattr(Client, "request", _looked_at(Client.request))
    monkeypatch.setattr(QuerySet, "_fetch_all", _shuffled(QuerySet._fetch_all, _chance(request.node.nodeid)))


def _looked_at(ask: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def request(client: Client, **given: Any) -> HttpResponse:
        reads = given.get("REQUEST_METHOD", "GET") in ("GET", "HEAD")
        with _written() as tables:
            response = ask(client, **given)
        found = [*_of_headers(response), *_of_body(given, response)]
        if reads:
            may = A_GET_MAY_WRITE | EXEMPT.get(_name_of(given["PATH_INFO"]), set())
            found += [f"a GET wrote to {table}" for table in tables if table not in may]
        if found:
            asked = f"{given.get('REQUEST_METHOD', 'GET')} {given.get('PATH_INFO')} ({response.status_code})"
            raise NotAsItMustBe("\n  ".join([asked, *dict.fromkeys(found)]))
        return response

    return request


@contextmanager
def _written() -> Iterator[list[str]]:
    """The tables that Python writes to; a write inside a function of the database is refused by the transaction."""
    tables: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if hit := WRITES.match(str(sql)):
            tables.append(hit[2])
        return result

    with connection.execute_wrapper(watch):
        yield tables


def _name_of(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def _of_headers(response: HttpResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name} is {response.headers.get(name)!r}, not {value!r}"
    yield from (
        f"{name} lets a cache keep the page"
        for name in ("ETag", "Last-Modified", "Expires")
        if name in response.headers
    )
    policy = response.headers.get("Content-Security-Policy", "")
    yield from (f"the content policy lacks {part}" for part in POLICY if part not in policy)
    if LOOSE_POLICY.search(policy):
        yield f"the content policy is loose: {policy}"


def _of_body(given: dict[str, Any], response: HttpResponse) -> Iterator[str]:
    if response.streaming:
        yield "the answer is streamed, past the transaction it was made in"
        return
    if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content:
        return
    text = response.content.decode()
    fragment = _is_fragment(given, response) and not text.lstrip().lower().startswith("<!doctype")
    yield from faults(text, _people(), fragment=fragment)
    yield from _of_forms(given, text)


def _is_fragment(given: dict[str, Any], response: HttpResponse) -> bool:
    """Only htmx gets a part of a page."""
    return bool(given.get("HTTP_HX_REQUEST")) or _name_of(given.get("PATH_INFO", "")) == "draft"


def _of_forms(given: dict[str, Any], text: str) -> Iterator[str]:
    """A form to a gated address carries the key that makes a double click harmless."""
    for opening, inside in FORM.findall(text):
        says = dict(ATTRIBUTE.findall(opening))
        address = unescape(says.get("action") or given["PATH_INFO"]).partition("?")[0]
        if says.get("method", "get").lower() == "post" and address.startswith("/"):
            yield from _of_form(address, 'name="key"' in inside)


def _of_form(address: str, has_key: bool) -> Iterator[str]:
    try:
        gate = getattr(resolve(address).func, "gate", None)
    except Resolver404:
        yield f"a form is sent to {address}, which is no address"
        return
    if gate is None or (not gate.public and "POST" not in gate.methods):
        yield f"a form is sent to {address}, which takes none"
    elif not gate.public and not has_key and _name_of(address) not in WITHOUT_KEY:
        yield f"the form to {address} has no key"


def _people() -> list[str]:
    """Everybody's names, asked past Django so that tests which count statements count none of it."""
    raw = connection.connection
    if raw is None or raw.closed or raw.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
        return []
    with raw.cursor() as cursor:
        cursor.execute("SELECT given || ' ' || family FROM people_name")
        return [row[0] for row in cursor.fetchall()]


def _chance(node: str) -> random.Random:
    """`LAGET_SHUFFLE=7` gives every test the order that a run with that number gave it."""
    return random.Random(f"{os.environ.setdefault('LAGET_SHUFFLE', str(random.randrange(10_000)))} {node}")


def pytest_report_header() -> str:
    _chance("")
    return f"rows without an order: LAGET_SHUFFLE={os.environ['LAGET_SHUFFLE']}"


def _shuffled(fetch: Callable[[Any], None], chance: random.Random) -> Callable[[Any], None]:
    def fetch_all(rows: Any) -> None:
        fresh = rows._result_cache is None
        unordered = fresh and not rows.ordered
        # `get` takes a few to see that there is one, and `[:1]` asks whether there is any.
        if unordered and rows.query.is_sliced and rows.query.high_mark not in (1, MAX_GET_RESULTS):
            raise NotAsItMustBe(f"some rows of a query without an order: {rows.query}")
        fetch(rows)
        if unordered and not rows.query.combinator:
            chance.shuffle(rows._result_cache)

    return fetch_all
