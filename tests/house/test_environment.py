"""What the code reads from the environment, what .env.example shows and what the reference explains are the same."""

import re

from tests.house import tree

NAME = re.compile(r'"((?:LAGET_[A-Z_]+)|(?:DATABASE_URL(?:_[A-Z]+)?)|PORT)"')


def test_code_example_and_reference_name_the_same_variables():
    code = {name for path in tree.sources() for name in NAME.findall(path.read_text())}
    example = set(re.findall(r"^#? ?([A-Z_]+)=", (tree.ROOT / ".env.example").read_text(), re.MULTILINE))
    reference = (tree.ROOT / "docs" / "reference" / "environment.md").read_text()
    assert example == code
    assert set(re.findall(r"^\| `([A-Z_]+)`", reference, re.MULTILINE)) == code


def test_no_secret_has_a_value_in_the_example():
    for line in (tree.ROOT / ".env.example").read_text().splitlines():
        if re.match(r"#? ?LAGET_(SECRET_KEY|DATA_KEYS|INDEX_KEY)=", line):
            assert line.endswith("=")
