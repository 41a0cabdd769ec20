"""When consents or the directory take something from a case, the baton falls and words come back in the same commit."""

from __future__ import annotations

from django.urls import reverse

from laget.audit.actions import record
from laget.cases import falling, ground
from laget.cases.access import visible_cases
from laget.cases.addresses import family_home, start
from laget.cases.telling import team_page, tell_gone, tell_team
from laget.consents.events import ConsentComplete, CoverLost, ToAskAgain
from laget.directory.events import PositionEnded
from laget.families.access import leaders_of
from laget.families.events import ResponsibilityChanged
from laget.kernel.actor import Capacity
from laget.kernel.events import listen
from laget.kernel.period import FOREVER
from laget.notices.actions import tell, tell_once
from laget.participation.events import BirthdayNear, MustKnowEnds, PageOpened
from laget.sight.models import Forbid
from laget.ties.events import ShutOut


@listen(CoverLost)
def cover_was_lost(event: CoverLost) -> None:
    """Its authors get their own words back, and a holder who belonged to the service lets the baton fall."""
    cause = "consents.cover_lost"
    ground.hold(event.child)  # what somebody writes at this moment comes back too
    falling.give_back(event.actor, event.child, event.service, event.kinds, cause=cause)
    falling.settle(event.actor, ground.cases_of(event.child), because=falling.LOST_COVER, cause=cause)


@listen(PositionEnded)
def position_has_ended(event: PositionEnded) -> None:
    """The baton that the position held falls to the heir; offers and invitations to it lapse."""
    cases, cause = ground.cases_of_position(event.position), "directory.position_ended"
    falling.settle(event.actor, cases, because=falling.LOST_POSITION, cause=cause)
    falling.deputies(event.actor, None, cause=cause)


@listen(ShutOut)
def somebody_is_shut_out(event: ShutOut) -> None:
    """One who is too close to the family holds nothing: the baton falls, offers and invitations lapse."""
    cases = ground.cases_of_shut_out(event.child, event.worker)
    falling.settle(event.actor, cases, because=falling.TOO_CLOSE, cause="ties.shut_out")


@listen(ToAskAgain)
def a_consent_is_to_be_asked_again(event: ToAskAgain) -> None:
    """Tasks for the one who holds the baton now, or without a case for the one who asked; told once, however many."""
    people, cases = ground.holders(event.child) or event.askers, ground.cases_of(event.child)
    address = team_page(cases[0]) if cases else start()
    if len(event.renewals) == 1:
        address = reverse("renew", args=event.renewals)
    tell(people, Capacity.WORKER, "consents.ask_again", address=address, child=event.child)


@listen(ResponsibilityChanged)
def somebody_is_let_in(event: ResponsibilityChanged) -> None:
    """A parent more reads the case, on the word of two: the rest of the team and the leaders hear of it at once."""
    if not event.held:
        return
    case = visible_cases(event.actor).filter(child_id=event.child, closed_at=FOREVER).first()
    if case is not None:
        tell_team(event.actor, case, "families.parent_let_in", reverse("parents", args=[event.child]))
    barred = Forbid.objects.in_force().filter(child_id=event.child).values("person_id")
    leaders = leaders_of(event.actor, event.actor.services).exclude(person_id__in=barred)
    tell_gone(leaders.values_list("person_id", flat=True), "families.parent_let_in_here")


@listen(BirthdayNear)
def a_birthday_is_near(event: BirthdayNear) -> None:
    """The one who holds the baton, or stands in, prepares it: told once for each time that the family is told."""
    address = reverse("birthdays", args=[event.child])
    for person in ground.holders(event.child):
        tell_once(
            person, Capacity.WORKER, "participation.birthday", since=event.since, address=address, child=event.child
        )


@listen(MustKnowEnds)
def what_a_parent_must_know_ends(event: MustKnowEnds) -> None:
    """The one who holds the baton knows whom to ask, also when nobody who may decide it is left in the team."""
    address = reverse("child_home", args=[event.child])
    code = "participation.must_know_lapsed" if event.lapsed else "participation.must_know_ends"
    for person in ground.holders(event.child):
        if person not in event.told:
            tell_once(person, Capacity.WORKER, code, since=event.since, address=address, child=event.child)


@listen(PageOpened)
def a_child_has_got_its_page(event: PageOpened) -> None:
    """Those who take part look through what was written before, each as far as it reads; until then it stays closed."""
    address = reverse("child_home", args=[event.child])
    tell(ground.lookers(event.child), Capacity.WORKER, "cases.look_through", address=address, child=event.child)


@listen(ConsentComplete)
def somebody_joins(event: ConsentComplete) -> None:
    """When it asked on its own to join a case that stands, the holder and the family are told, whoever completed it."""
    if not event.opens_case:
        return
    joined = ground.joined_by(event.request)
    if joined is None:
        return
    record(event.actor, "cases.joined", child=event.child, object_id=joined.case, cause="consents.complete")
    tell(joined.holders, Capacity.WORKER, "cases.joined", address=team_page(joined.case), child=event.child)
    family = [one for one in joined.family if not (event.actor.is_citizen and one == event.actor.person)]
    tell(family, Capacity.CITIZEN, "cases.joined", address=family_home(event.child), child=event.child)
