"""Random small worlds: people, positions, seats, covers, forbids, and one row of every content table here and there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from laget.access.models import Attempt, Draft, Pass, Receipt, SignIn, Spent, Try
from laget.audit.models import Change, Entry, Reading
from laget.cases.models import (
    Absence,
    Baton,
    Case,
    Crossing,
    Deputy,
    FamilyView,
    Invitation,
    Log,
    Mark,
    Offer,
    OwnWords,
    Readership,
    Step,
    Turn,
)
from laget.concerns.models import Discussion, Talk, Worry
from laget.consents.models import Answer, Disclosure, Hiding, Paper, Party, Renewal, Request
from laget.directory.access import places_of
from laget.directory.models import Account, Position, Service, Unit
from laget.documents.models import Content, File, State
from laget.emergency.models import Hold, Opening, Review
from laget.exchange.models import Report, Version
from laget.families.models import (
    CareOrder,
    Child,
    InformationAnswer,
    InformationRequest,
    InformationRight,
    Parent,
    Sibling,
)
from laget.kernel.actor import LETTER, Actor, Capacity
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.notices.models import Dispatch, MailWish, Notice
from laget.participation.models import NotNow, Remark, Setup, Trusted
from laget.people.models import Contact, Name, Person
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.sight.models import LONGEST_EMERGENCY, Cover, Forbid, Seat, SeatKind
from laget.sight.rules import Audience
from laget.ties.models import Objection, Ruling, Tie
from laget.trust.models import Finding, Inquiry, Question, Reply, Round, Verification
from tests.locks import guarded

BEGINNINGS = (-40, -40, -5, 1)
ENDS = (-1, 2, None, None)
WRITTEN = (-60, -20, -2)
ROLES: tuple[dict[str, bool], ...] = ({}, {"leads": True}, {"protects": True})
KINDS = (Kind.IDENTITY, Kind.EVERYDAY, Kind.HEALTH)


@dataclass
class World:
    """What was made: ids only."""

    workers: list[UUID] = field(default_factory=list)
    citizens: list[UUID] = field(default_factory=list)
    children: list[UUID] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    services: list[UUID] = field(default_factory=list)
    now: datetime = field(default_factory=timezone.now)
    place: int = 0
    """Among the worlds made with it."""
    rows: list[Any] = field(default_factory=list)
    """Made and not yet saved."""

    def add(self, *rows: models.Model) -> None:
        self.rows += rows

    def actors(self, young: Iterable[UUID] | None = None) -> list[Actor]:
        """Workers at work, citizens at home, and one of each in the other's capacity.

        young: the children who act too; without it, two of this world.
        """
        acting = self.children[:2] if young is None else young
        return [
            *(Actor(one, Capacity.WORKER, places_of(one)) for one in (*self.workers, self.citizens[-1])),
            *(Actor(one, Capacity.CITIZEN) for one in (*self.citizens, *acting, self.workers[0])),
            *(Actor(one, Capacity.CITIZEN, strength=LETTER) for one in (self.citizens[0], *list(acting)[:1])),
        ]


def _save(rows: Iterable[models.Model]) -> None:
    """All of one table in one statement, tables in the order in which they first come."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, some in by_model.items():
        model._default_manager.bulk_create(some)


def make(random: Random) -> World:
    """One world. Nothing is consistent on purpose but what the database demands."""
    return several(random, 1)[0]


def several(random: Random, many: int) -> list[World]:
    """Worlds that share services and two workers, who meet several families so; everybody else is of one world."""
    first = World()
    _organisation(first, random)
    made = [first, *(_beside(first, random, place) for place in range(1, many))]
    for one in made:
        _fill(one, random)
    _save(first.rows)
    _save(_kept_away(made, random))
    return made


def _beside(first: World, random: Random, place: int) -> World:
    """A household of its own, in which one is a worker too: a shared parent would make kin of every child."""
    people = [Person() for _ in range(3)]
    first.add(*people, *[Name(person=one, given="X", sort_key="x") for one in people])
    citizens, shared = [one.pk for one in people], first.workers[:2]
    world = replace(first, citizens=citizens, workers=[*shared, citizens[0]], children=[], place=place)
    units = list({one.unit_id: one.unit for one in first.positions}.values())
    held = [_position(world, random, citizens[0], one) for one in random.sample(units, random.randint(1, len(units)))]
    world.positions = [*(one for one in first.positions if one.person_id in shared), *held]
    world.add(*held)
    return world


