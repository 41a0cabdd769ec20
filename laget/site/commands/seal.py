"""`laget seal`: the worker's minute, now; and the one way on when the seals here and outside no longer agree."""

import argparse
import base64

from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept",
        metavar="WHY",
        help="after a restore, or the loss of the folder outside: go on, and seal that you did",
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
    return 0


def _carry_out(given: argparse.Namespace) -> None:
    from laget.audit import rules, sealing

    if given.public_key:
        print(base64.b64encode(rules.public_of(sealing.private_key())).decode())
        return
    if given.accept is not None:
        _accept(given.accept.strip())
    print(f"sealed: {sealing.run()} rows")


def _accept(why: str) -> None:
    from laget.audit import sealing

    if not why:
        raise Fault("--accept needs the reason, in words")
    made = sealing.accept(why)
    lost = f"; seals {made.lost_from} to {made.lost_to} are declared lost" if made.lost else ""
    print(f"anchored: seal {made.number}{lost}")
