"""`laget seal`: the worker's minute, now; and the one way on when the seals here and outside no longer agree."""

import argparse
import base64
from pathlib import Path
from typing import TYPE_CHECKING

from laget.site.fault import Fault

if TYPE_CHECKING:
    from laget.audit.sealing import Unnamed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept",
        metavar="WHY",
        help="after a restore, or the loss of the folder outside: go on, and seal that you did",
    )
    parser.add_argument(
        "--late",
        type=Path,
        metavar="FILE",
        help="with --accept: the rows dated before all was sealed that are to be sealed now, an id on each line",
    )
    parser.add_argument("--public-key", action="store_true", help="only print the public half of LAGET_SEAL_KEY")


def run(given: argparse.Namespace) -> int:
    """0 when all is sealed; 1 when the seals here and outside do not agree."""
    from django.db import OperationalError

    from laget.audit import sealing

    try:
        _carry_out(given)
    except sealing.NoKey as fault:
        raise Fault(str(fault)) from None
    except OSError as fault:
        raise Fault(f"LAGET_SEAL_FOLDER can't be used: {fault}") from None
    except OperationalError as fault:
        raise Fault(f"the database does not answer: {str(fault).splitlines()[0]}") from None
    except sealing.Astray as fault:
        print(f"nothing is sealed: {fault}")
        return 1
    except sealing.Unnamed as fault:
        print("\n".join(_named(fault)))
        return 1
    return 0


def _named(fault: "Unnamed") -> list[str]:
    return [
        f"nothing is accepted: {fault}. If you know why they are there, put their ids in a file for --late. "
        "If not, it is a breach.",
        *(f"{row} {sort} dated {at}" for sort, row, at in fault.rows),
    ]


def _carry_out(given: argparse.Namespace) -> None:
    from laget.audit import rules, sealing

    if given.public_key:
        print(base64.b64encode(rules.public_of(sealing.private_key())).decode())
        return
    if given.accept is not None:
        _accept(given.accept.strip(), given.late)
    print(f"sealed: {sealing.run()} rows")


def _accept(why: str, late: Path | None) -> None:
    from laget.audit import sealing

    if not why:
        raise Fault("--accept needs the reason, in words")
    made = sealing.accept(why, _ids(late) if late else ())
    lost = f"; seals {made.lost_from} to {made.lost_to} are declared lost" if made.lost else ""
    named = f"; {made.rows} rows from before are sealed with it" if made.rows else ""
    print(f"anchored: seal {made.number}{lost}{named}")


def _ids(late: Path) -> list[str]:
    """The first word of each line, so that what the refusal printed can be used as it is."""
    try:
        lines = late.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as fault:
        raise Fault(f"{late} can't be read: {fault}") from None
    return [line.split()[0] for line in lines if line.strip()]
