"""What the pages of a report show, and what the document and the message say, as values in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from laget.concerns.rules.steps import Note
from laget.design.words import short_date
from laget.exchange.models import Report, Version
from laget.exchange.rules import report as rules
from laget.exchange.rules.message import NOT_TOLD, message
from laget.exchange.rules.report import Next, Step
from laget.law import clocks
from laget.law.acts import cite
from laget.law.reporting import BASE, Asked, Said, duty


@dataclass(frozen=True)
class StepShown:
    """A page of the report, and whether it is filled in."""

    title: str
    href: str
    done: bool


@dataclass(frozen=True)
class Wait:
    """Something to be expected from child welfare. `done`: it has come. `late`: its day has passed without it."""

    title: str
    due: date | None
    source: str
    done: bool
    late: bool


@dataclass(frozen=True)
class Row:
    """A report in the list of one's own."""

    title: str
    href: str
    text: str
    kept_until: date


def titles() -> Mapping[Step, str]:
    """What each page is called."""
    return {
        Step.GROUND: _("Why you report"),
        Step.WORDS: _("What you have seen and heard"),
        Step.CHILD: _("The child"),
        Step.PARENTS: _("The parents"),
        Step.REPORTER: _("You, and the receiver"),
    }


def steps_shown(report: Report, note: Note) -> list[StepShown]:
    return [
        StepShown(title, reverse(f"report_{step}", args=[report.pk]), bool(note.version(step)))
        for step, title in titles().items()
    ]


def next_page(note: Note, report: UUID) -> str:
    """Where the writer goes on after a page: the first one that is not filled in, else to look through it all."""
    left = rules.unfilled(note)
    return reverse(f"report_{left[0]}" if left else "report_check", args=[report])


def listed(reports: Iterable[Any]) -> list[Row]:
    """One's own reports, by the day they were begun: no name of a child stands in a list."""
    rows = []
    for one in reports:
        said = _delivered(one) if one.delivered else _("Ready to deliver") if one.made else _("Not finished")
        day = short_date(timezone.localdate(one.begun_at))
        rows.append(
            Row(_("Report from %(day)s") % {"day": day}, reverse("report", args=[one.pk]), said, one.kept_until)
        )
    return rows


def _delivered(one: Any) -> str:
    if one.answer_by is None:
        return _("Delivered")
    return _("Delivered. An answer is due by %(day)s.") % {"day": short_date(one.answer_by)}


def next_of(note: Note, version: Version | None) -> Next:
    made = version is not None and not rules.changed(note, version.note.parts)
    return rules.next_step(note, made=made, sent=version is not None and version.sent_on is not None)


def wanting(note: Note) -> list[tuple[str, str]]:
    """(page, what it lacks) of what a report cannot do without."""
    words = {
        "ground": _("Answer yes to what applies, or note that the parents have agreed."),
        "seen": _("Write what you have seen and heard."),
        "child": _("Write which child it is, as far as you know."),
        "reporter": _("Write who you are."),
    }
    return [(step, words[what]) for step, what in rules.wanting(note)]


def wanting_in_message(note: Note) -> list[str]:
    """Labels of what the electronic message lacks."""
    words = {
        "phone": _("your telephone"), "email": _("your e-mail"), "number": _("the municipality number"),
        "role": _("what you work as"), "organisation": _("your workplace"),
        "address": _("the address of your workplace"), "municipality": _("the municipality"),
    }  # fmt: skip
    return [words[one] for one in rules.wanting_in_message(note)]


def waits(note: Note, today: date) -> list[Wait]:
    """What to expect after the report is delivered, and by when."""
    begun, said = rules.received(note), note.part("answers")
    if begun is None:
        return []
    ended, opened = note.day("answers", "ended"), said.get("opened")
    found: list[tuple[str, date | None, clocks.Clock, bool]] = [
        (_("They confirm to you that they have got the report, and say whether they open an investigation"),
         clocks.confirmation_by(begun), clocks.Clock.CONFIRMATION, bool(said.get("confirmed"))),
    ]  # fmt: skip
    if opened != "no":
        found += [
            (_("An investigation is over, in special cases later"), clocks.investigation_by(begun),
             clocks.Clock.INVESTIGATION, bool(ended)),
            (_("They tell you whether they follow up the child and the family"),
             rules.answer_by(note) if ended else clocks.last_answer_by(begun), clocks.Clock.FEEDBACK,
             bool(said.get("followed"))),
        ]  # fmt: skip
    first = Wait(
        _("They look through the report, at once when it cannot wait"), clocks.review_by(begun),
        cite(clocks.SOURCES[clocks.Clock.REVIEW], today), False, False,
    )  # fmt: skip
    return [first, *(_wait(one, today) for one in found)]


def _wait(one: tuple[str, date | None, clocks.Clock, bool], today: date) -> Wait:
    title, due, clock, done = one
    may_be_late = clock is not clocks.Clock.INVESTIGATION and due is not None and due < today
    return Wait(title, due, cite(clocks.SOURCES[clock], today), done, may_be_late and not done)


def cited(asked: Iterable[Asked], answers: Mapping[str, Said], on: date) -> str:
    """The ground in words: the reporter's own statute and letter, with that of the base rule. In Norwegian."""
    found = []
    for one in asked:
        if answers.get(one.criterion.code) is Said.YES:
            own = f"{cite(one.source, on)} bokstav {one.letter}"
            base = f"{cite(BASE, on)} bokstav {one.criterion.base}"
            found.append(own if one.source == BASE else f"{own} (jf. {base})")
    return "; ".join(dict.fromkeys(found))


