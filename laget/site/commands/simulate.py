"""`laget simulate`: an empty database becomes a made-up municipality, of any size, for measuring and for looking."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from laget.site.fault import Fault

MOST = 5_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=number(1, MOST), required=True, help="how many cases (1 to 5000000)")
    parser.add_argument("--entries-per-case", type=number(0, 1000), default=10, help="entries in each log (10)")
    parser.add_argument("--seed", type=number(0, 2**63), default=1, help="another seed is another municipality (1)")


def number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two others."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def run(given: argparse.Namespace) -> int:
    """Loads as the owner, and prints how a load tool signs in as a worker with thirty cases."""
    print(json.dumps(simulate(given.cases, given.entries_per_case, given.seed)))
    return 0


def simulate(cases: int, entries: int, seed: int) -> dict[str, str]:
    """Fills the database of the settings. Raises Fault when it holds anything, or is not there."""
    from django.db import OperationalError, ProgrammingError, connection, transaction
    from django.utils import timezone

    from laget.demo.simulation.load import NotEmpty, load

    began = time.monotonic()
    try:
        with transaction.atomic():
            connection.ensure_connection()
            assert connection.connection is not None
            made = load(connection.connection, cases, entries, seed, timezone.now().date())
            found = entrance(UUID(made.worker), UUID(made.case))
    except NotEmpty as full:
        raise Fault(f"the database is not empty (there are rows in {full}); only an empty one is filled") from None
    except OperationalError as fault:
        raise Fault(f"the database does not answer: {str(fault).splitlines()[0]}") from None
    except ProgrammingError as fault:
        raise Fault(f"run `laget migrate` first ({str(fault).splitlines()[0]})") from None
    took, rows = time.monotonic() - began, sum(made.rows.values())
    print(f"{rows} rows in {took:.0f} s, {rows / took:.0f} a second", file=sys.stderr)
    return found


def entrance(worker: UUID, case: UUID) -> dict[str, str]:
    """A session of this worker, as after sign-in, and two addresses to ask for with it."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from django.urls import reverse

    from laget.access import sessions
    from laget.kernel.actor import Capacity

    request: Any = HttpRequest()
    request.session = SessionStore()
    sessions.sign_in(request, worker, Capacity.WORKER, "demo")
    request.session.save()
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "session": request.session.session_key,
        "list": reverse("home"),
        "detail": reverse("child_page", args=[case]),
    }
