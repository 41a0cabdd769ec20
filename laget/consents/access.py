"""Who may see a request for consent and its answers, and who may ask, answer, note and withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.consents import ground, rights
from laget.consents.models import Answer, Cause, Disclosure, Hiding, Paper, PaperState, Party, Renewal, Request
from laget.consents.rules import can_ask
from laget.directory.access import visible_positions
from laget.directory.models import Position
from laget.families.access import CHILD_WELFARE
from laget.families.ground import in_care
from laget.kernel.actor import Actor, Place
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.grounds import Ground
from laget.law.kinds import Kind
from laget.participation.access import letter_made_by
from laget.people.models import Name
from laget.sight.access import knows_child, sees_case, tells_kinds, visible_covers, visible_seats, working_seats
from laget.sight.models import SeatKind

NOT_HERE = refuse(_("Your service cannot ask for consent here. Talk with your leader about other ways."))
NOT_ASKED = refuse(_("You may read this, but you are not the one who is asked."))
ENDED = refuse(_("This question is no longer open. You can ask the service to send it again."))
NOT_WAITING = refuse(_("This consent is asked for already, or was taken back. There is nothing to ask again."))
SAME_HAND = refuse(
    _(
        "The one who asks you also made the letter you sign in with, so a yes here would not count. You can say no. "
        "If you want to say yes, ask somebody else in the team for a new letter, or say it aloud."
    )
)
NO_ORDER = refuse(_("No care order is registered, so a yes would not count. Register the order first. You can say no."))
NOTHING_TO_HAND_ON = refuse(_("Everybody has answered and nothing is shared, so there is nothing to hand on."))
NOTHING_GIVEN = refuse(_("You have not said yes to anything here, so there is nothing to withdraw."))
ANOTHER_CONFIRMS = refuse(_("Another person than the one who registered it sees the paper and confirms."))
DECIDED = refuse(_("This answer is confirmed, refused or taken back already."))

NOT_A_WORKER = refuse(_("Only somebody who works here and knows the child notes this."))
NO_SUCH_GROUND = refuse(_("There is no such ground for your service. Choose another."))
NEEDS_PERMISSION = refuse(_("On this ground nothing is shared without permission. Ask the family."))
SHOWN = refuse(_("The family can read it already."))


def visible_requests(actor: Actor) -> QuerySet[Request]:
    """Requests that the actor made while the child is known to it, and all that concern the actor's own family.

    A question about health that a young person decides is not its parents': they read it when they were asked too.
    """
    mine = Q(asked_by_id=actor.person) & knows_child(actor)
    if not actor.is_citizen:
        return Request.objects.filter(mine)
    asked_me = Exists(Party.objects.filter(request_id=OuterRef("pk"), person_id=actor.person))
    return Request.objects.filter(mine | sees_case(actor) & (tells_kinds(actor) | Q(asked_me)))


def visible_renewals(actor: Actor) -> QuerySet[Renewal]:
    """Consents to be asked for again around the children in whose cases a worker takes part; none for a family."""
    return Renewal.objects.filter(sees_case(actor)) if actor.is_worker else Renewal.objects.none()


def waiting_renewals(actor: Actor, child: UUID) -> QuerySet[Renewal]:
    """Those that nobody has asked for, and that still matter: one that was taken back is not asked for again."""
    given = Exists(visible_covers(actor).filter(origin_id=OuterRef("request_id"), until__gt=Now(), since__lte=Now()))
    over = Q(due__lt=timezone.localdate()) | Q(due=timezone.localdate(), cause=Cause.RESPONSIBILITY)
    waiting = visible_renewals(actor).filter(child_id=child, done_at=None).filter(given | over)
    return waiting.select_related("service").order_by("due", "id")


def visible_parties(actor: Actor) -> QuerySet[Party]:
    """Those asked in the requests that one sees, and oneself as the one who answers for child welfare."""
    known = Q(request__in=visible_requests(actor))
    return Party.objects.filter(known | _for_welfare(actor) if actor.is_worker else known)


def _for_welfare(actor: Actor) -> Q:
    return Q(person_id=actor.person, role="child_welfare") & knows_child(actor)


def visible_for_welfare(actor: Actor) -> QuerySet[Party]:
    """What the actor is asked to answer for child welfare, at work."""
    return Party.objects.filter(_for_welfare(actor)) if actor.is_worker else Party.objects.none()


def child_welfare_workers(actor: Actor) -> QuerySet[Position]:
    """Who can be asked to answer for child welfare: those who work there now, but the actor."""
    held = visible_positions(actor).filter(since__lte=Now(), until__gt=Now(), unit__service__act=CHILD_WELFARE)
    return held.exclude(person_id=actor.person)


def asked_of_welfare(party: Party) -> Request | None:
    """What is asked, for the one who answers for child welfare: not what was typed, and not who has answered."""
    return next(iter(Request.objects.raw("SELECT * FROM consents_asked_of_welfare(%s)", [party.pk])), None)


def may_answer_for_welfare(actor: Actor, party: Party) -> Verdict:
    """The one who was asked, in the position that was asked, while the question is open; never the one who asks."""
    asked = asked_of_welfare(party)
    if asked is None or asked.asked_by_id == actor.person or party.position_id not in actor.positions:
        return NOT_ASKED
    return ALLOWED if party.ended_at > timezone.now() and is_open(asked) else ENDED


def may_hand_on(actor: Actor, party: Party) -> Verdict:
    """As answering, while something is shared or the question waits: else there is nothing to answer for."""
    verdict, asked = may_answer_for_welfare(actor, party), asked_of_welfare(party)
    if not verdict or asked is None:
        return verdict or NOT_ASKED
    waits = asked.answer_by > timezone.now() or any(one.mine for one in ground.in_force(asked.pk))
    return ALLOWED if waits else NOTHING_TO_HAND_ON


def answered_for_welfare(actor: Actor, party: Party) -> Answer | None:
    """What the actor has answered last as this party: nothing of an earlier time when it answered too."""
    own = visible_answers(actor).filter(request_id=party.request_id, person_id=actor.person, at__gte=party.told_at)
    return own.order_by("-at", "id").first()


def colleagues_who_may_answer(actor: Actor, party: Party) -> list[Position]:
    """Others in the same service who can answer in the actor's place: not the one who asks, none too close."""
    asked = asked_of_welfare(party)
    if asked is None or party.position is None:
        return []
    now = visible_positions(actor).filter(since__lte=Now(), until__gt=Now())
    there = now.filter(unit__service_id=party.position.unit.service_id)
    held = list(there.exclude(person_id__in=[actor.person, asked.asked_by_id]))
    fit = ground.impartial(party.child_id, [one.person_id for one in held])
    return [one for one in held if one.person_id in fit]


