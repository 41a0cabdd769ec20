"""One of everything around the first family's child, each text with a canary in it, and an id for every address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from laget.audit.models import Reading
from laget.cases.models import Absence, FamilyView, Invitation, Log, Offer, OwnWords, Turn
from laget.concerns.models import Discussion, Talk, Worry
from laget.concerns.rules.steps import Note
from laget.consents.models import Answer, Disclosure, Hiding, Paper, Party, Renewal, Request
from laget.demo.cast import Cast, make_officer
from laget.directory.models import Position
from laget.documents.models import Content, File, State
from laget.emergency.models import Opening
from laget.exchange.models import Report
from laget.exchange.models import Version as ReportVersion
from laget.families.models import CareOrder, Claim, InformationRequest, Parent
from laget.guide.making import fingerprint, first_text, recoded
from laget.guide.models import Draft, Proposal, Version, Wording
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.participation.models import NotNow, Setup, Trusted
from laget.people.models import Name
from laget.plans.models import Evaluation, Goal, Matter, Measure
from laget.protection.letters import sealed
from laget.protection.models import Grading, HeldMail, Restriction, Why
from laget.protection.models import Proposal as Decision
from laget.ties.models import Tie
from laget.trust.models import Finding, Inquiry, Question, Reply

CANARY = "Kanarifugl"


@dataclass(frozen=True)
class Address:
    """A named address with the kinds of ids it takes, where it is, and the view behind it."""

    name: str
    takes: tuple[str, ...]
    route: str
    view: Any


def every_address() -> Iterator[Address]:
    """Every address of the house that has a name."""
    for pattern in _patterns(get_resolver()):
        if pattern.name:
            yield Address(pattern.name, tuple(pattern.pattern.converters), str(pattern.pattern), pattern.callback)


def addresses() -> Iterator[Address]:
    """Every address of the house that has a gate with an actor."""
    for one in every_address():
        gate = getattr(one.view, "gate", None)
        if gate is not None and not gate.public:
            yield one


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _control(cast: Cast) -> dict[str, UUID]:
    """A reading, what the family and log control ask about it, an answer, and the officer's inquiry."""
    now, day, officer = timezone.now(), timezone.localdate(), make_officer()
    seen = Reading.objects.create(
        person=cast.omar.person, capacity="worker", position=cast.omar.position, service=cast.clinic,
        page="cases.case_log", children=[cast.child], kinds=["identity"],
    )  # fmt: skip
    asked: dict[str, Any] = {
        "reader_id": cast.omar.person, "unit_id": Position.objects.get(pk=cast.omar.position).unit_id,
        "reading": seen.pk, "looked_at": now, "page": seen.page, "due": day, "escalated_at": now,
    }  # fmt: skip
    question = Question.objects.create(child_id=cast.child, asked_by_id=cast.kari.person, words=CANARY, **asked)
    finding = Finding.objects.create(rule="night", day=day, about=cast.child, **asked)
    Reply.objects.create(finding=finding, outcome="passed_on", words="Vet ikke.", by_id=cast.otto.person)
    inquiry = Inquiry.objects.create(
        by_id=officer.person, child_id=cast.child, reason="Mor spør.", kinds=["identity"], until=FOREVER
    )
    return {"reading": seen.pk, "question": question.pk, "finding": finding.pk, "inquiry": inquiry.pk}


def _protection(cast: Cast) -> dict[str, UUID]:
    """A parent is kept away, and a leader is asked to end it."""
    here: dict[str, Any] = {"child_id": cast.child, "person_id": cast.per.person, "position_id": cast.maja.position}
    kept = Restriction.objects.create(
        called=CANARY, by_id=cast.maja.person, review_on=timezone.localdate() + timedelta(days=90), **here
    )
    Why.objects.create(restriction=kept, child_id=cast.child, ground="harm", say="nobody", paper=CANARY, reason=CANARY)
    asked = Decision.objects.create(
        sort="end_restriction", subject=kept.pk, called=CANARY, child_called=CANARY, reason=CANARY,
        services=[cast.kindergarten], asked_by_id=cast.maja.person, **here,
    )  # fmt: skip
    # It has ended, so that it shuts nobody out: each parent of the cast is asked as what that parent is.
    graded = Grading.objects.create(
        decision=uuid4(), level="hidden", rank=1, source="told", paper=CANARY, by_id=cast.maja.person,
        ended_at=timezone.now(), **here,
    )  # fmt: skip
    held = HeldMail.objects.create(
        child_id=cast.child, dispatch=uuid4(), content=uuid4(), capacity="worker", sealed=sealed("", CANARY)
    )
    return {"held": held.pk, "restriction": kept.pk, "decision": asked.pk, "grading": graded.pk}


