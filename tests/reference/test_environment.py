"""docs/reference/environment.md and .env.example: every variable that Laget reads, from the one list of them."""

from __future__ import annotations

import ast
import re

from laget.site.variables import VARIABLES, Shelf, Variable
from tests.house import tree
from tests.reference.conftest import Same, table

NAME = re.compile(r'"((?:LAGET_[A-Z_]+)|(?:DATABASE_URL(?:_[A-Z]+)?)|PORT)"')
LIST = tree.PACKAGE / "site" / "variables.py"
HEAD = """# Environment

Laget is configured by environment variables only. Nothing that must be secret has a default: without it, Laget does not
start and says which variable is missing. A switch is `1` or `0`. This page and `.env.example` are made from
`laget/site/variables.py` by `make reference`; a test compares.

"""
FOOT = """
A key is made with `python -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"`, also the private
key of seals; `laget seal --public-key` prints the public half of the one in `LAGET_SEAL_KEY`.
"""
EXAMPLE = """# What Laget reads from its environment; docs/reference/environment.md explains each.
# `make demo` needs none of them: it makes its own keys and database in var/.
"""


def default(one: Variable) -> str:
    return one.without or (f"`{one.default}`" if one.default is not None else "must be set")


def test_the_page_of_the_environment(same: Same) -> None:
    rows = [[f"`{one.name}`", default(one), one.needed_by, one.holds] for one in VARIABLES]
    same(
        "docs/reference/environment.md",
        HEAD + table(["variable", "default", "read by", "what it holds"], rows) + FOOT,
    )


def test_the_example(same: Same) -> None:
    made = EXAMPLE
    for shelf in Shelf:
        mark = "" if shelf is Shelf.MUST else "# "
        lines = [f"{mark}{one.name}={one.example}\n" for one in VARIABLES if one.shelf is shelf]
        made += f"\n# {shelf}\n" + "".join(lines)
    same(".env.example", made)


def read_in(path: str | None = None) -> set[str]:
    return {name for file in tree.sources() if file != LIST for name in NAME.findall(file.read_text())}


def test_what_is_read_is_in_the_list_and_the_other_way_round() -> None:
    names = [one.name for one in VARIABLES]
    assert len(names) == len(set(names))
    assert read_in() == set(names)


def test_a_default_stands_only_in_the_list() -> None:
    """What depends on another setting is no default, and may stand where it is worked out."""
    settings = ast.parse((tree.PACKAGE / "site" / "settings.py").read_text())
    elsewhere = [
        ast.unparse(call)
        for call in ast.walk(settings)
        if isinstance(call, ast.Call)
        and NAME.fullmatch(ast.unparse(call.args[0]).replace("'", '"') if call.args else "")
        if any(
            isinstance(given, ast.Constant)
            for given in [*call.args[1:], *[k.value for k in call.keywords if k.arg == "default"]]
        )
    ]
    assert not elsewhere


def test_no_secret_has_a_value_or_a_default() -> None:
    for one in VARIABLES:
        if re.search(r"SECRET|KEY", one.name):
            assert not one.example, one.name
            assert one.default is None, one.name
