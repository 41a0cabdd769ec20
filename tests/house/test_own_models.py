"""No level, name, age or interval of one municipality's model stands in the code or templates that follow the guide."""

import ast
import re

import pytest

from laget.guide.files import preset
from laget.guide.national import national
from laget.guide.reading import read_guide
from tests.house.tree import PACKAGE, functions, short, sources, templates

BELOW = {"kernel", "audit", "access", "people", "law", "guide", "design", "site"}
"""The guide, and the rooms it leans on: the law's own ages stand there, and what a level is drawn like."""
TELLING = {"demo"}
"""The story of one invented municipality."""
CONSTANTS = {
    "laget/cases/models.py:LONGEST_ABSENCE": "who is away longer than half a year passes the baton on",
    "laget/consents/rules/asking.py:THRESHOLDS": "ages of the statutes: OPPL § 24-5, PBRL § 4-3, VGM § 8",
    "laget/families/rules.py:PREGNANCY": "how long a pregnancy lasts",
    "laget/families/rules.py:OVERDUE": "how long a child may be overdue",
    "laget/families/rules.py:EARLIEST": "no child lives that is born earlier",
    "laget/families/rules.py:CLAIM_LASTS": "how long a second person has to confirm what lets a parent in",
    "laget/families/rules.py:TOO_EARLY": "says the same in words",
    "laget/notices/delivery.py:ANSWERS_WITHIN": "how long a mail server may keep somebody waiting",
    "laget/notices/delivery.py:TOO_OLD": "after this a message is no longer sent again",
    "laget/emergency/rules.py:LONGEST_HOLD": "further away is a slip of the finger; each day is decided",
    "laget/emergency/rules.py:LATEST_TOLD": "two such decisions; after that nothing lets the family wait",
    "laget/emergency/rules.py:OFTEN": "over how long a worker's openings are counted",
    "laget/emergency/views/reviewing.py:SHOWN_BACK": "how far back figures are shown",
    "laget/protection/actions/reminding.py:LOOKED_BACK": "a worker that was away makes up for a day",
    "laget/protection/rules/grounds.py:LONGEST_REVIEW": "a day further away than a year is a slip of the finger",
    "laget/participation/rules.py:MUST_KNOW_LAPSED": "how long it is made up for that nobody was told",
    "laget/participation/rules.py:LETTER_LASTS": "how long the letter of a sign-in may be under way",
    "laget/plans/rules.py:LONGEST": "further away than two years is a slip of the finger",
    "laget/trust/actions.py:OPEN_FOR": "how long an answer to the data protection officer can be read",
    "laget/trust/rules/control.py:SAME_NAME_QUIET": "log control: how long the same finding is not told again",
    "laget/trust/rules/control.py:NIGHT_QUIET": "log control: as the one above",
    "laget/trust/rules/control.py:LEFT_WITHIN": "log control: how soon after a look somebody left",
    "laget/trust/views/officer.py:SHOWN_BACK": "how far back figures are shown",
    "laget/trust/whole.py:EVERY": "a walk of the record that has not come for so long is asked about",
    "laget/trust/views/officer.py:ASKED_BACK": "what the officer's form proposes",
    "laget/desk/day.py:AHEAD": "how far ahead my day looks",
    "laget/desk/finding.py:LONGEST": "how long a name may be that is searched for",
}
INTERVALS = {"days", "weeks", "months", "years"}


def above():
    return [one for one in sources() if one.relative_to(PACKAGE).parts[0] not in BELOW | TELLING]


def pages():
    return [one for one in templates() if one.relative_to(PACKAGE).parts[0] not in BELOW | TELLING]


def guides():
    return [
        national(),
        *(read_guide(preset(one), one) for one in ("overhalla", "tromso", "aal", "kristiansand", "sund")),
    ]


def strings(tree):
    """Every text in the code that is not a docstring."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


def named(path, tree):
    """What stands in the constants that are let be."""
    return {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.Assign)
        if any(f"{short(path)}:{called(target)}" in CONSTANTS for target in node.targets)
        for inner in ast.walk(node)
    }


def compared(node):
    """Names and values that stand on the sides of a comparison, an argument or an assignment."""
    if isinstance(node, ast.Compare):
        yield node.left, node.comparators
    elif isinstance(node, ast.keyword) and node.arg:
        yield ast.Name(node.arg), [node.value]
    elif isinstance(node, ast.Assign):
        yield from ((target, [node.value]) for target in node.targets)


def called(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_code(node):
    """A text or a number that could be a level's code; what is named by a guide's own value is not."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str | int) and str(node.value).isalnum()


