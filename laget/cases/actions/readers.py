"""Who reads a text is chosen when it is written, and anew by a row that says who chose and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol
from uuid import UUID, uuid4

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import as_it_stands, gripped, visible_readerships
from laget.cases.models import Case, Log, Readership
from laget.cases.reading import chooser, may_choose_readers, may_widen, text_of
from laget.cases.rules import Choice
from laget.cases.telling import tell_named
from laget.cases.typed import kept
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.sight.models import Addressed
from laget.sight.rules import NAMES_PEOPLE, NEEDS_GROUND, WHOLE_TEAM, Addressing, Audience


class Text(Protocol):
    """What has readers of its own."""

    pk: UUID
    child_id: UUID
    kind: str

    @property
    def addressing(self) -> Addressing: ...


def checked(  # noqa: PLR0913 - what a choice of readers leans on
    actor: Actor, case: Case, kind: str, given: Choice, *, childs_words: bool = False, log: bool = True
) -> Choice:
    """The choice as it may be kept: only what its audience asks for. Raises Invalid with the field that is wrong."""
    who = chooser(actor, case)
    if given.audience not in rules.audiences_for(who, childs_words=childs_words, log=log):
        raise Invalid(_("Choose who may read it."), "audience")
    if given.audience not in NAMES_PEOPLE | NEEDS_GROUND:
        return Choice(given.audience, why=kept(given.why, "why", rules.SHORT_WORDS))
    able = rules.may_be_named(who, given.audience, kind, ground.around(case.child_id))
    named = given.persons if given.audience in NAMES_PEOPLE else frozenset()
    grounded = given.audience in NEEDS_GROUND
    clean = Choice(
        given.audience, named, given.ground if grounded else "", kept(given.why, "why", rules.SHORT_WORDS),
        given.review_on if grounded else None,
    )  # fmt: skip
    fault = rules.choice_fault(who, clean, able, timezone.localdate())
    if fault:
        raise Invalid(_(fault[1]), fault[0])
    return clean


def note_choice(actor: Actor, text: Text, choice: Choice, before: Addressing | None = None) -> None:
    """Keep who chose the readers of a text, from what, and why."""
    Readership(
        pk=uuid4(), child_id=text.child_id, of=text.pk, kind=text.kind, at=Now(), by_id=actor.person,
        audience=choice.audience, persons=sorted(choice.persons), ground=choice.ground, why=choice.why,
        review_on=choice.review_on, audience_before=before.audience if before else "",
        persons_before=sorted(before.persons) if before else [],
    ).save(force_insert=True)  # fmt: skip


def address(actor: Actor, text: Addressed, choice: Choice) -> None:
    """A new text goes to those whom its writer chose; what is kept from a parent is kept as a decision besides."""
    text.addressing = choice.to
    if choice.to != WHOLE_TEAM:
        note_choice(actor, text, choice)  # type: ignore[arg-type]


def goes_on(actor: Actor, of: UUID, choice: Choice) -> bool:
    """Whether what is kept from a parent was looked at and goes on: the same readers, by a new decision."""
    if choice.audience not in NEEDS_GROUND:
        return False
    last = visible_readerships(actor).filter(of=of).order_by("-at", "-id").first()
    return last is None or (last.review_on, last.ground, last.why) != (choice.review_on, choice.ground, choice.why)


@action("cases.readers_chosen")
def choose_readers(actor: Actor, entry: Log, *, choice: Choice) -> Done[Log] | Unchanged[Log]:
    """Others read an entry from now: fewer at once, more when its author, or the child for its own words, says so.

    What it corrects, and what was corrected by it, always has the same readers.
    """
    case = gripped(actor, entry.case_id)
    standing = as_it_stands(actor, entry)
    require(may_choose_readers(actor, standing))
    fresh = chosen_anew(actor, case, standing, standing.author_id, choice, childs_words=standing.sort == "child_words")
    before = standing.addressing
    if fresh.to == before and not goes_on(actor, standing.pk, fresh):
        return Unchanged(standing)
    require(may_widen(actor, text_of(standing), standing.child_id, fresh.to))
    note_choice(actor, standing, fresh, before)
    changed = Log.objects.filter(pk=standing.pk).update(audience=fresh.audience, persons=sorted(fresh.persons))
    touched(changed, "entry")
    ground.readers_follow(standing.pk)
    record(
        actor, "cases.readers_chosen", child=case.child_id, object_id=standing.pk,
        details={"audience": str(fresh.audience), "ground": fresh.ground},
    )  # fmt: skip
    tell_named(actor, case, fresh.to, before)
    standing.addressing = fresh.to
    return Done(standing)


def chosen_anew(  # noqa: PLR0913 - as `checked`, and what stood before
    actor: Actor, case: Case, text: Text, author: UUID, choice: Choice, *, childs_words: bool = False, log: bool = True
) -> Choice:
    """As `checked`, for a text that stands. Who chooses for somebody else says why, and goes on reading it.

    Raises Invalid with the field also when the text would be kept from the one who wrote it.
    """
    mine = author == actor.person
    fresh = checked(actor, case, text.kind, choice, childs_words=childs_words and mine, log=log)
    if fresh.audience == Audience.OWN_SERVICE and getattr(text, "service_id", None) not in actor.services:
        raise Invalid(_("Choose who may read it."), "audience")
    for_the_child = text.addressing.audience == Audience.CHILDS_OWN and actor.person != text.child_id
    if fresh.audience == Audience.NOT_FOR and author in fresh.persons:
        raise Invalid(_("Nobody can be kept from their own words."), "persons")
    if not fresh.why and (for_the_child or not mine) and not actor.is_citizen:
        raise Invalid(_("Write why, so that the one who wrote it understands."), "why")
    also = frozenset() if mine or fresh.audience != Audience.NAMED else frozenset({actor.person})
    return replace(fresh, persons=fresh.persons | also)
