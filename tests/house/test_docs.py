"""The documentation says what the code holds: links lead somewhere, tests it names exist, its tables agree."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from laget.demo.fjordvik import PLACES
from laget.design.speaking import MARK, ONE
from laget.people.rules import read_national_number
from laget.site import catalogues
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


def words_on_screens():
    """Every bokmål text that a page may show, as a pattern where names are filled in."""
    for room in catalogues.rooms():
        for message in catalogues._read(catalogues.po(room, "nb"), "nb"):
            for text in [message.string] if isinstance(message.string, str) else message.string:
                said = MARK.sub(r"\1", ONE.sub(r"\1", text))  # no young person reads in the tour
                yield ".+".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]", said))
    for text in re.findall(r'\.nb = "(.*)"', (tree.PACKAGE / "guide" / "data" / "national.toml").read_text()):
        yield re.escape(text)
    yield from (re.escape(place.service) for place in PLACES)


def test_the_tour_quotes_what_stands_on_the_screen():
    quoted = {" ".join(words.split()) for words in re.findall("«([^»]*)»", (tree.ROOT / "README.md").read_text())}
    known = re.compile("|".join(f"(?:{pattern})" for pattern in words_on_screens() if re.search(r"\w{2}", pattern)))
    assert not {words for words in quoted - {"the team"} if not known.fullmatch(words)}


def test_the_tour_has_numbers_that_can_be_typed():
    numbers = set(re.findall(r"`(\d{11})`", (tree.ROOT / "README.md").read_text()))
    assert numbers
    assert all(read_national_number(number, date(2026, 11, 22)).synthetic for number in numbers)
