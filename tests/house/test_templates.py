"""Templates are used, and hold nothing that a browser would run or that goes round the content policy."""

import hashlib
import json
import re

import pytest
from django.template import engines

from tests.house import tree

FORBIDDEN = {
    "hx-on runs text as code": re.compile(r"\bhx-on\b|\bhx-on:"),
    "js: runs text as code": re.compile(r"""["']\s*(?:js|javascript):"""),
    "an event attribute is inline script": re.compile(r"""<[^>{%]*\son[a-z]+\s*=""", re.IGNORECASE),
    "an inline style goes round the kit": re.compile(r"""<[^>]*\sstyle\s*=|<style\b""", re.IGNORECASE),
    "a script lies in a file": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a trigger filter is evaluated": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
    "a text marked safe is not escaped": re.compile(r"\|\s*safe\b|autoescape false"),
    "an address outside the house": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//"""),
}


@pytest.mark.parametrize("why", FORBIDDEN)
def test_no_template_holds(why):
    found = [
        f"{tree.short(path)}: {hit.group(0)[:60]}"
        for path in tree.templates()
        if path.suffix in {".html", ".svg"}
        for hit in FORBIDDEN[why].finditer(without_comments(path.read_text()))
    ]
    assert not found


def without_comments(text):
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def test_every_template_is_used():
    texts = [path.read_text() for path in [*tree.sources(), *tree.templates()]]
    unused = [
        name
        for path in tree.templates()
        if (name := "/".join(path.parts[path.parts.index("templates") + 1 :]))
        if not any(f'"{name}"' in text or f"'{name}'" in text for text in texts)
    ]
    assert not unused


def test_every_template_compiles():
    for path in tree.templates():
        if path.suffix == ".html":
            engines.all()[0].get_template("/".join(path.parts[path.parts.index("templates") + 1 :]))


def test_what_was_fetched_is_what_the_manifest_says():
    for manifest in sorted(tree.PACKAGE.glob("**/static/**/vendor.json")):
        for entry in json.loads(manifest.read_text()):
            content = (manifest.parent / entry["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
            assert entry["licence"]
