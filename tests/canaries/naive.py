"""Who may read what, said once more with sets and loops: no query, no policy, no code of the rooms.

It reads the facts as the owner of the database sees them and is told the law of the house: a worker reads by a seat and
a cover, a family by a seat, a forbid beats both, an entry's audience narrows. What a page shows beyond this is a leak.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from laget.cases.models import Log
from laget.consents.models import Paper
from laget.demo.cast import Member
from laget.directory.models import Position
from laget.families.models import Parent
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER
from laget.sight.models import Cover, Forbid, Seat
from laget.trust.models import Inquiry, Question

FAMILY = {"parent", "child", "guardian"}
Rule = Callable[["Naive", Member, Any], bool]


class Naive:
    """The facts of now, as plain tuples."""

    def __init__(self, *, by_letter: bool = False) -> None:
        """by_letter: for one who came in by a letter, to whom only the places that it opens are there."""
        self.by_letter = by_letter
        self.now = timezone.now()
        self.positions = {one.pk: one for one in Position.objects.select_related("unit")}
        self.seats = [one for one in Seat.objects.all() if self.holds(one)]
        self.ever = list(Seat.objects.all())
        self.covers = [one for one in Cover.objects.all() if self.holds(one)]
        self.forbids = {
            (one.person_id, one.child_id, capacity)
            for one in Forbid.objects.all()
            if self.holds(one)
            for capacity in ([one.capacity] if one.capacity else ["worker", "citizen"])
        }
        self.ties = [(one.person_id, one.child_id) for one in Parent.objects.all()]
        self.workers = {one.person_id for one in self.positions.values()}
        self.owners = {one.pk: one for model in (Paper, Log) for one in model.objects.all()}
        self.questions = list(Question.objects.all())
        self.inquiries = list(Inquiry.objects.all())

    def holds(self, fact: Any) -> bool:
        return bool(fact.since <= self.now < fact.until)

    def held(self, who: Member) -> list[Position]:
        """The positions that somebody at work has now."""
        if who.capacity is not Capacity.WORKER:
            return []
        return [one for one in self.positions.values() if one.person_id == who.person and self.holds(one)]

    def services(self, who: Member) -> set[UUID]:
        return {one.unit.service_id for one in self.held(who)}

    def _seats(self, who: Member, child: UUID) -> list[Seat]:
        if (who.person, child, who.capacity.value) in self.forbids:
            return []
        held = [one for one in self.seats if one.person_id == who.person and one.child_id == child]
        return [one for one in held if one.for_letter or not self.by_letter]

    def family(self, who: Member, child: UUID) -> bool:
        at_home = who.capacity is Capacity.CITIZEN
        return at_home and any(one.kind in FAMILY for one in self._seats(who, child))

    def kinds(self, who: Member, child: UUID) -> dict[str, list[Cover]]:
        """Each kind of information that somebody's service may know of a child, with the covers that give it."""
        mine = {one.pk for one in self.held(who)}
        seated = {
            self.positions[one.position_id].unit.service_id
            for one in self._seats(who, child)
            if one.kind == "service" and one.position_id in mine
        }
        found: dict[str, list[Cover]] = {}
        for one in self.covers:
            if one.child_id == child and one.service_id in seated:
                found.setdefault(one.kind, []).append(one)
        return found

    def asks(self, who: Member, child: UUID, *, invited: bool = False) -> bool:
        """Asks for consent, or is invited: knows that there is such a child."""
        mine = {one.pk for one in self.held(who)}
        asking = [one for one in self._seats(who, child) if one.kind == "asking" and one.position_id in mine]
        return any(one.origin == "invitation" or not invited for one in asking)

    def emergency(self, who: Member, child: UUID) -> bool:
        """Has opened in an emergency that lasts, by a position held now."""
        mine = {one.pk for one in self.held(who)}
        return any(one.kind == "emergency" and one.position_id in mine for one in self._seats(who, child))

    def case(self, who: Member, child: UUID) -> bool:
        return self.family(who, child) or bool(self.kinds(who, child))

    def knows(self, who: Member, child: UUID) -> bool:
        return self.family(who, child) or "identity" in self.kinds(who, child) or self.asks(who, child)

    def kind(self, who: Member, row: Any, at: datetime, reach: str) -> bool:
        if self.family(who, row.child_id):
            return True
        return any(getattr(one, reach) <= at for one in self.kinds(who, row.child_id).get(row.kind, []))

    def leads(self, who: Member, *, unit: UUID | None = None, services: tuple[UUID, ...] = ()) -> bool:
        return any(one.leads and (one.unit_id == unit or one.unit.service_id in services) for one in self.held(who))

    def own(self, who: Member, child: UUID) -> bool:
        """Whether somebody has to do with a child in private, or is kept from it."""
        seated = any(one.person_id == who.person and one.child_id == child and one.kind in FAMILY for one in self.seats)
        barred = (who.person, child, who.capacity.value) in self.forbids
        return seated or barred or (who.person, child) in self.ties

    def inquired_about(self, who: Member, person: UUID) -> bool:
        """Whether the officer's own inquiry is about this child, or asks of a time with a place around it."""
        mine = [one for one in self.inquiries if one.by_id == who.person and one.until > self.now]
        seats = [one for one in self.ever if one.person_id == person]
        around = any(
            seat.child_id == one.child_id and seat.since < one.ends and seat.until > one.begins
            for one in mine
            for seat in seats
        )
        return around or any(one.child_id == person for one in mine)

    def kin(self, who: Member, child: UUID) -> bool:
        """Seated as family, now or before, or kept from the child."""
        ever = any(one.person_id == who.person and one.child_id == child and one.kind in FAMILY for one in self.ever)
        return ever or (who.person, child, who.capacity.value) in self.forbids

    def controls(self, who: Member) -> bool:
        return any(one.protects for one in self.held(who))

    def asked(self, who: Member, one: Question) -> bool:
        """A question of a family: the one who asked, the leader of the unit, the officer once it is passed on."""
        if who.capacity is Capacity.CITIZEN:
            return one.asked_by_id == who.person and self.knows(who, one.child_id)
        leads = any(held.leads and held.unit_id == one.unit_id for held in self.held(who))
        passed_on = self.controls(who) and one.escalated_at < FOREVER
        return (leads or passed_on) and one.reader_id != who.person and not self.own(who, one.child_id)


