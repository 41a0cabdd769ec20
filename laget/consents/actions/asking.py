"""Asking a family whether a service may know something: for a first case, or for one more service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.consents import rules
from laget.consents.access import may_ask, may_ask_for_service, place_around
from laget.consents.actions.naming import Named, ask_welfare, chosen_welfare, name_others
from laget.consents.events import Asked
from laget.consents.models import Party, Purpose, Request
from laget.directory.access import visible_services
from laget.families import ground as families
from laget.families.access import visible_parents
from laget.families.actions import register_child
from laget.families.models import Child
from laget.families.rules import TypedChild
from laget.guide.national import current
from laget.kernel.actor import Actor, Capacity, Place
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done
from laget.law.ages import age
from laget.law.kinds import Kind
from laget.notices.actions import tell
from laget.people.models import Name
from laget.people.rules import TextTooLong, clean_text
from laget.protection.access import shut_by_decision

FAMILY = ("parent", "child")
ONE_IS_KEPT_AWAY = _(
    "One who must consent is kept away and may not be asked, so nothing new is shared by consent. "
    "Talk with your leader about other grounds, or about who may decide alone."
)
ONE_MAY_DECIDE_STILL = _(
    "One person has registered that a parent has no parental responsibility any more. A leader must confirm it before "
    "the others' yes is enough for something new. The leader has been asked."
)


@dataclass(frozen=True)
class Wish:
    """What is asked for. `until` None: as long as the guide says."""

    kinds: tuple[str, ...]
    reach: str
    until: date | None = None
    why: str = ""
    excluded: str = ""
    hearing: rules.Hearing = rules.UNHEARD
    stated: rules.Stated = rules.ORDINARY


@dataclass(frozen=True)
class _Asked:
    """What both ways of asking have in common."""

    child: UUID
    service: UUID
    position: UUID
    wish: Wish
    typed: dict[str, Any]
    first_words: str = ""
    named: Named = field(default_factory=Named)
    opens_case: bool = False
    renews: UUID | None = None


@action("consents.asked")
def ask(  # noqa: PLR0913 - what a first request is made of
    actor: Actor,
    position: UUID,
    typed: TypedChild,
    wish: Wish,
    first_words: str = "",
    talked_on: date | None = None,
    origin: UUID | None = None,
) -> Done[Request]:
    """Register the child and its parents, and ask the parents whether the asker's own service may open a case.

    Answers the same whether the child is known or not. Raises Invalid at what must be typed otherwise.
    """
    require(may_ask(actor))
    place = actor.place(position)
    if place is None:
        raise Invalid(_("Choose a position that you hold now."), "position")
    if not rules.can_ask(place.act):
        raise Invalid(gettext(rules.BLOCKED), "position")
    words = _clean(first_words, "first_words")
    _checked(wish, timezone.localdate())
    if wish.stated.care_order:
        typed = replace(typed, parents=(), in_care=True)
    registered = register_child(actor, position, typed).value
    child = Child.objects.get(pk=registered.child)
    asking = _asking(actor, child, place.act, place.act, wish.stated)
    found, named = _named(actor, asking)
    _heard(wish, asking, found)
    told = _told(child, typed, registered.parents, found, named)
    told["talked_on"] = _iso(talked_on)
    if families.in_care(child.pk) and not wish.stated.care_order:
        found = replace(found, people=())  # the parents may not be asked, and the asker is not told why nobody answers
    asked = _Asked(child.pk, place.service, position, _kept(wish, asking), told, words, named, opens_case=True)
    done = _ask(actor, asked, found)
    announce(Asked(actor=actor, child=child.pk, request=done.value.pk, origin=origin))
    return done


def _told(
    child: Child, typed: TypedChild, parents: Iterable[UUID | None], found: rules.Parties, named: Named
) -> dict[str, Any]:
    """The family as it was typed; where the child decides alone, no parent is told of as one who answers."""
    roles = {role for _who, role in found.people}
    own = [_person(typed.full, child.pk, True)] if "child" in roles else []
    alone = roles == {"child"}
    others = [
        _person(one.full, person, one.proven and not alone, one.language, one.interpreter)
        for one, person in zip(typed.parents, parents, strict=True)
    ]
    return {
        "child": {"name": typed.full, "born": _iso(child.born or typed.born), "expected": _iso(typed.expected)},
        "people": [*own, *others, *_others(named)],
    }


@action("consents.asked")
def ask_for_service(actor: Actor, child: Child, service: UUID, wish: Wish) -> Done[Request]:
    """The holder asks the family whether one more service may know something. Nothing reaches that service."""
    require(may_ask_for_service(actor, child))
    if service in actor.services:
        raise Invalid(_("Choose another service than your own."), "service")
    return send(actor, child, place_around(actor, child.pk), service, wish)


def send(  # noqa: PLR0913 - what a question about one more service is made of
    actor: Actor, child: Child, place: Place, service: UUID, wish: Wish, *, renews: UUID | None = None
) -> Done[Request]:
    """Ask the child's family about a service; the caller asked the right. Raises Invalid when nobody may be asked."""
    _go_on(wish)
    wish = replace(wish, stated=replace(wish.stated, care_order=wish.stated.care_order or families.in_care(child.pk)))
    receiver = visible_services(actor).filter(pk=service).first()
    if receiver is None:
        raise Invalid(_("Choose another service than your own."), "service")
    asking = _asking(actor, child, place.act, receiver.act, wish.stated)
    found, named = _named(actor, asking)
    if not found.people:
        raise Invalid(_("Parental responsibility must be proven first. Nobody is asked until it is."))
    if shut_by_decision(actor, child.pk).filter(person_id__in=[who for who, _role in found.people]).exists():
        raise Invalid(ONE_IS_KEPT_AWAY)
    if not families.lost(child.pk).isdisjoint(who for who, _role in found.people if who not in found.one_of):
        raise Invalid(ONE_MAY_DECIDE_STILL)
    _heard(wish, asking, found)
    told = {"people": [*_family(actor, child, found), *_others(named)]}
    asked = _Asked(child.pk, receiver.pk, place.position, _kept(wish, asking), told, named=named, renews=renews)
    return _ask(actor, asked, found)


