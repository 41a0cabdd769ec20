"""`laget guide`: the municipality's own model as a file: check it, load it, show it, hold two against each other."""

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from laget.guide.chain import beside
from laget.guide.difference import differences
from laget.guide.faults import Fault, GuideFaults
from laget.guide.files import preset, presets, read_file
from laget.guide.reading import read_file_guide, read_guide, whole_of, whole_of_file
from laget.guide.telling import told
from laget.guide.values import LANGUAGES, Guide, UnknownCode
from laget.guide.writing import toml
from laget.site import fault as site

MOST_SAID = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    every = parser.add_subparsers(dest="what", required=True, metavar="check|load|show|diff")
    check = every.add_parser("check", help="say every fault of a file; needs no database")
    check.add_argument("file", help="a TOML file, or the name of a model that comes with the product")
    load = every.add_parser("load", help="make a file the guide from a day")
    load.add_argument("file", type=Path)
    load.add_argument("--from", dest="begins", type=_day, required=True, metavar="DATE")
    show = every.add_parser("show", help="the guide that holds on a day, or the one a file gives")
    show.add_argument("file", nargs="?", help="a file or the name of a model; without it, the one that is loaded")
    show.add_argument("--on", type=_day, metavar="DATE")
    show.add_argument("--level", default="")
    show.add_argument("--variant", default="", help="as it is in some services")
    show.add_argument("--lang", choices=LANGUAGES, default="nb")
    show.add_argument("--toml", action="store_true", help="the whole guide as one file")
    diff = every.add_parser("diff", help="what differs between two files or models; needs no database")
    diff.add_argument("before")
    diff.add_argument("after")


def run(given: argparse.Namespace) -> int:
    """0 when done; 2 when the file has faults, one line for each."""
    what: dict[str, Callable[[argparse.Namespace], None]] = {
        "check": _check,
        "load": _load,
        "show": _show,
        "diff": _diff,
    }
    try:
        what[given.what](given)
    except GuideFaults as faults:
        return _say(faults.faults)
    except UnknownCode as unknown:
        raise site.Fault(f"{unknown} is not in this guide") from None
    return 0


def _check(given: argparse.Namespace) -> None:
    guide = _read(given.file)
    print(
        f"{given.file}: no faults. {guide.name.get(None)}: {len(guide.levels)} levels, {len(guide.steps)} steps, "
        f"{len(guide.variants)} variants, {len(guide.deadlines)} deadlines"
    )


def _load(given: argparse.Namespace) -> None:
    path: Path = given.file
    read_file_guide(path)  # a faulty file is told before a database is looked for
    _set_up()
    from django.utils import timezone

    from laget.access.database import acting
    from laget.guide.actions import load
    from laget.kernel.actor import SYSTEM

    with acting(SYSTEM):
        done = load(
            SYSTEM,
            read_file(path),
            begins=given.begins,
            today=timezone.localdate(),
            name=path.name,
            find=beside(path.parent),
        )
    print(f"{given.file}: loaded as {done.value.code}, from {given.begins}")


def _show(given: argparse.Namespace) -> None:
    guide, whole = _shown(given)
    if given.toml:
        print(whole, end="")
        return
    chosen = guide.variant(given.variant).guide if given.variant else guide
    print(told(chosen, given.lang, given.level), end="")


def _shown(given: argparse.Namespace) -> tuple[Guide, str]:
    if given.file:
        return _read(given.file), toml(_whole(given.file)) if given.toml else ""
    _set_up()
    from django.utils import timezone

    from laget.guide.access import whole
    from laget.guide.national import current

    guide = current(given.on or timezone.localdate())
    return guide, (whole(guide.code) or preset("national") or "") if given.toml else ""


def _diff(given: argparse.Namespace) -> None:
    for one in differences(_read(given.before), _read(given.after)):
        print(f"{'! ' if one.touches_consent else '  '}{one}")


DOES: dict[str, Callable[[argparse.Namespace], None]] = {
    "check": _check,
    "load": _load,
    "show": _show,
    "diff": _diff,
}


def _read(name: str) -> Guide:
    return read_guide(preset(name) or "", name) if name in presets() else read_file_guide(Path(name))


def _whole(name: str) -> dict[str, object]:
    return whole_of(preset(name) or "", name) if name in presets() else whole_of_file(Path(name))


def _say(faults: Iterable[Fault]) -> int:
    every = [str(one) for one in faults]
    for one in every[:MOST_SAID]:
        print(f"laget guide: {one}", file=sys.stderr)
    if len(every) > MOST_SAID:
        print(f"laget guide: and {len(every) - MOST_SAID} more", file=sys.stderr)
    return 2


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{said!r} is no date; allowed: a date such as 2027-08-01") from None


def _set_up() -> None:
    from laget.site.cli import set_up

    set_up("local")
