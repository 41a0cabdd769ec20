"""People in services that the consent covers are invited, and take their seat themselves."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import gripped, visible_cases, visible_invitations, visible_team
from laget.cases.models import Case, Invitation
from laget.cases.rights import may_answer_invitation, may_invite, may_take_back_invitation
from laget.cases.telling import tell_family, tell_gone, tell_invited, tell_workers
from laget.cases.typed import kept
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Refused
from laget.kernel.outcome import AlreadyDone, Done
from laget.kernel.verdict import refuse
from laget.sight.actions import end_seats, give_seat
from laget.sight.models import SeatKind


@action("cases.invited")
def invite(actor: Actor, case: Case, *, position: UUID, words: str = "") -> Done[Invitation]:
    """A person in a covered service is told whose child it is, and asked to take a seat."""
    case = gripped(actor, case.pk)
    require(may_invite(actor, case))
    person = _invitable(actor, case, position)
    made = Invitation(
        case=case, child_id=case.child_id, position_id=position, made_by_id=actor.person,
        words=kept(words, "words", rules.SHORT_WORDS),
    )  # fmt: skip
    made.save(force_insert=True)
    give_seat(
        child=case.child_id, person=person, kind=SeatKind.ASKING, position=position, origin="invitation",
        origin_id=made.pk,
    )  # fmt: skip
    record(actor, "cases.invited", child=case.child_id, object_id=made.pk, details={"position": str(position)})
    tell_invited(made, "cases.invited")
    tell_family(actor, case, "cases.somebody_invited")
    return Done(made)


def _invitable(actor: Actor, case: Case, position: UUID) -> UUID:
    """The person in the position, when an invitation may leave."""
    if position not in ground.candidates(case.child_id):
        raise Invalid(_("The family has not agreed to this service. Ask them first; then you can invite."), "position")
    if visible_team(actor, case.child_id).filter(position_id=position).exists():
        raise Invalid(_("This person is already in the team."), "position")
    if visible_invitations(actor).filter(case=case, position_id=position, state="sent").exists():
        raise Invalid(_("This person is already invited."), "position")
    return Position.objects.values_list("person_id", flat=True).get(pk=position)


def _waiting(actor: Actor, invitation: Invitation) -> Invitation:
    """The invitation as it is now, held until the end of the transaction."""
    found = visible_invitations(actor).select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(refuse(_("You no longer take part in this. Nothing was changed.")))
    return found


def _answer(invitation: Invitation, state: str) -> None:
    waiting = Invitation.objects.filter(pk=invitation.pk, state="sent")
    touched(waiting.update(state=state, answered_at=Now()), "invitation")
    invitation.state = state


@action("cases.invitation_accepted")
def accept_invitation(actor: Actor, invitation: Invitation) -> Done[Invitation] | AlreadyDone[Invitation]:
    """The invited person takes the seat, and sees from now what the consent covers."""
    invitation = _waiting(actor, invitation)
    if invitation.state == "accepted":
        return AlreadyDone(invitation)
    require(may_answer_invitation(actor, invitation))
    give_seat(
        child=invitation.child_id, person=actor.person, kind=SeatKind.SERVICE, position=invitation.position_id,
        origin="invitation", origin_id=invitation.pk,
    )  # fmt: skip
    end_seats(
        child=invitation.child_id, kinds=(SeatKind.ASKING,), person=actor.person, origin_id=invitation.pk
    )  # fmt: skip
    case = visible_cases(actor).filter(pk=invitation.case_id).first()
    if case is None:
        raise Refused(refuse(_("The consent for your service has ended. Nothing was changed.")))
    _answer(invitation, "accepted")
    record(
        actor, "cases.invitation_accepted", child=invitation.child_id, object_id=invitation.pk,
        position=invitation.position_id,
    )  # fmt: skip
    tell_workers([invitation.made_by_id], case, "cases.invitation_accepted")
    tell_family(actor, case, "cases.joined")
    return Done(invitation)


@action("cases.invitation_declined")
def decline_invitation(actor: Actor, invitation: Invitation) -> Done[Invitation] | AlreadyDone[Invitation]:
    """The invited person says no, and forgets whose child it was."""
    invitation = _waiting(actor, invitation)
    if invitation.state == "declined":
        return AlreadyDone(invitation)
    require(may_answer_invitation(actor, invitation))
    _answer(invitation, "declined")
    record(actor, "cases.invitation_declined", child=invitation.child_id, object_id=invitation.pk)
    _tell_inviter(invitation, "cases.invitation_declined")
    end_seats(
        child=invitation.child_id, kinds=(SeatKind.ASKING,), person=actor.person, origin_id=invitation.pk
    )  # fmt: skip
    return Done(invitation)


def _tell_inviter(invitation: Invitation, event: str) -> None:
    case = Case(pk=invitation.case_id, child_id=invitation.child_id)
    tell_workers([invitation.made_by_id], case, event)


@action("cases.invitation_taken_back")
def take_back_invitation(actor: Actor, invitation: Invitation) -> Done[Invitation] | AlreadyDone[Invitation]:
    """The invitation no longer stands, and the invited person no longer knows whose child it was."""
    invitation = _waiting(actor, invitation)
    if invitation.state == "taken_back":
        return AlreadyDone(invitation)
    require(may_take_back_invitation(actor, invitation))
    _answer(invitation, "taken_back")
    end_seats(child=invitation.child_id, kinds=(SeatKind.ASKING,), origin_id=invitation.pk)
    record(actor, "cases.invitation_taken_back", child=invitation.child_id, object_id=invitation.pk)
    tell_gone([invitation.position.person_id], "cases.invitation_taken_back")
    return Done(invitation)
