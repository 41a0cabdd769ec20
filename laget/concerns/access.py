"""Who reads a worry: its owner and nobody else. A leader learns that a talk is due, never what about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.concerns.models import Discussion, Talk, Worry
from laget.concerns.rules.steps import alone_at, may_talk, must_report
from laget.consents.access import may_ask
from laget.directory.models import Position
from laget.families.access import visible_children
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Refused
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.people.models import Name

NOT_YOURS = refuse(_("Only somebody who works here writes in a notebook of one's own."))
ENDED = refuse(_("You have ended this worry. It can be read until it is deleted."))
NOT_SAFE = refuse(
    _("You have not answered that it is safe to talk with the parents. Do not talk with them, and do not ask them now.")
)
MUST_REPORT = refuse(
    _("By what you have answered, you must report. Report, or answer anew if you see it otherwise now.")
)
LOST = refuse(_("This note cannot be opened any more. You can delete it."))
ONCE = refuse(_("It has been kept longer once already."))
ASKED = refuse(_("You have asked the parents already. You are told when they have answered."))
ASKED_FIRST = refuse(_("Here the parents are asked for consent before anybody goes on. Ask them, or close the worry."))
ALONE = refuse(_("You have chosen this already. Ask the parents when another service is to help."))
MOST = 60


def visible_worries(actor: Actor) -> QuerySet[Worry]:
    """The actor's own, as long as the actor works in the service it was written in."""
    if not actor.is_worker:
        return Worry.objects.none()
    return Worry.objects.filter(owner_id=actor.person, service_id__in=actor.services).select_related("talk", "position")


def visible_discussions(actor: Actor) -> QuerySet[Discussion]:
    """The actor's own, as long as the actor works in the service it was written in."""
    if not actor.is_worker:
        return Discussion.objects.none()
    return Discussion.objects.filter(owner_id=actor.person, service_id__in=actor.services)


def visible_talks(actor: Actor) -> QuerySet[Talk]:
    """One's own; those one is asked for as a leader; and, from the day they are due, those of the units one leads."""
    if not actor.is_worker:
        return Talk.objects.none()
    return Talk.objects.filter(Q(owner_id=actor.person) | _led(actor))


def talks_to_hold(actor: Actor) -> QuerySet[Talk]:
    """What waits for the actor as a leader."""
    to_hold = visible_talks(actor).exclude(owner_id=actor.person)
    return to_hold.annotate(who=_name("owner_id")).select_related("unit__service")


def _led(actor: Actor) -> Q:
    units = Position.objects.current().filter(person_id=actor.person, leads=True).values("unit_id")
    due = Q(leader=None, due__lte=timezone.localdate()) | Q(leader_id=actor.person)
    return ~Q(owner_id=actor.person) & Q(unit_id__in=units) & due


def _name(person: str) -> Subquery:
    names = Name.objects.filter(person_id=OuterRef(person))
    return Subquery(names.annotate(whole=Concat("given", Value(" "), "family")).values("whole")[:1])


def gripped(actor: Actor, worry: UUID) -> Worry:
    """The worry, read anew and held until the end of the transaction. Raises Refused when it is gone."""
    own = visible_worries(actor).select_related(None)
    found = own.select_for_update(of=("self",)).filter(pk=worry).first()
    if found is None:
        raise Refused(refuse(_("This worry is not there any more. Nothing was saved.")))
    return found


def may_write(actor: Actor, subject: object = None) -> Verdict:
    """Everybody who works here now."""
    return ALLOWED if actor.is_worker and actor.places else NOT_YOURS


def may_note(actor: Actor, worry: Worry) -> Verdict:
    """The owner, until the worry is ended."""
    if worry.note.lost:
        return LOST
    return ALLOWED if worry.is_open else ENDED


