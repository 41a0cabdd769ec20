"""An own way in begins and ends, a child chooses whom it trusts, and leaves something unanswered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.access.letter import codes
from laget.audit.actions import record
from laget.families.models import Child
from laget.kernel.actor import Actor, Capacity, Place
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.notices.actions import tell
from laget.participation import ground, rules
from laget.participation.access import (
    agreeing,
    family_of_child,
    gives_care,
    may_choose,
    may_end,
    may_say_anew,
    may_say_who_knows_health,
    may_set_up,
    only_asks,
    parents_and_health,
    team_of_child,
    to_decide,
    visible_not_now,
    visible_trusted,
)
from laget.participation.events import PageOpened
from laget.participation.models import NotNow, Remark, Setup, Trusted
from laget.people.rules import TextTooLong, clean_text
from laget.sight.access import asking_seats, working_seats


@dataclass(frozen=True)
class Said:
    """What a worker says when setting up. `agreed`: who has said yes; `trusted`: a position the child chose."""

    checked: str
    handed: str
    words: str = ""
    maturity: str = ""
    agreed: tuple[UUID, ...] = ()
    trusted: UUID | None = None


@dataclass(frozen=True)
class Letter:
    """What stands in the letter: shown once, to be printed, and kept nowhere."""

    setup: UUID
    name: str
    code: str


@action("participation.set_up")
def set_up(actor: Actor, child: Child, person: UUID, said: Said) -> Done[Letter | None]:
    """Give somebody of the family an own way in. One they had before ends, with its sessions.

    A young person with an electronic id gets its page opened and no letter: nothing ends, and whoever asks it for
    consent may do so.
    """
    require(may_set_up(actor, child))
    asking = only_asks(actor, child)
    if person != child.pk and (asking or not _in_family(actor, child, person)):
        raise Invalid(_("Choose somebody in the family."))
    place = _place(actor, child)
    _checked(said, rules.ways(itself=person == child.pk, asking=asking))
    agreed = _agreed(actor, child, place.act, said) if person == child.pk else []
    setup, letter = uuid4(), None
    if said.handed != rules.EID:
        letter = Letter(setup, codes.new_name(), codes.new_letter())
    facts = {
        "id": str(setup), "person": str(person), "checked": said.checked, "words": _text(said.words, "words"),
        "maturity": _text(said.maturity, "maturity") if person == child.pk else "", "agreed": agreed,
        "handed": said.handed, "trusted": _trusted(actor, child, said.trusted) if person == child.pk else None,
    }  # fmt: skip
    name, code = (codes.name_mark(letter.name), codes.letter_mark(letter.code)) if letter else (None, None)
    ground.set_up(child.pk, place.position, name, code, timezone.now() + rules.LETTER_LASTS, facts)
    details = {"for": str(person), "checked": said.checked, "handed": said.handed}
    record(actor, "participation.set_up", child=child.pk, object_id=setup, position=place.position, details=details)
    if letter:
        _told(actor, child, person)
    if person == child.pk:
        announce(PageOpened(actor=actor, child=child.pk))
    return Done(letter)


def _place(actor: Actor, child: Child) -> Place:
    """From which of the actor's positions: one with a place around the child."""
    seats = working_seats(actor).filter(child_id=child.pk) or asking_seats(actor).filter(child_id=child.pk)
    place = actor.place(seats.order_by("since", "id").values_list("position_id", flat=True).first())
    assert place is not None
    return place


def _told(actor: Actor, child: Child, person: UUID) -> None:
    """The one it is for sees that there is such a way in, also when it was never asked for; and the team sees it."""
    tell([person], Capacity.CITIZEN, "participation.own_way_in", address=reverse("my_sign_in"), child=child.pk)
    team = team_of_child(actor, child.pk).exclude(person_id=actor.person).values_list("person_id", flat=True)
    address = reverse("ways_in", args=[child.pk])
    tell(team, Capacity.WORKER, "participation.set_up", address=address, child=child.pk)


def _in_family(actor: Actor, child: Child, person: UUID) -> bool:
    return family_of_child(actor, child.pk).filter(person_id=person).exists()


def _checked(said: Said, ways: tuple[str, ...]) -> None:
    if said.checked not in rules.CHECKS:
        raise Invalid(_("Choose how you made sure who it is."), "checked")
    if said.handed not in ways:
        raise Invalid(_("Choose how the letter gets there."), "handed")
    fault = rules.fault_of_check(said.checked, said.words)
    if fault:
        raise Invalid(gettext(fault), "words")


def _agreed(actor: Actor, child: Child, act: str, said: Said) -> list[str]:
    """Everybody who must agree, when all have; and that the child is ready for it."""
    who = agreeing(actor, child, act)
    if who.fault:
        raise Invalid(gettext(who.fault))
    if not who.people <= set(said.agreed):
        raise Invalid(gettext(rules.NOT_AGREED), "agreed")
    if not said.maturity.strip():
        raise Invalid(gettext(rules.NO_MATURITY), "maturity")
    return sorted(str(one) for one in who.people)


def _text(text: str, field: str) -> str:
    try:
        return clean_text(text, rules.WORDS)
    except TextTooLong as long:
        raise Invalid(gettext(long.reason) % {"limit": long.limit}, field) from None


def _trusted(actor: Actor, child: Child, position: UUID | None) -> str | None:
    if position is not None and not team_of_child(actor, child.pk).filter(position_id=position).exists():
        raise Invalid(_("Choose somebody in the team."), "trusted")
    return str(position) if position else None


