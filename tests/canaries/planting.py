"""Children in every state, with a word of its own in every column that people write in.

A column that holds what people write and has no such word is red: `test_every_column_that_is_written_in_has_a_canary`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from laget.audit.models import Reading
from laget.cases.models import (
    Absence,
    Baton,
    Case,
    Crossing,
    Deputy,
    FamilyView,
    Invitation,
    Log,
    Offer,
    OwnWords,
    Readership,
    Step,
    Turn,
)
from laget.concerns.models import Discussion, Talk, Worry
from laget.concerns.rules.steps import Note
from laget.consents.models import Answer, Disclosure, Hiding, Paper, Party, Request
from laget.demo.cast import Cast, Member, child, cover, make_officer, open_case, parent, seat, worker
from laget.directory.models import Position, Unit
from laget.documents.models import Content, File, State
from laget.emergency.models import Hold, Opening, Review
from laget.exchange.models import Report
from laget.exchange.models import Version as Made
from laget.families.models import (
    CareOrder,
    Child,
    Claim,
    InformationAnswer,
    InformationRequest,
    InformationRight,
    Parent,
)
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.notices.models import Notice
from laget.participation.models import Remark, Setup
from laget.people.models import Contact, Name
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.protection import letters
from laget.protection.models import Grading, HeldMail, Letter, Proposal, Restriction, Why
from laget.protection.models import Opening as Door
from laget.sight.models import Cover, Forbid, Seat, SeatKind
from laget.ties.models import Objection, Ruling, Tie
from laget.trust.models import Finding, Inquiry, Question, Reply

KINDS = ("everyday", "learning", "health", "family_situation")

# Columns of text that hold codes, never what somebody has written. By name, since a code is called the same everywhere.
CODES = frozenset(
    """capacity event page ground source origin sort kind kinds level level_before level_after guide_version before
    after step said act purpose reach role form text_version outcome area place rule part provider issuer state
    cause relation audience audience_before decided_by unshared
    checked handed spoken voice guide identity outcome ground say found""".split()
)
# Tables without a word about a child: the record of what was done, seals, sessions, the municipality itself.
NOT_ABOUT_CHILDREN = frozenset(
    """audit.Entry audit.Reading audit.Seal audit.Sealed access.Attempt access.SignIn access.Spent access.Receipt
    directory.Service directory.Unit directory.Position directory.Account sight.Seat sight.Cover sight.Forbid
    guide.Version guide.Draft guide.Wording guide.Proposal guide.Ruling people.NationalNumber
    notices.Dispatch notices.MailWish trust.Verification directory.Identity access.Pass access.Try""".split()
)
# Written in, and tested by other means: (table.column, why).
ELSEWHERE = {
    "emergency.Opening.reason": "a code",
    "people.Name.sort_key": "made of the name",
    "audit.Change.old": "what a row was before; the lock test compares it with the row",
    "access.Draft.sealed": "sealed with a key outside; own rows only",
    "access.Draft.form": "an address",
    "protection.Letter.sealed": "sealed; planted where a letter waits and where one was released",
    "protection.HeldMail.sealed": "sealed with a key outside; those in the case read it, asked in the room's own tests",
    "protection.Place.sealed": "sealed with a key outside; that it is known is shown, and never what",
    "notices.Notice.address": "an address",
    "concerns.Worry.request_key": "a keyed mark",
    "families.InformationRequest.mark": "a keyed mark",
    "families.Parent.language": "chosen from a list",
    "cases.Turn.reason": "a code of the guide",
}


@dataclass
class Canary:
    """One planted word: where it stands, and the row."""

    word: str
    table: str
    column: str
    row: Any
    state: str


@dataclass
class Garden:
    """All that is planted, and for each state the child and an id for every name that an address may take."""

    cast: Cast
    officer: Member
    relative: Member
    canaries: list[Canary] = field(default_factory=list)
    children: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(4096))
    state: str = ""

    def word(self) -> str:
        return f"Kvitr{next(self.numbers):05x}q"

    def put(self, row: models.Model, *columns: str) -> Any:
        """Save a row with a word of its own in each of these columns."""
        for column in columns:
            word = self.word()
            setattr(row, column, word)
            self.canaries.append(Canary(word, row._meta.label, column, row, self.state))
        row.save(force_insert=True)
        return row

    def named(self, name: Name) -> None:
        """A name that was made of words already."""
        for part in ("given", "family"):
            self.canaries.append(Canary(getattr(name, part), "people.Name", part, name, self.state))

    def readers(self) -> dict[str, Member]:
        """Everybody who asks: the cast, the officer, the worker who is a relative, and each child's own family."""
        return {**self.cast.everybody(), "officer": self.officer, "relative": self.relative}


