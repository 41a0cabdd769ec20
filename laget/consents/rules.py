"""Who must consent, what all of them gave together, and what an answer changes: pure, for a lawyer to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from laget.families.rules import ends
from laget.guide.days import Unit, add
from laget.guide.rules import Guide, deadline, offered_kinds
from laget.kernel.period import BEGINNING
from laget.kernel.text import N_
from laget.law.ages import MAJORITY_YEARS, age, birthday
from laget.law.consent import CHILD, Ask, Column, Parent, Question, column_of, who_must_consent
from laget.law.kinds import Kind

TEXT_VERSION = "2"
"""The consent text in data/text-2.toml. A changed meaning is a new version."""

REACHES = ("today", "plan", "all")
"""From the narrowest to the widest."""

OTHERS_FROM = (7,)
"""Before it a municipality may let one parent be enough."""

THRESHOLDS = (15, 16, MAJORITY_YEARS)
"""Ages at which table E may ask other people (OPPL § 24-5, PBRL § 4-3, VGM § 8)."""

LONGEST_MONTHS = 36
"""Where a municipality names no period: the longest day that can be chosen. GDPR article 5: no longer than needed."""

WORDS_LIMIT = 120_000
"""Characters: room for anything a person writes at one time."""

NOT_HERE = N_("Consent cannot be asked by this kind of service here.")
BLOCKED = N_(
    "Nobody is asked, because asking could reveal that somebody has been in touch with a crisis centre. "
    "Talk with your leader about other grounds."
)
HOW_HEARD = N_("Say how the child was heard. From the age of 7 a child is always heard first.")
WHY_NOT_HEARD = N_("Say why the child could not be heard.")
WHAT_CHILD_THINKS = N_("Say what the child thinks. Not to answer is an answer too.")
AGAINST_FROM_12 = N_(
    "The child does not want this, and from the age of 12 its view weighs heavily. Say why you ask all the same."
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
    """Who is asked: person and role ("parent" or "child"). `enough`: everyone who must be asked is known and proven.

    `one_of`: those of whom one yes is enough. `rule`: the cell of the table. `heard`: the child is not asked itself,
    and must be heard first.
    """

    people: tuple[tuple[UUID, str], ...]
    blocked: bool
    enough: bool
    notes: tuple[str, ...] = ()
    one_of: frozenset[UUID] = frozenset()
    rule: str = ""
    heard: bool = False


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
        return Parties((), found.blocked, False, found.notes, rule=found.rule, heard=CHILD in found.must_be_heard)
    people = tuple(
        (asking.child, "child") if one == CHILD else (UUID(one), "parent")
        for one in (*found.must_consent, *found.any_of)
        if one == CHILD or one in {str(person) for person, _ in asking.parents}
    )
    return Parties(
        people, False, True, found.notes, frozenset(UUID(one) for one in found.any_of), found.rule,
        heard=CHILD in found.must_be_heard,
    )  # fmt: skip


def _question(asking: Asking, on: date) -> Question:
    return Question(
        on=on,
        born=asking.born or on,
        service=asking.act,
        parents=tuple(Parent(str(person), proven) for person, proven in asking.parents),
        receivers=(asking.receiver,),
    )


def period(guide: Guide, on: date) -> date | None:
    """The last day of the guide's period; None where the municipality has none, and a day is chosen each time."""
    return None if guide.deadline_rule("consent_period").value is None else deadline(guide, "consent_period", on)


def last_day(guide: Guide, asking: Asking) -> date:
    """The last day it can be asked for: the guide's period, but no longer than the same people may consent.

    Without a period of the guide a day is chosen each time, within LONGEST_MONTHS: a consent is always limited.
    """
    until = period(guide, asking.on) or add(asking.on, LONGEST_MONTHS, Unit.MONTH)
    if asking.born is None or age(asking.born, asking.on) >= MAJORITY_YEARS:
        return until
    asked = _asked_on(asking, asking.on, guide)
    for years in (*OTHERS_FROM, *THRESHOLDS):
        turned = birthday(asking.born, years)
        if asking.on < turned <= until and _asked_on(asking, turned, guide) != asked:
            return turned - timedelta(days=1)
    return until


def turns(born: date | None, after: date) -> bool:
    """Whether the day after `after` is a birthday on which others may have to consent."""
    return born is not None and any(birthday(born, years) == after + timedelta(days=1) for years in THRESHOLDS)


