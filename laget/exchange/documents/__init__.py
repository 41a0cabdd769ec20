"""A document from a template of Typst and plain data: nothing is fetched, and nothing that people write is markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from laget.design.words import unbroken

HERE = Path(__file__).parent


STRICT: list[Any] = ["ua-1", "a-2a"]
"""Tagged for screen readers, and fit for an archive. Both refuse a letter that no font can draw."""


def pdf(name: str, data: Mapping[str, Any]) -> bytes:
    """The document as PDF.

    `data` holds texts, lists and mappings only; the template reads it as JSON. The compiler reaches the folder of the
    templates and no other, and no package. A letter that the font inside lacks is drawn with a font of the machine; one
    that none has is left as a box, in a document that keeps no standard: a duty does not wait for a font.
    """
    for standards, machine in ((STRICT, False), (STRICT, True), (None, True)):
        try:
            return _compiled(name, data, standards, machine=machine)
        except typst.TypstError:
            if standards is None:
                raise
    raise AssertionError


def _compiled(name: str, data: Mapping[str, Any], standards: list[Any] | None, *, machine: bool) -> bytes:
    return typst.compile(
        HERE / f"{name}.typ",
        root=HERE,
        format="pdf",
        sys_inputs={"data": unbroken(json.dumps(data, ensure_ascii=False))},
        ignore_system_fonts=not machine,
        font_paths=[],
        package_path=HERE,
        package_cache_path=HERE,
        pdf_standards=standards,
        timestamp=0,
    )
