"""Starts a PostgreSQL of our own, so that a bare machine needs no database server installed.

It listens on a unix socket in a folder that only its user can open, asks every login for a password, and comes back
after a kill -9: stale pid, lock and socket files are dealt with, and `select 1` has answered before `start` returns.
"""

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from laget.site import postgres_place as place
from laget.site.postgres_place import NotStarted as NotStarted

ADMIN = "postgres"
ROLES = {"owner": "laget_owner", "app": "laget_app", "worker": "laget_worker"}
PATIENCE = 10.0  # seconds in which a killed server's last processes leave
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"


@dataclass(frozen=True)
class Cluster:
    """One server's files, its programs and the system user that runs it (None: ourselves)."""

    folder: Path
    socket: Path
    bindir: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"


def cluster(var: Path, name: str = "postgres", bindir: Path | None = None) -> Cluster:
    """The cluster of that name in var; makes its folder, starts nothing."""
    user = place.system_user()
    folder = place.home(var, name, user)
    return Cluster(folder, place.socket_folder(folder, user), place.binaries(bindir, user), user)


def start(cluster: Cluster, durable: bool = True) -> None:
    """Makes the cluster when it is new and starts it when it is down; safe from several processes at once."""
    with _alone(cluster):
        if not _answers(cluster):
            _initialise(cluster)
            _retry(lambda: _launch(cluster, durable), cluster)
        _retry(lambda: _select_one(cluster), cluster)


def stop(cluster: Cluster) -> None:
    """Stops the server; nothing happens when it is down."""
    with _alone(cluster):
        if _alive(cluster):
            _run(cluster, "pg_ctl", "stop", "-D", cluster.data, "-m", "fast", "-w", "-s")


def prepare(cluster: Cluster, database: str, testing: bool = False) -> None:
    """The three logins and the database with its extension; what everyone may do by default is taken away.

    In a test cluster the owner may make databases and step into the other two roles; nowhere else.
    """
    words = _passwords(cluster)
    with _alone(cluster), _connect(cluster, "postgres") as admin:
        for role in ROLES.values():
            _role(admin, role, words[role], may_create=testing and role == ROLES["owner"])
        if testing:
            admin.execute("GRANT laget_app, laget_worker TO laget_owner")
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER laget_owner").format(sql.Identifier(database)))
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        admin.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO laget_app, laget_worker").format(sql.Identifier(database))
        )
        for name in [database, *(["template1"] if testing else [])]:
            _furnish(cluster, name)


def urls(cluster: Cluster, database: str) -> dict[str, str]:
    """The addresses of the three logins: app, owner, worker."""
    words = _passwords(cluster)
    host = quote(str(cluster.socket), safe="")
    return {part: f"postgresql://{role}:{words[role]}@/{database}?host={host}" for part, role in ROLES.items()}


def _role(admin: psycopg.Connection[Any], role: str, password: str, may_create: bool) -> None:
    name = sql.Identifier(role)
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    rights = "CREATEDB" if may_create else "NOCREATEDB"
    admin.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE {} PASSWORD {}").format(
            name, sql.SQL(rights), sql.Literal(password)
        )
    )


def _furnish(cluster: Cluster, database: str) -> None:
    with _connect(cluster, database) as admin:
        admin.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        admin.execute("ALTER SCHEMA public OWNER TO laget_owner")
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        admin.execute("GRANT USAGE ON SCHEMA public TO laget_app, laget_worker")


