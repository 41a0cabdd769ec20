"""Who must consent, what all of them gave together, and what an answer changes: pure, for a lawyer to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from laget.families.rules import ends
from laget.guide.rules import Guide, deadline, offered_kinds
from laget.kernel.period import BEGINNING
from laget.kernel.text import N_
from laget.law.ages import MAJORITY_YEARS, age, birthday
from laget.law.consent import CHILD, Ask, Column, Parent, Question, column_of, who_must_consent
from laget.law.kinds import Kind

TEXT_VERSION = "1"
"""The consent text in templates/consents/_text.html. A changed meaning is a new version."""

REACHES = ("today", "plan", "all")
"""From the narrowest to the widest."""

THRESHOLDS = (15, 16, MAJORITY_YEARS)
"""Ages at which table E may ask other people (OPPL § 24-5, PBRL § 4-3, VGM § 8)."""

WORDS_LIMIT = 120_000
"""Characters: room for anything a person writes at one time."""

NOT_HERE = N_("Consent cannot be asked by this kind of service here.")
BLOCKED = N_(
    "Nobody is asked, because asking could reveal that somebody has been in touch with a crisis centre. "
    "Talk with your leader about other grounds."
)
NOT_ASKED_KIND = N_("Choose among what was asked about.")
OWN_ANSWER = N_(
    "This person has answered by signing in, and changes a yes only that way. "
    "If the answer is no now, you can note that."
)
NOTHING_ASKED = N_("Choose at least one topic.")
PAST = N_("The last day must be after today.")


@dataclass(frozen=True)
class Parties:
    """Who is asked: person and role ("parent" or "child"). `enough`: everyone who must be asked is known and proven."""

    people: tuple[tuple[UUID, str], ...]
    blocked: bool
    enough: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asking:
    """What table E needs to know: the child, its proven parents, the sender's act and the receiver's."""

    on: date
    child: UUID
    born: date | None
    act: str
    receiver: str
    parents: tuple[tuple[UUID, bool], ...]


def parties(asking: Asking, moved: Mapping[str, Ask] | None = None) -> Parties:
    """Who must consent by table E. For an expected child as for a newborn: those who will be its parents."""
    try:
        column_of(asking.act)
    except ValueError:
        return Parties((), True, False, (NOT_HERE,))
    found = who_must_consent(_question(asking, asking.on), moved)
    if found.blocked or found.needs_proof:
        return Parties((), found.blocked, False, found.notes)
    people = tuple(
        (asking.child, "child") if one == CHILD else (UUID(one), "parent")
        for one in (*found.must_consent, *found.any_of)
        if one == CHILD or one in {str(person) for person, _ in asking.parents}
    )
    return Parties(people, False, True, found.notes)


def _question(asking: Asking, on: date) -> Question:
    return Question(
        on=on,
        born=asking.born or on,
        service=asking.act,
        parents=tuple(Parent(str(person), proven) for person, proven in asking.parents),
        receivers=(asking.receiver,),
    )


def last_day(guide: Guide, asking: Asking) -> date:
    """Until when it is asked: the guide's period, but no longer than the same people may consent."""
    until = deadline(guide, "consent_period", asking.on)
    if asking.born is None or age(asking.born, asking.on) >= MAJORITY_YEARS:
        return until
    asked = parties(asking, guide.consent.moved).people
    for years in THRESHOLDS:
        turned = birthday(asking.born, years)
        if asking.on < turned <= until and _asked_on(asking, turned, guide) != asked:
            return turned - timedelta(days=1)
    return until


def _asked_on(asking: Asking, day: date, guide: Guide) -> tuple[tuple[UUID, str], ...]:
    return parties(Asking(day, asking.child, asking.born, asking.act, asking.receiver, asking.parents),
                   guide.consent.moved).people  # fmt: skip


def answer_by(guide: Guide, asked: date) -> datetime:
    """When a request lapses, and with it the asking seat."""
    return ends(deadline(guide, "asking_seat", asked))


def offered(guide: Guide, sort: str) -> tuple[str, ...]:
    """Kinds proposed first to a kind of service; who the child is always comes with a yes."""
    kinds = [kind.value for kind in offered_kinds(guide, sort)]
    return tuple(dict.fromkeys([Kind.IDENTITY.value, *kinds]))


