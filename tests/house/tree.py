"""What the house tests look at: the source files, templates and functions of the rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "laget"


def sources(*, named: str = "") -> Iterator[Path]:
    """The rooms' code without tests and migrations; `named` keeps views.py and the files of a folder views/."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        if {"tests", "migrations"} & set(inside):
            continue
        if not named or path.stem == named or named in inside[1:-1]:
            yield path


def templates() -> Iterator[Path]:
    for path in sorted(PACKAGE.glob("*/templates/**/*")):
        if path.is_file():
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