def _initialise(cluster: Cluster) -> None:
    made = cluster.data / "PG_VERSION"
    ours = place.major(cluster.bindir)
    if made.exists():
        theirs = int(made.read_text())
        if theirs != ours:
            raise NotStarted(f"{cluster.data} was made by PostgreSQL {theirs}; {cluster.bindir} holds {ours}")
        return
    fresh = cluster.folder / "data.new"  # renamed when whole: an interrupted initdb leaves nothing half made
    shutil.rmtree(fresh, ignore_errors=True)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if ours >= 17 else []
    password = cluster.folder / "password.new"
    _write(password, _passwords(cluster)[ADMIN], cluster.user)
    try:
        _run(
            cluster,
            "initdb",
            *("-D", fresh, "-U", ADMIN, "--pwfile", password),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-sync", "--locale=C.UTF-8"),
            *locale,
        )
    finally:
        password.unlink(missing_ok=True)
    fresh.rename(cluster.data)


def _launch(cluster: Cluster, durable: bool) -> None:
    if _alive(cluster):
        return
    _clear_stale(cluster)
    options = [
        f"-c listen_addresses='' -c unix_socket_directories='{cluster.socket}' -c unix_socket_permissions=0700",
        "-c port=5432 -c timezone=UTC -c log_timezone=UTC -c lc_messages=C -c log_min_messages=warning",
        "-c password_encryption=scram-sha-256 -c max_connections=100",
        "" if durable else FAST,
    ]
    _run(
        cluster, "pg_ctl", "start", "-D", cluster.data, "-l", cluster.log, "-w", "-t", "60", "-s",
        "-o", " ".join(options),
    )  # fmt: skip


def _clear_stale(cluster: Cluster) -> None:
    """Removes what a killed server left; its number may by now belong to somebody else's process."""
    left = [cluster.data / "postmaster.pid", cluster.socket / place.SOCKET_NAME]
    for path in [*left, cluster.socket / f"{place.SOCKET_NAME}.lock"]:
        path.unlink(missing_ok=True)


def _alive(cluster: Cluster) -> bool:
    """Whether the process named in the pid file is this cluster's server and not a later user of its number."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return False
    return str(cluster.data) in place.command_of(pid)


def _answers(cluster: Cluster) -> bool:
    try:
        _select_one(cluster)
    except (psycopg.OperationalError, FileNotFoundError):
        return False
    return True


def _select_one(cluster: Cluster) -> None:
    with _connect(cluster, "postgres") as connection:
        connection.execute("SELECT 1")


def _retry(attempt: Callable[[], None], cluster: Cluster) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except (psycopg.OperationalError, NotStarted) as fault:
            if time.monotonic() > end:
                raise NotStarted(f"PostgreSQL in {cluster.folder} does not answer: {fault}\n{_tail(cluster)}") from None
            time.sleep(0.2)


def _tail(cluster: Cluster) -> str:
    lines = cluster.log.read_text(errors="replace").splitlines() if cluster.log.exists() else []
    return "\n".join(lines[-12:])


def _connect(cluster: Cluster, database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=str(cluster.socket),
        port=5432,
        dbname=database,
        user=ADMIN,
        password=_passwords(cluster)[ADMIN],
        connect_timeout=5,
        autocommit=True,
    )


def _passwords(cluster: Cluster) -> dict[str, str]:
    path = cluster.folder / "passwords.json"
    if not path.exists():
        _write(path, json.dumps({role: secrets.token_urlsafe(24) for role in [ADMIN, *ROLES.values()]}), None)
    found: dict[str, str] = json.loads(path.read_text())
    return found


def _write(path: Path, text: str, user: str | None) -> None:
    """Writes a file that only one user can read; whole or not at all, and the first writer wins."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if user:
        os.chown(name, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()


@contextlib.contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    with open(cluster.folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(cluster: Cluster, program: str, *arguments: str | Path) -> None:
    as_user: dict[str, Any] = {"user": cluster.user, "group": cluster.user, "extra_groups": []} if cluster.user else {}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [cluster.bindir / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=cluster.folder,
            env={**environment, "TZ": "UTC", "LC_ALL": "C"},
            umask=0o077,
            **as_user,
        )
        if done.returncode:
            said.seek(0)
            raise NotStarted(f"{program} failed: {said.read().strip()}\n{_tail(cluster)}")
