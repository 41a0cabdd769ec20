"""`laget consent-parties`: who must consent before a service shares, from a JSON question to a JSON answer."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from laget.guide.faults import GuideFaults
from laget.guide.files import preset, presets
from laget.guide.reading import read_file_guide, read_guide
from laget.law.consent import Moved, Question, who_must_consent
from laget.law.consent.reading import read_question, write_answer
from laget.site.fault import Fault

LANGUAGES = ("nb", "en")
Setting = Callable[[Question], Moved]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a JSON question, or an array of them; - reads standard input")
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="the language of the notes")
    setting = parser.add_mutually_exclusive_group()
    setting.add_argument(
        "--guide", metavar="NAME", help="a guide file or model, for the cells the municipality decided"
    )
    setting.add_argument(
        "--loaded", action="store_true", help="the guide that is loaded, as it stands on the day asked"
    )


def run(given: argparse.Namespace) -> int:
    """0 with the answers; without --guide and --loaded by the table as it stands. A fault is said before any answer."""
    asked = _read(given.file)
    each = asked if isinstance(asked, list) else [asked]
    questions = [_question(one, f"[{place}] " if isinstance(asked, list) else "") for place, one in enumerate(each)]
    setting = _setting(given)
    found = [_answer(one, setting(one), given.lang) for one in questions]
    print(json.dumps(found if isinstance(asked, list) else found[0], ensure_ascii=False, indent=1))
    return 0


def _read(name: str) -> Any:
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return json.loads(text.decode("utf-8-sig"))
    except OSError as fault:
        raise Fault(f"{name}: can't be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(f"{name}: is not UTF-8 text") from None
    except RecursionError:
        raise Fault(f"{name}: is nested too deep; allowed: a question, or an array of questions") from None
    except ValueError as fault:
        raise Fault(f"{name}: is not JSON: {fault}") from None


def _question(data: object, place: str) -> Question:
    try:
        return read_question(data)
    except ValueError as fault:
        raise Fault(f"{place}{fault}") from None


def _setting(given: argparse.Namespace) -> Setting:
    """Gives what the municipality decided where the statutes are silent, by the day of the question."""
    if given.loaded:
        _set_up("local")
        from laget.guide.national import current

        return lambda question: current(question.on).consent.moved
    _set_up("keys")
    moved = _moved(given.guide) if given.guide else {}
    return lambda _question: moved


def _moved(name: str) -> Moved:
    try:
        if name in presets():
            return read_guide(preset(name) or "", name).consent.moved
        return read_file_guide(Path(name)).consent.moved
    except GuideFaults as faults:
        raise Fault(str(faults.faults[0])) from None


def _answer(question: Question, moved: Moved, language: str) -> dict[str, Any]:
    from django.utils import translation

    parties = who_must_consent(question, moved)
    with translation.override(language):
        return write_answer(parties, tuple(translation.gettext(note) for note in parties.notes))


def _set_up(needs: str) -> None:
    from laget.site.cli import set_up

    set_up(needs)
