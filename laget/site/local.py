"""The installation in var that `laget demo` makes: its keys, its database, and the environment that points to them."""

import base64
import json
import os
import secrets
import tempfile
from pathlib import Path

from laget.audit.rules import public_of
from laget.site import postgres
from laget.site.environment import text
from laget.site.fault import Fault

DATABASE = "laget"
LOGINS = {
    "all": "DATABASE_URL",
    "local": "DATABASE_URL",
    "local_owner": "DATABASE_URL_OWNER",
    "local_worker": "DATABASE_URL_WORKER",
    "owner": "DATABASE_URL_OWNER",
    "worker": "DATABASE_URL_WORKER",
}


def var() -> Path:
    """The folder of everything that is not code."""
    return Path(text("LAGET_VAR")).resolve()


def environment(needs: str) -> None:
    """Fills the environment for a command; see `laget.site.cli.COMMANDS` for the words."""
    if needs == "keys":
        _defaults({"DATABASE_URL": "postgresql://nobody@/nowhere", "LAGET_POOL": "0", **_new_keys()})
        return
    login = LOGINS[needs]
    if needs.startswith("local") and not os.environ.get("DATABASE_URL") and not os.environ.get(login):
        if not (var() / "keys.json").exists():
            raise Fault(f"{login} is not set, and there is no demo in var; run `laget demo` once")
        enter()
    if not os.environ.get(login):
        raise Fault(f"{login} must be set; docs/reference/environment.md says what it holds")
    os.environ["DATABASE_URL"] = os.environ[login]


def enter() -> postgres.Cluster | None:
    """Starts the local database unless DATABASE_URL names one, and sets what the environment does not say."""
    here = var()
    here.mkdir(parents=True, exist_ok=True)
    cluster = None
    if not os.environ.get("DATABASE_URL"):
        try:
            cluster = postgres.cluster(here)
            postgres.start(cluster)
            postgres.prepare(cluster, DATABASE)
        except postgres.NotStarted as fault:
            raise Fault(str(fault)) from None
        found = postgres.urls(cluster, DATABASE)
        os.environ["DATABASE_URL"] = found["app"]
        os.environ["DATABASE_URL_OWNER"] = found["owner"]
        os.environ["DATABASE_URL_WORKER"] = found["worker"]
    os.environ.update(settled(dict(os.environ), here))
    return cluster


def settled(given: dict[str, str], here: Path) -> dict[str, str]:
    """An environment with all that a local installation needs: what it says, and the local values for the rest."""
    said = {name: value for name, value in given.items() if value}
    return {"LAGET_VAR": str(here), "LAGET_DEMO": "1", "LAGET_INSECURE_COOKIES": "1", **_kept_keys(here), **said}


def _kept_keys(here: Path) -> dict[str, str]:
    """The keys in keys.json; those that a newer version needs too are added, and the others stay as they are."""
    path = here / "keys.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    whole = {**_new_keys(), **found}
    if "LAGET_SEAL_KEY" not in found:  # the two halves of a pair are made together
        whole |= _new_seal_keys()
    if whole != found:
        _write_keys(path, whole)
    return whole


def _write_keys(path: Path, keys: dict[str, str]) -> None:
    """Whole or not at all, and for nobody else to read."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix="keys-")
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _new_keys() -> dict[str, str]:
    return {
        "LAGET_SECRET_KEY": secrets.token_urlsafe(48),
        "LAGET_DATA_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "LAGET_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def _new_seal_keys() -> dict[str, str]:
    private = secrets.token_bytes(32)
    return {
        "LAGET_SEAL_KEY": base64.b64encode(private).decode(),
        "LAGET_SEAL_PUBLIC_KEYS": base64.b64encode(public_of(private)).decode(),
    }


def _defaults(values: dict[str, str]) -> None:
    for name, value in values.items():
        if not os.environ.get(name):
            os.environ[name] = value
