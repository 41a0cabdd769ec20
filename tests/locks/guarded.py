"""Random decisions that keep somebody away, and what two people decide together, for the small worlds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import models

from laget.families.models import Claim, Parent
from laget.kernel.period import FOREVER
from laget.protection.models import Grading, HeldMail, Letter, Look, Opening, Place, Proposal, Restriction, Why
from laget.protection.rules.grounds import Say
from laget.sight.models import Cover

if TYPE_CHECKING:
    from tests.locks.worlds import World

TOLD = ("family_situation", "child_welfare")


def rows(world: World, random: Random, child: UUID) -> Iterator[models.Model]:
    """In the order in which they can be saved."""
    yield from _covers(world, random, child)
    for adult in random.sample(world.citizens, random.choice((0, 1, 1))):
        position = random.choice(world.positions)
        ended = random.choice((FOREVER, FOREVER, world.now - timedelta(days=1)))
        here: dict[str, Any] = {"child_id": child}
        by = random.choice((position.person_id, *world.workers))
        kept = Restriction(
            person_id=adult, called="X", by_id=by, position=position, review_on=world.now.date(), ended_at=ended, **here
        )
        yield kept
        yield Why(restriction=kept, ground="harm", say=Say.NOBODY, paper="p", reason="r", **here)
        proposals = [_proposal(world, random, asker, kept) for asker in world.workers]
        yield from proposals
        yield Letter(proposal=random.choice(proposals), sealed=b"", **here)
        if random.random() < 0.3:  # whoever is family is shut out by it, so that most children are not protected
            graded = uuid4()
            yield Grading(
                id=graded, decision=graded, person_id=child, level="hidden", rank=1, source="told", by_id=by,
                position=position, ended_at=ended, **here,
            )  # fmt: skip
            yield Opening(person_id=adult, proposal=proposals[0], **here)
    yield from _claims(world, random, child)
    yield HeldMail(child_id=child, dispatch=uuid4(), content=uuid4(), capacity="worker", sealed=b"")
    yield Place(child_id=child, sort="place", sealed=b"", by_id=world.workers[0])
    for reader in world.workers:
        yield Look(reader_id=reader, child=child, day=world.now.date(), at=world.now, page="p")


def _claims(world: World, random: Random, child: UUID) -> Iterator[models.Model]:
    """What one has read of an adult's responsibility: waits, is answered by another, or has fallen."""
    for adult in random.sample(world.citizens, random.choice((0, 1, 2))):
        asker, position = random.choice(world.workers), random.choice(world.positions)
        old = world.now - timedelta(days=2)
        tie = Parent(
            child_id=child, person_id=adult, relation="other", responsibility=False, source="declared", since=old,
            until=world.now - timedelta(days=1), registered_by=asker,
        )  # fmt: skip
        yield tie
        answered = random.choice((None, None, *(one for one in world.workers if one != asker)))
        said: dict[str, Any] = {"answered_by_id": answered, "answered_at": old, "agreed": True} if answered else {}
        yield Claim(
            child_id=child, tie=tie, person_id=adult, called="X", child_called="C", relation="other", source="court",
            source_date=world.now.date(), services=random.sample(world.services, random.choice((1, 1, 2))),
            by_id=asker, position=position, falls_at=random.choice((old, world.now + timedelta(days=9))), **said,
        )  # fmt: skip


def _covers(world: World, random: Random, child: UUID) -> Iterator[Cover]:
    for service in world.services:
        kind = random.choice((*TOLD, None))
        if kind:
            until = random.choice((FOREVER, world.now - timedelta(days=1)))
            since = world.now - timedelta(days=5)
            yield Cover(
                child_id=child,
                service_id=service,
                kind=kind,
                purpose="cooperation",
                origin="w",
                since=since,
                until=until,
            )


def _proposal(world: World, random: Random, asker: UUID, about: Restriction) -> Proposal:
    services = random.sample(world.services, random.choice((1, 1, 2)))
    answered = random.choice((None, *(one for one in world.workers if one != asker)))
    said: dict[str, Any] = {"answered_by_id": answered, "answered_at": world.now, "agreed": False} if answered else {}
    return Proposal(
        child_id=about.child_id, sort="end_restriction", subject=uuid4(), called="X", child_called="C", reason="r",
        services=services, asked_by_id=asker, position=about.position, **said,
    )  # fmt: skip
