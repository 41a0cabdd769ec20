"""`laget messages`: the rooms' catalogues follow their code and templates."""

import argparse
import sys

from laget.site import catalogues
from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["extract", "compile", "check"])
    parser.add_argument("rooms", nargs="*", metavar="room", help="only these rooms (extract, check)")
    parser.add_argument("--prune", action="store_true", help="extract: forget messages that no longer occur")


def run(given: argparse.Namespace) -> int:
    """0 when done or in order; check says every fault and gives 1."""
    unknown = set(given.rooms) - set(catalogues.rooms())
    if unknown:
        raise Fault(f"no room {', '.join(sorted(unknown))}; there are: {', '.join(catalogues.rooms())}")
    chosen = given.rooms or catalogues.rooms()
    if given.what == "compile":
        catalogues.compile_all()
    elif given.what == "extract":
        for room in chosen:
            catalogues.extract(room, prune=given.prune)
    else:
        faults = catalogues.faults(chosen)
        print("\n".join(faults), file=sys.stderr) if faults else None
        return 1 if faults else 0
    return 0