def _asking(actor: Actor, child: Child, act: str, receiver: str, stated: rules.Stated) -> rules.Asking:
    parents = tuple(families.responsible(child.pk))
    welfare = chosen_welfare(actor, stated)
    who = welfare.person_id if welfare else rules.NOBODY
    return rules.Asking(timezone.localdate(), child.pk, child.born, act, receiver, parents, stated, who)


def _named(actor: Actor, asking: rules.Asking) -> tuple[rules.Parties, Named]:
    """Who is asked, all of them known. Raises Invalid when nobody may be, or one of them is not named."""
    found = rules.parties(asking, current(asking.on).consent.moved)
    if found.blocked:
        raise Invalid(gettext(rules.BLOCKED), "service")
    return name_others(found, asking.stated, chosen_welfare(actor, asking.stated))


def _heard(wish: Wish, asking: rules.Asking, found: rules.Parties) -> None:
    """Raises Invalid when the child is to be heard first, and it is not said how. The parents are then not asked."""
    years = age(asking.born, asking.on) if found.heard and asking.born else None
    for place, reason in rules.hearing_faults(wish.hearing, years, current(asking.on)):
        raise Invalid(gettext(reason), place)


def _kept(wish: Wish, asking: rules.Asking) -> Wish:
    """The wish as it can be asked: known kinds, a day within the guide's period. Raises Invalid."""
    checked, last = _checked(wish, asking.on), rules.last_day(current(asking.on), asking)
    return replace(checked, until=min(wish.until or last, last))


def _checked(wish: Wish, today: date) -> Wish:
    """What can be said of a wish before any child is looked for: a look-up that is not sent is not counted either."""
    if not wish.kinds or not set(wish.kinds) <= set(Kind):
        raise Invalid(gettext(rules.NOTHING_ASKED), "kinds")
    _go_on(wish)
    if not set(wish.kinds) <= rules.ABOUT.get(wish.stated.matter, set(Kind)):
        raise Invalid(gettext(rules.NOT_OF_THIS), "kinds")
    if wish.reach not in rules.REACHES:
        raise Invalid(_("Choose how far back."), "reach")
    if wish.until is not None and wish.until <= today:
        raise Invalid(gettext(rules.PAST), "until")
    hearing = replace(wish.hearing, words=_clean(wish.hearing.words, "view_words"))
    return replace(
        wish, kinds=rules.with_identity(wish.kinds), why=_clean(wish.why, "why"),
        excluded=_clean(wish.excluded, "excluded"), hearing=hearing,
    )  # fmt: skip


