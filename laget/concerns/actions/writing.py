"""Writing a worry, and what every other change of one leans on: no number in any text, one part at a time, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.concerns.access import gripped, leader_of, may_note, may_write
from laget.concerns.models import Talk, Worry
from laget.concerns.rules.steps import ADULT, Note, kept_until, may_talk, talk_due
from laget.concerns.telling import tell_leaders
from laget.guide.national import current
from laget.guide.rules import Guide
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Stale
from laget.kernel.outcome import Done
from laget.people.rules import TextTooLong, clean_text
from laget.people.traces import national_numbers

LABEL, TEXT = 40, 20_000
"""Characters in a label, and in each text."""
NUMBER_FOUND = _("A national number stands here. Take it out: a note without a name never holds one.")
NOTHING = _("Write at least what you saw or heard.")


@dataclass(frozen=True)
class Words:
    """The three fields, and the owner's own label."""

    seen: str
    well: str = ""
    wonder: str = ""
    label: str = ""
    variant: str = ""


@action("concerns.written")
def write_worry(actor: Actor, position: UUID, words: Words, safe: str) -> Done[Worry]:
    """Begin a worry. `safe` is a code of the guide's first question. Raises Invalid.

    When it is not safe, or not known to be, the one who leads the unit is told that a talk is wanted, and nothing else.
    """
    require(may_write(actor))
    place = actor.place(position)
    if place is None:
        raise Invalid(_("Choose a position that you hold now."), "position")
    guide, today = current(timezone.localdate()), timezone.localdate()
    if safe not in {one.code for one in guide.first_question.answers}:
        raise Invalid(_("Answer this first."), "safe")
    note = Note().with_part("worry", _worded(words)).with_part("safe", {"answer": safe})
    worry = Worry(
        pk=uuid4(), owner_id=actor.person, service_id=place.service, position_id=position,
        kept_until=kept_until(guide, today),
    )  # fmt: skip
    worry.take(note)
    worry.save(force_insert=True)
    record(actor, "concerns.written", object_id=worry.pk, position=position)
    _open_talk(actor, worry, place.unit, guide, note)
    return Done(worry)


def _open_talk(actor: Actor, worry: Worry, unit: UUID, guide: Guide, note: Note) -> None:
    """That a talk with a leader is due, where the guide has one and there is somebody else who leads."""
    due = talk_due(guide, note.variant, timezone.localdate(worry.noted_at))
    leader = leader_of(actor, unit)
    if due is None or leader is None:
        return
    wanted = not may_talk(guide, note)
    today = timezone.localdate()
    Talk(
        worry=worry, owner_id=actor.person, unit_id=unit, due=today if wanted else due,
        asked_at=timezone.now() if wanted else None, leader_id=leader if wanted else None,
    ).save(force_insert=True)  # fmt: skip
    if wanted:
        tell_leaders([leader])


@action("concerns.rewritten")
def rewrite_worry(actor: Actor, worry: Worry, words: Words, version: int) -> Done[Worry]:
    """Write the three fields anew. Raises Stale when another window saved them meanwhile."""
    held = held_for(actor, worry)
    fields = {**_worded(words), "variant": held.note.variant}
    put(actor, held, "worry", fields, version=version, main="seen")
    record(actor, "concerns.rewritten", object_id=worry.pk)
    return Done(held)


def _worded(words: Words) -> dict[str, str]:
    fields = asdict(words)
    cleaned = cleaned_texts({name: fields[name] for name in ("seen", "well", "wonder")})
    if not cleaned["seen"]:
        raise Invalid(NOTHING, "seen")
    label = cleaned_texts({"label": words.label}, LABEL)
    return {**cleaned, **label, "variant": ADULT if words.variant == ADULT else ""}


def cleaned_texts(fields: Mapping[str, str], limit: int = TEXT) -> dict[str, str]:
    """Texts as they are kept. Raises Invalid at the one that is too long or holds a national number."""
    cleaned = {}
    for name, text in fields.items():
        try:
            cleaned[name] = clean_text(text, limit)
        except TextTooLong as long:
            raise Invalid(gettext(long.reason) % {"limit": long.limit}, name) from None
        if national_numbers(text) or national_numbers(cleaned[name]):
            raise Invalid(NUMBER_FOUND, name)
    return cleaned


def held_for(actor: Actor, worry: Worry) -> Worry:
    """The worry as it is now, held, and still to be written in. Raises Refused."""
    held = gripped(actor, worry.pk)
    require(may_note(actor, held))
    return held


def put(
    actor: Actor, held: Worry, part: str, fields: Mapping[str, Any], *, version: int, main: str = "", **columns: Any
) -> None:
    """Write one part anew, and leave the others as they are. Raises Stale when this part is newer than `version`."""
    note = held.note
    if note.version(part) != version:
        raise Stale(main, str(fields.get(main, "")), str(note.part(part).get(main, "")), note.version(part))
    held.take(note.with_part(part, fields))
    for name, value in columns.items():
        setattr(held, name, value)
    rows = Worry.objects.filter(pk=held.pk, owner_id=actor.person).update(sealed=held.sealed, **columns)
    touched(rows, "worry")
