"""The documentation says what the code holds: links lead somewhere, tests it names exist, its tables agree."""

import ast
import re
from pathlib import Path

import pytest

from laget.kernel.events import Event, listeners
from tests.house import tree

DOCS = sorted([*(tree.ROOT / "docs").rglob("*.md"), *tree.ROOT.glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PICTURES = tree.ROOT / "docs" / "images"


def test_every_link_leads_somewhere():
    broken = [
        f"{tree.short(page)}: {to}"
        for page in DOCS
        for to in LINK.findall(page.read_text())
        if PICTURES not in (page.parent / to).resolve().parents and not (page.parent / to).exists()
    ]
    assert not broken


def test_every_test_that_is_named_exists():
    tests = [*tree.PACKAGE.rglob("test_*.py"), *(tree.ROOT / "tests").rglob("test_*.py")]
    known = {path.stem for path in tests} | {
        found.name
        for path in tests
        for found in ast.walk(ast.parse(path.read_text()))
        if isinstance(found, ast.FunctionDef)
    }
    named = [(page, name) for page in DOCS for name in re.findall(r"\btest_\w+", page.read_text())]
    assert not [f"{tree.short(page)}: {name}" for page, name in named if name not in known]


def test_every_path_that_is_named_exists():
    named = re.compile(r"`((?:laget|tests|scripts|docs)/[\w./*-]+)`")
    lost = [
        f"{tree.short(page)}: {path}"
        for page in DOCS
        for path in named.findall(page.read_text())
        if not any(tree.ROOT.glob(path.rstrip("/")))
    ]
    assert not lost


@pytest.mark.parametrize("page", sorted((tree.ROOT / "docs" / "adr").glob("*.md")), ids=lambda path: path.name[:4])
def test_a_decision_says_why_what_and_who_keeps_it(page: Path):
    text = page.read_text()
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Kept by"]
    assert text.startswith(f"# {page.name[:4]} ")


def events():
    found = list(Event.__subclasses__())
    for kind in found:
        found.extend(kind.__subclasses__())
    return [kind for kind in found if not kind.__name__.startswith("_") and kind.__module__.startswith("laget.")]


def test_the_page_of_events_is_true():
    page = (tree.ROOT / "docs" / "reference" / "events.md").read_text()
    rows = re.findall(r"^\| `(laget\.\S+)` \|[^|]*\| ([^|]*) \|$", page, re.MULTILINE)
    said = {event: set(re.findall(r"`(\S+)`", who)) for event, who in rows}
    true = {
        f"{kind.__module__}.{kind.__name__}": {f"{one.__module__}.{one.__name__}" for one in listeners().get(kind, ())}
        for kind in events()
    }
    assert said == true