def _position(world: World, random: Random, worker: UUID, unit: Unit) -> Position:
    return Position(person_id=worker, unit=unit, title="T", **random.choice(ROLES), **_span(world, random))


def everybody(made: list[World]) -> list[Actor]:
    """Everybody of these worlds once: of the children, those that have or had a place, and one that never had."""
    placed = {row.person_id for row in made[0].rows if isinstance(row, Seat) and row.kind == SeatKind.CHILD}
    never = [child for one in made for child in one.children if child not in placed][:1]
    every = [one.actors([child for child in one.children if child in {*placed, *never}]) for one in made]
    return list({(actor.person, actor.capacity): actor for of_one in every for actor in of_one}.values())


def _fill(world: World, random: Random) -> None:
    _children(world, random)
    _facts(world, random)
    for child in world.children:
        if random.random() < 0.85:
            _case(world, random, child)
        _control(world, random, child)
        _asked(world, random, child)
        _ties(world, random, child)
    # Each day is controlled once: worlds that lie side by side have days of their own, also past midnight.
    day = _at(world, -2 * (Round.objects.count() + world.place)).date()
    world.add(Round(day=day, visits=1, found=1), Verification(holds=True))
    _changes(world)
    _worries(world, random)
    for child in world.children:
        world.add(*guarded.rows(world, random, child))


def _changes(world: World) -> None:
    """Something was corrected in every row about a child that keeps what it was."""
    kept: dict[type[models.Model], str] = {Child: "families_child", Offer: "cases_offer", Measure: "plans_measure"}
    rows = [(kept[type(one)], one) for one in world.rows if type(one) in kept]
    world.add(*[Change(source=table, row=one.pk, old={}) for table, one in rows if one.child_id in world.children])


def _at(world: World, days: int | None) -> datetime:
    return FOREVER if days is None else world.now + timedelta(days=days)


def _span(world: World, random: Random) -> dict[str, datetime]:
    since = _at(world, random.choice(BEGINNINGS))
    return {"since": since, "until": max(since, _at(world, random.choice(ENDS)))}


def _organisation(world: World, random: Random) -> None:
    people = [Person() for _ in range(5)]
    world.workers = [one.pk for one in people[:3]]
    world.citizens = [one.pk for one in people[2:]]  # the third is both a worker and a citizen
    services = [Service(name=f"S{n}", act=act, sort="kindergarten") for n, act in enumerate(("BHL", "BVL"))]
    units = [Unit(service=one, name="U") for one in services]
    world.add(*people, *[Name(person=one, given="X", sort_key="x") for one in people], *services, *units)
    world.add(*[Contact(person=one, sort="email", value="a@example.org") for one in people[:2]])
    world.services = [one.pk for one in services]
    for worker in world.workers:
        for unit in random.sample(units, random.choice((1, 1, 2))):
            world.positions.append(_position(world, random, worker, unit))
    world.add(*world.positions)


def _children(world: World, random: Random) -> None:
    people = [Person() for _ in range(3)]
    world.children = [one.pk for one in people]
    today = timezone.localdate()
    world.add(
        *people,
        *[Name(person=one, given="C", sort_key="c") for one in people],
        *[Child(person=one, born=today, registered_by=uuid4()) for one in people],
    )
    first, second, third = world.children
    world.add(
        Sibling(child_id=first, sibling_id=second, registered_by=uuid4()),
        Sibling(child_id=second, sibling_id=third, registered_by=uuid4()),
    )
    for child in world.children:
        for adult in random.sample(world.citizens, 2):
            world.add(
                Parent(
                    child_id=child,
                    person_id=adult,
                    relation="mother",
                    responsibility=True,
                    source="register",
                    registered_by=adult,
                )  # fmt: skip
            )


