"""What the notebook's pages show, as values in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.concerns.access import on_my_day
from laget.concerns.forms import CONSENT, REPORTERS, ROLES, SAID
from laget.concerns.models import Worry, opened
from laget.concerns.rules import steps
from laget.concerns.rules.steps import Next, Note, State
from laget.consents.shown import asked_first
from laget.design.words import short_date
from laget.guide.national import current
from laget.guide.rules import Advice, Guide, steps_of
from laget.guide.words import text
from laget.kernel.actor import Actor
from laget.law.acts import cite
from laget.law.reporting import Finding, Said, duty


@dataclass(frozen=True)
class Row:
    """A worry on My day, or a talk to hold as a leader."""

    title: str
    href: str
    text: str
    due: date | None
    talk: bool = False


@dataclass(frozen=True)
class Written:
    """A part as it is read again: (question, answer) pairs, and where it is changed."""

    title: str
    on: date | None
    answers: tuple[tuple[str, str], ...]
    edit: str


@dataclass(frozen=True)
class StepShown:
    """A step of the guide on the page of a worry."""

    name: str
    what: str
    how: str
    state: State
    due: date | None
    done_on: date | None
    why: str


@dataclass(frozen=True)
class WorryShown:
    """Everything the page of one worry shows."""

    title: str
    next: Next
    due: date | None
    late: bool
    now: StepShown | None
    steps: tuple[StepShown, ...]
    written: tuple[Written, ...]
    safe: bool
    advice: str
    urgent: bool
    helps: tuple[Any, ...]
    finding: str
    finding_colour: str
    environment: date | None
    environment_done: bool
    request: str
    unshared: str
    ended: str
    first: str
    alone: tuple[str, ...]


def my_day(actor: Actor, today: date) -> list[Row]:
    """The owner's open worries with next step and day, and as a leader how many talks wait, in one statement."""
    guide, rows, waiting = current(today), [], 0
    for sort, pk, content, noted, _day, how in on_my_day(actor):
        if sort == "talk":
            waiting += 1
            continue
        note = opened(actor.person, pk, content).come_back(how)
        due = steps.next_due(guide, note, noted)
        rows.append(Row(title_of(note, noted), reverse("worry", args=[pk]), next_words(guide, note, noted), due))
    if waiting:
        said = _("Somebody in your unit wants, or should have, a talk with you.")
        rows.insert(
            0, Row(_("Talks that wait for you: %(count)s") % {"count": waiting}, reverse("talks"), said, None, True)
        )
    return rows


def title_of(note: Note, noted: date) -> str:
    """The owner's own label, or the day it was written."""
    return note.label or _("Worry from %(day)s") % {"day": short_date(noted)}


def next_words(guide: Guide, note: Note, noted: date) -> str:
    """The next step in the guide's own words, or what the house says where the guide has none."""
    if note.lost:
        return _("This note cannot be opened any more.")
    step = steps.next_step(guide, note)
    own = {
        Next.REPORT: _("Report to child welfare now"),
        Next.CALL: _("Check your own duty to report"),
        Next.WAIT: _("Waits for the parents' answer"),
        Next.NOTHING: _("Ended"),
        Next.ASK: _("Ask the parents for their consent"),
        Next.ALONE: _("You go on in your own service"),
    }
    if step is Next.DECIDE and note.part("asked"):
        return unshared_words(note)
    now = next((one for one in steps.steps_now(guide, note, noted) if one.state is State.NOW), None)
    return own.get(step) or (text(now.step.name) if now else _("Decide the way on"))


def unshared_words(note: Note) -> str:
    """How the question to the parents ended without a yes; empty when it did not."""
    words = {
        "no": _("The parents have said no. Decide the way on."),
        "silence": _("The parents have not answered in time. Decide the way on."),
    }
    return words.get(note.part("asked").get("unshared", ""), "")