@action("participation.said_anew")
def say_anew(actor: Actor, setup: Setup, *, words: str, maturity: str) -> Done[Remark]:
    """What was said at a set-up is put right or added to: a new row, beside what stood."""
    require(may_say_anew(actor, setup))
    itself = setup.person_id == setup.child_id
    said = Remark(
        pk=uuid4(), child_id=setup.child_id, setup=setup, words=_text(words, "words"), by_id=actor.person, at=Now(),
        maturity=_text(maturity, "maturity") if itself else "",
    )  # fmt: skip
    if not (said.words or said.maturity):
        raise Invalid(gettext(rules.NO_WORDS), "words")
    said.save(force_insert=True)
    record(actor, "participation.said_anew", child=setup.child_id, object_id=setup.pk)
    return Done(said)


@action("participation.ended")
def end(actor: Actor, setup: Setup) -> Done[Setup] | Unchanged[Setup]:
    """The way in ends at once, and whoever is inside by it is out."""
    require(may_end(actor, setup))
    if not ground.end(setup.pk):
        return Unchanged(setup)
    record(actor, "participation.ended", child=setup.child_id, object_id=setup.pk)
    return Done(setup)


@action("participation.trusted_chosen")
def choose_trusted(actor: Actor, child: Child, position: UUID | None) -> Done[Trusted] | Unchanged[Trusted]:
    """A child says which of those who help it trusts most, or nobody. It may change its mind at any time."""
    require(may_choose(actor, child))
    _trusted(actor, child, position)
    before = visible_trusted(actor).filter(child_id=child.pk).order_by("-at", "-id").first()
    if before is not None and before.position_id == position:
        return Unchanged(before)
    chosen = Trusted(pk=uuid4(), child=child, position_id=position, by_id=actor.person)
    chosen.save(force_insert=True)
    record(actor, "participation.trusted_chosen", child=child.pk, object_id=chosen.pk)
    return Done(chosen)


@action("participation.left_unanswered")
def leave_unanswered(actor: Actor, child: Child, subject: UUID) -> Done[NotNow] | Unchanged[NotNow]:
    """A child does not want to answer this now: that is an answer, and nobody reminds it. It may answer later."""
    require(may_choose(actor, child))
    said = NotNow(pk=uuid4(), child=child, subject=subject)
    NotNow.objects.bulk_create([said], ignore_conflicts=True)
    known = visible_not_now(actor).get(child_id=child.pk, subject=subject)
    if known.pk != said.pk:
        return Unchanged(known)
    record(actor, "participation.left_unanswered", child=child.pk, object_id=subject)
    return Done(known)


@action("participation.health_shared")
def share_health(actor: Actor, child: Child, persons: Collection[UUID]) -> Done[None] | Unchanged[None]:
    """A young person says which parents read about its health from now. What a service has decided stands."""
    require(may_say_who_knows_health(actor, child))
    free = [one for one in parents_and_health(actor, child.pk) if not (one.tells and one.origin in rules.MUST_KNOW)]
    if not set(persons) <= {one.person_id for one in free}:
        raise Invalid(_("Choose among those at home."), "persons")
    changed = [one for one in free if one.tells != (one.person_id in persons)]
    for one in changed:
        until, why = (timezone.now(), rules.CLOSED) if one.tells else (FOREVER, rules.SHARED)
        moved = ground.share_health(child.pk, one.person_id, until, why)
        _opened(moved or one.tells, "persons")
        record(actor, "participation.health_shared", child=child.pk, object_id=one.person_id, details={"why": why})
    return Done(None) if changed else Unchanged(None)


@action("participation.health_must_be_known")
def let_know_health(actor: Actor, child: Child, person: UUID, why: str) -> Done[None] | Unchanged[None]:
    """Whoever gives the health care decides that a parent must know, for half a year. The young person is told.

    What is decided already is decided anew: the half year begins once more.
    """
    require(may_say_who_knows_health(actor, child))
    if person not in {one.person_id for one in to_decide(parents_and_health(actor, child.pk))}:
        raise Invalid(_("Choose one of the parents about whom you can decide."), "person")
    if why not in rules.MUST_KNOW:
        raise Invalid(_("Choose why this parent must know."), "why")
    until = timezone.now() + rules.MUST_KNOW_LASTS
    _opened(ground.share_health(child.pk, person, until, why, gives_care(actor, child)), "person")
    record(actor, "participation.health_must_be_known", child=child.pk, object_id=person, details={"why": why})
    _health_decided(child)
    return Done(None)


def _opened(opened: bool, field: str) -> None:
    """Raises Invalid when it was not opened, since nobody has proven that this parent has parental responsibility."""
    if not opened:
        raise Invalid(gettext(rules.UNPROVEN), field)


@action("participation.health_ended")
def end_health(actor: Actor, child: Child, person: UUID) -> Done[None] | Unchanged[None]:
    """What was decided about a parent ends before its day. The young person is told."""
    require(may_say_who_knows_health(actor, child))
    decided = parents_and_health(actor, child.pk).filter(person_id=person, origin__in=list(rules.MUST_KNOW), tells=True)
    if actor.is_citizen or not decided.exists():
        return Unchanged(None)
    ground.share_health(child.pk, person, timezone.now(), rules.ENDED, gives_care(actor, child))
    record(actor, "participation.health_ended", child=child.pk, object_id=person)
    _health_decided(child)
    return Done(None)


def _health_decided(child: Child) -> None:
    address = reverse("health_readers", args=[child.pk])
    tell([child.pk], Capacity.CITIZEN, "participation.health_decided", address=address, child=child.pk)