def _facts(world: World, random: Random) -> None:
    rows: list[models.Model] = []
    for child in world.children:
        for position in world.positions:
            if random.random() < 0.7:
                kind = random.choice((SeatKind.SERVICE, SeatKind.SERVICE, SeatKind.ASKING))
                owner = position.person_id if random.random() < 0.95 else random.choice(world.workers)
                rows.append(
                    Seat(
                        child_id=child,
                        person_id=owner,
                        kind=kind,
                        position=position,
                        origin="w",
                        **_span(world, random),
                    )
                )
        for adult in world.citizens:
            if random.random() < 0.5:
                kind = random.choice((SeatKind.PARENT, SeatKind.GUARDIAN))
                knows = {"health_until": _at(world, random.choice((None, 1, -1)))}
                # By letter every other place opens, the same each time, so that no die falls otherwise.
                opens = (world.children.index(child) + world.citizens.index(adult)) % 2 == 0
                held = {"origin": "w", "for_letter": opens, **knows, **_span(world, random)}
                rows.append(Seat(child_id=child, person_id=adult, kind=kind, **held))
        if random.random() < 0.3:
            reads = {"reads_from": _at(world, (-100, -30, -10)[world.children.index(child)])}
            held = {"origin": "w", "for_letter": child == world.children[0], **reads, **_span(world, random)}
            rows.append(Seat(child_id=child, person_id=child, kind=SeatKind.CHILD, **held))
        for service in world.services:
            for kind in KINDS:
                if random.random() < 0.6:
                    rows.append(
                        Cover(
                            child_id=child,
                            service_id=service,
                            kind=kind,
                            purpose="cooperation",
                            origin="w",
                            log_from=_at(world, random.choice((-100, -10))),
                            plan_from=_at(world, random.choice((-100, -10))),
                            **_span(world, random),
                        )  # fmt: skip
                    )
        for adult in (*world.workers, *world.citizens):
            if random.random() < 0.12:
                away = {"capacity": random.choice(("", "worker", "citizen")), **_span(world, random)}
                rows.append(Forbid(child_id=child, person_id=adult, origin="w", **away))
        for position in world.positions:
            if random.random() < 0.2:
                since = world.now - random.choice((1, 5)) * LONGEST_EMERGENCY / 4
                who = {"child_id": child, "position": position}
                made = _opening(world, random, since, worker_id=position.person_id, **who)
                held = {"since": since, "until": since + LONGEST_EMERGENCY, "origin": "w", "origin_id": made}
                rows.append(Seat(person_id=position.person_id, kind=SeatKind.EMERGENCY, **who, **held))
    world.add(*rows)


def _opening(world: World, random: Random, since: datetime, **who: Any) -> UUID:
    """Told to the family or not yet, in a unit that leads or none, read under, reviewed and held back."""
    made = Opening(
        reason="life", words="w", due=world.now.date(), asked_at=since, opened_at=since,
        until=since + LONGEST_EMERGENCY, told_from=random.choice((since, _at(world, 1))),
        unit_id=random.choice((None, who["position"].unit_id)), **who,
    )  # fmt: skip
    by = {"opening": made, "by_id": random.choice(world.workers)}
    read = {"person": made.worker_id, "capacity": "worker", "page": "emergency.opened", "ground": "emergency.life"}
    world.add(
        made, Hold(until=_at(world, 1), reason="r", **by), Review(outcome="ok", words="w", **by),
        Reading(children=[made.child_id], object_id=made.pk, **read),
    )  # fmt: skip
    return made.pk


def _files(sort: str, owners: list[Any], random: Random, child: UUID) -> list[File]:
    """A file of each, some of which do not open; and one of nothing that anybody knows."""
    return [
        File(
            child_id=child,
            sort=sort,
            of=of,
            title="t",
            kind="image/png",
            size=1,
            by_id=child,
            state=random.choice(State.values),
        )
        for of in (*(one.pk for one in owners), uuid4())
    ]


def _shared(world: World, random: Random, child: UUID, service: UUID, places: list[Position]) -> list[Disclosure]:
    """What was shared without consent, by those who work there, by others who do, and by one who does not any more."""
    return [
        Disclosure(
            child_id=child, position=random.choice(places), by_id=by, service_id=service, ground="F1", sources=[],
            receiver="r", kinds=kinds, what="w", decided_by="self", given_on=world.now.date(), hidden=hidden,
        )
        for by in (random.choice(world.workers), random.choice(world.citizens))
        for hidden in (False, True)
        for kinds in (["everyday"], ["everyday", "health"])
    ]  # fmt: skip


