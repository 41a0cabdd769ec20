"""Reads what stands around the work: services, teams, meetings, forms, transitions, tools, words."""

from __future__ import annotations

from datetime import date

from laget.guide import values
from laget.guide.reading.part import Part
from laget.guide.reading.work import Codes, every
from laget.guide.values import LANGUAGES, Text
from laget.law.consent.question import COLUMNS
from laget.law.kinds import Kind

OLDEST = 30
MEMBERS = ("fixed", "on_call", "per_case")
STAGES = ("birth", "home", "kindergarten", "school", "youth_school", "upper_secondary", "adult", "other_municipality")
LAST_WEEK = 53


def service_kind(part: Part) -> values.ServiceKind:
    return values.ServiceKind(
        code=part.code(),
        name=part.text("name"),
        act=part.one_of("act", sorted(COLUMNS)),
        offered=part.choices("offered", Kind),
    )


def profession(part: Part, known: Codes) -> values.Profession:
    return values.Profession(part.code(), part.text("name"), part.ref("service_kind", known.kinds))


def area(part: Part) -> values.Area:
    return values.Area(part.code(), part.text("name"), part.text("hint"), part.choice("kind", Kind))


def help_number(part: Part) -> values.Help:
    return values.Help(
        code=part.code(),
        name=part.text("name"),
        number=part.words("number"),
        text=part.text("text"),
        urgent=part.flag("urgent", default=False),
    )


def word(part: Part) -> values.Word:
    by_language = {language: part.forms(language) for language in LANGUAGES}
    part.done()
    one, the, many = (
        Text(nb, en, nn, part.tongue.written)
        for nb, nn, en in zip(by_language["nb"], by_language["nn"], by_language["en"], strict=True)
    )
    return values.Word(part.place.rpartition(".")[2], one, the, many)


def term(part: Part, concepts: tuple[str, ...]) -> values.Term:
    return values.Term(
        code=part.code(),
        word=part.words("word"),
        concept=part.ref("concept", concepts, optional=True),
        meaning=part.maybe_text("meaning"),
    )


def target(part: Part) -> values.Target:
    least, most = _ages(part)
    return values.Target(part.code(), part.flag("from_pregnancy", default=False), least, most, part.maybe_text("text"))


def _ages(part: Part) -> tuple[int | None, int | None]:
    least, most = part.maybe_number("least", 0, OLDEST), part.maybe_number("most", 0, OLDEST)
    if least is not None and most is not None and least > most:
        part.fault("most", f"is {most}, below least ({least}); allowed: {least} or more")
    return least, most


def team(part: Part, known: Codes) -> values.Team:
    least, most = _ages(part)
    return values.Team(
        code=part.code(),
        name=part.text("name"),
        area=part.maybe_text("area"),
        members=every(part, "member", _member, optional=True),
        chosen_by=part.refs("chosen_by", known.roles),
        least=least,
        most=most,
        levels=part.refs("levels", known.levels),
        rhythm=part.maybe_text("rhythm"),
        dates=part.days("dates"),
        referral=part.maybe_text("referral"),
        form=part.ref("form", known.forms, optional=True),
        deadline=part.ref("deadline", known.deadlines, optional=True),
        consent=part.choice("consent", values.TeamConsent, default=values.TeamConsent.ALWAYS),
        parents=part.choice("parents", values.Present, default=values.Present.WELCOME),
        chair=part.maybe_text("chair"),
        before=part.refs("before", known.kinds),
    )


def _member(part: Part) -> values.Member:
    return values.Member(part.code(), part.text("name"), part.one_of("when", MEMBERS, default="fixed"))


def meeting(part: Part, known: Codes) -> values.Meeting:
    return values.Meeting(
        code=part.code(),
        name=part.text("name"),
        levels=part.refs("levels", known.levels),
        purpose=part.maybe_text("purpose"),
        participants=part.maybe_text("participants"),
        responsible=part.refs("responsible", known.roles),
        rhythm=part.maybe_text("rhythm"),
    )


def form(part: Part, known: Codes) -> values.FormSheet:
    return values.FormSheet(
        code=part.code(),
        name=part.text("name"),
        levels=part.refs("levels", known.levels),
        use=part.maybe_text("use"),
        readers=part.choice("readers", values.Readers, default=values.Readers.INTERNAL),
        link=link(part),
        fields=every(part, "field", lambda one: _field(one, known), optional=True),
    )


def link(part: Part) -> str:
    """An address of the web, or nothing. Never a scheme that runs anything."""
    found = part.words("link", optional=True)
    if found and not found.startswith(("https://", "http://")):
        part.fault("link", "is not allowed; allowed: an address that begins with https:// or http://")
        return ""
    return found


def _field(part: Part, known: Codes) -> values.Field:
    answer = part.choice("answer", values.Answer)
    field = values.Field(
        code=part.code(),
        name=part.text("name"),
        answer=answer,
        options=part.texts("options"),
        least=part.maybe_number("least", 0, 100) or 0,
        most=part.maybe_number("most", 0, 100) or 0,
        required=part.flag("required", default=False),
        step=part.ref("step", known.steps, optional=True),
    )
    if answer is values.Answer.CHOICE and len(field.options) < 2:
        part.fault("options", "is missing; allowed: at least two texts to choose from")
    if answer is values.Answer.SCALE and field.most <= field.least:
        part.fault("most", f"is {field.most}; allowed: more than least ({field.least})")
    return field


def transition(part: Part) -> values.Transition:
    found = values.Transition(
        code=part.code(),
        source=part.one_of("from", STAGES),
        target=part.one_of("to", STAGES),
        what=part.text("what"),
        who=part.maybe_text("who"),
        month=part.maybe_number("month", 1, 12),
        day=part.maybe_number("day", 1, 31),
        week=part.maybe_number("week", 1, LAST_WEEK),
        years_before=part.maybe_number("years_before", 0, 3) or 0,
        when=part.maybe_text("when"),
        consent=part.flag("consent", default=True),
    )
    if found.week and found.month:
        part.fault("week", "stands beside month; allowed: one of them")
    if found.day and not _is_day(found.month, found.day):
        part.fault("day", f"is {found.day}; allowed: a day of a month, and month beside it")
    return found


def _is_day(month: int | None, day: int) -> bool:
    try:
        return bool(month and date(2027, month, day))
    except ValueError:
        return False


def tool(part: Part) -> values.Tool:
    return values.Tool(part.code(), part.text("name"), link(part))


def principle(part: Part) -> values.Principle:
    return values.Principle(part.code(), part.text("text"))


def cohort(part: Part, known: Codes) -> values.Cohort:
    return values.Cohort(
        code=part.code(),
        name=part.text("name"),
        begins=part.day("begins"),
        kinds=part.refs("kinds", known.kinds),
        units=part.names("units"),
    )