def in_case(naive: Naive, who: Member, row: Any) -> bool:
    return naive.case(who, row.child_id)


def addressed(naive: Naive, who: Member, row: Any, author: UUID, service: UUID | None = None) -> bool:
    """Whether a text's own audience holds somebody who may know its kind anyway."""
    at_home, mine, among = who.capacity is Capacity.CITIZEN, author == who.person, who.person in row.persons
    holds = {
        "team": True,
        "family": at_home,
        "services": not at_home or mine,
        "own_service": service is not None and (at_home or service in naive.services(who)),
        "named": among or mine,
        "childs_own": among or mine or who.person == row.child_id,
        "not_for": bool(row.persons) and not among,
    }
    return holds.get(row.audience, False)


def planned(naive: Naive, who: Member, row: Any) -> bool:
    at = getattr(row, "agreed_at", None) or row.at
    if not naive.kind(who, row, at, "plan_from"):
        return False
    author = getattr(row, "by_id", None) or getattr(row, "agreed_by_id", None) or row.replaced_by_id
    return not hasattr(row, "audience") or addressed(naive, who, row, author)


def logged(naive: Naive, who: Member, row: Any) -> bool:
    """An emergency opens what was written for the whole team; never how, or that, the child itself was asked."""
    may_know = naive.kind(who, row, row.at, "log_from")
    plain = row.audience == "team" and not row.how_asked and row.author_id != row.child_id
    opened_up = plain and row.sort != "child_words" and naive.emergency(who, row.child_id)
    return opened_up or (may_know and addressed(naive, who, row, row.author_id, row.service_id))


def chosen(naive: Naive, who: Member, row: Any) -> bool:
    """Why somebody chose other readers: the one who chose, and workers whom the text is for."""
    mine = bool(row.by_id == who.person)
    held = who.capacity is Capacity.WORKER and addressed(naive, who, row, row.by_id)
    return naive.kind(who, row, row.at, "log_from") and (mine or held)


def kept_away(naive: Naive, who: Member, row: Any) -> bool:
    unit = naive.positions[row.position_id].unit_id
    led = naive.leads(who, unit=unit) and not naive.kin(who, row.child_id)
    return who.capacity is Capacity.WORKER and (naive.case(who, row.child_id) or led)


def why_kept_away(naive: Naive, who: Member, row: Any) -> bool:
    kept = row.restriction
    told = {"family_situation", "child_welfare"} & set(naive.kinds(who, row.child_id))
    led = naive.leads(who, unit=naive.positions[kept.position_id].unit_id)
    near = kept_away(naive, who, kept) and (kept.by_id == who.person or led)
    return who.capacity is Capacity.WORKER and (bool(told) or near)