def may_say_yes_for_welfare(actor: Actor, party: Party) -> Verdict:
    """Only while a care order is registered: else the parents decide."""
    verdict = may_answer_for_welfare(actor, party)
    return verdict if not verdict or in_care(party.child_id) else NO_ORDER


def visible_answers(actor: Actor) -> QuerySet[Answer]:
    """The actor's own answers, and oral ones that the actor noted."""
    own_positions = Position.objects.filter(person_id=actor.person)
    own = Q(person_id=actor.person) | Q(noted_by__in=own_positions)
    return Answer.objects.filter(own & knows_child(actor))


def asked_of(paper: Paper) -> Request | None:
    """What a paper answers, for the two who see it: what was asked for, and not who has answered or any words."""
    return next(iter(Request.objects.raw("SELECT * FROM consents_asked_of(%s)", [paper.pk])), None)


def visible_papers(actor: Actor) -> QuerySet[Paper]:
    """Answers on paper that the actor has registered, or is asked to see, while the child is known to it."""
    if not actor.is_worker:
        return Paper.objects.none()
    return Paper.objects.filter((Q(by_id=actor.person) | Q(checker_id=actor.person)) & knows_child(actor))


def waiting_papers(actor: Actor, asked: Request) -> QuerySet[Paper]:
    """Those of a request that nobody has confirmed or refused."""
    return visible_papers(actor).filter(request=asked, state=PaperState.WAITING).order_by("at", "id")