def _case(world: World, random: Random, child: UUID) -> None:
    position, other = random.choice(world.positions), random.choice(world.positions)
    service = random.choice(world.services)
    citizen, worker = random.choice(world.citizens), random.choice(world.workers)
    shared = _shared(world, random, child, service, [position, other])
    case = Case(child_id=child, service_id=service, level="1", guide_version="g", opened_by=position)
    request = Request(
        child_id=child, service_id=service, kinds=random.choice((["identity"], ["identity", "health"])),
        text_version="1", asked_by_id=worker, position=position,
    )  # fmt: skip
    offer = Offer(case=case, child_id=child, giver=position, receiver=other)
    baton = Baton(case=case, child_id=child, position=position, origin="o")
    days = {"since": _at(world, -1), "until": _at(world, 2)}
    absence = Absence(holder=position, deputy=other, made_by_id=worker, **days)
    world.add(case, request, offer, baton, absence)
    here: dict[str, Any] = {"child_id": child}
    papers = [
        Paper(
            request=request,
            person_id=citizen,
            called="c",
            child_called="c",
            kinds=["identity"],
            signed_on=timezone.localdate(),
            text_version="1",
            kept_at="k",
            by_id=by,
            position=position,
            checker_id=checker,
            **here,
        )
        for by, checker in ((worker, random.choice(world.workers)), (random.choice(world.workers), worker))
        if by != checker
    ]
    files = _files("paper", papers, random, child)
    setups = [
        Setup(person_id=who, position=position, checked="known", handed="hand", letter_until=FOREVER, **here)
        for who in (citizen, child)
    ]
    world.add(
        Turn(case=case, sort="closed", reason="r", by_id=worker, **here),
        Step(case=case, level="1", reason="r", by_id=worker, **here),
        Mark(case=case, guide_version="v", level="1", step="s", said="done", by_id=worker, **here),
        Crossing(case=case, before="v", after="w", level_before="1", level_after="A", reason="r", by_id=worker, **here),
        Deputy(absence=absence, baton=baton, case=case, position=other, **days, **here),
        FamilyView(offer=offer, person_id=citizen, agrees=True, **here),
        Invitation(case=case, position=other, made_by_id=worker, **here),
        # The first citizen has lost parental responsibility since it was asked.
        Party(
            request=request,
            person_id=citizen,
            role="parent",
            **here,
            ended_at=_at(world, -1) if citizen == world.citizens[0] else FOREVER,
        ),
        Party(request=request, person_id=world.workers[0], role="child_welfare", position=other, **here),
        Answer(request=request, person_id=world.workers[0], form="oral", noted_by=other, text_version="1", **here),
        *_care(world, worker, position, child),
        Renewal(
            request=request,
            service_id=service,
            kinds=["identity"],
            reach="plan",
            cause="birthday",
            due=timezone.localdate(),
            **here,
        ),
        *papers,
        *files,
        *(Content(file=one, sealed=b"") for one in files),
        Answer(request=request, person_id=citizen, form="own_sign_in", text_version="1", **here),
        Answer(request=request, person_id=citizen, form="oral", noted_by=other, text_version="1", **here),
        *shared,
        *(
            Hiding(disclosure=one, by_id=one.by_id, why="h", review_on=world.now.date(), **here)
            for one in shared
            if one.hidden
        ),
        OwnWords(owner_id=worker, service_id=service, batch=uuid4(), written_at=world.now, words="w"),
        Notice(recipient_id=worker, capacity="worker", event="e", address="/"),
        Notice(recipient_id=citizen, capacity="citizen", event="e", address="/"),
        Notice(recipient_id=worker, capacity="worker", event="e", address="/", child=child),
        Notice(recipient_id=citizen, capacity="citizen", event="e", address="/", child=child),
        Reading(person=citizen, capacity="citizen", page="p", children=[child]),
        Reading(person=worker, capacity="worker", page="p", children=[child, random.choice(world.children)]),
        Reading(person=worker, capacity="worker", page="p", children=[child]),
        Draft(person_id=worker, form=f"/{child}", sealed=b"", until=FOREVER),
        Receipt(person_id=citizen, key=uuid4()),
        session := Session(session_key=uuid4().hex, session_data="", expire_date=FOREVER),
        SignIn(session=session, person_id=worker, capacity="worker", provider="staff", issuer="i", subject="s"),
        Account(person_id=worker, provider="staff", mark=uuid4().bytes, since=world.now, until=world.now),
        Attempt(state=uuid4().bytes, browser=b"b", provider="staff", sealed=b""),
        Spent(mark=uuid4().bytes, until=FOREVER),
        Pass(person_id=citizen, name=uuid4().bytes, letter=b"l", letter_until=FOREVER, until=world.now),
        Try(mark=b"m"),
        MailWish(person_id=citizen, capacity="citizen", mail="none"),
        *setups,
        Trusted(position=position, by_id=child, **here),
        NotNow(subject=uuid4(), **here),
        Entry(person=worker, capacity="worker", event="w.w", child=child),
        notice := Notice(recipient_id=citizen, capacity="citizen", event="e", address="/"),
    )
    world.add(Dispatch(notice=notice))
    world.add(*(Remark(setup=one, words="w", by_id=worker, **here) for one in setups))
    for kind in KINDS:
        _content(world, random, case, child, kind)