def asked_of(act: str, *, public: bool) -> tuple[Asked, ...]:
    return duty().asked_of(act, public=public, on=timezone.localdate())


def _ground(note: Note) -> str:
    part = note.part(Step.GROUND)
    return part.get("cited") or "Foreldrene har samtykket i at det meldes"


def message_of(version: Version) -> dict[str, Any]:
    """The national message of a version. The caller has asked whether all that it needs stands there."""
    return message(version.note, ground=_ground(version.note), at=timezone.localtime(version.made_at))


def document_of(version: Version) -> dict[str, Any]:
    """The document of a version, always in Norwegian: child welfare reads it."""
    day = timezone.localdate(version.made_at)
    with translation.override("nb"):
        parts = list(written(version.note))
        to = version.note.part(Step.REPORTER).get("municipality", "")
        return {
            "title": _("Report of concern to child welfare"),
            "year": day.year, "month": day.month, "day": day.day,
            "lead": [
                _("To child welfare, %(municipality)s") % {"municipality": to or settings.LAGET_MUNICIPALITY},
                _("Written on %(day)s. Version %(number)s.") % {"day": short_date(day), "number": version.number},
            ],
            "parts": [
                {"title": title, "rows": [{"label": label, "lines": text.splitlines()} for label, text in rows]}
                for title, rows in parts
            ],
            "footer": _("Not public: confidential by law"),
            "page": pgettext("page of a document", "page"),
            "of": pgettext("page of a document", "of"),
        }  # fmt: skip


Rows = list[tuple[str, str]]
_READ_BY_OTHERS: Mapping[Step, Any] = {
    Step.GROUND: gettext_lazy("The reason for the report"),
    Step.WORDS: gettext_lazy("What was seen and heard"),
    Step.REPORTER: gettext_lazy("Who reports, and to whom"),
}
"""Titles of what the writer is addressed in, as whoever receives the report reads them."""


def written(note: Note) -> Iterable[tuple[str, Rows]]:
    """(title, [(label, text)]) of all that is written, without what was left open: the page, and the document."""
    made = {
        Step.GROUND: _rows_of_ground, Step.WORDS: _rows_of_words, Step.CHILD: _rows_of_child,
        Step.PARENTS: _rows_of_parents, Step.REPORTER: _rows_of_reporter,
    }  # fmt: skip
    for step, title in {**titles(), **_READ_BY_OTHERS}.items():
        rows = [(label, text) for label, text in made[step](note) if text]
        if rows:
            yield str(title), rows


def _rows_of_ground(note: Note) -> Rows:
    done = note.part(rules.ACUTE).get("done", "")
    return [(_("Ground"), _ground(note)), (_("Done at once"), done)]


def _rows_of_words(note: Note) -> Rows:
    part = note.part(Step.WORDS)
    return [
        (_("Seen and heard"), part.get("seen", "")),
        (_("The child's own words"), part.get("child_words", "")),
        (_("Before this"), part.get("history", "")),
        (_("How others see it"), part.get("others", "")),
        (_("Others who help"), part.get("agencies", "")),
    ]


def _rows_of_child(note: Note) -> Rows:
    part = note.part(Step.CHILD)
    born = part.get("born") or ""
    return [
        (_("Name"), part.get("name", "")),
        (_("Not born yet"), _("Yes") if part.get("unborn") else ""),
        (_("Born"), short_date(date.fromisoformat(born)) if born else ""),
        (_("National number"), part.get("number", "")),
        (_("Lives"), _place(part)),
        (_("Telephone"), part.get("phone", "")),
        (_("Siblings and others at home"), part.get("household", "")),
        (_("Interpreter"), part.get("interpreter", "")),
    ]


def _place(part: Mapping[str, Any]) -> str:
    town = " ".join(one for one in (part.get("postcode"), part.get("town")) if one)
    return ", ".join(one for one in (part.get("address"), town) if one)


def _rows_of_parents(note: Note) -> Rows:
    part, rows = note.part(Step.PARENTS), []
    for who in ("first", "second"):
        name, phone = part.get(f"{who}_name", ""), part.get(f"{who}_phone", "")
        rows.append((_("Parent or guardian"), ", ".join(one for one in (name, phone) if one)))
        if name:
            rows.append((_("Told that it is reported"), _told(note, who)))
    rows.append((_("The child told that it is reported"), _told(note, "child")))
    return rows


def _told(note: Note, who: str) -> str:
    if not rules.may_tell_parents(note):
        return NOT_TOLD
    part = note.part(Step.PARENTS)
    said = {"yes": _("Yes"), "no": _("No")}.get(part.get(f"{who}_told", ""), _("Not by the reporter"))
    why = part.get(f"{who}_why", "")
    return f"{said}. {why}" if why else said


def _rows_of_reporter(note: Note) -> Rows:
    part = note.part(Step.REPORTER)
    receiver = " ".join(one for one in (part.get("municipality"), part.get("district")) if one)
    return [
        (_("Name"), part.get("name", "")),
        (_("Works as"), part.get("role", "")),
        (_("Workplace"), part.get("organisation", "")),
        (_("Address"), _place(part)),
        (_("Telephone"), part.get("phone", "")),
        (_("E-mail"), part.get("email", "")),
        (_("Child welfare in"), receiver),
    ]
