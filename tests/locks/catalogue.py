"""What the database itself holds around each table and function: forced locks, rights, policies, triggers, definers.

Conditions are not in it: taking one out is noticed by somebody who sees or writes something else. This is the frame
around them, as rows of text, and every way to loosen it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

LOGINS = ("laget_app", "laget_worker")
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_OURS = (
    "pronamespace = 'public'::regnamespace AND proname NOT LIKE 'procrastinate%' "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"  # an extension's own
)
_TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, r.rolname,
        ARRAY(SELECT x.privilege_type FROM aclexplode(c.relacl) x WHERE x.grantee = r.oid ORDER BY 1),
        ARRAY(SELECT x.privilege_type || ' ' || string_agg(a.attname, ' ' ORDER BY a.attname)
              FROM pg_attribute a CROSS JOIN aclexplode(a.attacl) x
              WHERE a.attrelid = c.oid AND x.grantee = r.oid GROUP BY x.privilege_type ORDER BY 1)
    FROM pg_class c CROSS JOIN (SELECT oid, rolname FROM pg_roles WHERE rolname IN ('laget_app', 'laget_worker')
                                UNION ALL SELECT 0, 'public') r
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND c.relname NOT LIKE 'procrastinate%' AND c.relname NOT LIKE 'django%'
    ORDER BY c.relname, r.rolname
"""
_POLICIES = """
    SELECT tablename, policyname, cmd, permissive, array_to_string(roles, ' ') FROM pg_policies
    WHERE schemaname = 'public' AND policyname <> 'owner' ORDER BY tablename, policyname
"""
_TRIGGERS = """
    SELECT c.relname, t.tgname, p.proname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relname NOT LIKE 'procrastinate%' ORDER BY c.relname, t.tgname
"""
_FUNCTIONS = f"""
    SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.prosecdef,
        coalesce(array_to_string(p.proconfig, ' '), ''),
        ARRAY(SELECT coalesce(r.rolname, 'public') FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
              LEFT JOIN pg_roles r ON r.oid = x.grantee WHERE x.grantee <> p.proowner ORDER BY 1),
        p.prorettype = 'trigger'::regtype
    FROM pg_proc p WHERE {_OURS} ORDER BY 1, 3
"""


@dataclass(frozen=True)
class Fault:
    """One way to loosen the frame: what it is, and the statement that does it."""

    what: str
    statement: str

    def __str__(self) -> str:
        return self.what


def _asked(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def tables() -> list[list[str]]:
    """For each table: whether locked, what each login may, which policies and triggers it has."""
    policies, triggers = _asked(_POLICIES), _asked(_TRIGGERS)
    found: dict[str, list[str]] = {}
    for name, locked, forced, _role, whole, columns in _asked(_TABLES):
        row = found.setdefault(name, [name, "forced" if locked and forced else "locked" if locked else "open"])
        row.append("; ".join([*whole, *columns]) or "–")
    for name, row in found.items():
        own = [
            f"{policy} {command}{'' if kind == 'PERMISSIVE' else ' ' + kind} {roles.replace('laget_', '')}"
            for table, policy, command, kind, roles in policies
            if table == name
        ]
        fired = [
            f"{trigger}{'' if enabled == 'O' else ' OFF'}"
            for table, trigger, _function, enabled in triggers
            if table == name
        ]
        row += ["; ".join(own) or "–", "; ".join(fired) or "–"]
    return list(found.values())


def functions() -> list[list[str]]:
    """For each function: by whose rights it runs, what is set for it, who may ask it."""
    return [
        [name, "its owner's" if definer else "the caller's", settings or "–", " ".join(who) or "–"]
        for name, definer, settings, who, _trigger in _asked(_FUNCTIONS)
    ]


def faults() -> Iterator[Fault]:
    """Every way to loosen it by one statement."""
    yield from _of_tables()
    for table, policy, command, _kind, _roles in _asked(_POLICIES):
        yield Fault(f"{table}.{policy} {command} taken away", f'DROP POLICY "{policy}" ON "{table}"')
        yield Fault(f"{table}.{policy} {command} for everybody", f'ALTER POLICY "{policy}" ON "{table}" TO PUBLIC')
    for table, trigger, _function, _enabled in _asked(_TRIGGERS):
        yield Fault(f"{table}: {trigger} is off", f'ALTER TABLE "{table}" DISABLE TRIGGER "{trigger}"')
        yield Fault(f"{table}: {trigger} is gone", f'DROP TRIGGER "{trigger}" ON "{table}"')
    yield from _of_functions()


def _of_tables() -> Iterator[Fault]:
    for name, locked, _forced in dict.fromkeys(row[:3] for row in _asked(_TABLES)):
        if locked:
            yield Fault(f"{name}: not forced", f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
            yield Fault(f"{name}: not locked", f'ALTER TABLE "{name}" DISABLE ROW LEVEL SECURITY')
    for name, _locked, _forced, role, whole, columns in _asked(_TABLES):
        for right in set(RIGHTS) - set(whole):
            yield Fault(f"{name}: {right} to {role}", f'GRANT {right} ON "{name}" TO {role}')
        for said in columns:
            right = said.partition(" ")[0]
            yield Fault(f"{name}: {right} of no column to {role}", f'REVOKE {right} ON "{name}" FROM {role}')


def _of_functions() -> Iterator[Fault]:
    for name, definer, settings, who, trigger in _asked(_FUNCTIONS):
        if definer:
            yield Fault(f"{name} by the caller's rights", f"ALTER FUNCTION {name} SECURITY INVOKER")
        else:
            yield Fault(f"{name} by its owner's rights", f"ALTER FUNCTION {name} SECURITY DEFINER")
        if settings:
            yield Fault(f"{name} without a path of its own", f"ALTER FUNCTION {name} RESET ALL")
        if not trigger:
            for login in {"public", *LOGINS} - set(who):
                yield Fault(f"{name} asked by {login}", f"GRANT EXECUTE ON FUNCTION {name} TO {login}")
