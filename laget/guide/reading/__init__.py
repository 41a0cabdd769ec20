"""Reads a guide from TOML into frozen values, holds it against the law, and says every fault with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from laget.guide.chain import Finder, Source, beside, chain
from laget.guide.faults import Faults
from laget.guide.files import preset, read_file
from laget.guide.layers import Layer, canonical, keyed, lay, marked, marks_stand, settle
from laget.guide.reading.checks import check
from laget.guide.reading.part import Part
from laget.guide.reading.variants import variants
from laget.guide.reading.whole import read_whole, tongue
from laget.guide.values import Guide

__all__ = ["read_file_guide", "read_guide", "whole_of", "whole_of_file"]

OWN = ("code", "name", "valid_from", "extends", "sources")
"""What each file says for itself and nobody inherits."""


def read_guide(text: str, name: str = "", find: Finder = preset) -> Guide:
    """A guide from the text of a TOML file. Raises GuideFaults with all faults; nothing half done."""
    return _read(chain(text, name, find))


def read_file_guide(path: Path) -> Guide:
    """A guide from a file, which may build on presets and on files in the same folder."""
    return read_guide(read_file(path), path.name, beside(path.parent))


def whole_of_file(path: Path) -> Layer:
    """As `whole_of`, from a file."""
    return whole_of(read_file(path), path.name, beside(path.parent))


def whole_of(text: str, name: str = "", find: Finder = preset) -> Layer:
    """The file and all it builds on laid together, ready to be written as one file without a layer below it."""
    layer, faults = _laid(chain(text, name, find))
    faults.raise_any()
    about = {name: value for name, value in layer["guide"].items() if name != "extends"}
    return {**settle(layer), "guide": about, "variant": {code: marked(one) for code, one in layer["variant"].items()}}


def _read(sources: list[Source]) -> Guide:
    layer, faults = _laid(sources)
    faults.raise_any()
    common = {name: value for name, value in layer.items() if name != "variant"}
    whole = Part(settle(common), "", faults, tongue(layer, faults))
    guide = read_whole(whole)
    check(guide, whole, faults)
    guide = variants(guide, layer, common, faults)
    faults.raise_any()
    return guide


def _laid(sources: list[Source]) -> tuple[Layer, Faults]:
    """The layers laid over each other from below, with the faults of their marks."""
    faults = Faults([("", one.name, canonical(one.data, one.lines)) for one in sources])
    layer: Layer = {}
    for number in range(len(sources) - 1, -1, -1):
        own = Faults(faults.sources[number : number + 1])
        upper = _tables(keyed(sources[number].data, own), own)
        _marks(layer, upper, own)
        _forget(layer)
        layer = lay(layer, upper)
        faults.found += own.found
    return layer, faults


def _tables(layer: Layer, own: Faults) -> Layer:
    """The layer without a variant that is no table, which nothing can be laid over."""
    found = layer.get("variant", {})
    every = found if isinstance(found, dict) else {"": found}
    for code, one in every.items():
        if not isinstance(one, dict):
            own.add(f"variant.{code}".rstrip("."), "is not allowed; allowed: tables [variant.CODE]")
    return {**layer, "variant": {code: one for code, one in every.items() if isinstance(one, dict)}}


def _marks(layer: Layer, upper: Layer, own: Faults) -> None:
    """Every mark of a layer is about something below it; a variant stands on the common guide of its own file too."""
    below = {name: value for name, value in layer.items() if name != "variant"}
    common = {name: value for name, value in upper.items() if name != "variant"}
    marks_stand(below, common, own)
    under = layer.get("variant", {})
    for code, overlay in upper.get("variant", {}).items():
        marks_stand(lay(lay(below, common), under.get(code, {})), overlay, own, f"variant.{code}")


def _forget(layer: Layer) -> None:
    """A guide's own code, name and day are not inherited."""
    about: Any = layer.get("guide")
    if isinstance(about, dict):
        layer["guide"] = {name: value for name, value in about.items() if name not in OWN}
