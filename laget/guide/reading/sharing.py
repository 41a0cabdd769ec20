"""Reads what is written and shared: the log, the consents, the plan, how a case ends."""

from __future__ import annotations

import re

from laget.guide import values
from laget.guide.reading.part import Part
from laget.guide.reading.work import Codes, every
from laget.law.ages import MAJORITY_YEARS
from laget.law.consent import Ask
from laget.law.kinds import Kind

READERS = ("parents", "youth", "participants", "invited", "referred")
READING = ("always", "consented", "given_by_holder", "never")
CLOSERS = ("parents", "youth", "holder", "leader")
USES = ("ppt_referral", "team_referral", "transition")
LONGEST_REACH = 8
LONGEST_ENTRY = 20
_TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def log(whole: Part, known: Codes) -> values.Log:
    part = whole.part("log")
    found = values.Log(
        first_level=part.ref("first_level", known.levels),
        paper_allowed=part.flag("paper_allowed"),
        offer=part.text("offer"),
        declined=part.text("declined"),
        normal_level=part.ref("normal_level", known.levels),
        start=part.choice("start", values.LogStart),
        start_note=part.maybe_text("start_note"),
        minutes=part.choice("minutes", values.Minutes),
        refusal=_refusal(part),
        subjects=part.choices("subjects", values.Subject),
        paper_reasons=part.choices("paper_reasons", values.PaperReason),
        also_used_as=part.some_of("also_used_as", USES),
        note_after_meeting=part.flag("note_after_meeting", default=False),
        access=every(whole, "access", _access),
    )
    part.done()
    return found


def _refusal(part: Part) -> values.Refusal:
    """Any word is read here, so that the law can say why it does not hold; see `floor`."""
    said = part.words("refusal")
    return values.Refusal(said) if said in list(values.Refusal) else values.Refusal.CASE_WITHOUT_LOG


def _access(part: Part) -> values.Access:
    return values.Access(
        code=part.one_of("code", READERS),
        read=part.one_of("read", READING),
        write=part.flag("write"),
        note=part.maybe_text("note"),
    )


def consent(whole: Part, known: Codes) -> values.ConsentDefaults:
    part = whole.part("consent")
    reaches = every(whole, "reach", _reach)
    decisions = every(whole, "moved", _decision, optional=True)
    found = values.ConsentDefaults(
        reach_default=part.ref("reach_default", [one.code for one in reaches]),
        reaches=reaches,
        heard=every(whole, "heard", _heard),
        told=whole.part("consent_told").pairs(),
        moved={one.rule: one.ask for one in decisions},
        decisions=decisions,
        first_asked=part.ref("first_asked", known.levels),
        first_asked_when=part.maybe_text("first_asked_when"),
        needed_again=part.choices("needed_again", values.Again),
        media=_media(part),
        grain=part.choices("grain", values.Grain),
        one_form=part.flag("one_form", default=False),
        copies=part.flag("copies", default=False),
        form_languages=_tags(part),
    )
    part.words("withdrawal")
    part.done()
    return found


def _media(part: Part) -> tuple[values.Medium, ...]:
    """Any word is read here, so that the law can say why it does not hold; see `floor`."""
    return tuple(values.Medium(one) for one in part.names("media") if one in list(values.Medium))


def _tags(part: Part) -> tuple[str, ...]:
    found = part.names("form_languages")
    for one in found:
        if not _TAG.match(one):
            part.fault("form_languages", f"has {one!r}; allowed: language tags such as nb, ar, prs")
    return found


def _reach(part: Part) -> values.Reach:
    return values.Reach(part.code(length=LONGEST_REACH), part.text("name"), part.text("help"))


def _heard(part: Part) -> values.Heard:
    return values.Heard(part.number("age", 0, MAJORITY_YEARS), part.text("text"))


def _decision(part: Part) -> values.Decision:
    """A cell of the table of consent that the municipality decided; whether it may is a question of law."""
    return values.Decision(
        rule=part.words("rule"),
        ask=part.choice("ask", Ask),
        reason=part.text("reason"),
        decided=part.day("decided"),
    )


def plan(part: Part, known: Codes) -> values.PlanRule:
    effect = part.choice("effect", values.Plan)
    found = values.PlanRule(
        effect=effect,
        level=part.ref("level", known.levels, optional=effect is not values.Plan.REPLACES_AT_LEVEL),
        tool=part.ref("tool", known.tools, optional=True),
        text=part.maybe_text("text"),
    )
    part.done()
    return found


def close(whole: Part, known: Codes) -> values.CloseRules:
    part = whole.part("close")
    found = values.CloseRules(
        by=part.some_of("by", CLOSERS, optional=False),
        reason=part.choice("reason", values.Note),
        note=part.choice("note", values.Note),
        when=part.maybe_text("when"),
        archives=every(whole, "archive", lambda one: _archive(one, known), optional=True),
    )
    part.done()
    return found


def _archive(part: Part, known: Codes) -> values.Archive:
    return values.Archive(
        code=part.code(),
        text=part.text("text"),
        kinds=part.refs("kinds", known.kinds),
        levels=part.refs("levels", known.levels),
        though_nothing_follows=part.flag("though_nothing_follows", default=False),
    )


def closing(part: Part) -> values.Closing:
    return values.Closing(part.code(), part.text("text"), part.text("family"), part.flag("system", default=False))


def entry(part: Part) -> values.EntryKind:
    return values.EntryKind(
        code=part.code(length=LONGEST_ENTRY),
        name=part.text("name"),
        hint=part.text("hint"),
        kind=part.choice("kind", Kind),
        writers=part.choices("writers", values.Writer),
    )
