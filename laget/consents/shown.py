"""What the pages of consents show, gathered for the one who looks: who asks, what is asked, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from laget.consents import ground, rules, texts
from laget.consents.access import child_welfare_workers, is_open, visible_answers
from laget.consents.models import Answer, Cause, Renewal, Request
from laget.design.words import date as day_in_words
from laget.directory.access import visible_positions, visible_services
from laget.directory.models import Position
from laget.guide.national import current, version
from laget.guide.rules import Guide
from laget.guide.words import text
from laget.kernel.actor import Actor
from laget.law.kinds import LABELS, MEANINGS, Kind
from laget.people.models import Name
from laget.people.rules import within_a_sentence


@dataclass(frozen=True)
class Asker:
    """Who asks, as the family reads it."""

    name: str
    title: str
    service: str
    phone: str


@dataclass(frozen=True)
class Answered:
    """One of those whom the asker typed, and whether an answer is there."""

    id: str
    name: str
    asked: bool
    answered: bool
    language: str
    interpreter: bool
    itself: bool = False
    person: str = ""
    role: str = ""


@dataclass(frozen=True)
class Noted:
    """How an oral answer came about: whose and when it was, the language, the interpreter, how the child was heard."""

    name: str
    at: datetime
    language: str
    interpreter: str
    child_heard: str


def kinds_shown(kinds: Iterable[str]) -> list[tuple[str, str, str]]:
    """Code, label and plain meaning, in the law's order."""
    chosen = set(kinds)
    return [(kind.value, gettext(LABELS[kind]), gettext(MEANINGS[kind])) for kind in Kind if kind in chosen]


def labels(kinds: Iterable[str]) -> list[str]:
    return [label for _code, label, _meaning in kinds_shown(kinds)]


def asker_of(actor: Actor, asked: Request) -> Asker:
    """Workers' names and services are known to everybody who is signed in."""
    position = visible_positions(actor).get(pk=asked.position_id)
    title = within_a_sentence(position.title)
    return Asker(worker_name(asked.asked_by_id), title, position.unit.service.name, position.phone)


def child_welfare(actor: Actor) -> list[tuple[str, str]]:
    """Those who can be asked to answer for child welfare, by name and service."""
    return called(list(child_welfare_workers(actor)))


def called(held: list[Position]) -> list[tuple[str, str]]:
    """Positions to choose from, by who holds them, as what, and where."""
    names = {one.person_id: one.full for one in Name.objects.filter(pk__in=[one.person_id for one in held])}
    return [
        (str(one.pk), f"{names.get(one.person_id, '')}, {within_a_sentence(one.title)}, {one.unit.service.name}")
        for one in held
    ]


def name_of(person: UUID) -> str:
    """The name, when the one who looks may know it."""
    return next((one.full for one in Name.objects.filter(pk=person)), "")


def worker_name(person: UUID) -> str:
    name = Name.objects.filter(pk=person).first()
    return name.full if name else gettext("A worker")


def service_name(actor: Actor, service: UUID) -> str:
    return visible_services(actor).get(pk=service).name


def asked_first(guide: Guide) -> str:
    """When the municipality asks a family for the first time: when to offer it, and never when it may be left out."""
    first = guide.consent
    if first.first_asked_when is not None:
        return gettext("Here families are asked for the first time: %(when)s") % {"when": text(first.first_asked_when)}
    if not first.first_asked:
        return ""
    level = guide.level(first.first_asked)
    said = gettext("Here families are asked for the first time at level %(level)s (%(name)s).")
    return said % {"level": level.shown, "name": text(level.name)}


def consent_text(guide: Guide, wish: Any, language: str, **more: Any) -> texts.Text:
    """wish: anything with `reach`, `until`, `why`, `excluded` and `kinds`. more: the rest of `texts.Filling`."""
    return texts.fill(guide, _filling(wish, **more), language)


def _filling(wish: Any, **more: Any) -> texts.Filling:
    return texts.Filling(
        reach=wish.reach, until=wish.until, why=wish.why, excluded=wish.excluded, kinds=tuple(wish.kinds), **more
    )


def answers_here(actor: Actor, asked: Request) -> list[Answer]:
    """Answers that the asker may see: those one has noted, and one's own; the oldest first."""
    return list(visible_answers(actor).filter(request=asked).order_by("at", "id"))


def people(asked: Request, here: Iterable[Answer]) -> list[Answered]:
    """Those whom the asker typed, whether they are the ones who must consent or not. here: `answers_here`."""
    answered = {one.person for one in ground.standing(asked.pk) if one.answered}
    answered |= {one.person_id for one in here}
    return [
        Answered(one["id"], one["name"], one["asked"], bool(one["person"]) and UUID(one["person"]) in answered,
                 one["language"], one["interpreter"], one["person"] == str(asked.child_id), one["person"] or "",
                 one.get("role", ""))
        for one in _as_it_is_now(asked)
    ]  # fmt: skip


