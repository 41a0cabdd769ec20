"""What the worker does: one reminder, requests that lapse, consents that run out; with the worker's own rights."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.audit.models import Entry
from laget.consents import sweeps
from laget.consents.actions import withdraw
from laget.consents.events import CoverLost
from laget.consents.models import Party, Request
from laget.consents.tests.test_actions import asked, parents, say  # noqa: F401
from laget.demo.clock import ago
from laget.kernel import events
from laget.notices.models import Notice
from laget.sight.models import Cover


@pytest.fixture
def sweep(monkeypatch):
    """One round, as the worker's login."""

    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def move(request, **times):
    Request.objects.filter(pk=request.pk).update(**times)


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def test_one_reminder_goes_to_those_who_have_not_answered(asked, as_app, sweep):  # noqa: F811
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    sweep()
    assert told("consents.reminder") == set()
    move(asked, asked_at=ago(7))
    for _twice in range(2):
        sweep()
    assert told("consents.reminder") == {father.person}
    assert Notice.objects.filter(event="consents.reminder").count() == 1
    assert Entry.objects.filter(event="consents.reminded", capacity="system").count() == 1


def test_a_request_without_all_answers_lapses(cast, asked, as_app, sweep):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    move(asked, answer_by=timezone.now())
    for _twice in range(2):
        sweep()
    asked.refresh_from_db()
    assert asked.ended_at <= timezone.now()
    assert Notice.objects.filter(event="consents.lapsed", child=None, recipient_id=cast.maja.person).count() == 1
    assert told("consents.reminder") == set()


def test_an_answered_request_does_not_lapse(asked, as_app, sweep):  # noqa: F811
    for one in parents(asked):
        say(as_app, one, asked, ["everyday"])
    move(asked, answer_by=timezone.now())
    sweep()
    asked.refresh_from_db()
    assert asked.ended_at > timezone.now()


def test_a_consent_that_runs_out_is_announced_once(asked, as_app, sweep, monkeypatch):  # noqa: F811
    heard = []
    monkeypatch.setitem(events._listeners, CoverLost, [heard.append])
    for one in parents(asked):
        say(as_app, one, asked, ["everyday"])
    move(asked, until=timezone.localdate() - timedelta(days=2))
    Cover.objects.filter(origin_id=asked.pk).update(until=timezone.now(), since=ago(9))
    for _twice in range(2):
        sweep()
    assert [(one.kinds, one.service) for one in heard] == [({"identity", "everyday"}, asked.service_id)]
    assert heard[0].actor.capacity == "system"


def test_what_was_withdrawn_before_its_last_day_does_not_end_twice(asked, as_app, sweep, monkeypatch):  # noqa: F811
    heard = []
    mother, father = parents(asked)
    for one in (mother, father):
        say(as_app, one, asked, ["everyday"])
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    monkeypatch.setitem(events._listeners, CoverLost, [heard.append])
    move(asked, until=timezone.localdate() - timedelta(days=1))
    before, then = ago(9), ago(3)
    Cover.objects.filter(origin_id=asked.pk).update(since=before, until=then)
    sweep()
    asked.refresh_from_db()
    assert asked.ended_at <= timezone.now()
    assert (heard, told("consents.expired")) == ([], set())


def test_one_reminder_is_enough_for_several_questions(asked, sweep):  # noqa: F811
    move(asked, asked_at=ago(7))
    for one in parents(asked):
        other = Request.objects.filter(pk=asked.pk).get()
        other.pk, other._state.adding = uuid4(), True
        other.save()
        Party.objects.create(request=other, child_id=asked.child_id, person_id=one.person, role="parent")
    sweep()
    told_of = list(Notice.objects.filter(event="consents.reminder").values_list("recipient_id", "address"))
    page = reverse("ledger", args=[asked.child_id])
    assert sorted(told_of) == sorted((one.person, page) for one in parents(asked))
    assert Entry.objects.filter(event="consents.reminded").count() == 4
