"""An acting holder takes the baton for good; cases are closed and taken up again."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import gripped
from laget.cases.following import guide_of, guide_where_held
from laget.cases.models import Baton, Case, Turn
from laget.cases.rights import may_accept_acting, may_close, may_reopen
from laget.cases.telling import teammates, tell_family, tell_gone, tell_workers
from laget.cases.typed import kept
from laget.guide.rules import Note
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Refused
from laget.kernel.outcome import AlreadyDone, Done, Unchanged
from laget.kernel.period import FOREVER


@action("cases.acting_accepted")
def accept_acting(actor: Actor, case: Case) -> Done[Case] | Unchanged[Case]:
    """The one to whom the baton fell takes it for good."""
    case = gripped(actor, case.pk)
    if case.baton and case.baton.position_id in actor.positions and not case.baton.acting:
        return Unchanged(case)
    require(may_accept_acting(actor, case))
    assert case.baton is not None
    held = Baton.objects.filter(pk=case.baton.pk, until=FOREVER)
    touched(held.update(acting=False, answer_by=None), "baton")
    record(
        actor, "cases.acting_accepted", child=case.child_id, object_id=case.pk, position=case.baton.position_id
    )  # fmt: skip
    tell_family(actor, case, "cases.new_holder")
    return Done(case)


@action("cases.closed")
def close_case(actor: Actor, case: Case, *, reason: str, note: str = "") -> Done[Case] | AlreadyDone[Case]:
    """The case ends with a reason and a note; seats and covers of services end last. The parents still read it."""
    case = gripped(actor, case.pk)
    require(may_close(actor, case))
    if reason not in [one.code for one in rules.closings(guide_of(case))]:
        raise Invalid(_("Choose why the case is closed."), "reason")
    asked = guide_where_held(case).close.note
    missing = _("Write a few words to the family about what you did together.") if asked is Note.REQUIRED else None
    words = kept("" if asked is Note.NONE else note, "note", rules.WORDS, missing=missing)
    held = Baton.objects.filter(case=case, until=FOREVER)
    touched(held.update(until=Greatest(F("since"), Now())), "baton")
    touched(Case.objects.filter(pk=case.pk).update(closed_at=Greatest(F("opened_at"), Now())), "case")
    Turn(case=case, child_id=case.child_id, sort="closed", reason=reason, note=words, by_id=actor.person).save(
        force_insert=True
    )
    record(actor, "cases.closed", child=case.child_id, object_id=case.pk, details={"reason": reason})
    tell_family(actor, case, "cases.closed")
    tell_gone(teammates(actor, case), "cases.closed")
    ground.vacate(case.pk)
    return Done(case)


@action("cases.reopened")
def reopen_case(actor: Actor, case: Case, *, note: str = "") -> Done[Case] | AlreadyDone[Case]:
    """The family takes its case up again; the latest holder whose service has a cover acts until it is accepted."""
    case = gripped(actor, case.pk)
    if case.is_open:
        return AlreadyDone(case)
    require(may_reopen(actor, case))
    words = kept(note, "note", rules.SHORT_WORDS)
    today = timezone.localdate()
    holder = ground.wake(case.pk, rules.acting_until(guide_of(case), today))
    if holder is None:
        raise Refused(may_reopen(actor, case))
    Turn(
        case=case, child_id=case.child_id, sort="reopened", reason="family", note=words, by_id=actor.person
    ).save(force_insert=True)  # fmt: skip
    record(actor, "cases.reopened", child=case.child_id, object_id=case.pk)
    tell_family(actor, case, "cases.reopened")
    tell_workers([holder], case, "cases.baton_fell_to_you")
    return Done(case)