def _go_on(wish: Wish) -> None:
    """Raises Invalid when what is stated stops it, whoever the child is."""
    if wish.stated.stops:
        raise Invalid(gettext(wish.stated.stops), "crisis")


def _clean(text: str, field: str) -> str:
    try:
        return clean_text(text, rules.WORDS_LIMIT)
    except TextTooLong as long:
        raise Invalid(gettext(long.reason) % {"limit": long.limit}, field) from None


def _ask(actor: Actor, asked: _Asked, found: rules.Parties) -> Done[Request]:
    """One request, one row for each who must consent, and a notice to those who can sign in."""
    today = timezone.localdate()
    guide, wish = current(today), asked.wish
    assert wish.until is not None
    request = Request(
        pk=uuid4(), child_id=asked.child, service_id=asked.service, purpose=Purpose.COOPERATION,
        kinds=list(wish.kinds), reach=wish.reach, until=wish.until, why=wish.why, excluded=wish.excluded,
        text_version=rules.TEXT_VERSION, asked_by_id=actor.person, position_id=asked.position,
        answer_by=rules.answer_by(guide, today), opens_case=asked.opens_case, typed=asked.typed,
        first_words=asked.first_words, rule=found.rule, guide=guide.code, renews_id=asked.renews,
        heard=wish.hearing.heard, view=wish.hearing.view, view_words=wish.hearing.words,
        matter=wish.stated.matter,
    )  # fmt: skip
    request.save(force_insert=True)
    welfare = asked.named.welfare
    Party.objects.bulk_create(
        Party(
            request=request, child_id=asked.child, person_id=who, role=role, one_of=who in found.one_of,
            position_id=welfare.pk if welfare and role == "child_welfare" else None,
        )
        for who, role in found.people
    )  # fmt: skip
    record(actor, "consents.asked", child=asked.child, object_id=request.pk, position=asked.position,
           details={"service": str(asked.service), "kinds": request.kinds})  # fmt: skip
    able = families.reachable(asked.child)
    tell_family([who for who, role in found.people if who in able and role in FAMILY], request, "consents.asked")
    if welfare is not None and found.people:
        ask_welfare(request, welfare)
    return Done(request)


def tell_family(people: Iterable[UUID], request: Request, event: str) -> None:
    """A notice without content. The caller leaves out those who cannot sign in or are forbidden to know."""
    tell(people, Capacity.CITIZEN, event, address=reverse("consent", args=[request.pk]), child=request.child_id)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _person(
    name: str, person: UUID | None, asked: bool, language: str = "", interpreter: bool = False, role: str = ""
) -> dict[str, Any]:
    """One of those whom the asker typed, with an id of its own, so that an address tells nothing of who was known."""
    return {
        "id": str(uuid4()), "name": name, "person": str(person) if person else None, "asked": asked,
        "language": language, "interpreter": interpreter, "role": role,
    }  # fmt: skip


def _others(named: Named) -> list[dict[str, Any]]:
    """Those who are asked beside the family, after a care order."""
    return [_person(name, who, True, role=role) for who, name, role in named.names]


def _family(actor: Actor, child: Child, found: rules.Parties) -> list[dict[str, Any]]:
    """Those who must consent, by name: the holder sees the family."""
    ties = {tie.person_id: tie for tie in visible_parents(actor).filter(child=child).order_by("since")}
    names = {one.person_id: one.full for one in Name.objects.filter(pk__in=[who for who, _role in found.people])}
    return [
        _person(names.get(who, ""), who, True, *((ties[who].language, ties[who].interpreter) if who in ties else ()))
        for who, role in found.people
        if role in FAMILY
    ]
