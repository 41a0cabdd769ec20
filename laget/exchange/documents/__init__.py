"""A document from a template of Typst and plain data: nothing is fetched, and nothing that people write is markup."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from laget.design.words import unbroken
from laget.kernel.errors import NotMade

__all__ = ["NotMade", "pdf", "said"]

COMPILER = Path(__file__).parent / "compiler.py"
PATIENCE = 60
"""Seconds for one document; a page takes less than one."""


def pdf(name: str, data: Mapping[str, Any]) -> bytes:
    """The document as PDF. Raises NotMade.

    `data` holds texts, lists and mappings only; the template reads it as JSON. The compiler reaches the folder of the
    templates and no other, and no package. A letter that the font inside lacks is drawn with a font of the machine; one
    that none has is left as a box, in a document that keeps no standard: a duty does not wait for a font.
    """
    command = [sys.executable, "-I", str(COMPILER), name]
    try:
        done = subprocess.run(command, input=said(data).encode(), env={}, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise NotMade(f"{name} was not done in {PATIENCE} seconds") from None
    except OSError as fault:  # no memory, or no room for one more process
        raise NotMade(f"{name}: the compiler was not begun ({fault.errno})") from None
    if done.returncode:
        raise NotMade(f"{name}: the compiler ended with {done.returncode}")
    return done.stdout


def said(data: Mapping[str, Any]) -> str:
    """The data as the template reads it."""
    return unbroken(json.dumps(data, ensure_ascii=False))