def of_two(naive: Naive, who: Member, row: Any) -> bool:
    if who.capacity is not Capacity.WORKER:
        return False
    if row.asked_by_id == who.person:
        return naive.case(who, row.child_id)
    return naive.leads(who, services=tuple(row.services)) and not naive.kin(who, row.child_id)


def claimed(naive: Naive, who: Member, row: Any) -> bool:
    """What one has read of responsibility: workers in the case, and other leaders of the services that are asked."""
    if who.capacity is not Capacity.WORKER:
        return False
    led = naive.leads(who, services=tuple(row.services)) and not naive.kin(who, row.child_id)
    return naive.case(who, row.child_id) or (led and row.by_id != who.person)


def tied(naive: Naive, who: Member, row: Any) -> bool:
    barred = (who.person, row.child_id, who.capacity.value) in naive.forbids
    led = naive.leads(who, unit=row.unit_id) and row.worker_id != who.person and not barred
    out = row.worker_id == who.person and row.seated and row.found == "register"
    return row.made_by == who.person or led or (out and who.capacity is Capacity.WORKER)


def opened(naive: Naive, who: Member, row: Any) -> bool:
    """Why somebody opened in an emergency: that one, the unit's leader and the officer; not one who is kept away."""
    if who.capacity is not Capacity.WORKER or (who.person, row.child_id, "worker") in naive.forbids:
        return False
    return row.worker_id == who.person or naive.controls(who) or naive.leads(who, unit=row.unit_id)


def asked_of_us(naive: Naive, who: Member, row: Any) -> bool:
    """A parent's request to be told: the service that was asked, when it takes part in the case."""
    seated = any(
        one.kind == "service" and naive.positions[one.position_id].unit.service_id == row.service_id
        for one in naive._seats(who, row.child_id)
        if one.position_id in {held.pk for held in naive.held(who)}
    )
    covered = any(one.service_id == row.service_id for some in naive.kinds(who, row.child_id).values() for one in some)
    return seated and covered


def gave(naive: Naive, who: Member, row: Any) -> bool:
    """What was shared without consent, with all about it: the one who gave it, while working in the service.

    After that one, whoever of the service takes part in the case.
    """
    if row.service_id not in naive.services(who):
        return False
    works = any(
        one.person_id == row.by_id and one.unit.service_id == row.service_id
        for one in naive.positions.values()
        if naive.holds(one)
    )
    return row.by_id == who.person or (not works and naive.case(who, row.child_id))


def hidden_here(naive: Naive, who: Member, row: Any) -> bool:
    """Why it is hidden: whoever at work reads what was shared."""
    return gave(naive, who, row.disclosure)


def given(naive: Naive, who: Member, row: Any) -> bool:
    """To whom and what: the family too, unless telling it would be a danger."""
    return gave(naive, who, row) or (naive.family(who, row.child_id) and not row.hidden)


def at_work_in_case(naive: Naive, who: Member, row: Any) -> bool:
    return who.capacity is Capacity.WORKER and naive.case(who, row.child_id)


def set_up(naive: Naive, who: Member, row: Any) -> bool:
    """How a way in was set up: whose it is, and workers in the case."""
    mine = who.capacity is Capacity.WORKER or row.person_id == who.person
    return mine and naive.case(who, row.child_id)


def _request(rule: Rule) -> Rule:
    return lambda naive, who, row: rule(naive, who, row.request)


def named(naive: Naive, who: Member, row: Any) -> bool:
    person = row.person_id
    if person == who.person or person in naive.workers:
        return True
    if naive.family(who, person) or "identity" in naive.kinds(who, person) or naive.asks(who, person, invited=True):
        return True
    if naive.emergency(who, person):
        return True
    if any(adult == person and (naive.case(who, child) or naive.emergency(who, child)) for adult, child in naive.ties):
        return True
    asked = any(one.child_id == person and naive.asked(who, one) for one in naive.questions)
    return asked or (naive.controls(who) and naive.inquired_about(who, person))


def requested(naive: Naive, who: Member, row: Any) -> bool:
    mine = row.asked_by_id == who.person and naive.knows(who, row.child_id)
    return mine or (who.capacity is Capacity.CITIZEN and naive.case(who, row.child_id))