def _care(world: World, worker: UUID, position: Position, child: UUID) -> list[CareOrder]:
    """Child welfare has the care, and has had it before."""
    here: dict[str, Any] = {
        "child_id": child, "decided_on": world.now.date(), "decided_by": "w", "reference": "w", "by_id": worker,
        "position": position,
    }  # fmt: skip
    over: dict[str, Any] = {"ended_on": world.now.date(), "ended_why": "w", "ended_by_id": worker}
    return [CareOrder(**here), CareOrder(**here, **over, ended_at=_at(world, -1))]


def _asked(world: World, random: Random, child: UUID) -> None:
    """What parents have asked each service to be told, answered or not."""
    for service in world.services:
        position, worker = random.choice(world.positions), random.choice(world.workers)
        here: dict[str, Any] = {"by_id": worker}
        asked = InformationRequest(
            child_id=child, service_id=service, position=position, asker_id=random.choice(world.citizens), name="w",
            asked_on=world.now.date(), words="w", **here,
        )  # fmt: skip
        world.add(asked)
        world.add(
            InformationAnswer(request=asked, identity="eid", outcome="refused", told="w", position=position, **here),
            InformationRight(request=asked, lost=True, decided_on=world.now.date(), reference="w", **here),
        )


def _control(world: World, random: Random, child: UUID) -> None:
    """Questions and findings, passed on or not, about this child or a whole day; what was replied; and inquiries."""
    asked: dict[str, Any] = {"looked_at": world.now, "page": "p", "due": world.now.date(), "reading": uuid4()}
    units = [None, *(one.unit_id for one in world.positions)]
    passed_on = (FOREVER, _at(world, -1))
    questions = [
        Question(
            child_id=child, asked_by_id=random.choice(world.citizens), words="w",
            reader_id=random.choice(world.workers),
            unit_id=random.choice(units), escalated_at=random.choice(passed_on), **asked | {"reading": uuid4()},
        )
        for _ in range(2)
    ]  # fmt: skip
    findings = [
        Finding(
            about=about, rule="night", day=world.now.date(), reader_id=random.choice(world.workers),
            unit_id=random.choice(units), escalated_at=random.choice(passed_on), **asked,
        )
        for about in (child, random.choice((child, None)))
    ]  # fmt: skip
    findings[1].rule = "many"
    findings[1].about = findings[1].about and random.choice(world.children)
    # One rule finds one reader once a day: each child has days of its own, so that no two rows are the same finding.
    years = 300 * (3 * world.place + world.children.index(child))
    findings[1].day = _at(world, -(3 + years + random.randrange(300))).date()
    here = {"words": "w", "by_id": random.choice(world.workers)}
    read_by = {"person": random.choice(world.workers), "capacity": "worker", "children": [child]}
    world.add(
        *questions,
        *findings,
        *(Reply(question=one, outcome=random.choice(("explained", "passed_on")), **here) for one in questions),
        *(Reading(page="trust.question", object_id=one.pk, **read_by) for one in questions),
        *(Reply(finding=one, outcome="passed_on", **here) for one in findings),
        *(Inquiry(by_id=who, child_id=child, reason="r", kinds=["health"], until=FOREVER) for who in world.workers),
    )


def _ties(world: World, random: Random, child: UUID) -> None:
    """Told of by workers and families, in units that lead and others, decided or not."""
    for _ in range(2):
        position = random.choice(world.positions)
        tie = Tie(
            child_id=child, worker_id=random.choice(world.workers), position=position, relation="close",
            unit_id=random.choice((None, position.unit_id)), found="raised",
            made_by=random.choice((None, *world.workers, *world.citizens)),
        )  # fmt: skip
        world.add(tie)
        world.add(Ruling(tie=tie, outcome="unable", reason="r", by_id=random.choice(world.workers)))