def _as_it_is_now(asked: Request) -> list[dict[str, Any]]:
    """Those typed; for child welfare whoever answers now, which may be another than the one who was asked first."""
    typed: list[dict[str, Any]] = asked.typed.get("people", [])
    if not any(one.get("role") == "child_welfare" for one in typed):
        return typed
    now = asked.parties.filter(role="child_welfare", ended_at__gt=timezone.now()).values_list("person_id", flat=True)
    who = next(iter(now), None)
    said = {} if who is None else {"name": worker_name(who), "person": str(who)}
    return [{**one, **said} if one.get("role") == "child_welfare" else one for one in typed]


def noted(asked: Request, here: Iterable[Answer]) -> list[Noted]:
    """How each answer came about that one has written down. here: `answers_here`."""
    names = {one["person"]: one["name"] for one in asked.typed.get("people", ())}
    return [
        Noted(names.get(str(one.person_id), ""), one.at, one.language, one.interpreter, one.child_heard)
        for one in here
        if one.noted_by_id
    ]


def one_asked(actor: Actor, asked: Request, party: UUID) -> Answered | None:
    """One of those who must answer, by the id that the request gave when it was typed."""
    return next(
        (one for one in people(asked, answers_here(actor, asked)) if one.asked and one.person and one.id == str(party)),
        None,
    )


def child_called(asked: Request) -> str:
    """What the child is called: as it was typed, or as it is known to those who see it."""
    typed = asked.typed.get("child")
    return typed["name"] if typed else name_of(asked.child_id)


def sheet(actor: Actor, asked: Request, language: str, *, youth: bool) -> dict[str, Any]:
    """What stands on paper: the whole text, who asks, and the lines to fill in."""
    asker, guide = (
        asker_of(actor, asked),
        version(asked.guide) if asked.guide else current(timezone.localdate(asked.asked_at)),
    )
    who = {
        "asker": asker.service, "receiver": service_name(actor, asked.service_id), "opens_case": asked.opens_case,
        "youth": youth, "one_enough": one_enough(asked),
    }  # fmt: skip
    return {
        "asker": asker, "told": consent_text(guide, asked, language, **who),
        "sheet": texts.paper(_filling(asked, **who), language),
    }  # fmt: skip


def shared(asked: Request) -> frozenset[str]:
    """Kinds that this request gives its service now."""
    return frozenset(row.kind for row in ground.in_force(asked.pk) if row.mine)


@dataclass(frozen=True)
class State:
    """Where a request stands, for one of the family."""

    mine: tuple[str, ...]
    answered: bool
    at: datetime | None
    excluded: str
    noted_by: str
    signed_on: date | None
    withdrawn: bool
    complete: bool
    shared: tuple[str, ...]
    not_shared: tuple[str, ...]
    open: bool


def state(actor: Actor, asked: Request) -> State:
    """One's own answer and who wrote it down, and the common result; never what another has answered."""
    answers = visible_answers(actor).filter(request=asked, person_id=actor.person).select_related("noted_by")
    own = answers.order_by("-at", "id").first()
    given = shared(asked)
    return State(
        mine=tuple(labels(own.kinds)) if own else (),
        answered=own is not None,
        at=own.at if own else None,
        excluded=own.excluded if own and own.kinds else "",
        noted_by=worker_name(own.noted_by.person_id) if own and own.noted_by else "",
        signed_on=own.signed_on if own else None,
        withdrawn=own is not None and own.withdraws,
        complete=rules.complete(ground.standing(asked.pk)),
        shared=tuple(labels(given)),
        not_shared=tuple(labels(set(asked.kinds) - given)),
        open=is_open(asked),
    )


def outcome(asked: Request) -> rules.Outcome:
    """What has become of the question, for those who asked it."""
    return rules.outcome(ground.standing(asked.pk), shared=bool(shared(asked)), over=not is_open(asked))


def said_before(actor: Actor, asked: Request) -> list[str]:
    """What one said yes to when this was asked last time; shown, and never ticked for anybody."""
    if asked.renews_id is None:
        return []
    own = visible_answers(actor).filter(request_id=asked.renews_id, person_id=actor.person)
    latest = own.order_by("-at", "id").first()
    return labels(latest.kinds) if latest else []


def why_again(renewal: Renewal) -> str:
    """Why the family is to be asked again, for the one who asks."""
    reasons = {
        Cause.PERIOD_ENDED: gettext("The consent ends on %(day)s."),
        Cause.BIRTHDAY: gettext(
            "The child has a birthday, and others decide from then on. The consent ends on %(day)s."
        ),
        Cause.HOLDER_CHANGES_SERVICE: gettext("Another service holds the baton now."),
        Cause.TRANSITION: gettext("The child is about to begin in another place. Ask before %(day)s."),
        Cause.NEW_LEVEL: gettext("You work together in another way now."),
        Cause.RESPONSIBILITY: gettext(
            "Others decide for the child now. What stands ends on %(day)s, unless those who decide say yes."
        ),
    }
    return reasons[Cause(renewal.cause)] % {"day": day_in_words(renewal.due)}


def one_enough(asked: Request) -> bool:
    """Whether one yes is enough among those asked."""
    return any(one.one_of for one in ground.standing(asked.pk))


def is_youth(actor: Actor, asked: Request) -> bool:
    """Whether the one who reads is the child itself."""
    return bool(actor.person == asked.child_id)
