"""What time does to consents: one neutral reminder, requests that nobody completed, consents whose last day is over."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.actions.care import say_moved
from laget.consents.events import CoverLost, NothingShared, ToAskAgain
from laget.families.rules import begins, ends
from laget.guide.days import add
from laget.guide.national import current
from laget.guide.rules import Again, deadline
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.events import announce
from laget.law.withholding import NOTICE
from laget.notices.actions import tell
from laget.participation.ground import unanswered

_Again = defaultdict[UUID, list[tuple[UUID, UUID]]]
"""By child: a task to ask again, and who asked last."""


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again; each part is done once, whoever calls."""
    moment = now or timezone.now()
    for part in (_remind, _unheld, _lapse, _expire, _end_soon, _move_soon, _hidden):
        with acting(SYSTEM):
            part(moment)


def _remind(now: datetime) -> None:
    """To each who has not answered: once, and never again."""
    today = timezone.localdate(now)
    rule = current(today).deadline_rule("answer_reminder")
    asked_before = begins(add(today, -rule.steps, rule.unit) + timedelta(days=1))
    waiting: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    for request, child, person in ground.remind(asked_before):
        if unanswered(request, person):  # a child has said that it does not want to answer now
            continue
        waiting[person, child].append(request)
        record(SYSTEM, "consents.reminded", child=child, object_id=request)
    for (person, child), asked in waiting.items():  # one message, also about several questions
        page = reverse("consent", args=asked) if len(asked) == 1 else reverse("ledger", args=[child])
        tell([person], Capacity.CITIZEN, "consents.reminder", address=page, child=child)


def _unheld(now: datetime) -> None:
    """Who answered for child welfare has left: another there answers, in the days that one who is asked has for it."""
    today = timezone.localdate(now)
    for one in ground.unheld(ends(deadline(current(today), "asking_seat", today))):
        record(SYSTEM, "consents.say_fell", child=one.child, object_id=one.request,
               details={"from": str(one.was), "to": str(one.party or "")})  # fmt: skip
        say_moved(SYSTEM, one.child, one.asked_by, one.party, one.person, one.renewal)


def _end_soon(now: datetime) -> None:
    """A consent that ends soon is to be asked for again, in time; the old one ends by its own date whatever happens.

    At a birthday on which others must consent always; else when the guide asks again as the period ends.
    """
    today = timezone.localdate(now)
    guide = current(today)
    rule = guide.deadline_rule("consent_renewal")
    again: _Again = defaultdict(list)
    for one in ground.ending(today, add(today, rule.steps, rule.unit)):
        birthday = rules.turns(one.born, one.until)
        if not birthday and Again.PERIOD_ENDED not in guide.consent.needed_again:
            continue
        cause = "birthday" if birthday else Again.PERIOD_ENDED.value
        renewal = ground.ask_again_in_time(one.request, cause)
        if renewal is not None:
            record(SYSTEM, "consents.to_be_asked_again", child=one.child, object_id=one.request,
                   details={"cause": cause})  # fmt: skip
            again[one.child].append((renewal, one.asked_by))
    _told_together(again)


def _move_soon(now: datetime) -> None:
    """Before a child begins in another place, where the guide asks anew then. What stands goes on as before."""
    today = timezone.localdate(now)
    guide = current(today)
    if Again.TRANSITION not in guide.consent.needed_again:
        return
    again: _Again = defaultdict(list)
    for one in rules.moving(today, guide.transitions):
        for made in ground.ask_before_moving(one.born, begins(one.asked_from), one.starts):
            record(SYSTEM, "consents.to_be_asked_again", child=made.child, object_id=made.request,
                   details={"cause": Again.TRANSITION.value, "stage": one.stage})  # fmt: skip
            again[made.child].append((made.renewal, made.asked_by))
    _told_together(again)


def _told_together(again: _Again) -> None:
    """What came up around a child in this round is told in one message."""
    for child, made in again.items():
        renewals = tuple(renewal for renewal, _asker in made)
        askers = tuple(dict.fromkeys(asker for _renewal, asker in made))
        announce(ToAskAgain(actor=SYSTEM, child=child, renewals=renewals, askers=askers))


def _lapse(now: datetime) -> None:
    """No answer: the work goes on in the own service, without sharing."""
    for request, child, asked_by in ground.lapse():
        tell([asked_by], Capacity.WORKER, "consents.lapsed", address="/")
        record(SYSTEM, "consents.lapsed", child=child, object_id=request)
        announce(NothingShared(request=request, silent=True))


def _expire(now: datetime) -> None:
    """The facts of sight ended by themselves; batons that hung on them fall by what is announced here."""
    for one in ground.expire(timezone.localdate(now)):
        details = {"service": str(one.service)}
        record(SYSTEM, "consents.expired", child=one.child, object_id=one.request, details=details)
        if one.kinds:
            tell([one.asked_by], Capacity.WORKER, "consents.expired", address="/")
            announce(
                CoverLost(actor=SYSTEM, child=one.child, service=one.service, kinds=one.kinds, request=one.request)
            )


def _hidden(now: datetime) -> None:
    """What is hidden from a family: who keeps it is reminded, and what was hidden until a day is shown on it."""
    today = timezone.localdate(now)
    for one in ground.hidden_due(today + NOTICE, today):
        address = reverse("disclosure", args=[one.disclosure])
        keepers, leaders = ground.keepers(one.disclosure)
        if one.by_itself and one.review_on <= today:
            if ground.show_by_itself(one.hiding, today):
                tell(keepers, Capacity.WORKER, "consents.shown_by_itself", address=address, child=one.child)
                record(SYSTEM, "consents.disclosure_shown", child=one.child, object_id=one.disclosure)
            continue
        ground.hidden_reminded(one.hiding, today)
        tell(keepers, Capacity.WORKER, "consents.hidden_review", address=address, child=one.child)
        tell(leaders, Capacity.WORKER, "consents.hidden_alone", address="/")
        record(SYSTEM, "consents.hidden_review", child=one.child, object_id=one.disclosure)