def worry_shown(worry: Worry) -> WorryShown:
    """The page of one worry."""
    note, today = worry.note, timezone.localdate()
    guide, noted = current(today), timezone.localdate(worry.noted_at)
    shown = tuple(_step(guide, one) for one in steps.steps_now(guide, note, noted))
    due, effect = steps.next_due(guide, note, noted), steps.advice(guide, note)
    finding = note.part("duty").get("finding", "")
    said, colour = finding_words(finding)
    told = _advice(guide, note)
    environment = note.part("environment")
    return WorryShown(
        title=title_of(note, noted),
        next=steps.next_step(guide, note) if worry.is_open else Next.NOTHING,
        due=due,
        late=due is not None and due < today,
        now=next((one for one in shown if one.state is State.NOW), None),
        steps=shown,
        written=tuple(_written(worry, note)),
        safe=effect is Advice.TALK_FIRST,
        advice=told,
        urgent=effect is Advice.DO_NOT_TALK,
        helps=tuple(one for one in guide.helps if one.urgent or one.number in told or steps.must_report(note)),
        finding=said,
        finding_colour=colour,
        environment=steps.environment_due(guide, note),
        environment_done=bool(environment.get("handled")),
        request=note.part("asked").get("request", ""),
        unshared=unshared_words(note) if worry.is_open else "",
        ended=_ended(worry, note),
        first=asked_first(guide),
        alone=_alone(guide),
    )


def _alone(guide: Guide) -> tuple[str, ...]:
    """What the guide says is done in one's own service, step by step."""
    level = steps.alone_at(guide)
    return tuple(text(step.name) for step in steps_of(guide, level.code)) if level else ()


def _advice(guide: Guide, note: Note) -> str:
    """The guide's advice for how things stand; the one for being unsure when it is not safe any more."""
    if steps.may_talk(guide, note):
        return ""
    code, effect = note.part("safe").get("answer"), steps.advice(guide, note)
    answers = guide.first_question.answers
    found = next((one for one in answers if one.code == code and one.effect is effect), None) or next(
        (one for one in answers if one.effect is effect), None
    )
    return text(found.advice) if found else ""


def _step(guide: Guide, one: steps.StepNow) -> StepShown:
    step = one.step
    why = text(guide.deadline_rule(step.deadline).reason) if step.deadline else ""
    return StepShown(text(step.name), text(step.what), text(step.how), one.state, one.due, one.done_on, why)


def finding_words(finding: str) -> tuple[str, str]:
    """What the answers about the duty to report come to, in words, and a colour."""
    words = {
        Finding.MUST_REPORT: (
            _("By what you have answered, you must report to child welfare without delay. The duty is your own."),
            "danger",
        ),
        Finding.ASK_CHILD_WELFARE: (
            _("You are unsure. Discuss it with child welfare today, without saying who the child is."), "warning",
        ),
        Finding.NOT_BY_THIS: (
            _("By what you have answered, it is no duty to report now. Go on, and answer anew if something changes."),
            "info",
        ),
    }  # fmt: skip
    return words[Finding(finding)] if finding else ("", "info")


def _ended(worry: Worry, note: Note) -> str:
    if worry.is_open:
        return ""
    outcome = note.part("outcome").get("sort")
    if outcome == "reported":
        return _("Child welfare has been told.")
    return _("You have closed it.") if outcome else _("The parents have said yes. It goes on with them.")


def _labels(pairs: Iterable[tuple[str, Any]], *codes: str) -> str:
    return ", ".join(str(label) for code, label in pairs if code in codes)


def _written(worry: Worry, note: Note) -> Iterable[Written]:
    """What is written, part by part, without what was left empty."""
    for name, title, page, fields in _parts(note):
        part = note.part(name)
        answers = tuple((question, answer) for question, answer in fields if answer)
        if part and answers:
            edit = reverse(page, args=[worry.pk]) if page and worry.is_open else ""
            yield Written(title, note.day(name), answers, edit)


Answers = list[tuple[str, str]]


