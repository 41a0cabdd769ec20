"""Who may choose the readers of a text, and who they are: rights over texts that have readers of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.cases import ground, rules
from laget.cases.models import Case, Log
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.ages import age
from laget.sight.rules import NEEDS_GROUND, WHOLE_TEAM, Addressing, Audience, Reader, Text, narrows, who_reads

NOT_AUTHOR = refuse(_("Only the one who wrote this can let more people read it. Talk with the one who wrote it."))
CHILDS_OWN = refuse(_("This is the child's own. The child decides who reads it."))
NOT_YOURS = refuse(_("Only the one who wrote this can choose who reads it."))


def chooser(actor: Actor, case: Case) -> rules.Chooser:
    """The one who chooses, as the rules ask about it."""
    is_child = actor.is_citizen and actor.person == case.child_id
    today = timezone.localdate()
    years = age(case.child.born, today) if is_child and case.child.born else None
    return rules.Chooser(actor.person, actor.is_citizen, is_child, years)


def text_of(entry: Log) -> Text:
    """An entry as the rules ask about it."""
    looked = entry.looked_at is not None or entry.audience == Audience.CHILDS_OWN or entry.author_id == entry.child_id
    return Text(entry.addressing, entry.author_id, entry.kind, entry.service_id, entry.at, looked=looked)


def may_choose_readers(actor: Actor, entry: Log) -> Verdict:
    """The author, the child for its own words, and (only fewer) whoever works with the text."""
    return may_choose(actor, entry.child_id, entry.author_id, entry.audience)


def may_choose(actor: Actor, child: UUID, author: UUID, audience: str) -> Verdict:
    """As `may_choose_readers`, of any text."""
    if author == actor.person:
        return ALLOWED
    if audience == Audience.CHILDS_OWN:
        return ALLOWED if actor.is_citizen and actor.person == child else CHILDS_OWN
    return ALLOWED if actor.is_worker else NOT_YOURS


def may_widen(actor: Actor, text: Text, child: UUID, to: Addressing) -> Verdict:
    """Fewer at once by whoever may choose; more only by the author, or by the child for what is its own.

    When the author has left, the holder of the baton stands in: what is kept from a parent must be able to end.
    """
    own = actor.is_citizen and actor.person == child and text.to.audience == Audience.CHILDS_OWN
    if own or text.author == actor.person:
        return ALLOWED
    around = ground.around(child)
    if narrows(text.to, to, {one.person for one in who_reads(around, text)}, child):
        return ALLOWED
    return ALLOWED if _in_the_authors_place(actor, text, child, around) else NOT_AUTHOR


def _in_the_authors_place(actor: Actor, text: Text, child: UUID, around: Iterable[Reader]) -> bool:
    if not actor.is_worker or text.to.audience not in NEEDS_GROUND:
        return False
    left = text.author not in {one.person for one in who_reads(around, replace(text, to=WHOLE_TEAM, author=None))}
    return left and actor.person in ground.holders(child)


def readers_of(child: UUID, text: Text, around: Iterable[Reader] | None = None) -> list[Reader]:
    """Those who read a text now; nobody for somebody who does not see the case."""
    return who_reads(ground.around(child) if around is None else around, text)
