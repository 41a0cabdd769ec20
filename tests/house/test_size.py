"""Nothing is too long to read in one sitting, and each module says why it exists."""

import ast

from tests.house import tree


def test_no_file_is_over_400_lines():
    long = {tree.short(path): count for path in tree.sources() if (count := len(path.read_text().splitlines())) > 400}
    assert not long


def test_no_function_is_over_40_lines():
    long = [
        f"{tree.short(path)}:{found.lineno} {found.name}"
        for path in tree.sources()
        for found in tree.functions(path)
        if found.end_lineno - found.lineno + 1 > 40
    ]
    assert not long


def test_every_module_opens_with_why_it_exists():
    silent = [
        tree.short(path)
        for path in tree.sources()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent
