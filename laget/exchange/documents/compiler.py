"""Compiles one document in a process of its own: what the compiler keeps in memory goes when the document is made.

The name of the template comes as an argument, the data by stdin, since others may read arguments. It imports nothing of
the house, and is started without the house's environment, so it holds no key.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
STRICT: list[Any] = ["ua-1", "a-2a"]
"""Tagged for screen readers, and fit for an archive. Both refuse a letter that no font can draw."""


def document(name: str, data: str) -> bytes:
    """As PDF. A letter that the font inside lacks is drawn by one of the machine; then, by no standard, as a box."""
    for standards, machine in ((STRICT, False), (STRICT, True), (None, True)):
        try:
            return _compiled(name, data, standards, machine=machine)
        except typst.TypstError:
            if standards is None:
                raise
    raise AssertionError


def _compiled(name: str, data: str, standards: list[Any] | None, *, machine: bool) -> bytes:
    return typst.compile(
        HERE / f"{name}.typ",
        root=HERE,
        format="pdf",
        sys_inputs={"data": data},
        ignore_system_fonts=not machine,
        font_paths=[],
        package_path=HERE,
        package_cache_path=HERE,
        pdf_standards=standards,
        timestamp=0,
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(document(sys.argv[1], sys.stdin.buffer.read().decode()))
