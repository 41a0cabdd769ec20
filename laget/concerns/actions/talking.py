"""Talks about a worry: with a leader, with the parents, with the child; and the check of one's own duty to report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.concerns.access import leader_of, leaders_of, may_note_talk
from laget.concerns.actions.writing import cleaned_texts, held_for, put
from laget.concerns.models import Talk, Worry
from laget.concerns.rules.steps import asks_anew, may_talk
from laget.concerns.telling import tell_leaders
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.law.reporting import Said, duty, finding, grounds

ROLES = ("mother", "father", "guardian", "child", "colleague", "leader", "interpreter", "other")
"""Who was there: roles, never names."""
NOT_YET = _("This day has not come yet.")


def _past(day: date, field: str = "on") -> str:
    if day > timezone.localdate():
        raise Invalid(NOT_YET, field)
    return day.isoformat()


def _unit_of(actor: Actor, leader: UUID) -> UUID:
    """The unit in which this leader leads one. Raises Invalid when it is none of one's own."""
    unit = next((unit for person, unit, _name in leaders_of(actor) if person == leader), None)
    if unit is None:
        raise Invalid(_("Choose one of your own leaders."), "leader")
    return unit


@action("concerns.talk_asked")
def ask_for_talk(actor: Actor, worry: Worry, leader: UUID) -> Done[Worry]:
    """Ask one's leader for a talk. That leader is told so, and the unit's other leaders no longer see it as due."""
    held = held_for(actor, worry)
    unit, now = _unit_of(actor, leader), timezone.now()
    asked = {"unit_id": unit, "leader_id": leader, "asked_at": now}
    if not Talk.objects.filter(worry_id=held.pk, owner_id=actor.person).update(**asked):
        Talk(worry=held, owner_id=actor.person, due=timezone.localdate(), **asked).save(force_insert=True)
    record(actor, "concerns.talk_asked", object_id=held.pk)
    tell_leaders([leader])
    return Done(held)


@action("concerns.talk_noted")
def note_leader_talk(
    actor: Actor, worry: Worry, *, on: date, came_of_it: str = "", leader: UUID | None = None, version: int
) -> Done[Worry]:
    """The talk is held; it is no longer due to anybody."""
    held = held_for(actor, worry)
    if leader is not None:
        _unit_of(actor, leader)
    fields = {"on": _past(on), **cleaned_texts({"came_of_it": came_of_it}), "leader": str(leader or "")}
    put(actor, held, "leader", fields, version=version, main="came_of_it")
    Talk.objects.filter(worry_id=held.pk, owner_id=actor.person).delete()
    record(actor, "concerns.talk_noted", object_id=held.pk)
    return Done(held)


@action("concerns.parents_noted")
def note_parents_talk(
    actor: Actor, /, worry: Worry, *, on: date, present: Iterable[str], consent: str, version: int, **texts: str
) -> Done[Worry]:
    """What was said with the parents. `texts`: shared, parents_view, agreement. Refused until it is safe to talk."""
    held = held_for(actor, worry)
    require(may_note_talk(actor, held))
    fields = {
        "on": _past(on), "present": [one for one in ROLES if one in set(present)],
        "consent": consent if consent in ("yes", "no", "later") else "", **cleaned_texts(texts),
    }  # fmt: skip
    put(actor, held, "parents", fields, version=version, main="shared")
    record(actor, "concerns.parents_noted", object_id=held.pk)
    return Done(held)


@action("concerns.child_noted")
def note_child_talk(actor: Actor, /, worry: Worry, *, on: date, version: int, **texts: str) -> Done[Worry]:
    """What the child said itself. `texts`: words, how (it was asked), told (what it is used for; BVL § 1-4)."""
    held = held_for(actor, worry)
    put(actor, held, "child", {"on": _past(on), **cleaned_texts(texts)}, version=version, main="words")
    record(actor, "concerns.child_noted", object_id=held.pk)
    return Done(held)


@action("concerns.safe_noted")
def note_safe(actor: Actor, worry: Worry, *, now: bool, reason: str) -> Done[Worry] | Unchanged[Worry]:
    """It is safe to talk with the parents now, or it is not any more; with the reason."""
    held = held_for(actor, worry)
    note, guide = held.note, current(timezone.localdate())
    text = cleaned_texts({"reason": reason})["reason"]
    if not text:
        raise Invalid(_("Write why, for example who advised you."), "reason")
    if may_talk(guide, note) is now:
        return Unchanged(held)
    answer = note.part("safe").get("answer", "")
    if not now:  # whatever was said first, talking is closed from here
        answer = ""
    fields = {"answer": answer, "now": now, "reason": text, "on": timezone.localdate().isoformat()}
    put(actor, held, "safe", fields, version=note.version("safe"))
    record(actor, "concerns.safe_noted", object_id=held.pk)
    if not now:
        _want_talk(actor, held)
    return Done(held)


def _want_talk(actor: Actor, held: Worry) -> None:
    """It is not safe any more: the one who leads the unit is told that a talk is wanted, as by an ordinary wish."""
    leader = leader_of(actor, held.position.unit_id)
    wanted = Talk.objects.filter(worry_id=held.pk, owner_id=actor.person)
    if leader and wanted.update(asked_at=timezone.now(), due=timezone.localdate(), leader_id=leader):
        tell_leaders([leader])


@action("concerns.duty_checked")
def check_duty(
    actor: Actor, worry: Worry, *, act: str, public: bool, answers: Mapping[str, Said], version: int
) -> Done[Worry]:
    """What the owner answered about the own duty to report, and what it comes to. Decides nothing, stops nothing."""
    held = held_for(actor, worry)
    asked = duty().asked_of(act, public=public, on=timezone.localdate())
    known = {one.criterion.code for one in asked}
    kept = {code: said for code, said in answers.items() if code in known}
    found = grounds(kept, asked)
    fields = {
        "on": timezone.localdate().isoformat(), "act": act, "answers": kept, "finding": finding(kept, asked),
        "grounds": list(found), "asks_anew": asks_anew(held.note, found),
    }  # fmt: skip
    put(actor, held, "duty", fields, version=version)
    record(actor, "concerns.duty_checked", object_id=held.pk)
    return Done(held)


@action("concerns.environment_noted")
def note_environment(actor: Actor, worry: Worry, *, handled: bool) -> Done[Worry] | Unchanged[Worry]:
    """It is about whether the child is safe at school or in kindergarten; or that has been taken up."""
    held = held_for(actor, worry)
    part = held.note.part("environment")
    if bool(part.get("on")) is not handled or (handled and part.get("handled")):
        return Unchanged(held)
    today = timezone.localdate().isoformat()
    fields = {"on": part.get("on", today), **({"handled": today} if handled else {})}
    put(actor, held, "environment", fields, version=held.note.version("environment"))
    record(actor, "concerns.environment_noted", object_id=held.pk)
    return Done(held)


@action("concerns.acute_noted")
def note_acute(actor: Actor, worry: Worry, *, done: str, version: int) -> Done[Worry]:
    """What was done at once when the child was in danger."""
    held = held_for(actor, worry)
    fields = {"on": timezone.localdate().isoformat(), **cleaned_texts({"done": done})}
    put(actor, held, "acute", fields, version=version, main="done")
    record(actor, "concerns.acute_noted", object_id=held.pk)
    return Done(held)