def may_confirm(actor: Actor, paper: Paper) -> Verdict:
    """The one who was asked to see the paper, and never the one who registered it; once, while the question is open."""
    if paper.checker_id != actor.person or paper.by_id == actor.person:
        return ANOTHER_CONFIRMS
    if paper.state != PaperState.WAITING:
        return DECIDED
    asked = asked_of(paper)
    return ALLOWED if asked is not None and is_open(asked) else ENDED


def may_add_scan(actor: Actor, paper: UUID) -> Verdict:
    """As `may_take_back`: a scan is added until somebody has confirmed what it shows."""
    found = visible_papers(actor).filter(pk=paper).first()
    return may_take_back(actor, found) if found is not None else DECIDED


def hold_paper(actor: Actor, paper: UUID) -> None:
    """Nobody else decides the paper until the end of the transaction."""
    found = visible_papers(actor).filter(pk=paper).values_list("child_id", flat=True).first()
    if found is not None:
        ground.wait(found)


def may_take_back(actor: Actor, paper: Paper) -> Verdict:
    """The one who registered it, as long as nobody has confirmed or refused it."""
    if paper.by_id != actor.person:
        return ANOTHER_CONFIRMS
    return ALLOWED if paper.state == PaperState.WAITING else DECIDED


@dataclass(frozen=True)
class Second:
    """Somebody who can be asked to see a paper. `in_team`: with a place and a consent around the child already."""

    person: UUID
    position: UUID
    name: str
    title: str
    in_team: bool


def seconds(actor: Actor, asked: Request) -> list[Second]:
    """Who may be asked to see a paper: others in the team, and those who lead where the actor works.

    When the question gives something already, only the team: nobody else can change what is shared. Without those who
    are too close to the family, or kept away from it.
    """
    place = actor.place(asked.position_id) or place_around(actor, asked.child_id)
    now = {"child_id": asked.child_id, "since__lte": Now(), "until__gt": Now()}
    covered = visible_covers(actor).filter(kind=Kind.IDENTITY, **now).values("service_id")
    around = visible_seats(actor).filter(kind=SeatKind.SERVICE, **now)
    team = around.filter(position__unit__service_id__in=covered).values("position_id")
    where = Q(pk__in=team)
    if not any(one.mine for one in ground.in_force(asked.pk)):
        where |= Q(leads=True, unit__service_id=place.service)
    held = Position.objects.current().filter(where).exclude(person_id=actor.person).select_related("unit")
    inside = set(team.values_list("position_id", flat=True))
    rows = {one.person_id: one for one in held.order_by("since", "id")}
    for close in set(rows) - ground.impartial(asked.child_id, list(rows)):
        del rows[close]
    names = {one.person_id: one.full for one in Name.objects.filter(pk__in=rows)}
    found = [
        Second(who, one.pk, names.get(who, ""), f"{one.title}, {one.unit.name}", one.pk in inside)
        for who, one in rows.items()
    ]
    return sorted(found, key=lambda one: (not one.in_team, one.name))


def in_team(actor: Actor, asked: Request) -> bool:
    """Whether the actor takes part in the case, and so sees what a change of it ends."""
    return working_seats(actor).filter(child_id=asked.child_id).exists()


def may_ask(actor: Actor, subject: object = None) -> Verdict:
    """Everybody who works in a service that table E knows; a crisis centre shares on other grounds only."""
    if actor.is_worker and any(can_ask(place.act) for place in actor.places):
        return ALLOWED
    return NOT_HERE


def may_ask_for_service(actor: Actor, child: Any) -> Verdict:
    """Only the present holder, as the room above says."""
    verdict = rights.may_ask_for_service(actor, child)
    return verdict if not verdict else may_ask(actor)


def may_renew(actor: Actor, renewal: Renewal) -> Verdict:
    """The present holder, or the one who asked before; once."""
    if renewal.done_at is not None or not waiting_renewals(actor, renewal.child_id).filter(pk=renewal.pk).exists():
        return NOT_WAITING
    mine = visible_requests(actor).filter(pk=renewal.request_id, asked_by_id=actor.person).exists()
    verdict = ALLOWED if mine else rights.may_ask_for_service(actor, renewal.child_id)
    return verdict if not verdict else may_ask(actor)