def _parts(note: Note) -> Iterable[tuple[str, str, str, Answers]]:
    """(part, title, where it is changed, questions with answers)."""
    yield "worry", _("What you wrote first"), "worry_words", _first(note.part("worry"))
    yield "safe", _("Is it safe to talk with the parents?"), "", _safe(note.part("safe"))
    yield "acute", _("Done at once"), "", [(_("What happened, and what you did"), note.part("acute").get("done", ""))]
    yield "leader", _("Talk with the leader"), "worry_leader", _leader(note.part("leader"))
    yield "parents", _("Talk with the parents"), "worry_parents", _parents(note.part("parents"))
    yield "child", _("Talk with the child"), "worry_child", _child(note.part("child"))
    yield "alone", _("In your own service"), "", [(_("What you will do"), note.part("alone").get("reason", ""))]
    yield "outcome", _("How it ended"), "", _outcome(note.part("outcome"))


def _first(part: steps.Part) -> Answers:
    return [
        (_("Seen and heard"), part.get("seen", "")),
        (_("Goes well"), part.get("well", "")),
        (_("Wonder about"), part.get("wonder", "")),
    ]


def _safe(part: steps.Part) -> Answers:
    return [(_("Yes, now") if part.get("now") else _("No, not now"), part.get("reason", ""))]


def _leader(part: steps.Part) -> Answers:
    return [(_("What came of it"), part.get("came_of_it", "") or ("–" if part else ""))]


def _parents(part: steps.Part) -> Answers:
    return [
        (_("There"), _labels(ROLES, *part.get("present", ()))),
        (_("You told"), part.get("shared", "")),
        (_("The parents said"), part.get("parents_view", "")),
        (_("Agreed"), part.get("agreement", "")),
        (_("Asked to cooperate with others"), _labels(CONSENT, part.get("consent", ""))),
    ]


def _child(part: steps.Part) -> Answers:
    return [
        (_("The child said"), part.get("words", "")),
        (_("How you asked"), part.get("how", "")),
        (_("What you told the child"), part.get("told", "")),
    ]


def _outcome(part: steps.Part) -> Answers:
    day = part.get("reported_on")
    return [
        (_("Why"), part.get("reason", "")),
        (_("Who reported"), _labels(REPORTERS, part.get("by", ""))),
        (_("Reported on"), short_date(date.fromisoformat(day)) if day else ""),
        (_("The parents know"), _labels(SAID, part.get("told", ""))),
        (_("Why, or why not"), part.get("why", "")),
    ]


def notebook(actor: Actor, worries: Iterable[Worry]) -> list[Row]:
    """All of one's own, also those that are ended: next step, and the day it is deleted."""
    guide = current(timezone.localdate())
    rows = []
    for one in worries:
        note, noted = one.note, timezone.localdate(one.noted_at)
        said = next_words(guide, note, noted) if one.is_open else _("Ended")
        rows.append(Row(title_of(note, noted), reverse("worry", args=[one.pk]), said, one.kept_until))
    return rows


def duty_shown(act: str, public: bool) -> list[tuple[str, str, str, bool]]:
    """(field, citation, letter, whether reason to believe is enough) of each criterion that is asked."""
    on = timezone.localdate()
    return [
        (f"c_{one.criterion.code}", cite(one.source, on), one.letter, one.criterion.reason_enough)
        for one in duty().asked_of(act, public=public, on=on)
    ]


def takes(note: Note) -> list[tuple[str, str, str]]:
    """(code, label, text) of what can be taken along to the question to the parents."""
    found = (
        ("child", _("What the child said"), note.part("child").get("words", "")),
        ("shared", _("What you told the parents"), note.part("parents").get("shared", "")),
        ("agreement", _("What you agreed on"), note.part("parents").get("agreement", "")),
        ("seen", _("What you saw and heard"), note.part("worry").get("seen", "")),
        ("well", _("What goes well"), note.part("worry").get("well", "")),
    )
    return [one for one in found if one[2]]


def language() -> str:
    return get_language() or "nb"


def said(answers: dict[str, str]) -> dict[str, Said]:
    """Answers to criteria, from a form's fields."""
    return {name.removeprefix("c_"): Said(value) for name, value in answers.items() if name.startswith("c_")}
