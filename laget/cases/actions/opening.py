"""A case is opened with the family's consent; where there is one already, the asker joins it or takes it up again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import rules
from laget.cases.access import own_seats, visible_cases
from laget.cases.models import Baton, Case, Log, Step, Turn
from laget.cases.rights import may_open_case
from laget.cases.telling import tell_family
from laget.consents.ground import wait
from laget.consents.models import Request
from laget.guide.national import current
from laget.guide.rules import for_service
from laget.kernel.actor import Actor
from laget.kernel.errors import Refused
from laget.kernel.outcome import AlreadyDone, Done
from laget.kernel.period import FOREVER
from laget.kernel.verdict import refuse
from laget.law.kinds import Kind
from laget.sight.access import kinds_known
from laget.sight.actions import end_seats, give_seat
from laget.sight.models import SeatKind


@action("cases.opened")
def open_case(actor: Actor, request: Request) -> Done[Case] | AlreadyDone[Case]:
    """The asker opens the child's case; one child has one case, so an old one is joined or taken up again."""
    wait(request.child_id)  # an answer that is being taken back is taken back first
    require(may_open_case(actor, request))
    _sit_down(actor, request)
    case = visible_cases(actor).select_for_update(of=("self",)).filter(child_id=request.child_id).first()
    joins = case is not None and case.is_open
    how = "joined" if joins else "began" if case is None else "reopened"
    case = _begin(actor, request) if case is None else case if joins else _take_up(actor, case, request)
    if not _keep_first_words(actor, case, request) and joins:
        return AlreadyDone(case)
    record(
        actor, "cases.opened", child=case.child_id, object_id=case.pk, position=request.position_id,
        details={"how": how},
    )  # fmt: skip
    if not joins:
        tell_family(actor, case, "cases.opened" if how == "began" else "cases.reopened")
    return Done(case)


def _sit_down(actor: Actor, request: Request) -> None:
    """The asking seat becomes a seat of the service, unless the answer already made it one."""
    if not own_seats(actor, request.child_id).filter(position_id=request.position_id).exists():
        give_seat(
            child=request.child_id, person=actor.person, kind=SeatKind.SERVICE, position=request.position_id,
            origin="consent", origin_id=request.pk,
        )  # fmt: skip
    end_seats(child=request.child_id, kinds=(SeatKind.ASKING,), person=actor.person)


def _begin(actor: Actor, request: Request) -> Case:
    sort = request.service.sort
    guide = current(timezone.localdate(), sort)
    case = Case(
        child_id=request.child_id, service_id=request.service_id, level=rules.begins_at(for_service(guide, sort)),
        guide_version=guide.code, opened_by_id=request.position_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        raise Refused(refuse(_("Something happened at the same moment. Try once more."))) from None
    Step(
        case=case, child_id=case.child_id, level=case.level, by_id=actor.person,
        reason=_("The case begins here, with the family's consent."),
    ).save(force_insert=True)  # fmt: skip
    Baton(case=case, child_id=case.child_id, position_id=request.position_id, origin="opened").save(force_insert=True)
    return case


def _take_up(actor: Actor, case: Case, request: Request) -> Case:
    """A new consent opens the same case again; whoever asked for it holds the baton."""
    touched(Case.objects.filter(pk=case.pk).update(closed_at=FOREVER), "case")
    Turn(
        case=case, child_id=case.child_id, sort="reopened", reason="new_consent", by_id=actor.person
    ).save(force_insert=True)  # fmt: skip
    Baton(
        case=case, child_id=case.child_id, position_id=request.position_id, origin="reopened", origin_id=request.pk
    ).save(force_insert=True)  # fmt: skip
    case.closed_at = FOREVER
    return case


def _keep_first_words(actor: Actor, case: Case, request: Request) -> bool:
    """What was noted while asking becomes an entry, and is emptied where it stood; nothing is lost without cover."""
    kind = _kind_of_first_words(actor, request)
    if not request.first_words or kind is None:
        return False
    Log(
        case=case, child_id=case.child_id, sort="note", kind=kind, words=request.first_words, author_id=actor.person,
        position_id=request.position_id, service_id=request.service_id,
    ).save(force_insert=True)  # fmt: skip
    touched(Request.objects.filter(pk=request.pk).update(first_words=""), "request")
    return True


def _kind_of_first_words(actor: Actor, request: Request) -> str | None:
    """Everyday life, else any kind that the consent covers."""
    known = kinds_known(actor, [request.child_id]) - {Kind.IDENTITY.value}
    return next((kind for kind in (Kind.EVERYDAY.value, *sorted(known)) if kind in known), None)