def columns_written_in() -> set[str]:
    """Every column of a table about children that may hold what somebody has written."""
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("laget.") and model._meta.label not in NOT_ABOUT_CHILDREN:
            for one in model._meta.concrete_fields:
                text = isinstance(one, models.TextField | models.CharField | models.JSONField | models.BinaryField)
                if text and not one.choices and one.name not in CODES:
                    found.add(f"{model._meta.label}.{one.name}")
    return found - set(ELSEWHERE)


# What is true about the child; what is done after everything has been planted.
STATES: dict[str, Any] = {}


def state(make: Any) -> Any:
    STATES[make.__name__] = make
    return make


@state
def consented(garden: Garden, of: UUID) -> None:
    """The team has its consents."""


@state
def withdrawn(garden: Garden, of: UUID) -> None:
    """The clinic's consent was taken back a minute ago."""
    ended = timezone.now() - timedelta(minutes=1)
    Cover.objects.filter(child_id=of, service_id=garden.cast.clinic).update(until=ended)


@state
def expired(garden: Garden, of: UUID) -> None:
    """Every consent ran out yesterday."""
    Cover.objects.filter(child_id=of).update(until=timezone.now() - timedelta(days=1))


@state
def narrowed(garden: Garden, of: UUID) -> None:
    """The kindergarten may know everyday life from now on, and nothing of what was written before."""
    now = timezone.now()
    Cover.objects.filter(child_id=of, service_id=garden.cast.kindergarten).update(log_from=now, plan_from=now)


@state
def restricted(garden: Garden, of: UUID) -> None:
    """The mother is kept from the child, and the holder of the baton has a conflict of interest."""
    for who in (garden.cast.kari, garden.cast.maja):
        Forbid.objects.create(child_id=of, person_id=who.person, origin="restricted")


@state
def former(garden: Garden, of: UUID) -> None:
    """Those who helped have left the team."""
    Seat.objects.filter(child_id=of, kind="service").update(until=timezone.now() - timedelta(seconds=1))


@state
def asked_only(garden: Garden, of: UUID) -> None:
    """The school only asks for consent; whoever had a place has none any more."""
    Seat.objects.filter(child_id=of, kind="service").update(until=timezone.now() - timedelta(seconds=1))
    seat(of, garden.cast.vera, SeatKind.ASKING)


@state
def of_age(garden: Garden, of: UUID) -> None:
    """The parents' seats ended on the eighteenth birthday."""
    Seat.objects.filter(child_id=of, kind="parent").update(until=timezone.now() - timedelta(seconds=1))


@state
def closed(garden: Garden, of: UUID) -> None:
    """The case is closed."""
    Baton.objects.filter(child_id=of).update(until=timezone.now())
    Case.objects.filter(child_id=of).update(closed_at=timezone.now())


