"""What is left as it is on the pages of a protected family says the same to everybody, and nothing of this family.

`data-for-all` takes an element out of what the veil looks through. So each use of it is named here, with all that is
filled in: a word of the municipality's own model or of the house, and never anything about a child or a person.
"""

import re

from tests.house.tree import ROOT

SAYS = {
    "design/templates/design/_top.html": {"level", "line | tel", "line | phone"},
    "desk/templates/desk/family_page.html": {"p.course.level", "p.course.meaning"},
}
"""Each place, and what it fills in: numbers to call from the settings, and what a level means by the guide."""
ELEMENT = re.compile(r"<(\w+)\b[^>]*\sdata-for-all\b[^>]*>(.*?)</\1>", re.DOTALL)
FILLED = re.compile(r"\{\{\s*(.*?)\s*\}\}|\{%\s*+(?!if line\b|endif\b)(.*?)\s*%\}", re.DOTALL)
TRANSLATED = re.compile(r'_\("[^"]*"\)')


def elements():
    for path in sorted(ROOT.glob("laget/*/templates/**/*.html")):
        source = path.read_text(encoding="utf-8")
        for found in ELEMENT.finditer(source):
            yield str(path.relative_to(ROOT / "laget")), found[1], found[2]


def test_each_use_is_named_here_and_fills_in_nothing_about_a_family():
    found = {}
    for path, _tag, inside in elements():
        filled = {one or other for one, other in FILLED.findall(inside)}
        found[path] = {one for one in filled if not TRANSLATED.fullmatch(one)}
    assert found == SAYS


def test_the_veil_finds_the_end_of_each():
    """It ends at the first closing tag of that name: one inside another of the same would end it too soon."""
    for path, tag, inside in elements():
        assert not re.search(rf"<{tag}\b", inside), path


def test_nothing_else_in_the_house_says_it():
    """Written by code, or put on a page by what somebody wrote, it would hide what no test looks at."""
    uses = {
        str(path.relative_to(ROOT / "laget"))
        for suffix in ("html", "py", "js")
        for path in ROOT.glob(f"laget/**/*.{suffix}")
        if "data-for-all" in path.read_text(encoding="utf-8") and "tests" not in path.parts
    }
    assert uses == {*SAYS, "protection/veil.py"}