def with_identity(kinds: Iterable[str]) -> tuple[str, ...]:
    """Kinds in the law's order. A yes to anything says who the child is; no kinds is a no and says nothing."""
    chosen = set(kinds)
    return tuple(kind.value for kind in Kind if kind in chosen or (chosen and kind is Kind.IDENTITY))


@dataclass(frozen=True)
class Standing:
    """What one who must consent has answered last. No kinds is a no, or withdrawn."""

    person: UUID
    role: str
    answered: bool
    kinds: frozenset[str] = frozenset()
    reach: str = "plan"
    until: date = date.max
    joins: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a request asks for."""

    kinds: tuple[str, ...]
    reach: str
    until: date


@dataclass(frozen=True)
class Cover:
    """What everyone gave together."""

    kinds: frozenset[str]
    reach: str
    until: date


def complete(standing: Iterable[Standing]) -> bool:
    """Whether everyone who must consent has answered. Nobody to ask is never complete."""
    everyone = tuple(standing)
    return bool(everyone) and all(one.answered for one in everyone)


def common(standing: Iterable[Standing], wanted: Wanted, on: date, *, joining: bool = False) -> Cover | None:
    """The intersection of what all gave: common kinds, narrowest reach, earliest day; None when nothing is shared.

    joining: the child already has a case, so everyone must also have said that the service may join it.
    Source: domain 1.7 (a consent's cover is the intersection of what all required persons gave).
    """
    everyone = tuple(standing)
    if not complete(everyone) or (joining and not all(one.joins for one in everyone)):
        return None
    kinds = frozenset(wanted.kinds).intersection(*(one.kinds for one in everyone))
    until = min([wanted.until, *(one.until for one in everyone)])
    if not kinds or until < on:
        return None
    reach = min([wanted.reach, *(one.reach for one in everyone)], key=REACHES.index)
    return Cover(kinds, reach, until)


@dataclass(frozen=True)
class InForce:
    """A kind that a service may know now; `mine`: by this request."""

    kind: str
    until: datetime
    log_from: datetime
    plan_from: datetime
    mine: bool

    @property
    def reach(self) -> str:
        if self.log_from == BEGINNING:
            return "all"
        return "plan" if self.plan_from == BEGINNING else "today"


@dataclass(frozen=True)
class Begin:
    """A fact of sight to begin. A `from` of None means from now."""

    kind: str
    until: datetime
    log_from: datetime | None
    plan_from: datetime | None


@dataclass(frozen=True)
class Change:
    """What must be done to the facts of sight, and what the service has lost and gained by it."""

    end: frozenset[str]
    begin: tuple[Begin, ...]
    lost: frozenset[str]
    gained: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.end or self.begin)


def change(before: Iterable[InForce], after: Cover | None) -> Change:
    """What moves when a request's cover becomes `after`. A kind that another consent covers too is not lost."""
    rows = tuple(before)
    mine = {row.kind: row for row in rows if row.mine}
    others = {row.kind for row in rows if not row.mine}
    wanted = after.kinds if after else frozenset()
    moved = {kind for kind in wanted & set(mine) if after and _differs(mine[kind], after)}
    fresh = wanted - set(mine)
    begin = tuple(_begin(kind, after, mine.get(kind)) for kind in sorted(fresh | moved)) if after else ()
    gone = frozenset(mine) - wanted
    return Change(frozenset(gone | moved), begin, frozenset(gone - others), frozenset(fresh - others))


def _differs(row: InForce, after: Cover) -> bool:
    return (row.reach, row.until) != (after.reach, ends(after.until))


def _begin(kind: str, after: Cover, old: InForce | None) -> Begin:
    """From when a kind is seen: what the service could see all along under this consent stays seen."""
    base = old.log_from if old and old.log_from != BEGINNING else None
    log_from = BEGINNING if after.reach == "all" else base
    plan_from = base if after.reach == "today" else BEGINNING
    return Begin(kind, ends(after.until), log_from, plan_from)


def can_ask(act: str) -> bool:
    """Whether a service under this act asks for consent: those of table E but crisis centres (KRIS § 5)."""
    try:
        return column_of(act) is not Column.CRISIS_CENTRE
    except ValueError:
        return False