def plant(cast: Cast) -> dict[str, Any]:
    """Make one of everything; answers an id for every name that an address may take."""
    Name.objects.filter(person_id=cast.child).update(given=f"Sara{CANARY}")
    Name.objects.filter(person_id=cast.kari.person).update(family=f"Solberg{CANARY}")
    here: dict[str, Any] = {"child_id": cast.child}
    now, day = timezone.now(), timezone.localdate()
    request = Request.objects.create(
        **here, service_id=cast.clinic, kinds=["identity", "health"], text_version="1", asked_by_id=cast.maja.person,
        position_id=cast.maja.position, why=CANARY, excluded=CANARY, view_words=CANARY,
        typed={"child": {"name": CANARY, "born": None, "expected": None}, "people": []},
    )  # fmt: skip
    party = Party.objects.create(request=request, person_id=cast.kari.person, role="parent", **here)
    Answer.objects.create(
        request=request, person_id=cast.kari.person, kinds=["identity"], form="own_sign_in", text_version="1",
        excluded=CANARY, **here,
    )  # fmt: skip
    paper = Paper.objects.create(
        request=request, person_id=cast.kari.person, called=CANARY, child_called=CANARY, kinds=["identity"],
        excluded=CANARY, signed_on=day, text_version="1", kept_at=CANARY, by_id=cast.maja.person,
        position_id=cast.maja.position, checker_id=cast.omar.person, **here,
    )  # fmt: skip
    file = File.objects.create(
        sort="paper", of=paper.pk, title=CANARY, kind="image/png", size=1, by_id=cast.maja.person,
        state=State.UNSCANNED, **here,
    )  # fmt: skip
    bytes_of = Content(file=file)
    bytes_of.take(CANARY.encode())
    bytes_of.save()
    disclosure = Disclosure.objects.create(
        service_id=cast.kindergarten, position_id=cast.maja.position, by_id=cast.maja.person, ground="F7",
        sources=["FVL67 § 13 b"], receiver=CANARY, kinds=["everyday"], what=CANARY, necessity=CANARY, decided_by="self",
        given_on=day, hidden=True, **here,
    )  # fmt: skip
    Hiding.objects.create(
        disclosure=disclosure, by_id=cast.maja.person, why=CANARY, review_on=day + timedelta(days=9), **here
    )
    renewal = Renewal.objects.create(
        request=request, service_id=cast.clinic, kinds=["identity"], reach="plan", cause="period_ended",
        due=day - timedelta(days=1), **here,
    )  # fmt: skip
    offer = Offer.objects.create(
        case=cast.case, giver_id=cast.maja.position, receiver_id=cast.omar.position, words=CANARY, **here
    )
    absence = Absence.objects.create(
        holder_id=cast.maja.position, deputy_id=cast.otto.position, made_by_id=cast.maja.person, since=now,
        until=now + timedelta(days=7),
    )  # fmt: skip
    FamilyView.objects.create(offer=offer, person_id=cast.kari.person, agrees=True, wish=CANARY, **here)
    invitation = Invitation.objects.create(
        case=cast.case, position_id=cast.otto.position, words=CANARY, made_by_id=cast.maja.person, state="declined",
        answered_at=now, **here,
    )  # fmt: skip
    Turn.objects.create(case=cast.case, sort="closed", reason="other", note=CANARY, by_id=cast.maja.person, **here)
    entry = Log.objects.create(
        case=cast.case, sort="note", kind="everyday", words=CANARY, author_id=cast.maja.person,
        position_id=cast.maja.position, service_id=cast.kindergarten, **here,
    )  # fmt: skip
    goal = Goal.objects.create(case=cast.case, kind="everyday", words=CANARY, agreed_by_id=cast.maja.person, **here)
    measure = Measure.objects.create(
        goal=goal, kind="everyday", words=CANARY, place="home", person_id=cast.kari.person, start=day,
        due=day + timedelta(days=20), agreed_by_id=cast.maja.person, **here,
    )  # fmt: skip
    Evaluation.objects.create(
        goal=goal, kind="everyday", outcome="effect_continue", words=CANARY, by_id=cast.maja.person, **here
    )
    matter = Matter.objects.create(case=cast.case, voice="child", words=CANARY, by_id=cast.kari.person, **here)
    own = OwnWords.objects.create(
        owner_id=cast.omar.person, service_id=cast.clinic, batch=uuid4(), written_at=now, words=CANARY
    )
    notice = Notice.objects.create(
        recipient_id=cast.maja.person, capacity="worker", event="cases.baton_offered", address="/"
    )
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    worry = Worry(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, position_id=cast.maja.position,
        kept_until=day + timedelta(days=90),
    )  # fmt: skip
    worry.take(Note({"worry": {"seen": CANARY, "label": CANARY, "n": 1}, "safe": {"answer": "yes", "n": 1}}))
    worry.save(force_insert=True)
    Talk.objects.create(worry=worry, owner_id=cast.maja.person, unit_id=unit, due=day)
    report, report_version = _report(cast)
    discussion = Discussion(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, held_on=day, kept_until=day
    )
    discussion.take(Note({"said": {"topic": CANARY, "advice": CANARY, "who": CANARY}}))
    discussion.save(force_insert=True)
    asked = InformationRequest.objects.create(
        **here, service_id=cast.kindergarten, position_id=cast.maja.position, asker_id=cast.per.person, name=CANARY,
        asked_on=day, words=CANARY, by_id=cast.maja.person,
    )  # fmt: skip
    read = Claim.objects.create(
        **here, tie=Parent.objects.get(child_id=cast.child, person_id=cast.kari.person), person_id=cast.kari.person,
        called=CANARY, child_called=CANARY, relation="mother", source="court", source_date=day,
        services=[cast.kindergarten], by_id=cast.maja.person, position_id=cast.maja.position,
        falls_at=now + timedelta(days=9),
    )  # fmt: skip
    tie = Tie.objects.create(
        child_id=cast.child, worker_id=cast.maja.person, unit_id=Position.objects.get(pk=cast.omar.position).unit_id,
        relation="close", found="declared", words="Nabo.",
    )  # fmt: skip
    setup = Setup.objects.create(
        person_id=cast.kari.person, position_id=cast.maja.position, checked="known", words=CANARY, maturity=CANARY,
        handed="hand", letter_until=now, **here,
    )  # fmt: skip
    Trusted.objects.create(position_id=cast.maja.position, by_id=cast.child, **here)
    NotNow.objects.create(subject=request.pk, **here)
    opening = Opening.objects.create(
        child_id=cast.child, worker_id=cast.omar.person, position_id=cast.omar.position, reason="life", words="Fare.",
        unit_id=Position.objects.get(pk=cast.omar.position).unit_id, opened_at=now, due=day, told_from=now,
        until=now + timedelta(hours=4),
    )  # fmt: skip
    order = CareOrder.objects.create(
        decided_on=day, decided_by=CANARY, reference=CANARY, by_id=cast.omar.person, position_id=cast.omar.position,
        ended_on=day, ended_why=CANARY, ended_by_id=cast.omar.person, ended_at=now, **here,
    )  # fmt: skip
    draft, proposal, version = _model(cast)
    return _control(cast) | _protection(cast) | {
        "case": cast.case.pk, "child": cast.child, "entry": entry.pk, "asked": request.pk, "party": party.pk,
        "offer": offer.pk, "invitation": invitation.pk, "goal": goal.pk, "measure": measure.pk, "batch": own.batch,
        "matter": matter.pk, "notice": notice.pk, "renewal": renewal.pk, "paper": paper.pk, "file": file.pk,
        "absence": absence.pk,
        "position": cast.omar.position or uuid4(), "unit": unit, "person": cast.kari.person, "provider": "citizens",
        "worry": worry.pk, "draft": draft, "proposal": proposal, "version": version, "step_number": 1,
        "information": asked.pk, "claim": read.pk,
        "order": order.pk,
        "parent": Parent.objects.get(child_id=cast.child, person_id=cast.kari.person).pk,
        "tie": tie.pk, "setup": setup.pk, "report": report, "report_version": report_version,
        "disclosure": disclosure.pk, "discussion": discussion.pk, "sharing_ground": "F7",
        "opening": opening.pk,
    }  # fmt: skip


