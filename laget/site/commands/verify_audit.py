"""`laget verify-audit`: walks the record and its seals, in the database and outside; changes nothing of it."""

import argparse
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laget.site.fault import Fault

if TYPE_CHECKING:
    from laget.audit.verifying import Fault as Found
    from laget.audit.verifying import Report


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="another copy of the seals outside than LAGET_SEAL_FOLDER")
    parser.add_argument(
        "--keep", action="store_true", help="keep what is found, for the data protection officer's page"
    )
    parser.add_argument("--json", action="store_true", help="the answer as JSON")


def run(given: argparse.Namespace) -> int:
    """0 and counts when all holds; 1 and the first thing that does not; 2 when it can't be looked at."""
    from django.conf import settings
    from django.db import DatabaseError

    from laget.audit import verifying
    from laget.audit.outside import Folder

    folder = given.folder or settings.LAGET_SEAL_FOLDER
    if given.folder and not folder.is_dir():
        raise Fault(f"{folder} is not a folder")
    if not settings.LAGET_SEAL_PUBLIC_KEYS:
        raise Fault("LAGET_SEAL_PUBLIC_KEYS must be set; docs/operating.md says what it holds")
    try:
        report = verifying.verify(settings.LAGET_SEAL_PUBLIC_KEYS, Folder(folder))
    except verifying.Fault as found:
        print(_broken(found, given.json))
        _keep(given, holds=False, sort=found.sort, words=found.words[:500])
        return 1
    except OSError as fault:
        raise Fault(f"the seals outside can't be read: {fault}") from None
    except DatabaseError as fault:
        raise Fault(f"the record can't be read: {str(fault).splitlines()[0]}") from None
    print(_whole(report, given.json))
    _keep(given, holds=True, seals=report.seals, rows=report.entries + report.readings)
    return 0


def _keep(given: argparse.Namespace, **found: Any) -> None:
    if not given.keep:
        return
    from laget.trust.models import Verification

    Verification.objects.create(**found)


def _broken(found: "Found", as_json: bool) -> str:
    if as_json:
        return json.dumps({"ok": False, "kind": found.sort, "what": found.words})
    return f"does not hold ({found.sort}): {found.words}"


def _whole(report: "Report", as_json: bool) -> str:
    waiting = int(report.waiting / timedelta(seconds=1))
    if as_json:
        return json.dumps(
            {
                "ok": True,
                "seals": report.seals,
                "entries": report.entries,
                "readings": report.readings,
                "unsealed": report.unsealed,
                "oldest_unsealed_seconds": waiting,
                "not_outside_yet": report.pending,
                "lost_rows": report.lost,
                "late_rows": report.late,
                "anchors": [{"seal": number, "at": at, "why": why} for number, at, why in report.anchors],
            }
        )
    return "\n".join(_lines(report, waiting))


def _lines(report: "Report", waiting: int) -> list[str]:
    lines = [
        f"holds: seals {report.seals}, entries {report.entries}, readings {report.readings}",
        f"not sealed yet: {report.unsealed}" + (f", the oldest for {waiting} seconds" if report.unsealed else ""),
    ]
    if report.pending:
        lines.append("the last seal is not outside yet; the next round of the worker writes it")
    lines += [f"seal {number} is an anchor, {at}: {why}" for number, at, why in report.anchors]
    if report.lost:
        lines.append(f"lost in restores, as these anchors say: {report.lost} rows")
    if report.late:
        lines.append(f"dated before all was sealed, and named one by one in these anchors: {report.late} rows")
    return lines
