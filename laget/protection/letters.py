"""A letter that two people let leave: sealed as it was written, read by the second one with what was found marked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext

from laget.access.sealing import seal, unseal
from laget.kernel.actor import Actor, Capacity
from laget.kernel.text import N_
from laget.notices.leaving import look_over
from laget.people.models import Name
from laget.protection import ground
from laget.protection.access import visible_letters
from laget.protection.leaving import SEALED_AS
from laget.protection.models import HeldMail, Letter, Proposal
from laget.protection.rules.geodata import Known, Sort, found

SEALED_AS_LETTER = "letter"
FOUND = {
    Sort.ADDRESS: N_("An address"),
    Sort.POSTAL_CODE: N_("A postal code"),
    Sort.PLACE: N_("The name of a place"),
    Sort.UNIT: N_("A school, a kindergarten or another unit"),
    Sort.PHONE: N_("A telephone number"),
}


@dataclass(frozen=True)
class Written:
    """To whom and word for word."""

    to: str
    text: str

    @property
    def parts(self) -> list[str]:
        return [self.to, self.text]


@dataclass(frozen=True)
class Line:
    """One line of a letter, with what it tells of where the child is."""

    text: str
    found: tuple[str, ...]


def sealed(to: str, text: str) -> bytes:
    return seal(json.dumps([to, text]).encode(), SEALED_AS_LETTER)


def opened(letter: Letter) -> Written:
    return opened_as(bytes(letter.sealed))


def opened_as(kept: bytes) -> Written:
    return Written(*json.loads(unseal(kept, SEALED_AS_LETTER)))


def letter_of(actor: Actor, proposal: Proposal) -> Written | None:
    """The letter that a proposal is about, for those who see the proposal."""
    held = visible_letters(actor).filter(proposal_id=proposal.pk).first()
    return opened(held) if held else None


def marked(proposal: Proposal, written: Written) -> list[Line]:
    """The letter line by line. What is known of the child is marked for the second person only."""
    known = [
        Known(Sort(sort), unseal(one, SEALED_AS).decode()) for sort, one in ground.places_in(proposal.pk)
    ]  # fmt: skip
    return [
        Line(line, tuple(gettext(FOUND[sort]) for sort in sorted({one.sort for one in found(line, known)})))
        for line in (written.to, *written.text.splitlines())
        if line.strip()
    ]


def released(actor: Actor, proposal: Proposal) -> Written | None:
    """The letter as it may leave now. Raises Held where it may not."""
    written = letter_of(actor, proposal)
    if written is not None:
        look_over(written.parts)
    return written


def opened_mail(held: HeldMail) -> str:
    """The subject and the words of a held e-mail."""
    return opened_as(bytes(held.sealed)).text


def to_whom(held: HeldMail) -> str:
    """Whom a held e-mail is to: by name only when that is somebody around the child."""
    named = Name.objects.filter(person_id=held.near_id).first() if held.near_id else None
    if named is not None:
        return named.full[:200]
    if held.capacity == Capacity.CITIZEN:
        return gettext("Somebody in a family, who has nothing to do with this child")
    return gettext("Somebody who works in the municipality, and is not around this child")