@state
def kept_away(garden: Garden, of: UUID) -> None:
    """A decision keeps the mother away, at home only: she is one who works here too."""
    cast = garden.cast
    kept = Restriction(
        child_id=of, person_id=cast.kari.person, position_id=cast.maja.position, by_id=cast.maja.person,
        review_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    garden.put(kept, "called")
    garden.put(Why(restriction=kept, child_id=of, ground="no_contact", say="nobody"), "paper", "reason")
    Forbid.objects.create(child_id=of, person_id=cast.kari.person, capacity="citizen", origin="restricted")


def _graded(garden: Garden, of: UUID, level: str, rank: int) -> None:
    garden.put(
        Grading(
            child_id=of, person_id=of, decision=uuid4(), level=level, rank=rank, source="police",
            by_id=garden.cast.maja.person, position_id=garden.cast.maja.position,
        ),
        "paper",
    )  # fmt: skip


@state
def hidden(garden: Garden, of: UUID) -> None:
    """The address is hidden by a board."""
    _graded(garden, of, "hidden", 1)


@state
def strictly_confidential(garden: Garden, of: UUID) -> None:
    """The police has made the address strictly confidential; the child has a place of its own."""
    _graded(garden, of, "strictly_confidential", 3)
    _own_place(garden, of)


@state
def opened_to_one(garden: Garden, of: UUID) -> None:
    """The address is confidential, and the page open to the mother by decision of two."""
    _graded(garden, of, "confidential", 2)
    asked = garden.children[garden.state]["decision"]
    Door.objects.create(child_id=of, person_id=garden.cast.kari.person, proposal_id=asked)
    Forbid.objects.filter(child_id=of, person_id=garden.cast.kari.person).update(until=timezone.now())


@state
def emergency(garden: Garden, of: UUID) -> None:
    """Otto has opened in an emergency a moment ago."""
    since, otto = timezone.now() - timedelta(minutes=1), garden.cast.otto
    Seat.objects.create(
        child_id=of, person_id=otto.person, position_id=otto.position, kind=SeatKind.EMERGENCY, since=since,
        until=since + timedelta(hours=4), origin="emergency", origin_id=garden.children[garden.state]["opening"],
    )  # fmt: skip


@state
def emergency_over(garden: Garden, of: UUID) -> None:
    """What Otto opened ended a second ago, and the family is not told yet."""
    emergency(garden, of)
    ended = timezone.now() - timedelta(seconds=1)
    Seat.objects.filter(child_id=of, kind="emergency").update(until=ended)
    Opening.objects.filter(child_id=of).update(until=ended, told_from=timezone.now() + timedelta(hours=9))


@state
def tied(garden: Garden, of: UUID) -> None:
    """A leader has found that Omar is too close to the family; he is kept away at work."""
    tie = Tie.objects.get(child_id=of, found="declared")
    garden.put(Ruling(tie=tie, outcome="unable", by_id=garden.cast.liv.person), "reason")
    here: dict[str, Any] = {"child_id": of, "person_id": garden.cast.omar.person}
    Forbid.objects.create(capacity="worker", origin="tie", origin_id=tie.pk, **here)


@state
def paper_waits(garden: Garden, of: UUID) -> None:
    """The page of a paper is asked while it waits for the second person."""
    here = garden.children[garden.state]
    here["paper"] = here["waiting"]


@state
def stood_in_for(garden: Garden, of: UUID) -> None:
    """The one who leads is away, and Otto stands in."""
    maja, otto = garden.cast.maja.position, garden.cast.otto
    days = {"since": timezone.now() - timedelta(minutes=1), "until": timezone.now() + timedelta(days=7)}
    absence = Absence.objects.create(holder_id=maja, deputy_id=otto.position, made_by_id=garden.cast.liv.person, **days)
    baton = Baton.objects.get(child_id=of)
    deputy = Deputy.objects.create(
        absence=absence, baton=baton, case_id=baton.case_id, child_id=of, position_id=otto.position, **days
    )
    Seat.objects.create(
        child_id=of, person_id=otto.person, position_id=otto.position, kind=SeatKind.SERVICE, origin="deputy",
        origin_id=deputy.pk, **days,
    )  # fmt: skip
    garden.children[garden.state]["absence"] = absence.pk


@state
def held_back(garden: Garden, of: UUID) -> None:
    """All was looked through before the child got its place; one entry is kept from it, on a ground in the law."""
    _own_place(garden, of)
    cast, case = garden.cast, Case.objects.get(child_id=of)
    here: dict[str, Any] = {"child_id": of, "kind": "everyday", "audience": "not_for", "persons": [of]}
    entry = garden.put(
        Log(
            case=case, sort="note", author_id=cast.maja.person, position_id=cast.maja.position,
            service_id=cast.kindergarten, at=timezone.now() - timedelta(hours=1), **here,
        ),
        "words",
    )  # fmt: skip
    chosen = Readership(
        of=entry.pk, audience_before="team", ground="danger", by_id=cast.maja.person,
        review_on=timezone.localdate() + timedelta(days=30), **here,
    )  # fmt: skip
    garden.put(chosen, "why")
    Log.objects.filter(child_id=of).update(looked_at=timezone.now())
    garden.children[garden.state]["entry"] = entry.pk


def _letter(garden: Garden, of: UUID, **answered: Any) -> None:
    """Someone asks to let a letter leave that tells where the child is; the word stands in the letter, sealed."""
    _graded(garden, of, "hidden", 1)
    cast, word = garden.cast, garden.word()
    asked = garden.put(
        Proposal(
            child_id=of, sort="release", subject=uuid4(), services=[cast.kindergarten], asked_by_id=cast.maja.person,
            position_id=cast.maja.position, **answered,
        ),
        "called", "child_called", "reason",
    )  # fmt: skip
    letter = Letter.objects.create(proposal=asked, child_id=of, sealed=letters.sealed("Skolen", f"Hilsen {word}"))
    garden.canaries.append(Canary(word, "protection.Letter", "sealed", letter, garden.state))
    garden.children[garden.state]["decision"] = asked.pk


@state
def letter_waits(garden: Garden, of: UUID) -> None:
    """A letter waits for a second person to let it leave."""
    _letter(garden, of)


@state
def letter_released(garden: Garden, of: UUID) -> None:
    """Two people have let a letter leave."""
    _letter(garden, of, answered_by_id=garden.cast.liv.person, answered_at=timezone.now(), agreed=True)


def _own_place(garden: Garden, of: UUID) -> None:
    seat(of, Member(of, "", Capacity.CITIZEN), SeatKind.CHILD)


@state
def young(garden: Garden, of: UUID) -> None:
    """A youth of 12 with a place of its own, set up face to face."""
    _of_age(of, 12)
    _own_place(garden, of)
    Setup.objects.filter(child_id=of).update(person_id=of, until=FOREVER)


@state
def young_without_a_place(garden: Garden, of: UUID) -> None:
    """A youth of 16 whom nobody has given a place."""
    _of_age(of, 16)


def _of_age(of: UUID, years: int) -> None:
    today = timezone.localdate()
    Child.objects.filter(pk=of).update(born=today.replace(year=today.year - years, day=1))


def plant(cast: Cast, states: tuple[str, ...]) -> Garden:
    """One child in each state, everything about it written, and the state brought about."""
    relative = worker("Egil", "Nes", Unit.objects.get(service_id=cast.kindergarten), "Barnehagelærer")
    garden = Garden(cast, make_officer(), relative)
    for serial, name in enumerate(states, start=20):
        garden.state = name
        garden.children[name] = _around(garden, serial)
        with transaction.atomic():
            STATES[name](garden, garden.children[name]["child"])
    for one in garden.canaries:
        one.row.refresh_from_db()  # whose a row is may be what the state is about
    return garden


def _around(garden: Garden, serial: int) -> dict[str, Any]:
    cast = garden.cast
    of = child(garden.word(), garden.word(), date(2021, 5, 4), cast.maja.person, serial=serial)
    name = Name.objects.get(person_id=of)
    garden.canaries += [
        Canary(getattr(name, part), "people.Name", part, name, garden.state) for part in ("given", "family")
    ]
    for adult, relation in ((cast.kari, "mother"), (cast.per, "father"), (garden.relative, "father")):
        _tied(of, adult, relation)
    other = parent(garden.word(), garden.word(), of, "mother", date(1980, 2, 3), serial=serial)
    garden.named(Name.objects.get(person_id=other.person))
    garden.put(Contact(person_id=other.person, sort="email"), "value")
    Forbid.objects.create(child_id=of, person_id=cast.per.person, origin="restricted")
    Forbid.objects.create(child_id=of, person_id=garden.relative.person, origin="conflict")
    for member in (cast.maja, cast.omar, cast.vera, garden.relative):
        seat(of, member, SeatKind.SERVICE)
    seat(of, cast.idris, SeatKind.SERVICE, until=timezone.now() - timedelta(days=1))
    cover(of, cast.kindergarten, (Kind.IDENTITY, Kind.EVERYDAY, Kind.LEARNING))
    cover(of, cast.clinic, (Kind.IDENTITY, Kind.EVERYDAY, Kind.HEALTH))
    case = open_case(of, cast.maja, cast.kindergarten)
    return {
        **_asked(garden, of, other), **_relay(garden, case), **_written(garden, case), **_control(garden, of),
        **_owned(garden), **_reported(garden), **_kept_away(garden, of),
        "case": case.pk, "child": of, "person": other.person, "other": other,
    }  # fmt: skip


def _tied(of: UUID, adult: Member, relation: str) -> None:
    tie = Parent.objects.create(
        child_id=of, person_id=adult.person, relation=relation, responsibility=True, source="register",
        registered_by=adult.person,
    )  # fmt: skip
    seat(of, Member(adult.person, adult.name, Capacity.CITIZEN), SeatKind.PARENT, origin_id=tie.pk)


def _asked(garden: Garden, of: UUID, other: Member) -> dict[str, Any]:
    cast, word = garden.cast, garden.word()
    typed = {"child": {"name": word, "born": None, "expected": None}, "people": []}
    request = garden.put(
        Request(
            child_id=of, service_id=cast.clinic, kinds=["identity", "health"], text_version="1",
            asked_by_id=cast.maja.person, position_id=cast.maja.position, typed=typed,
        ),
        "why", "first_words", "excluded", "view_words",
    )  # fmt: skip
    garden.canaries.append(Canary(word, "consents.Request", "typed", request, garden.state))
    party = Party.objects.create(request=request, person_id=cast.kari.person, role="parent", child_id=of)
    Party.objects.create(request=request, person_id=other.person, role="parent", child_id=of)
    here: dict[str, Any] = {"request": request, "child_id": of, "kinds": ["identity"], "text_version": "1"}
    garden.put(
        Answer(person_id=other.person, form="oral", noted_by_id=cast.maja.position, **here),
        "language", "interpreter", "child_heard", "excluded",
    )  # fmt: skip
    garden.put(Answer(person_id=cast.kari.person, form="own_sign_in", **here), "excluded")
    papers = _papers(garden, of, request)
    scan = _file(garden, of, "paper", papers["paper"])
    return {"asked": request.pk, "party": party.pk, "file": scan.pk, **papers}


def _papers(garden: Garden, of: UUID, request: Request) -> dict[str, Any]:
    """One that the second person said no to, and one that waits for that person."""
    cast = garden.cast
    here: dict[str, Any] = {
        "request": request, "child_id": of, "person_id": cast.kari.person, "kinds": ["identity"], "text_version": "1",
        "signed_on": timezone.localdate(), "by_id": cast.maja.person, "position_id": cast.maja.position,
        "checker_id": cast.omar.person,
    }  # fmt: skip
    said = ("called", "child_called", "excluded", "interpreter", "kept_at")
    refused = garden.put(Paper(**here, state="refused", decided_at=timezone.now()), *said, "why")
    return {"waiting": garden.put(Paper(**here), *said).pk, "paper": refused.pk}


def _file(garden: Garden, of: UUID, sort: str, thing: UUID) -> File:
    """A file with a word in its title, and one in its bytes."""
    by = garden.cast.maja.person
    file: File = garden.put(
        File(child_id=of, sort=sort, of=thing, kind="image/png", size=1, by_id=by, state=State.UNSCANNED), "title"
    )
    word = garden.word()
    kept = Content(file=file)
    kept.take(word.encode())
    kept.save(force_insert=True)
    garden.canaries.append(Canary(word, "documents.Content", "sealed", kept, garden.state))
    return file


def _relay(garden: Garden, case: Case) -> dict[str, Any]:
    cast, here = garden.cast, {"case": case, "child_id": case.child_id}
    offer = garden.put(
        Offer(giver_id=cast.maja.position, receiver_id=cast.omar.position, **here), "words", "answer_words"
    )
    garden.put(FamilyView(offer=offer, person_id=cast.kari.person, agrees=True, child_id=case.child_id), "wish")
    invitation = garden.put(
        Invitation(
            position_id=cast.otto.position, made_by_id=cast.maja.person, state="declined",
            answered_at=timezone.now(), **here,
        ),
        "words",
    )  # fmt: skip
    garden.put(Turn(sort="closed", reason="other", by_id=cast.maja.person, **here), "note")
    garden.put(Step(level=case.level, by_id=cast.maja.person, **here), "reason")
    garden.put(
        Crossing(
            before=case.guide_version, after=case.guide_version, level_before=case.level, level_after=case.level,
            by_id=cast.maja.person, **here,
        ),
        "reason",
    )  # fmt: skip
    return {"offer": offer.pk, "invitation": invitation.pk}


def audiences(garden: Garden, of: UUID) -> tuple[tuple[str, list[UUID]], ...]:
    """Every audience of a text, with those it names."""
    cast = garden.cast
    return (
        ("team", []), ("own_service", []), ("family", []), ("services", []), ("named", [cast.omar.person]),
        ("childs_own", [cast.kari.person]), ("not_for", [cast.kari.person]), ("not_for", []), ("nobody knows", []),
    )  # fmt: skip


def _written(garden: Garden, case: Case) -> dict[str, Any]:
    cast, day = garden.cast, timezone.localdate()
    before = timezone.now() - timedelta(hours=1)
    ids: dict[str, Any] = {}
    for kind in KINDS:
        here: dict[str, Any] = {"child_id": case.child_id, "kind": kind}
        for audience, persons in audiences(garden, case.child_id):
            for by, service in ((cast.maja, cast.kindergarten), (cast.omar, cast.clinic)):
                entry = Log(
                    case=case, sort="childs_view", audience=audience, persons=persons, author_id=by.person,
                    position_id=by.position, service_id=service, at=before, **here,
                )  # fmt: skip
                ids.setdefault("entry", garden.put(entry, "words", "how_asked").pk)
                plain = Log(
                    case=case, sort="note", audience=audience, persons=persons, author_id=by.person,
                    position_id=by.position, service_id=service, at=before, **here,
                )  # fmt: skip
                garden.put(plain, "words")
                garden.put(
                    Readership(
                        of=entry.pk,
                        audience=audience,
                        persons=persons,
                        audience_before="team",
                        ground="danger",
                        by_id=by.person,
                        **here,
                    ),
                    "why",
                )
        goal = garden.put(Goal(case=case, agreed_by_id=cast.maja.person, agreed_at=before, **here), "words")
        measure = garden.put(
            Measure(
                goal=goal, place="home", person_id=cast.kari.person, start=day, due=day + timedelta(days=20),
                agreed_by_id=cast.maja.person, agreed_at=before, **here,
            ),
            "words",
        )  # fmt: skip
        garden.put(Revision(of=goal.pk, version=1, agreed_at=before, replaced_by_id=cast.maja.person, **here), "words")
        garden.put(
            Evaluation(goal=goal, outcome="effect_continue", by_id=cast.maja.person, at=before, **here),
            "words", "childs_words", "how_asked", "parents_words",
        )  # fmt: skip
        garden.put(Matter(case=case, voice="child", by_id=cast.kari.person, at=before, **here), "words", "how_asked")
        ids |= {"goal": goal.pk, "measure": measure.pk} if kind == "everyday" else {}
    return ids


def _control(garden: Garden, of: UUID) -> dict[str, Any]:
    cast, now, day = garden.cast, timezone.now(), timezone.localdate()
    unit = Position.objects.get(pk=cast.omar.position).unit_id
    seen = Reading.objects.create(
        person=cast.omar.person, capacity="worker", position=cast.omar.position, service=cast.clinic,
        page="cases.case_log", children=[of], kinds=["identity"],
    )  # fmt: skip
    asked: dict[str, Any] = {
        "reader_id": cast.omar.person, "unit_id": unit, "reading": seen.pk, "looked_at": now, "page": seen.page,
        "due": day, "escalated_at": now,
    }  # fmt: skip
    question = garden.put(Question(child_id=of, asked_by_id=cast.kari.person, **asked), "words")
    finding = Finding.objects.create(
        rule="night", day=day - timedelta(days=next(garden.numbers) % 9999), about=of, **asked
    )
    garden.put(Reply(question=question, outcome="explained", by_id=cast.liv.person), "words")
    garden.put(Reply(finding=finding, outcome="passed_on", by_id=cast.otto.person), "words")
    inquiry = garden.put(Inquiry(by_id=garden.officer.person, child_id=of, kinds=["identity"], until=FOREVER), "reason")
    return {"reading": seen.pk, "question": question.pk, "finding": finding.pk, "inquiry": inquiry.pk}


def _owned(garden: Garden) -> dict[str, Any]:
    cast, day = garden.cast, timezone.localdate()
    own = garden.put(
        OwnWords(owner_id=cast.omar.person, service_id=cast.clinic, batch=uuid4(), written_at=timezone.now()), "words"
    )
    worry = Worry(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, position_id=cast.maja.position,
        kept_until=day + timedelta(days=90),
    )  # fmt: skip
    seen, label = garden.word(), garden.word()
    worry.take(Note({"worry": {"seen": seen, "label": label, "n": 1}, "safe": {"answer": "yes", "n": 1}}))
    worry.save(force_insert=True)
    garden.canaries += [Canary(word, "concerns.Worry", "sealed", worry, garden.state) for word in (seen, label)]
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Talk.objects.create(worry=worry, owner_id=cast.maja.person, unit_id=unit, due=day)
    discussion = Discussion(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, held_on=day, kept_until=day
    )
    topic = garden.word()
    discussion.take(Note({"said": dict.fromkeys(("topic", "advice", "who", "with_whom", "words"), topic) | {"n": 1}}))
    discussion.save(force_insert=True)
    garden.canaries.append(Canary(topic, "concerns.Discussion", "sealed", discussion, garden.state))
    notice = Notice.objects.create(
        recipient_id=cast.maja.person, capacity="worker", event="cases.baton_offered", address="/"
    )
    return {"batch": own.batch, "worry": worry.pk, "notice": notice.pk}


def _reported(garden: Garden) -> dict[str, Any]:
    """A report of concern and a version that was made of it, each sealed."""
    cast = garden.cast
    whose: dict[str, Any] = {"owner_id": cast.maja.person, "service_id": cast.kindergarten}
    report = Report(pk=uuid4(), position_id=cast.maja.position, kept_until=timezone.localdate(), **whose)
    version = Made(pk=uuid4(), report=report, number=1, sent_on=timezone.localdate(), **whose)
    for one in (report, version):
        seen, called, to = garden.word(), garden.word(), garden.word()
        reporter = dict.fromkeys(("name", "role", "organisation", "address", "municipality"), to)
        one.take(
            Note(
                {
                    "ground": {"violence": "yes", "agreed": True, "n": 1},
                    "words": {"seen": seen, "n": 1},
                    "child": {"name": called, "n": 1},
                    "parents": {"n": 1},
                    "reporter": {**reporter, "phone": "22334455", "email": "a@b.no", "number": "9999", "n": 1},
                }
            )  # fmt: skip
        )
        garden.canaries += [Canary(word, one._meta.label, "sealed", one, garden.state) for word in (seen, called, to)]
    to = garden.word()
    version.sent = version.sealed_delivery(to, "letter")
    garden.canaries.append(Canary(to, "exchange.Version", "sent", version, garden.state))
    report.save(force_insert=True)
    version.save(force_insert=True)
    return {"report": report.pk, "report_version": version.pk}


def _kept_away(garden: Garden, of: UUID) -> dict[str, Any]:
    """Why the father is kept away, the question to end it, a worker's tie, and a parent who asks to be told."""
    cast, day = garden.cast, timezone.localdate()
    here: dict[str, Any] = {"child_id": of, "person_id": cast.per.person, "position_id": cast.maja.position}
    kept = garden.put(Restriction(by_id=cast.maja.person, review_on=day + timedelta(days=90), **here), "called")
    garden.put(Why(restriction=kept, child_id=of, ground="harm", say="nobody"), "paper", "reason")
    decision = garden.put(
        Proposal(
            sort="end_restriction", subject=kept.pk, services=[cast.kindergarten], asked_by_id=cast.maja.person, **here
        ),
        "called", "child_called", "reason", "words",
    )  # fmt: skip
    claim = garden.put(
        Claim(
            tie=Parent.objects.get(child_id=of, person_id=cast.kari.person), relation="mother", source="court",
            source_date=day, services=[cast.kindergarten], by_id=cast.maja.person, child_id=of,
            person_id=cast.kari.person, position_id=cast.maja.position, falls_at=timezone.now() + timedelta(days=9),
            answered_by_id=cast.omar.person, answered_at=timezone.now(), agreed=False,
        ),
        "called", "child_called", "words",
    )  # fmt: skip
    held = HeldMail.objects.create(
        child_id=of, dispatch=uuid4(), content=uuid4(), capacity="worker", sealed=letters.sealed("", "E-post")
    )
    # It has ended, so that it shuts nobody out.
    graded = Grading(
        decision=uuid4(), level="hidden", rank=1, source="told", by_id=cast.maja.person, ended_at=timezone.now(), **here
    )
    grading = garden.put(graded, "paper")
    for hidden in (False, True):
        word = garden.word()
        disclosure = Disclosure(
            child_id=of, service_id=cast.kindergarten, position_id=cast.maja.position, by_id=cast.maja.person,
            ground="F7", sources=["FVL67 § 13 b"], kinds=["everyday"], decided_by="self", given_on=day, hidden=hidden,
            facts={"why": word},
        )  # fmt: skip
        garden.put(disclosure, "receiver", "what", "necessity")
        garden.canaries.append(Canary(word, "consents.Disclosure", "facts", disclosure, garden.state))
        if hidden:
            later = day + timedelta(days=9)
            garden.put(Hiding(disclosure=disclosure, child_id=of, by_id=cast.maja.person, review_on=later), "why")
    way_in = garden.put(
        Setup(
            child_id=of, person_id=cast.kari.person, position_id=cast.maja.position, checked="known", handed="by_hand",
            letter_until=timezone.now(), until=timezone.now(),
        ),
        "words", "maturity",
    )  # fmt: skip
    garden.put(Remark(child_id=of, setup=way_in, by_id=cast.maja.person), "words", "maturity")
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    tie = garden.put(
        Tie(child_id=of, worker_id=cast.omar.person, unit_id=unit, relation="close", found="declared"), "words"
    )
    garden.put(Ruling(tie=tie, outcome="able", by_id=cast.liv.person), "reason")
    garden.put(Objection(tie=tie, by_id=cast.omar.person, due=day), "words")
    now = timezone.now()
    opening = garden.put(
        Opening(
            child_id=of, worker_id=cast.otto.person, position_id=cast.otto.position, unit_id=unit, reason="life",
            opened_at=now, until=now + timedelta(hours=4), told_from=now, due=day,
        ),
        "words",
    )  # fmt: skip
    garden.put(Hold(opening=opening, until=now, by_id=cast.liv.person), "reason")
    garden.put(Review(opening=opening, outcome="ok", by_id=cast.liv.person), "words")
    asked = garden.put(
        InformationRequest(
            child_id=of, service_id=cast.kindergarten, position_id=cast.maja.position, asker_id=cast.per.person,
            asked_on=day, by_id=cast.maja.person,
        ),
        "name", "proof", "words",
    )  # fmt: skip
    garden.put(
        InformationAnswer(
            request=asked, identity="known", outcome="part", by_id=cast.maja.person, position_id=cast.maja.position
        ),
        "given", "withheld", "reason", "told",
    )  # fmt: skip
    garden.put(InformationRight(request=asked, lost=True, decided_on=day, by_id=cast.maja.person), "reference")
    over = garden.put(
        CareOrder(
            child_id=of, decided_on=day, by_id=cast.maja.person, position_id=cast.maja.position, ended_on=day,
            ended_by_id=cast.maja.person, ended_at=now,
        ),
        "decided_by", "reference", "ended_why",
    )  # fmt: skip
    return {
        "order": over.pk,
        "restriction": kept.pk,
        "decision": decision.pk,
        "tie": tie.pk,
        "opening": opening.pk,
        "information": asked.pk,
        "claim": claim.pk,
        "held": held.pk,
        "grading": grading.pk,
        "disclosure": disclosure.pk,
        "sharing_ground": "F7",
    }