def _asked_on(asking: Asking, day: date, guide: Guide) -> tuple[tuple[tuple[UUID, str], ...], frozenset[UUID]]:
    found = parties(replace(asking, on=day), guide.consent.moved)
    return found.people, found.one_of


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
class Hearing:
    """How the child was heard before anybody else is asked, what it thinks, and its words or the reason why not."""

    heard: str = ""
    view: str = ""
    words: str = ""


UNHEARD = Hearing()


def hearing_faults(hearing: Hearing, years: int | None, guide: Guide) -> tuple[tuple[str, str], ...]:
    """What is missing of how a child of this age was heard: field and reason; None: it is not born, or asked itself.

    By the guide's ages, no later than the law's: always heard from 7, great weight from 12 (BL81 § 31, PBRL § 4-4). A
    younger child is heard as soon as it can form a view.
    """
    ages = sorted(guide.consent.heard_ages)
    if years is None or years < ages[0]:
        return ()
    if not hearing.heard or hearing.heard == "not_yet_able":
        return (("heard", HOW_HEARD),)
    if hearing.heard == "not_heard":
        return () if hearing.words.strip() else (("view_words", WHY_NOT_HEARD),)
    if not hearing.view:
        return (("view", WHAT_CHILD_THINKS),)
    heavy = hearing.view == "against" and years >= ages[1]
    return (("view_words", AGAINST_FROM_12),) if heavy and not hearing.words.strip() else ()


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
    one_of: bool = False
    withdraws: bool = False


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


def deciding(standing: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those whose answers decide: each one who must, and those of whom one is enough as one."""
    everyone = tuple(standing)
    group = [one for one in everyone if one.one_of]
    alone = tuple(one for one in everyone if not one.one_of)
    return (*alone, _as_one(group)) if group else alone


def _as_one(group: list[Standing]) -> Standing:
    """One yes is enough; a no of all is a no."""
    yes = [one for one in group if one.kinds]
    if not yes:
        return replace(group[0], answered=all(one.answered for one in group))
    kinds = frozenset().union(*(one.kinds for one in yes))
    return replace(yes[0], kinds=kinds, until=min(one.until for one in yes), joins=any(one.joins for one in yes))


def complete(standing: Iterable[Standing]) -> bool:
    """Whether everyone who must consent has answered. Nobody to ask is never complete."""
    everyone = deciding(standing)
    return bool(everyone) and all(one.answered for one in everyone)


def common(standing: Iterable[Standing], wanted: Wanted, on: date, *, joining: bool = False) -> Cover | None:
    """The intersection of what all gave: common kinds, narrowest reach, earliest day; None when nothing is shared.

    joining: the child already has a case, so everyone must also have said that the service may join it.
    Source: domain 1.7 (a consent's cover is the intersection of what all required persons gave).
    """
    everyone = deciding(standing)
    if not complete(everyone) or (joining and not all(one.joins for one in everyone)):
        return None
    kinds = frozenset(wanted.kinds).intersection(*(one.kinds for one in everyone))
    until = min([wanted.until, *(one.until for one in everyone)])
    if not kinds or until < on:
        return None
    reach = min([wanted.reach, *(one.reach for one in everyone)], key=REACHES.index)
    return Cover(kinds, reach, until)


class Outcome(StrEnum):
    """What has become of a question, for those who asked it; never who said what."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


def outcome(standing: Iterable[Standing], *, shared: bool, over: bool) -> Outcome:
    """Where a question stands. shared: it gives some sight now. over: its last day, or its day to answer, has passed.

    Disputed: one says yes and another no, so nothing is shared on this ground (BL81 § 30: they decide together).
    """
    everyone = deciding(standing)
    if shared:
        return Outcome.GIVEN
    if any(one.withdraws for one in everyone):
        return Outcome.WITHDRAWN
    if over:
        return Outcome.ENDED
    if not complete(everyone):
        return Outcome.WAITING
    return Outcome.DISPUTED if any(one.kinds for one in everyone) else Outcome.REFUSED


class Record(StrEnum):
    """Where a consent stands in the ledger of one of the family."""

    SHARED = "shared"
    WAITS = "waits"
    WAITS_FOR_OTHERS = "waits_for_others"
    NO = "no"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


def record_of(  # noqa: PLR0913 - what is known of one consent
    *, shared: bool, still: bool, party: bool, answered: bool, yes: bool, withdrawn: bool
) -> Record:
    """By one's own answer and the common result; never by what another has answered."""
    if shared:
        return Record.SHARED
    if withdrawn:
        return Record.WITHDRAWN
    if not still:
        return Record.ENDED
    if party and not answered:
        return Record.WAITS
    return Record.WAITS_FOR_OTHERS if yes or not party else Record.NO


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
