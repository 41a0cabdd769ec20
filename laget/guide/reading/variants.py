"""Reads what is different in some kinds of services: the common guide with a variant laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from laget.guide.faults import Faults
from laget.guide.layers import Keyed, Layer, lay, settle
from laget.guide.reading.checks import check
from laget.guide.reading.part import Part, Tongue
from laget.guide.reading.whole import read_whole
from laget.guide.values import Guide, Variant

SECTIONS = frozenset(
    {
        "access", "archive", "baton", "criterion", "deadline", "evaluation", "form", "heading", "holder",
        "individual_plan", "level", "log", "meeting", "outcome", "principle", "role", "scope", "step", "tool", "wonder",
    }
)  # fmt: skip
"""What may differ between services. Moves, consent, words and the first question are the same for everybody."""


def variants(guide: Guide, layer: Layer, common: Mapping[str, Any], faults: Faults) -> Guide:
    """The guide with its variants. Notes faults with their place in the variant's own tables."""
    tongue = Tongue(guide.about.languages, guide.about.written)
    every = tuple(_variant(code, one, guide, common, faults, tongue) for code, one in layer["variant"].items())
    _once(every, faults)
    return replace(guide, variants=every)


def _variant(  # noqa: PLR0913 - the guide, and what it was read from
    code: str, overlay: Any, guide: Guide, common: Mapping[str, Any], faults: Faults, tongue: Tongue
) -> Variant:
    place = f"variant.{code}"
    part = Part(overlay, place, faults, tongue)
    name = part.text("name")
    kinds = part.refs("kinds", [one.code for one in guide.service_kinds], optional=False)
    sections = {key: value for key, value in part.rest() if key in SECTIONS}
    for key, _ in part.rest():
        if key not in SECTIONS:
            part.fault(key, f"is not known; allowed: kinds, name, {', '.join(sorted(SECTIONS))}")
    _levels(sections, guide, part)
    return Variant(code, name, kinds, _read(sections, common, faults, part, kinds))


def _read(
    sections: Mapping[str, Any], common: Mapping[str, Any], faults: Faults, part: Part, kinds: tuple[str, ...]
) -> Guide:
    own = Faults([(f"{part.place}.", file, lines) for _, file, lines in faults.sources] + faults.sources)
    whole = Part(settle(lay(common, sections)), "", own, part.tongue)
    guide = read_whole(whole)
    acts = {one.act for one in guide.service_kinds if one.code in kinds}
    check(guide, whole, own, acts.pop() if len(acts) == 1 else "")
    faults.found += [one for one in own.found if one not in faults.found]
    return guide


def _levels(sections: Mapping[str, Any], guide: Guide, part: Part) -> None:
    """A case goes from service to service, so every variant has the same levels, under names of its own."""
    codes = [one.code for one in guide.levels]
    found = sections.get("level")
    levels = found if isinstance(found, Keyed) else Keyed()
    strange = [key for key, one in levels.items() if key not in codes or one.get("remove") or one.get("replace")]
    if strange or levels.fresh:
        part.fault("level", f"adds or removes {', '.join(strange) or 'levels'}; allowed: {', '.join(codes)}, renamed")


def _once(every: tuple[Variant, ...], faults: Faults) -> None:
    seen: set[str] = set()
    for one in every:
        for kind in one.kinds:
            if kind in seen:
                faults.add(f"variant.{one.code}.kinds", f"has {kind!r}, as another variant has; allowed: in one only")
            seen.add(kind)
