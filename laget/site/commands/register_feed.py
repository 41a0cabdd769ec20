"""`laget register-feed`: what the population register says of addresses, from a file."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        help='one JSON object on each line: {"number": …, "level": …, "seen": …, "homes": […]}; - reads standard input',
    )


def run(given: argparse.Namespace) -> int:
    """As the worker. 0 when all lines are taken, in one transaction; a fault in one, and none is."""
    from django.db import OperationalError

    from laget.protection.rules.lines import BadLine

    try:
        told = _take(_lines(given.file))
    except BadLine as fault:
        raise Fault(f"{given.file}: {fault}") from None
    except OperationalError as fault:
        raise Fault(f"the database does not answer: {str(fault).splitlines()[0]}") from None
    print(", ".join(f"{name} {number}" for name, number in sorted(told.items())) or "nothing")
    return 0


def _lines(name: str) -> list[str]:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig").splitlines()
    except OSError as fault:
        raise Fault(f"{name}: can't be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(f"{name}: is not UTF-8 text") from None


def _take(lines: Iterable[str]) -> dict[str, int]:
    from django.utils import timezone

    from laget.access.database import acting
    from laget.kernel.actor import SYSTEM
    from laget.protection.actions import feed
    from laget.protection.ground import numbered
    from laget.protection.rules.levels import Fed
    from laget.protection.rules.lines import read

    told = list(read(lines, timezone.localdate()))
    with acting(SYSTEM):
        known = numbered([one.number for one in told])
        rows = [Fed(known[one.number], one.level, one.seen, one.homes) for one in told if one.number in known]
        unknown = len(told) - len(rows)
        return dict(feed(rows)) | ({"unknown": unknown} if unknown else {})