def _kept_away(made: list[World], random: Random) -> Iterator[models.Model]:
    """One more for each child whom the register keeps away, who says that it is wrong; some it has found by then."""
    found = set(Tie.objects.filter(found="register").values_list("child_id", "worker_id"))
    for world in made:
        for child in world.children:
            worker = random.choice(world.workers)
            if (child, worker) not in found:
                tie = Tie(
                    child_id=child, worker_id=worker, relation="line", found="register", seated=random.random() < 0.7,
                    unit_id=random.choice((None, *(one.unit_id for one in world.positions))),
                )  # fmt: skip
                yield tie
                yield Objection(tie=tie, words="w", by_id=worker, due=world.now.date())


def _worries(world: World, random: Random) -> None:
    """Some in services where the owner does not work, some with a talk that is due, wished of somebody, or not yet."""
    today = timezone.localdate()
    for owner in (*world.workers, *world.workers, world.citizens[-1]):
        worry = Worry(
            owner_id=owner, service_id=random.choice(world.services), position=random.choice(world.positions),
            sealed=b"", kept_until=today,
        )  # fmt: skip
        talk = Talk(
            worry=worry, owner_id=owner, unit_id=random.choice(world.positions).unit_id,
            leader_id=random.choice((None, None, *world.workers)), due=today + timedelta(random.choice((-2, 0, 1))),
        )  # fmt: skip
        report = Report(
            owner_id=owner, service_id=worry.service_id, position=worry.position, sealed=b"", kept_until=today
        )
        sent = random.choice((None, today))
        version = Version(
            report=report, owner_id=owner, service_id=worry.service_id, number=1, sealed=b"", sent_on=sent,
            sent=b"" if sent else None,
        )  # fmt: skip
        discussion = Discussion(
            owner_id=owner, service_id=worry.service_id, sealed=b"", held_on=today, kept_until=today
        )
        world.add(worry, talk, discussion, report, version)


def _readers(world: World, random: Random, audience: str, author: UUID | None = None) -> dict[str, Any]:
    """An audience with people it names, or nobody; whether it names people at all is not looked at.

    Nobody is kept from their own words: the database refuses such a row.
    """
    some = {*world.workers, *world.citizens, *world.children} - ({author} if audience == Audience.NOT_FOR else set())
    return {"audience": str(audience), "persons": random.sample(sorted(some), random.choice((0, 1, 3)))}


def _content(world: World, random: Random, case: Case, child: UUID, kind: str) -> None:
    written = _at(world, random.choice(WRITTEN))
    author = random.choice((*world.workers, *world.citizens))
    here: dict[str, Any] = {"child_id": child, "kind": kind}

    def some() -> dict[str, Any]:
        looked = {"looked_at": random.choice((None, world.now))}
        return looked | _readers(world, random, random.choice(("team", *Audience, "unknown")), author)

    goal = Goal(case=case, words="w", agreed_by_id=author, agreed_at=written, **some(), **here)
    measure = Measure(
        goal=goal, words="w", place="home", person_id=author, agreed_by_id=author, agreed_at=written,
        start=written.date(), due=written.date(), **some(), **here,
    )  # fmt: skip
    world.add(goal, measure)
    entries = [
        Log(
            case=case, sort="note", words="w", author_id=by, at=written, **_readers(world, random, one, by), **here,
            service_id=random.choice((*world.services, None)), looked_at=world.now if number % 3 == 0 else None,
        )
        for number, one in enumerate((*Audience, *Audience, "unknown"))
        for by in (random.choice((*world.workers, *world.citizens)),)
    ]  # fmt: skip
    files = _files("entry", entries, random, child)
    world.add(
        Revision(of=goal.pk, version=1, words="w", agreed_at=written, replaced_by_id=author, **some(), **here),
        Evaluation(goal=goal, outcome="o", words="w", at=written, by_id=author, **some(), **here),
        Matter(case=case, voice="child", words="w", at=written, by_id=author, **some(), **here),
        *entries,
        *files,
        *(Content(file=one, sealed=b"") for one in files),
        *(
            Readership(
                of=goal.pk, by_id=random.choice((*world.workers, *world.citizens)), at=written, ground="danger",
                **_readers(world, random, one), **here,
            )
            for one in Audience
        ),
    )  # fmt: skip