def place_around(actor: Actor, child: UUID) -> Place:
    """From which of the actor's positions one acts around this child: the one with a seat, maybe not the first."""
    seats = working_seats(actor).filter(child_id=child).order_by("since", "id")
    held = (actor.place(position) for position in seats.values_list("position_id", flat=True))
    return next((place for place in held if place is not None), actor.places[0])


def is_open(asked: Request) -> bool:
    """Whether it can still be answered."""
    return asked.ended_at > timezone.now() and asked.until >= timezone.localdate()


def latest_answer(actor: Actor, asked: Request) -> Answer | None:
    """What the actor answered last, by own sign-in or orally."""
    own = visible_answers(actor).filter(request=asked, person_id=actor.person)
    return own.order_by("-at", "id").first()


def may_answer(actor: Actor, asked: Request) -> Verdict:
    """Those who are asked, while the question is open."""
    mine = visible_parties(actor).filter(request=asked, person_id=actor.person, ended_at__gt=Now())
    if not actor.is_citizen or not mine.exists():
        return NOT_ASKED
    return ALLOWED if is_open(asked) else ENDED


def may_say_yes(actor: Actor, asked: Request) -> Verdict:
    """Who asks for a yes must not have made the letter that it is given by; a no and a withdrawal always count.

    When it is not known who made it, it counts as made by the one who asks.
    """
    verdict = may_answer(actor, asked)
    if not verdict or not actor.by_letter:
        return verdict
    return SAME_HAND if letter_made_by(actor) in (None, asked.asked_by_id) else ALLOWED


def may_withdraw(actor: Actor, asked: Request) -> Verdict:
    """The one who said yes, at any time."""
    verdict = may_answer(actor, asked)
    if not verdict:
        return verdict
    latest = latest_answer(actor, asked)
    return ALLOWED if latest is not None and latest.kinds else NOTHING_GIVEN


def may_note(actor: Actor, asked: Request) -> Verdict:
    """The one who asked, or the present holder, as long as the question is open."""
    if not actor.positions:
        return refuse(_("Only the one who asked, or the one who holds the baton, notes an answer."))
    if asked.asked_by_id != actor.person and not rights.may_ask_for_service(actor, asked.child_id):
        return refuse(_("Only the one who asked, or the one who holds the baton, notes an answer."))
    return ALLOWED if is_open(asked) else ENDED


def visible_disclosures(actor: Actor) -> QuerySet[Disclosure]:
    """What the actor has shared itself, as long as it works in the service; for the family, what is not hidden.

    When the one who shared it no longer works there, whoever of the service takes part in the child's case reads it.
    What tells of a young person's health is its parents' no more than what is written of it.
    """
    if actor.is_worker:
        works = Position.objects.current().filter(person_id=OuterRef("by_id"), unit__service_id=OuterRef("service_id"))
        taken_over = sees_case(actor) & Q(~Exists(works))
        return Disclosure.objects.filter(Q(by_id=actor.person) | taken_over, service_id__in=actor.services)
    return Disclosure.objects.filter(sees_case(actor), tells_kinds(actor), hidden=False)


def visible_hidings(actor: Actor) -> QuerySet[Hiding]:
    """Why something is hidden from the family: for the workers who read it, and never for the family."""
    rows = visible_disclosures(actor) if actor.is_worker else Disclosure.objects.none()
    return Hiding.objects.filter(disclosure__in=rows)


def may_disclose(actor: Actor, subject: object = None) -> Verdict:
    """Everybody who works here and knows the child: what law allows or demands waits for nobody's approval."""
    return ALLOWED if actor.is_worker and actor.places else NOT_A_WORKER


def may_lean_on(actor: Actor, ground: Ground | None) -> Verdict:
    """A ground that is there for one's service, and under which something can be noted as shared."""
    if ground is None:
        return NO_SUCH_GROUND
    return ALLOWED if ground.recorded else NEEDS_PERMISSION


def may_show(actor: Actor, disclosure: Disclosure) -> Verdict:
    """Whoever of the service reads it decides whether it is hidden still, or shown to the family."""
    if not disclosure.hidden:
        return SHOWN
    return ALLOWED if actor.is_worker else NOT_A_WORKER
