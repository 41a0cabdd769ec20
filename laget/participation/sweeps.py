"""What time does: those around a child are told before a birthday, and before what lets a parent know health ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.families.rules import begins
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.events import announce
from laget.law import birthdays
from laget.notices.actions import tell_once
from laget.participation import ground, rules
from laget.participation.events import BirthdayNear, MustKnowEnds

_FURTHEST = timedelta(days=max(rules.MUST_KNOW_TOLD) + 1)


def run(now: datetime | None = None) -> None:
    """Called by the worker each hour: each is told once for each telling, also when the worker was away on its day."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    with acting(SYSTEM):
        for child in ground.birthdays(birthdays.births(today)):
            _tell(child, today)
    with acting(SYSTEM):
        for one in ground.health_ends(moment - rules.MUST_KNOW_LAPSED, begins(today + _FURTHEST)):
            _look_again(one, moment)


def _look_again(one: ground.Ending, moment: datetime) -> None:
    """A task for the one who decided it, and for the holder; when it has ended the young person is told too."""
    last, address = timezone.localdate(one.ends), reverse("health_readers", args=[one.child])
    lapsed = one.ends <= moment
    before = None if lapsed else rules.told_before(last, timezone.localdate(moment))
    if not lapsed and before is None:
        return
    since = one.ends if lapsed else begins(last - timedelta(days=before or 0))
    event = "participation.must_know_lapsed" if lapsed else "participation.must_know_ends"
    looks = rules.who_looks(one.decider, one.carers)
    for person in looks:
        tell_once(person, Capacity.WORKER, event, since=since, address=address, child=one.child)
    if lapsed:
        tell_once(
            one.child, Capacity.CITIZEN, "participation.health_lapsed", since=since, address=address, child=one.child
        )
    announce(MustKnowEnds(child=one.child, since=since, lapsed=lapsed, told=looks))


def _tell(child: ground.Near, today: date) -> None:
    """The family, and by what is announced the one who holds the baton. Never what anybody has said or chosen."""
    for one in birthdays.ahead(child.born, today):
        before = birthdays.stage(one.days)
        if before is None:
            continue
        since = begins(one.day - timedelta(days=before))
        address = reverse("birthdays", args=[child.child])
        for person in child.family:
            tell_once(
                person, Capacity.CITIZEN, "participation.birthday", since=since, address=address, child=child.child
            )
        announce(BirthdayNear(child=child.child, since=since))
