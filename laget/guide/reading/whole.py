"""Reads the whole guide, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from laget.guide import values
from laget.guide.faults import Faults
from laget.guide.reading import around, sharing, work
from laget.guide.reading.part import Part, Tongue
from laget.guide.reading.work import Codes, every
from laget.guide.rules.naming import label
from laget.guide.values import LANGUAGES, Guide, Text
from laget.law.ages import MAJORITY_YEARS

WRITTEN = ("nb", "nn")
LONGEST_GUIDE = 20


def tongue(layer: Mapping[str, Any], faults: Faults) -> Tongue:
    """The languages of a guide, read before anything else."""
    about = layer.get("guide")
    part = Part(about if isinstance(about, Mapping) else {}, "guide", faults)
    written = part.one_of("written", WRITTEN, default="nb") or "nb"
    languages = part.some_of("languages", LANGUAGES) or (written, "en")
    if written not in languages:
        part.fault("languages", f"lacks {written!r}, which the guide is written in")
        languages = (written, *languages)
    return Tongue(tuple(one for one in LANGUAGES if one in languages), written)


def read_whole(whole: Part) -> Guide:
    """Every part of the guide. Faults are noted; where one is, an empty value stands in until they are raised."""
    about, family = whole.part("guide"), whole.part("family")
    deadlines, known = _codes(whole)
    guide = Guide(
        code=about.code(length=LONGEST_GUIDE),
        name=about.text("name"),
        valid_from=about.day("valid_from") if about.has("valid_from") else date.min,
        about=_about(about),
        levels=every(whole, "level", work.level),
        moves=dict(every(whole, "move", lambda part: work.move(part, known), optional=True)),
        log=sharing.log(whole, known),
        roles=every(whole, "role", work.role),
        headings=every(whole, "heading", work.heading),
        steps=every(whole, "step", lambda part: work.step(part, known)),
        first_question=work.first_question(whole),
        wonder=work.wonder(whole.part("wonder"), known),
        scopes=every(whole, "scope", lambda part: work.scope(part, known)),
        service_kinds=every(whole, "service_kind", around.service_kind),
        professions=every(whole, "profession", lambda part: around.profession(part, known)),
        baton=work.baton(whole.part("baton"), known),
        holders=every(whole, "holder", lambda part: work.holder(part, known)),
        criteria=every(whole, "criterion", work.criterion),
        deadlines=deadlines,
        consent=sharing.consent(whole, known),
        family_seat_until_age=family.number("seat_until_age", MAJORITY_YEARS, MAJORITY_YEARS),
        evaluation=work.evaluation(whole.part("evaluation"), known),
        outcomes=every(whole, "outcome", lambda part: work.outcome(part, known)),
        plan=sharing.plan(whole.part("individual_plan"), known),
        close=sharing.close(whole, known),
        closings=every(whole, "closing", sharing.closing),
        entries=every(whole, "entry", sharing.entry),
        areas=every(whole, "area", around.area),
        **_around(whole, known),
    )
    for part in (about, family, whole):
        part.done()
    return replace(guide, roles=tuple(_called(one, guide) for one in guide.roles))


def _called(role: values.Role, guide: Guide) -> values.Role:
    """A role that is a concept is called by the municipality's word for it, and by both words where law uses it."""
    if not role.concept or not any(one.concept == role.concept for one in guide.words):
        return role
    nb, nn, en = (
        capitalised(label(guide, role.concept, one, "the", both=True)) if one in guide.about.languages else ""
        for one in LANGUAGES
    )
    return replace(role, name=Text(nb, en, nn, guide.about.written))


def capitalised(said: str) -> str:
    """The first letter large, the others as they were."""
    return said[:1].upper() + said[1:]


def _around(whole: Part, known: Codes) -> dict[str, Any]:
    words = tuple(around.word(part) for part in whole.part("word").named())
    concepts = tuple(one.concept for one in words)
    return {
        "targets": every(whole, "target", around.target, optional=True),
        "teams": every(whole, "team", lambda part: around.team(part, known), optional=True),
        "meetings": every(whole, "meeting", lambda part: around.meeting(part, known), optional=True),
        "forms": every(whole, "form", lambda part: around.form(part, known), optional=True),
        "transitions": every(whole, "transition", around.transition, optional=True),
        "tools": every(whole, "tool", around.tool, optional=True),
        "terms": every(whole, "term", lambda part: around.term(part, concepts), optional=True),
        "principles": every(whole, "principle", around.principle, optional=True),
        "cohorts": every(whole, "cohort", lambda part: around.cohort(part, known), optional=True),
        "helps": every(whole, "help", around.help_number),
        "words": words,
    }


def _about(part: Part) -> values.About:
    part.has("extends")
    part.has("written")
    part.has("languages")
    return values.About(
        model=part.maybe_text("model"),
        place=part.words("place", optional=True),
        region=part.words("region", optional=True),
        entrances=part.choices("entrances", values.Entrance),
        sources=part.names("sources"),
        languages=part.tongue.languages,
        written=part.tongue.written,
    )


def _codes(whole: Part) -> tuple[tuple[values.Deadline, ...], Codes]:
    """The codes that others lean on, found before those others are read."""
    levels = _named(whole, "level")
    deadlines = every(whole, "deadline", lambda part: work.deadline(part, levels))
    return deadlines, Codes(
        levels=levels,
        roles=_named(whole, "role"),
        kinds=_named(whole, "service_kind"),
        professions=_named(whole, "profession"),
        deadlines=_named(whole, "deadline"),
        tools=_named(whole, "tool"),
        forms=_named(whole, "form"),
        teams=_named(whole, "team"),
        steps=tuple(key.partition("/")[2] for key in whole.keys("step")),
    )


def _named(whole: Part, name: str) -> tuple[str, ...]:
    return tuple(whole.keys(name))
