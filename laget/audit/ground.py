"""Row level security as migration operations, so that the locks of a table are read where the table is made.

Three logins share a database (docs/operating.md): the owner (whoever runs migrations), `laget_app` and `laget_worker`.
A guarded table has row level security enabled and FORCED, one explicit policy for its owner, and named policies
for the others. A table that holds no content is opened by name instead.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

APP = "laget_app"
WORKER = "laget_worker"


@dataclass(frozen=True)
class Policy:
    """One named permission on rows: `using` for what is seen, `check` for what may be written."""

    name: str
    command: str
    using: str = ""
    check: str = ""
    to: str = APP

    def sql(self, table: str) -> str:
        parts = [f'CREATE POLICY "{self.name}" ON "{table}" FOR {self.command} TO {self.to}']
        if self.using:
            parts.append(f"USING ({self.using})")
        if self.check:
            parts.append(f"WITH CHECK ({self.check})")
        return " ".join(parts)


class _Sql(Operation, ABC):
    """An operation that is SQL both ways and changes no model state."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    @abstractmethod
    def up(self) -> Sequence[str]: ...

    @abstractmethod
    def down(self) -> Sequence[str]: ...

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.up():
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.down():
            schema_editor.execute(statement, params=None)


def _grants(table: str, app: str, worker: str) -> list[str]:
    statements = [f'REVOKE ALL ON "{table}" FROM PUBLIC, {APP}, {WORKER}']
    if app:
        statements.append(f'GRANT {app} ON "{table}" TO {APP}')
    if worker:
        statements.append(f'GRANT {worker} ON "{table}" TO {WORKER}')
    return statements


class Guard(_Sql):
    """Row level security on a content table: forced, denying all but the named policies."""

    def __init__(self, table: str, *policies: Policy, app: str = "", worker: str = "") -> None:
        self.table, self.policies, self.app, self.worker = table, policies, app, worker

    def up(self) -> Sequence[str]:
        return [
            f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY "owner" ON "{self.table}" TO CURRENT_USER USING (true) WITH CHECK (true)',
            *_grants(self.table, self.app, self.worker),
            *(policy.sql(self.table) for policy in self.policies),
        ]

    def down(self) -> Sequence[str]:
        names = ["owner", *(policy.name for policy in self.policies)]
        return [
            *(f'DROP POLICY IF EXISTS "{name}" ON "{self.table}"' for name in names),
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY',
        ]

    def describe(self) -> str:
        return f"Guard {self.table}"


class Permit(_Sql):
    """A higher room opens a lower room's guarded table for those it knows about."""

    def __init__(self, table: str, *policies: Policy) -> None:
        self.table, self.policies = table, policies

    def up(self) -> Sequence[str]:
        return [policy.sql(self.table) for policy in self.policies]

    def down(self) -> Sequence[str]:
        return [f'DROP POLICY IF EXISTS "{policy.name}" ON "{self.table}"' for policy in self.policies]

    def describe(self) -> str:
        return f"Permit {self.table}"


class Open(_Sql):
    """Grants on a table that holds no content about anybody's child (services, sessions)."""

    def __init__(self, table: str, app: str = "", worker: str = "") -> None:
        self.table, self.app, self.worker = table, app, worker

    def up(self) -> Sequence[str]:
        return _grants(self.table, self.app, self.worker)

    def down(self) -> Sequence[str]:
        return [f'REVOKE ALL ON "{self.table}" FROM {APP}, {WORKER}']

    def describe(self) -> str:
        return f"Open {self.table}"


class Kept(_Sql):
    """What these columns held before a correction is kept in audit_change, for those who see the row as it is now."""

    def __init__(self, table: str, *columns: str, key: str = "id") -> None:
        self.table, self.columns, self.key = table, columns, key

    def up(self) -> Sequence[str]:
        of = ", ".join(f'"{name}"' for name in self.columns)
        given = ", ".join(f"'{name}'" for name in (self.key, *self.columns))
        return [
            f'CREATE TRIGGER "what_was_is_kept" AFTER UPDATE OF {of} ON "{self.table}" '
            f"FOR EACH ROW EXECUTE FUNCTION audit_keep({given})",
            Policy(self.table, "SELECT", using=self._sight()).sql("audit_change"),
        ]

    def _sight(self) -> str:
        same = f'EXISTS (SELECT 1 FROM "{self.table}" now WHERE now."{self.key}" = "row")'  # noqa: S608
        return f"source = '{self.table}' AND (SELECT laget_person()) IS NOT NULL AND {same}"

    def down(self) -> Sequence[str]:
        return [
            f'DROP TRIGGER IF EXISTS "what_was_is_kept" ON "{self.table}"',
            f'DROP POLICY IF EXISTS "{self.table}" ON "audit_change"',
        ]

    def describe(self) -> str:
        return f"Keep what {self.table} was"


