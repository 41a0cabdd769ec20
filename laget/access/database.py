"""Telling the database who acts, inside one transaction only; and checking at start that its locks are as promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from laget.kernel.actor import Actor

# Tests connect as the owner and step down to the application's role; in production the login itself is that role.
assumed_role: str | None = None


class Beside(Enum):
    """What is asked about a citizen in the statement that says who acts, so that no page pays for it."""

    HIDES = "hides"
    """Whether the pages tell no places, since a child of the family is protected."""
    ALONE = "alone"
    """Whether it is a young person who reads about itself, and about nobody else."""


_CROSSED = ("40P01", "40001")  # deadlock_detected, serialization_failure
_SET = (
    "SELECT set_config('laget.person', %s, true), set_config('laget.capacity', %s, true), "
    "set_config('laget.by_letter', %s, true)"
)


_beside: dict[Beside, str] = {}
_told: ContextVar[frozenset[Beside]] = ContextVar("told", default=frozenset())


def asked_beside(question: Beside, function: str) -> None:
    """A higher room answers yes or no about each citizen in the statement that says who acts (called once, at start).

    function: the name of a function of the database that takes the person's id.
    """
    _beside[question] = function


def told_beside(question: Beside) -> bool:
    """What was answered when this transaction's actor was set; no for everybody but citizens."""
    return question in _told.get()


def _say_who(cursor: Any, actor: Actor | None) -> None:
    values = [str(actor.person), actor.capacity.value, "yes" if actor.by_letter else ""] if actor else ["", "", ""]
    asked = dict(_beside) if actor is not None and actor.is_citizen else {}
    cursor.execute(", ".join([_SET, *(f"{one}(%s)" for one in asked.values())]), [*values, *[values[0]] * len(asked)])
    _told.set(frozenset(one for one, said in zip(asked, cursor.fetchone()[3:], strict=True) if said))


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """A transaction in which row level security sees `actor`. Settings never outlive it."""
    with transaction.atomic():
        before, told = _current() if assumed_role else None, _told.get()
        with connection.cursor() as cursor:
            _say_who(cursor, actor)
            if assumed_role:
                cursor.execute(f"SET LOCAL ROLE {assumed_role}")
        try:
            yield
        finally:
            _told.set(told)
        # A transaction that is rolled back puts the settings back by itself.
        if before is not None and not connection.needs_rollback:
            _restore(before)


def _current() -> tuple[str, str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('laget.person', true), ''), "
            "coalesce(current_setting('laget.capacity', true), ''), "
            "coalesce(current_setting('laget.by_letter', true), ''), current_user"
        )
        person, capacity, by_letter, role = cursor.fetchone()
    return person, capacity, by_letter, role


def _restore(before: tuple[str, str, str, str]) -> None:
    *who, role = before
    with connection.cursor() as cursor:
        cursor.execute(_SET, who)
        cursor.execute(f'SET LOCAL ROLE "{role}"')


def read_only() -> None:
    """From here on this transaction can only read: a page that is looked at changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


def crossed(fault: DatabaseError) -> bool:
    """Whether two transactions waited for each other, and this one was ended so that the other could go on."""
    return getattr(fault.__cause__, "sqlstate", "") in _CROSSED


# Tables that hold no content about a child; every other table of ours must be guarded.
OPEN_TABLES = frozenset(
    """django_session django_migrations directory_service directory_unit directory_position guide_version
    guide_draft guide_wording guide_proposal guide_ruling access_finished
    procrastinate_jobs procrastinate_events procrastinate_workers procrastinate_periodic_defers""".split()
)


class ContractBroken(Exception):
    """The database does not keep what the house relies on; the message says which promise."""


def check_contract() -> None:
    """Raise ContractBroken unless the logins and every content table are locked as promised."""
    faults = [*_faults_of_roles(), *_faults_of_tables()]
    if faults:
        raise ContractBroken("; ".join(faults))


def _faults_of_roles() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, r.rolsuper, r.rolbypassrls, "
            "(SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')), "
            "(SELECT bool_or(pg_has_role(r.oid, c.relowner, 'MEMBER')) FROM pg_class c "
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r') "
            "FROM pg_roles r WHERE r.rolname IN ('laget_app', 'laget_worker')"
        )
        rows = cursor.fetchall()
    faults = [] if len(rows) == 2 else ["the logins laget_app and laget_worker must exist"]
    for name, superuser, bypasses, owned, member in rows:
        if superuser or bypasses:
            faults.append(f"{name} can go past row level security")
        if owned or member:
            faults.append(f"{name} owns tables or is a member of their owner")
    return faults


def _faults_of_tables() -> list[str]:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - OPEN_TABLES
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, "
            "(SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'v')"
        )
        found = {name: (forced, policies) for name, forced, policies in cursor.fetchall()}
    faults = [f"{table} does not exist" for table in sorted(ours - set(found))]
    for table, (forced, policies) in sorted(found.items()):
        if table in OPEN_TABLES or table == "django_content_type":
            continue
        if not forced or not policies:
            faults.append(f"{table} is not guarded by row level security")
    return faults