def test_something_is_looked_at():
    assert len(above()) > 60 and len(pages()) > 30
    assert any(
        called(left) for path in above() for node in ast.walk(ast.parse(path.read_text())) for left, _ in compared(node)
    )


@pytest.mark.parametrize("path", above(), ids=short)
def test_no_level_is_known_by_its_code(path):
    for node in ast.walk(ast.parse(path.read_text())):
        for left, right in compared(node):
            if called(left) in {"level", "target", "first_level", "normal_level"}:
                faults = [one.value for one in right if is_code(one)]
                assert not faults, f"{short(path)}:{node.lineno}: ask the guide instead of {faults}"


@pytest.mark.parametrize("path", [*above(), *pages()], ids=short)
def test_no_level_stands_by_its_own_name(path):
    said = [text for guide in guides() for one in guide.levels for text in (one.name.nb, one.name.nn, one.name.en)]
    names = {one for one in said if len(one) > len("Wondering")}
    written = path.read_text()
    assert names and not [one for one in names if one in written], f"{short(path)}: a level's name comes from the guide"


@pytest.mark.parametrize("path", above(), ids=short)
def test_no_age_and_no_interval_of_a_model_is_written_in_code(path):
    """Ages are the law's or the guide's; so are days, weeks and months, but for the constants that are named above."""
    tree = ast.parse(path.read_text())
    let_be = named(path, tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and id(node) not in let_be
            and called(node.func) in {"timedelta", "add", "relativedelta"}
        ):
            for key in node.keywords:
                fault = key.arg in INTERVALS and isinstance(key.value, ast.Constant) and key.value.value > 1
                assert not fault, f"{short(path)}:{node.lineno}: a guide's deadline says how long"
        if isinstance(node, ast.Compare) and id(node) not in let_be:
            sides = [node.left, *node.comparators]
            about_age = any(called(one) in {"age", "years", "born"} for one in sides)
            number = any(isinstance(one, ast.Constant) and isinstance(one.value, int) for one in sides)
            assert not (about_age and number), f"{short(path)}:{node.lineno}: an age is the law's or the guide's"


@pytest.mark.parametrize("path", pages(), ids=short)
def test_no_template_counts_days_or_names_a_level(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    said = re.findall(r"(?i)\b(?:level|nivå|trinn) [0-9ABC]\b", text)
    said += re.findall(r"\b\d+ (?:days?|weeks?|months?|dager|uker|måneder)\b", text)
    said += re.findall(r"level(?:\.code)?\s*[=!]=\s*[\"'0-9]\S*", text)
    assert not said, f"{short(path)}: {said}"


@pytest.mark.parametrize("path", above(), ids=short)
def test_no_text_tells_a_level_or_a_number_of_days(path):
    tree = ast.parse(path.read_text())
    let_be = named(path, tree)
    for node in strings(tree):
        if id(node) in let_be:
            continue
        said = re.findall(
            r"(?i)\blevel [0-9ABC]\b|\b(?:\d+|two|three|five) (?:working )?(?:days|weeks|months)\b", node.value
        )
        assert not said, f"{short(path)}:{node.lineno}: {said}"


def test_every_constant_that_is_let_be_is_still_there():
    known = {
        f"{short(path)}:{called(target)}"
        for path in above()
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign)
        for target in node.targets
    }
    assert set(CONSTANTS) <= known
    assert all(reason for reason in CONSTANTS.values())


@pytest.mark.parametrize("path", above(), ids=short)
def test_a_page_about_a_case_asks_for_the_case_own_version(path):
    """Today's guide is for what begins today and for the house's own clocks; a case has its own version."""
    room = path.relative_to(PACKAGE).parts[0]
    for function in functions(path):
        text = ast.unparse(function)
        if room in {"cases", "plans", "desk"} and re.search(r"\bcurrent\(", text) and ".objects" not in text:
            assert f"{short(path)}:{function.name}" in TODAYS, f"{short(path)}:{function.name}"


TODAYS = {
    "laget/cases/following.py:newer_guide": "whether another version holds now",
    "laget/cases/actions/opening.py:_begin": "a case begins with the version of its day",
    "laget/cases/falling.py:settle": "the one who causes it may not see the case whose version it is",
    "laget/cases/sweeps.py:run": "the worker sees ids and days, no case",
    "laget/desk/day.py:_notice": "one page over many cases",
}