class Only(_Sql):
    """The web's login may change these columns of a table and no others, where it could change all before."""

    def __init__(self, table: str, *columns: str) -> None:
        self.table, self.columns = table, columns

    def up(self) -> Sequence[str]:
        named = ", ".join(f'"{name}"' for name in self.columns)
        return [
            f'REVOKE UPDATE ON "{self.table}" FROM {APP}',
            *([f'GRANT UPDATE ({named}) ON "{self.table}" TO {APP}'] if named else []),
        ]

    def down(self) -> Sequence[str]:
        named = ", ".join(f'"{name}"' for name in self.columns)
        return [
            *([f'REVOKE UPDATE ({named}) ON "{self.table}" FROM {APP}'] if named else []),
            f'GRANT UPDATE ON "{self.table}" TO {APP}',
        ]

    def describe(self) -> str:
        return f"Only some columns of {self.table} change"


class Function(_Sql):
    """A function of the ground: SECURITY DEFINER by default, with a fixed search path, executable by those named."""

    def __init__(self, signature: str, returns: str, body: str, *, to: str = f"{APP}, {WORKER}", how: str = "") -> None:
        self.signature, self.returns, self.body, self.to = signature, returns, body, to
        self.how = how or "LANGUAGE sql STABLE SECURITY DEFINER"

    @property
    def _types(self) -> str:
        name, _, arguments = self.signature.partition("(")
        types = [argument.split()[-1] for argument in arguments.rstrip(")").split(",") if argument.strip()]
        return f"{name}({', '.join(types)})"

    def up(self) -> Sequence[str]:
        return [
            f"CREATE FUNCTION {self.signature} RETURNS {self.returns} {self.how} "
            f"SET search_path = public, pg_temp AS $function${self.body}$function$",
            f"REVOKE ALL ON FUNCTION {self._types} FROM PUBLIC",
            *([f"GRANT EXECUTE ON FUNCTION {self._types} TO {self.to}"] if self.to else []),
        ]

    def down(self) -> Sequence[str]:
        return [f"DROP FUNCTION IF EXISTS {self._types}"]

    def describe(self) -> str:
        return f"Function {self.signature}"


class Replaced(_Sql):
    """Takes away what an earlier migration made, before it is written anew; going back makes it again."""

    def __init__(self, migration: str, *names: str) -> None:
        self.migration, self.names = migration, names

    def _made(self) -> list[Function]:
        operations = import_module(self.migration).Migration.operations
        found = {one.signature.partition("(")[0]: one for one in operations if isinstance(one, Function)}
        return [found[name] for name in self.names]

    def up(self) -> Sequence[str]:
        return [statement for one in self._made() for statement in one.down()]

    def down(self) -> Sequence[str]:
        return [statement for one in reversed(self._made()) for statement in one.up()]

    def describe(self) -> str:
        return f"Replace {', '.join(self.names)}"


class Trigger(_Sql):
    """A guarantee kept by the database at commit or at change."""

    def __init__(self, name: str, table: str, when: str, function: str, *, deferred: bool = False) -> None:
        self.name, self.table, self.when, self.function, self.deferred = name, table, when, function, deferred

    def up(self) -> Sequence[str]:
        constraint = "CONSTRAINT " if self.deferred else ""
        late = "DEFERRABLE INITIALLY DEFERRED " if self.deferred else ""
        return [
            f'CREATE {constraint}TRIGGER "{self.name}" {self.when} ON "{self.table}" '
            f"{late}FOR EACH ROW EXECUTE FUNCTION {self.function}()"
        ]

    def down(self) -> Sequence[str]:
        return [f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"']

    def describe(self) -> str:
        return f"Trigger {self.name}"
