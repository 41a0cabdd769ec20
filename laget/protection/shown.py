"""What the pages about protection show, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from laget.families.models import Child, Claim
from laget.kernel.actor import Actor
from laget.kernel.text import N_
from laget.people.models import Name
from laget.protection import ground
from laget.protection.access import visible_proposals, visible_restrictions, visible_whys
from laget.protection.models import Proposal, Restriction, Sort, Why
from laget.protection.rules.grounds import GROUNDS, Say


@dataclass(frozen=True)
class Kept:
    """A parent who is kept away. `ground` and what follows are empty for those who may not know why."""

    id: UUID
    who: str
    since: datetime
    ended_at: datetime | None
    review_on: date
    late: bool
    by: str
    ground: str
    statute: str
    say: str
    paper: str
    reason: str


SAYS = {
    Say.OTHER_ALONE: N_("The other parent alone, from when a leader has confirmed it"),
    Say.NOBODY: N_("Nobody new. Both must consent, and this parent is not asked"),
}
ASKS = {
    Sort.END_RESTRICTION: N_("A parent is kept away no more"),
    Sort.OPEN_PARENT: N_("A protected child's pages are opened to a parent"),
    Sort.END_GRADING: N_("An address is no longer protected"),
    Sort.RELEASE: N_("Something that tells where a protected child is may leave"),
    Sort.MAIL: N_("An e-mail that was held may be sent"),
    Sort.OTHER_ALONE: N_("One parent's yes is not needed any more"),
}
MEANS = {
    Sort.OTHER_ALONE: N_(
        "If you confirm, the other parent's yes is enough from now. See that a court or a legal decision says so."
    ),
    Sort.MAIL: N_(
        "If you confirm, exactly this e-mail is sent. See what it tells, and to whom. "
        "The receiver reads the message in Laget all the same."
    ),
    Sort.RELEASE: N_(
        "If you confirm, exactly this may be sent, and nothing else. See yourself what it holds and who gets it."
    ),
    Sort.OPEN_PARENT: N_(
        "If you confirm, this parent sees what parents see about the child, but no places. It happens at once."
    ),
    Sort.END_GRADING: N_(
        "If you confirm, the child's pages are open to parents again, unless another decision keeps them away."
    ),
    Sort.END_RESTRICTION: N_(
        "If you confirm, this parent sees again what parents see about the child. It happens at once."
    ),
}


def kept(actor: Actor, restrictions: Iterable[Restriction], today: date) -> list[Kept]:
    """Decisions as told: who and since when for all who see the row, why for those who may know it."""
    found = list(restrictions)
    whys = {one.restriction_id: one for one in visible_whys(actor).filter(restriction__in=found)}
    names = _names(one.by_id for one in found)
    return [_kept(one, whys.get(one.pk), names.get(one.by_id, ""), today) for one in found]


def _kept(one: Restriction, why: Why | None, by: str, today: date) -> Kept:
    ground = GROUNDS.get(why.ground) if why else None
    return Kept(
        id=one.pk,
        who=one.called,
        since=one.since,
        ended_at=None if one.is_open else one.ended_at,
        review_on=one.review_on,
        late=one.is_open and one.review_on <= today,
        by=by,
        ground=gettext(ground.label) if ground else "",
        statute=ground.statute if ground else "",
        say=gettext(SAYS[Say(why.say)]) if why else "",
        paper=why.paper if why else "",
        reason=why.reason if why else "",
    )


def of_child(actor: Actor, child: Child, today: date) -> list[Kept]:
    """All decisions about a child, those that hold first."""
    return kept(actor, visible_restrictions(actor).filter(child=child).order_by("-ended_at", "since", "id"), today)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return {one.person_id: one.full for one in Name.objects.filter(person_id__in=set(people))}


def may_be_kept(child: UUID) -> list[tuple[str, str]]:
    """Parents and guardians who are not kept away, as choices."""
    people = ground.family(child) - ground.kept_away(child)
    named = Name.objects.filter(person_id__in=people).order_by("sort_key")
    return [(str(one.person_id), one.full) for one in named]


@dataclass(frozen=True)
class Asked:
    """What one person asks and another confirms."""

    id: UUID
    child: UUID
    title: str
    meaning: str
    who: str
    child_called: str
    reason: str
    by: str
    at: datetime
    open: bool
    agreed: bool | None
    answered_by: str
    answered_at: datetime | None
    words: str


def asked(proposals: Iterable[Proposal]) -> list[Asked]:
    """Proposals as told, with names."""
    found = list(proposals)
    names = _names([*(one.asked_by_id for one in found), *(one.answered_by_id for one in found if one.answered_by_id)])
    return [_asked(one, names) for one in found]


def _asked(one: Proposal, names: dict[UUID, str]) -> Asked:
    return Asked(
        id=one.pk,
        child=one.child_id,
        title=gettext(ASKS[Sort(one.sort)]),
        meaning=gettext(MEANS[Sort(one.sort)]),
        who=one.called,
        child_called=one.child_called,
        reason=one.reason,
        by=names.get(one.asked_by_id, ""),
        at=one.asked_at,
        open=one.is_open,
        agreed=one.agreed,
        answered_by=names.get(one.answered_by_id, "") if one.answered_by_id else "",
        answered_at=one.answered_at,
        words=one.words,
    )


def own_asked(actor: Actor, child: UUID) -> list[Asked]:
    """What the actor has asked for around this child, the newest first."""
    own = visible_proposals(actor).filter(child_id=child, asked_by_id=actor.person)
    return asked(own.order_by("-asked_at", "id")[:20])


def apart(waiting: Iterable[Claim | Proposal]) -> tuple[list[Claim], list[Proposal]]:
    """What is claimed about parents, and what loosens a protection."""
    found = list(waiting)
    return [one for one in found if isinstance(one, Claim)], [one for one in found if isinstance(one, Proposal)]


def claimed(claims: Iterable[Claim]) -> list[tuple[UUID, str, datetime]]:
    """Each claim, who has read it, and when."""
    found = list(claims)
    names = _names(one.by_id for one in found)
    return [(one.pk, names.get(one.by_id, ""), one.at) for one in found]
