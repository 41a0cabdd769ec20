"""Compares what is made from the code with what stands in the repository; `make reference` writes it anew."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable

import pytest

from tests.house import tree

WRITES = os.environ.get("LAGET_REFERENCE") == "write"
Same = Callable[[str, str], None]


@pytest.fixture
def same() -> Same:
    """`same("docs/reference/events.md", text)` fails with the difference, or writes the file when asked to."""

    def compare(name: str, made: str) -> None:
        path = tree.ROOT / name
        there = path.read_text() if path.exists() else ""
        if WRITES:
            path.write_text(made)
        elif there != made:
            lines = difflib.unified_diff(there.splitlines(), made.splitlines(), name, "the code", n=1, lineterm="")
            pytest.fail(
                "\n".join([f"{name} does not say what the code does.", *lines, "Mend it: make reference"]), False
            )

    return compare


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar inside a cell is written so that it stays there."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def sentence(text: str | None) -> str:
    """A docstring's first paragraph as the end of a sentence: on one line, without its full stop."""
    first = " ".join((text or "").strip().partition("\n\n")[0].split())
    return first.removesuffix(".")
