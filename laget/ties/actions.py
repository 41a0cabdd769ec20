"""Telling of a tie, putting one forward, deciding; and what follows when somebody is shut out."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.families.models import Child
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.notices.actions import tell
from laget.people.rules import clean_text
from laget.ties import ground, rules
from laget.ties.access import may_decide, may_object, may_put_forward, may_tell, visible_rulings
from laget.ties.events import ShutOut
from laget.ties.following import due, own_page, shut_out, tell_decided, tell_leaders
from laget.ties.models import Objection, Tie

WORDS = 2000
NOBODY = _("The municipality has no other leader here who can take this on. Call your leader, or the administrator.")

REGISTERED = _(
    "The register shows this tie, and the law leaves no choice (forvaltningsloven § 6). "
    "Is the register wrong, it is corrected there first."
)


@action("ties.told")
def tell_of_tie(actor: Actor, child: Child, *, position: UUID, relation: str, words: str) -> Done[bool]:
    """A worker says: I am close to this family. By law that one is out at once; else the leader decides.

    Answers whether the worker is out. Raises Invalid.
    """
    require(may_tell(actor, child))
    said = _said(relation, words)
    if actor.place(position) is None:
        raise Invalid(_("Choose one of your own positions."), "position")
    lawful = rules.by_law(relation)
    made = ground.declare(child.pk, position, relation, said, lawful=lawful)
    if made is None:
        raise Invalid(NOBODY)
    record(actor, "ties.told", child=child.pk, object_id=made, position=position, details={"relation": relation})
    if lawful:
        shut_out(actor, made, child.pk, actor.person)
    else:
        tell_leaders(made, "ties.to_decide")
    return Done(lawful)


@action("ties.put_forward")
def put_forward(actor: Actor, child: Child, *, position: UUID, relation: str, words: str) -> Done[UUID]:
    """Somebody around the child holds that one in the team is too close. Raises Invalid."""
    require(may_put_forward(actor, child))
    made = ground.put_forward(child.pk, position, relation, _said(relation, words))
    if made is None:
        raise Invalid(NOBODY)
    record(actor, "ties.put_forward", child=child.pk, object_id=made, details={"relation": relation})
    tell_leaders(made, "ties.to_decide")
    return Done(made)


def _said(relation: str, words: str) -> str:
    said = clean_text(words, WORDS)
    if relation not in rules.LABELS:
        raise Invalid(_("Choose what the tie is."), "relation")
    if not said and not rules.by_law(relation):
        raise Invalid(_("Write a few words about the tie, so that the leader can decide."), "words")
    return said


@action("ties.objected")
def object_to(actor: Actor, tie: Tie, *, words: str) -> Done[Objection]:
    """The one whom the register keeps away says that it is wrong. Stays away meanwhile; a leader decides in time."""
    require(may_object(actor, tie))
    said = clean_text(words, WORDS)
    if not said:
        raise Invalid(_("Write what is wrong, so that the leader can decide."), "words")
    made = Objection(pk=uuid4(), tie=tie, words=said, by_id=actor.person, due=due(timezone.localdate()))
    made.save(force_insert=True)
    record(actor, "ties.objected", child=tie.child_id, object_id=tie.pk)
    tell_leaders(tie.pk, "ties.objected")
    return Done(made)


@action("ties.decided")
def decide(actor: Actor, tie: Tie, *, outcome: str, reason: str, seen: int | None = None) -> Done[Tie]:
    """A leader decides whether the worker can go on. The last word holds. Raises Invalid.

    Whoever can go on gets back the place that this tie ended, and not the baton; those around the child are told.
    seen: how many decisions the leader has read; when another came meanwhile that one stands, and this is refused.
    """
    require(may_decide(actor, tie))
    why = clean_text(reason, WORDS)
    if outcome not in list(rules.Outcome):
        raise Invalid(_("Choose one of the two."), "outcome")
    if not why:
        raise Invalid(_("Write the reason. It is kept."), "reason")
    if outcome == rules.Outcome.ABLE and ground.registered(tie.pk):
        raise Invalid(REGISTERED, "outcome")
    child, worker = ground.rule(tie.pk, outcome, why)
    require(_first(actor, tie, seen))
    record(actor, "ties.decided", child=child, object_id=tie.pk, details={"outcome": outcome})
    if outcome == rules.Outcome.UNABLE:
        announce(ShutOut(actor=actor, child=child, worker=worker))
    address = own_page(tie.pk) if tie.found == rules.REGISTER and tie.seated else "/"
    tell([worker], Capacity.WORKER, "ties.decided", address=address)
    tell_decided(tie.pk)
    return Done(tie)


def _first(actor: Actor, tie: Tie, seen: int | None) -> Verdict:
    """Whether nobody has decided since the page was read. Asked once the database has let this one through alone."""
    if seen is None or visible_rulings(actor).filter(tie_id=tie.pk).count() == seen + 1:
        return ALLOWED
    return refuse(_("Another leader has just decided this. Go back, and read what was decided."))