def _report(cast: Cast) -> tuple[UUID, UUID]:
    """A report to child welfare that is ready to deliver, with a canary in each text."""
    whose: dict[str, Any] = {"owner_id": cast.maja.person, "service_id": cast.kindergarten}
    words = ("ground", {"violence": "yes", "agreed": True, "n": 1}), ("words", {"seen": CANARY, "n": 1})
    reporter = {
        "name": CANARY, "role": CANARY, "phone": "22334455", "email": "a@b.no", "organisation": CANARY,
        "address": CANARY, "municipality": CANARY, "number": "9999", "n": 1,
    }  # fmt: skip
    note = Note({**dict(words), "child": {"name": CANARY, "n": 1}, "parents": {"n": 1}, "reporter": reporter})
    report = Report(pk=uuid4(), position_id=cast.maja.position, kept_until=timezone.localdate(), **whose)
    report.take(note)
    report.save(force_insert=True)
    version = ReportVersion(pk=uuid4(), report=report, number=1, **whose)
    version.take(note)
    version.save(force_insert=True)
    return report.pk, version.pk


def _model(cast: Cast) -> tuple[UUID, UUID, UUID]:
    """A draft of the municipality's model, a proposal of another, and a version that held long ago."""
    own = first_text("canary-1", "Vår modell")
    drafts = [Draft.objects.create(begun_by=cast.ada.person) for _ in range(2)]
    said = [
        Wording.objects.create(
            draft=one, number=1, part="begun", own=own, fingerprint=fingerprint(own), by=cast.ada.person
        )
        for one in drafts
    ]
    proposal = Proposal.objects.create(
        wording=said[1], begins=timezone.localdate() + timedelta(days=30), against="national-1", two=True,
        by=cast.maja.person,
    )  # fmt: skip
    version = Version.objects.create(
        code="canary-0", valid_from=date(2000, 1, 1), own=own, whole=recoded(own, "canary-0"),
        loaded_by=cast.ada.person,
    )  # fmt: skip
    return drafts[0].pk, proposal.pk, version.pk
