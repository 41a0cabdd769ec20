"""A protected address: registered by one, and it shuts out at once; opened or ended by two."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.access.sealing import seal
from laget.audit.actions import record
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.protection import ground
from laget.protection.access import may_decide, may_grade, may_lower, may_open, shut_by_decision
from laget.protection.actions.asking import name_of, place_around, propose
from laget.protection.leaving import SEALED_AS, fingerprint
from laget.protection.letters import sealed
from laget.protection.models import Grading, Letter, Place, Proposal, Sort
from laget.protection.rules.geodata import Known, patterns
from laget.protection.rules.geodata import Sort as Sorts
from laget.protection.rules.grounds import review_fault
from laget.protection.rules.levels import LEVELS, SOURCES, UNGRADED, rank


@action("protection.graded")
def grade(  # noqa: PLR0913 - what such a row says
    actor: Actor, child: Child, person: UUID, level: str, source: str, review_on: date, paper: str = ""
) -> Done[Grading]:
    """This person's address is protected. It covers the household, and closes the pages for every parent, at once."""
    require(may_grade(actor, child))
    if level not in LEVELS or level == UNGRADED or source not in SOURCES:
        raise Invalid(_("Choose a level."), "level")
    wrong = review_fault(review_on, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), "review_on")
    if person != child.pk and person not in ground.family(child.pk):
        raise Invalid(_("Choose the child or one of its parents."), "person")
    place, key = place_around(actor, child.pk), uuid4()
    graded = Grading(
        pk=key, decision=key, child_id=child.pk, person_id=person, level=level, rank=rank(level), source=source,
        paper=paper, by_id=actor.person, position_id=place.position, review_on=review_on,
    )  # fmt: skip
    graded.save(force_insert=True)
    record(actor, "protection.graded", child=child.pk, object_id=key, position=place.position,
           details={"level": level, "source": source})  # fmt: skip
    return Done(graded)


@action("protection.place_known")
def know_places(actor: Actor, child: Child, sort: str, values: str) -> Done[int]:
    """These tell where the child is, one on each line. From now nothing that holds one of them leaves the house."""
    require(may_grade(actor, child))
    if sort not in {one.value for one in Sorts}:
        raise Invalid(_("Choose what it is."), "sort")
    lines = list(dict.fromkeys(line.strip() for line in values.splitlines() if line.strip()))
    faulty = next((line for line in lines if not patterns(Known(Sorts(sort), line))), None)
    if not lines or faulty is not None:
        raise Invalid(_("One of the lines is too short to be found in a text. Write it in full."), "values")
    for line in lines:
        hidden = seal(line.encode(), SEALED_AS)
        Place(child_id=child.pk, sort=sort, sealed=hidden, by_id=actor.person).save(force_insert=True)
    record(actor, "protection.place_known", child=child.pk, details={"sort": sort, "count": len(lines)})
    return Done(len(lines))


@action("protection.release_asked")
def ask_to_release(actor: Actor, child: Child, *, to: str, text: str, reason: str) -> Done[Proposal]:
    """Ask a leader to confirm that exactly this may leave, to this receiver, though it tells where a child is."""
    require(may_decide(actor, child))
    asked = propose(actor, Sort.RELEASE, child.pk, fingerprint([to, text]), reason, called=to)
    Letter(proposal=asked, child_id=child.pk, sealed=sealed(to, text)).save(force_insert=True)
    record(actor, "protection.release_asked", child=child.pk, object_id=asked.pk)
    return Done(asked)


@action("protection.opening_asked")
def ask_to_open(actor: Actor, child: Child, person: UUID, reason: str) -> Done[Proposal]:
    """Ask a leader to confirm that this parent may see the pages of a protected child."""
    require(may_open(actor, child))
    if person not in ground.kept_away(child.pk).difference(shut_by_decision(actor, child.pk)):
        raise Invalid(_("Choose one for whom the pages are closed."), "person")
    asked = propose(actor, Sort.OPEN_PARENT, child.pk, child.pk, reason, person=person, called=name_of(person))
    record(actor, "protection.opening_asked", child=child.pk, object_id=asked.pk)
    return Done(asked)


@action("protection.lowering_asked")
def ask_to_lower(actor: Actor, grading: Grading, reason: str) -> Done[Proposal]:
    """Ask a leader to confirm that an address is no longer protected for this child; its siblings keep theirs."""
    require(may_lower(actor, grading))
    called = name_of(grading.person_id)
    asked = propose(
        actor, Sort.END_GRADING, grading.child_id, grading.pk, reason, person=grading.person_id, called=called
    )
    record(actor, "protection.lowering_asked", child=grading.child_id, object_id=asked.pk)
    return Done(asked)
