"""What may be written only beside another row: each condition by which the two must fit refuses by itself.

No random world has rows that fit each other so far. Each is made here as it may be written, and then with one thing
wrong at a time: the database must say no, and for want of a right, not for a constraint.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, models, transaction
from django.utils import timezone

from laget.cases.models import Case, FamilyView, Log, Offer
from laget.consents.models import Answer, Disclosure, Paper, Party, Request
from laget.consents.tests.test_actions import parents, say
from laget.consents.tests.test_pages import asked  # noqa: F401
from laget.consents.tests.test_paper import leader, registered  # noqa: F401
from laget.demo.cast import Cast, Member, child
from laget.directory.models import Position
from laget.documents.models import File
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.protection.models import Letter, Proposal, Restriction, Why
from tests.support.cast import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.locks]
PAST, AHEAD = timedelta(days=-2), timedelta(days=2)
Row = dict[str, Any]


@contextmanager
def written_by(actor: Actor) -> Any:
    """A try that leaves nothing."""
    with acting_as(actor), transaction.atomic():
        yield
        transaction.set_rollback(True)


def goes(actor: Actor, model: type[models.Model], row: Row) -> None:
    with written_by(actor):
        model._default_manager.create(**row)


def is_refused(actor: Actor, model: type[models.Model], row: Row) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        goes(actor, model, row)


def held(member: Member, since: timedelta, until: timedelta) -> Position:
    """Another position of one who works, in the same unit."""
    unit = Position.objects.get(pk=member.position).unit
    now = timezone.now()
    return Position.objects.create(
        person_id=member.person, unit=unit, title="T", since=now + since, until=now + until,
    )  # fmt: skip


def another_child(by: Member) -> Child:
    return Child.objects.get(pk=child("Ida", "Berg", timezone.localdate(), by.person, 7))


@pytest.fixture
def signed(cast: Cast, asked: Request, leader: Member, registered: Paper) -> Row:  # noqa: F811
    """A yes on paper as it may be written by the one who has seen the paper."""
    Paper.objects.filter(pk=registered.pk).update(state="confirmed", decided_at=timezone.now())
    return {
        "request_id": asked.pk, "child_id": asked.child_id, "person_id": registered.person_id, "form": "paper",
        "kinds": registered.kinds, "noted_by_id": cast.maja.position, "checked_by_id": leader.person,
        "paper_id": registered.pk, "text_version": "2-nb", "signed_on": registered.signed_on,
    }  # fmt: skip


def test_a_yes_on_paper_is_what_two_have_seen(cast: Cast, asked, leader, registered, signed):  # noqa: F811
    goes(leader.actor, Answer, signed)
    is_refused(cast.maja.actor, Answer, signed)
    other = _like(registered, person_id=parents(asked)[1].person)
    again = _like(asked)
    for wrong in (
        {"form": "oral"}, {"child_id": another_child(cast.maja).pk}, {"paper_id": other.pk},
        {"request_id": again.pk}, {"person_id": other.person_id}, {"kinds": ["identity"]},
        {"noted_by_id": leader.position},
    ):  # fmt: skip
        is_refused(leader.actor, Answer, signed | wrong)


def _like(row: Any, **changes: Any) -> Any:
    same = type(row)._default_manager.get(pk=row.pk)
    same.pk, same._state.adding = uuid4(), True
    for name, value in changes.items():
        setattr(same, name, value)
    same.save()
    return same


def test_a_paper_that_nobody_or_another_has_seen_is_no_yes(cast: Cast, leader, registered, signed):  # noqa: F811
    papers = Paper.objects.filter(pk=registered.pk)
    papers.update(by_id=leader.person, checker_id=cast.maja.person)
    is_refused(leader.actor, Answer, signed)
    papers.update(by_id=cast.maja.person, checker_id=leader.person)
    goes(leader.actor, Answer, signed)
    papers.update(state="waiting", decided_at=None)
    is_refused(leader.actor, Answer, signed)


def test_whoever_answers_alone_or_no_more_is_not_put_on_paper(cast: Cast, asked, leader, signed, as_app):  # noqa: F811
    mother, _ = parents(asked)
    party = Party.objects.filter(request=asked, person_id=mother.person)
    goes(leader.actor, Answer, signed)
    for changes in (
        {"ended_at": timezone.now() + PAST}, {"role": "child_welfare", "position_id": cast.otto.position},
    ):  # fmt: skip
        before = party.values(*changes).get()
        party.update(**changes)
        is_refused(leader.actor, Answer, signed)
        party.update(**before)
    goes(leader.actor, Answer, signed)
    say(as_app, mother, asked, [])
    is_refused(leader.actor, Answer, signed)


def test_a_no_on_paper_is_noted_in_a_position_of_ones_own(cast: Cast, leader, registered, signed):  # noqa: F811
    no = signed | {"kinds": [], "paper_id": None, "checked_by_id": None}
    goes(cast.maja.actor, Answer, no)
    for wrong in (
        {"kinds": ["everyday"]}, {"paper_id": registered.pk}, {"noted_by_id": leader.position},
        {"noted_by_id": held(cast.maja, PAST, PAST / 2).pk}, {"noted_by_id": held(cast.maja, AHEAD, 2 * AHEAD).pk},
    ):  # fmt: skip
        is_refused(cast.maja.actor, Answer, no | wrong)


def test_a_paper_is_registered_in_a_position_that_is_held_now(cast: Cast, leader, registered):  # noqa: F811
    row = {
        name: getattr(registered, name)
        for name in (
            "request_id", "child_id", "person_id", "called", "child_called", "kinds", "signed_on", "text_version",
            "kept_at", "by_id", "position_id", "checker_id",
        )
    }  # fmt: skip
    goes(cast.maja.actor, Paper, row)
    for when in ((PAST, PAST / 2), (AHEAD, 2 * AHEAD)):
        is_refused(cast.maja.actor, Paper, row | {"position_id": held(cast.maja, *when).pk})


def test_what_was_shared_is_noted_in_a_position_that_is_held_now(cast: Cast):
    row = {
        "child_id": cast.child, "service_id": Position.objects.get(pk=cast.maja.position).unit.service_id,
        "position_id": cast.maja.position, "by_id": cast.maja.person, "ground": "F1", "sources": [], "receiver": "r",
        "kinds": ["everyday"], "what": "w", "decided_by": "self", "given_on": timezone.localdate(),
    }  # fmt: skip
    goes(cast.maja.actor, Disclosure, row)
    for when in ((PAST, PAST / 2), (AHEAD, 2 * AHEAD)):
        is_refused(cast.maja.actor, Disclosure, row | {"position_id": held(cast.maja, *when).pk})


def test_what_a_parent_said_is_noted_in_a_position_that_is_held_now(cast: Cast):
    offer = Offer.objects.create(
        case=Case.objects.get(child_id=cast.child), child_id=cast.child, giver_id=cast.maja.position,
        receiver_id=cast.omar.position,
    )  # fmt: skip
    row = {"offer": offer, "child_id": cast.child, "person_id": cast.kari.person, "agrees": False}
    goes(cast.maja.actor, FamilyView, row | {"noted_by_id": cast.maja.position})
    for when in ((PAST, PAST / 2), (AHEAD, 2 * AHEAD)):
        is_refused(cast.maja.actor, FamilyView, row | {"noted_by_id": held(cast.maja, *when).pk})


def test_a_file_comes_to_an_entry_from_its_author(cast: Cast):
    entries = [
        Log.objects.create(
            case=Case.objects.get(child_id=cast.child), child_id=cast.child, sort="note", words="w", kind="everyday",
            author_id=who.person, at=timezone.now(), service_id=Position.objects.get(pk=who.position).unit.service_id,
        )
        for who in (cast.maja, cast.omar)
    ]  # fmt: skip
    of_each = [
        {
            "child_id": cast.child, "sort": "entry", "of": one.pk, "by_id": one.author_id, "title": "t",
            "kind": "image/png", "size": 1,
        }
        for one in entries
    ]  # fmt: skip
    goes(cast.maja.actor, File, of_each[0])
    is_refused(cast.maja.actor, File, of_each[1])


def test_a_letter_comes_with_what_one_has_asked_and_nobody_has_answered(cast: Cast):
    asked_of = _proposal(cast, cast.maja)
    row = {"proposal_id": asked_of.pk, "child_id": cast.child, "sealed": b""}
    goes(cast.maja.actor, Letter, row)
    is_refused(cast.liv.actor, Letter, row)  # she may read what Maja asks, and answers it
    is_refused(cast.maja.actor, Letter, row | {"child_id": another_child(cast.maja).pk})
    answered = {"answered_by_id": cast.liv.person, "answered_at": timezone.now(), "agreed": False}
    for wrong in (
        _proposal(cast, cast.maja, sort="end_restriction"), _proposal(cast, cast.omar),
        _proposal(cast, cast.maja, **answered),
    ):  # fmt: skip
        is_refused(cast.maja.actor, Letter, row | {"proposal_id": wrong.pk})
    is_refused(cast.maja.actor, Letter, row | {"proposal_id": uuid4()})


def _proposal(cast: Cast, by: Member, sort: str = "release", **more: Any) -> Proposal:
    return Proposal.objects.create(
        child_id=cast.child, sort=sort, subject=uuid4(), called="X", child_called="C", reason="r",
        services=[Position.objects.get(pk=cast.maja.position).unit.service_id], asked_by_id=by.person,
        position_id=by.position, **more,
    )  # fmt: skip


def test_why_somebody_is_kept_away_is_about_the_same_child(cast: Cast):
    kept = Restriction.objects.create(
        child_id=cast.child, person_id=cast.kari.person, called="X", by_id=cast.maja.person,
        position_id=cast.maja.position, review_on=timezone.localdate(),
    )  # fmt: skip
    row = {"restriction_id": kept.pk, "ground": "harm", "say": "nobody", "paper": "p", "reason": "r"}
    goes(cast.maja.actor, Why, row | {"child_id": cast.child})
    is_refused(cast.maja.actor, Why, row | {"child_id": another_child(cast.maja).pk})