def answered(naive: Naive, who: Member, row: Any) -> bool:
    noted = row.noted_by_id and naive.positions[row.noted_by_id].person_id == who.person
    return (row.person_id == who.person or bool(noted)) and naive.knows(who, row.child_id)


def on_paper(naive: Naive, who: Member, row: Any) -> bool:
    two = who.capacity is Capacity.WORKER and who.person in (row.by_id, row.checker_id)
    return two and naive.knows(who, row.child_id)


def filed(naive: Naive, who: Member, row: Any) -> bool:
    """As what the file belongs to."""
    owner = naive.owners.get(row.of)
    return owner is not None and (on_paper if row.sort == "paper" else logged)(naive, who, owner)


def file_opened(naive: Naive, who: Member, row: Any) -> bool:
    return filed(naive, who, row.file)


def invited(naive: Naive, who: Member, row: Any) -> bool:
    mine = naive.positions[row.position_id].person_id == who.person and naive.knows(who, row.child_id)
    return mine or naive.case(who, row.child_id)


def owner_at_work(naive: Naive, who: Member, row: Any) -> bool:
    return row.owner_id == who.person and row.service_id in naive.services(who)


def question(naive: Naive, who: Member, row: Any) -> bool:
    return naive.asked(who, row)


def reply(naive: Naive, who: Member, row: Any) -> bool:
    if row.question_id:
        whole = who.capacity is Capacity.WORKER or row.outcome != "passed_on"
        return whole and naive.asked(who, row.question)
    leads = any(held.leads and held.unit_id == row.finding.unit_id for held in naive.held(who))
    own = row.finding.about is not None and naive.own(who, row.finding.about)
    return (leads or naive.controls(who)) and row.finding.reader_id != who.person and not own


def inquired(naive: Naive, who: Member, row: Any) -> bool:
    return naive.controls(who) and row.by_id == who.person and not naive.own(who, row.child_id)


def mine(naive: Naive, who: Member, row: Any) -> bool:
    return bool(row.person_id == who.person)


# By table, or by table and column where one column is for fewer or for more.
RULES: dict[str, Rule] = {
    "people.Name": named,
    "people.Contact": mine,
    "access.Draft": mine,
    "families.Parent": in_case,
    "consents.Request": requested,
    "consents.Answer": answered,
    "consents.Paper": on_paper,
    "documents.File": filed,
    "documents.Content": file_opened,
    "cases.Turn": in_case,
    "cases.Step": in_case,
    "cases.Crossing": in_case,
    "cases.Offer": in_case,
    "cases.FamilyView": in_case,
    "cases.Invitation": invited,
    "cases.Log": logged,
    "cases.OwnWords": owner_at_work,
    "concerns.Worry": owner_at_work,
    "plans.Goal": planned,
    "plans.Measure": planned,
    "plans.Revision": planned,
    "plans.Evaluation": planned,
    "plans.Matter": planned,
    "cases.Readership": chosen,
    "consents.Disclosure": gave,
    "consents.Hiding": hidden_here,
    "consents.Disclosure.receiver": given,
    "consents.Disclosure.what": given,
    "concerns.Discussion": owner_at_work,
    "participation.Setup": set_up,
    "participation.Remark": lambda naive, who, row: set_up(naive, who, row.setup),
    "protection.Grading": at_work_in_case,
    "exchange.Report": owner_at_work,
    "exchange.Version": owner_at_work,
    "families.Claim": claimed,
    "families.InformationRequest": asked_of_us,
    "families.CareOrder": at_work_in_case,
    "families.InformationAnswer": _request(asked_of_us),
    "families.InformationRight": _request(asked_of_us),
    "protection.Restriction": kept_away,
    "protection.Why": why_kept_away,
    "protection.Proposal": of_two,
    "protection.Letter": lambda naive, who, row: of_two(naive, who, row.proposal),
    "emergency.Opening": opened,
    "emergency.Hold": lambda naive, who, row: opened(naive, who, row.opening),
    "emergency.Review": lambda naive, who, row: opened(naive, who, row.opening),
    "ties.Tie": tied,
    "ties.Objection": lambda naive, who, row: tied(naive, who, row.tie),
    "ties.Ruling": lambda naive, who, row: tied(naive, who, row.tie),
    "trust.Question": question,
    "trust.Reply": reply,
    "trust.Inquiry": inquired,
}


def may_read(naive: Naive, who: Member, table: str, column: str, row: Any) -> bool:
    rule = RULES.get(f"{table}.{column}") or RULES[table]
    return rule(naive, who, row)