def may_note_talk(actor: Actor, worry: Worry) -> Verdict:
    """A talk with the parents: closed until it is safe."""
    verdict = may_note(actor, worry)
    if not verdict:
        return verdict
    return ALLOWED if may_talk(current(timezone.localdate()), worry.note) else NOT_SAFE


def may_close(actor: Actor, worry: Worry) -> Verdict:
    """That there is nothing more to do: not while one's own answers say that one must report."""
    verdict = may_note(actor, worry)
    return MUST_REPORT if verdict and must_report(worry.note) else verdict


def may_go_on_alone(actor: Actor, worry: Worry) -> Verdict:
    """Going on in one's own service without consent, where the guide asks first when other services are to help."""
    verdict = may_close(actor, worry)
    if not verdict:
        return verdict
    if alone_at(current(timezone.localdate())) is None:
        return ASKED_FIRST
    if worry.note.waits_for_parents:
        return ASKED
    return ALONE if worry.note.part("alone") else ALLOWED


def may_ask_parents(actor: Actor, worry: Worry) -> Verdict:
    """Asking for consent from this worry: closed until it is safe, and while a question stands."""
    verdict = may_note_talk(actor, worry) and may_ask(actor)
    if not verdict:
        return verdict
    return ASKED if worry.note.waits_for_parents else ALLOWED


def may_keep_longer(actor: Actor, worry: Worry) -> Verdict:
    """Once, with a reason."""
    return ONCE if worry.prolonged else ALLOWED


def leaders_of(actor: Actor) -> list[tuple[UUID, UUID, str]]:
    """(person, unit, name) of those who lead the actor's units, apart from the actor."""
    units = [place.unit for place in actor.places]
    held = Position.objects.current().filter(leads=True, unit_id__in=units).exclude(person_id=actor.person)
    rows = held.annotate(who=_name("person_id")).order_by("who", "id").values_list("person_id", "unit_id", "who")
    return [(person, unit, name or "") for person, unit, name in rows]


def leader_of(actor: Actor, unit: UUID) -> UUID | None:
    """Who leads this unit of the actor's: the one who has led it longest. None when nobody but the actor does."""
    held = Position.objects.current().filter(leads=True, unit_id=unit, unit_id__in=[one.unit for one in actor.places])
    return held.exclude(person_id=actor.person).order_by("since", "id").values_list("person_id", flat=True).first()


def names_known(actor: Actor) -> list[str]:
    """Parts of names that the actor may see anyway: children one helps, and colleagues in one's units."""
    units = [place.unit for place in actor.places]
    colleagues = Position.objects.current().filter(unit_id__in=units).values("person_id")
    known = Q(person_id__in=visible_children(actor).values("person_id")) | Q(person_id__in=colleagues)
    pairs = Name.objects.filter(known).values_list("given", "family").distinct()
    return sorted({part for pair in pairs for name in pair for part in name.split() if len(part) > 2})


def on_my_day(actor: Actor) -> list[tuple[Any, ...]]:
    """One statement: (sort, id, sealed, noted on, day, unshared) of open worries, and of talks to hold as a leader."""
    columns = ("sort", "pk", "content", "noted", "day", "how")
    own = visible_worries(actor).filter(ended_at=FOREVER).select_related(None).order_by()
    worries = own.annotate(
        sort=Value("worry", CharField()),
        content=F("sealed"),
        noted=TruncDate("noted_at"),
        day=F("kept_until"),
        how=F("unshared"),
    )
    if not any(place.leads for place in actor.places):
        return list(worries.values_list(*columns).order_by("noted_at", "pk")[:MOST])
    talks = talks_to_hold(actor).select_related(None).order_by()
    wanted = talks.annotate(
        sort=Value("talk", CharField()),
        content=Cast(Value(b""), BinaryField()),
        noted=TruncDate("asked_at"),
        day=Cast("due", DateField()),
        how=Value("", CharField()),
    )
    return list(
        worries.values_list(*columns).union(wanted.values_list(*columns), all=True).order_by("day", "pk")[:MOST]
    )
