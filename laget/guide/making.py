"""Makes the text of a new version out of another: a name and a code of its own, and what a form changed laid on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from laget.guide.chain import chain
from laget.guide.faults import Faults, GuideFaults, refused
from laget.guide.files import parsed
from laget.guide.layers import Layer, keyed, lay, marked
from laget.guide.lines import lines_of
from laget.guide.reading.whole import LONGEST_GUIDE
from laget.guide.writing import toml

NATIONAL = "national"
_NUMBER = re.compile(r"-\d+$")
_STRANGE = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def fingerprint(own: str) -> str:
    """SHA-256 of a text, in hex: two texts that differ in a single letter have not the same."""
    return sha256(own.encode("utf-8", "surrogatepass")).hexdigest()


def first_text(code: str, name: str) -> str:
    """A model that is the national default under a name of its own."""
    layer = {"guide": {"code": code, "name": {"nb": name}, "extends": NATIONAL, "written": "nb", "languages": ["nb"]}}
    return toml(layer)


def next_code(latest: str, taken: Iterable[str], municipality: str) -> str:
    """A code that no version has: the latest one's with the next number, or the municipality's name."""
    stem = _NUMBER.sub("", latest) if latest else _stem(municipality)
    used = set(taken)
    number = 1
    while (code := f"{stem[: LONGEST_GUIDE - 1 - len(str(number))]}-{number}") in used:
        number += 1
    return code


def _stem(municipality: str) -> str:
    first = (municipality.casefold().split() or ["guide"])[0].translate(_LETTERS)
    return _STRANGE.sub("", first) or "guide"


def recoded(own: str, code: str) -> str:
    """The same text under another code; all else, remarks too, stands as it was typed."""
    at = lines_of(own).get("guide.code")
    lines = own.split("\n")
    if not at or not lines[at - 1].lstrip().startswith("code"):
        return changed(own, {"guide": {"code": code}})
    lines[at - 1] = f'code = "{code}"'
    return "\n".join(lines)


def stands_alone(own: str) -> bool:
    """Whether a text builds only on models that come with the product, so that a page can read it."""
    try:
        chain(own)
    except GuideFaults:
        return False
    return True


def changed(own: str, overlay: Mapping[str, Any]) -> str:
    """The text with a layer laid over it, written anew. Remarks are left behind; the earlier text still has them."""
    faults = Faults()
    layer = keyed(parsed(own), faults)
    faults.raise_any()
    return toml(_as_typed(lay(layer, overlay)))


def _as_typed(layer: Layer) -> Layer:
    """What begins anew stands under [guide] in a file."""
    found = marked(layer)
    anew = found.pop("begin_anew", [])
    about = found.get("guide")
    if not isinstance(about, Mapping):
        raise refused("is missing; allowed: a table [guide]", place="guide")
    said = {**about, "begin_anew": anew} if anew else dict(about)
    return {"guide": said, **{name: one for name, one in found.items() if name != "guide"}}
