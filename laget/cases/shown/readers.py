"""Who reads a text, in names: said before it is written, and shown on it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from laget.cases import ground, rules
from laget.cases.access import visible_readerships
from laget.cases.models import Case
from laget.cases.reading import chooser
from laget.cases.shown.people import kind_label, names
from laget.kernel.actor import Actor
from laget.kernel.text import N_
from laget.law.withholding import FROM_THE_CHILD, Ground
from laget.law.withholding import LABELS as GROUNDS
from laget.sight.rules import NAMES_PEOPLE, NEEDS_GROUND, Addressing, Audience, Reader, Text, who_reads

Said = dict[Audience, tuple[str, str]]
AS_ABOVE = "same"
"""Chosen for what stands under a text that has readers of its own: those."""
FOR_WORKERS: Said = {
    Audience.TEAM: (N_("The team and the family"), N_("Everybody who may know this, also those who join later.")),
    Audience.OWN_SERVICE: (N_("Only my own service and the family"), N_("No other service reads it.")),
    Audience.NAMED: (N_("Only those I choose"), N_("You choose among the team and the family.")),
    Audience.CHILDS_OWN: (
        N_("Only the child and those the child chooses"),
        N_("The child decides, also later. Ask the child before you write."),
    ),
    Audience.SERVICES: (
        N_("Only the services"),
        N_("Nobody in the family reads it. It needs a ground in the law, and is looked at again."),
    ),
    Audience.NOT_FOR: (
        N_("Not for one of the parents"),
        N_("Everybody else reads it. It needs a ground in the law, and is looked at again."),
    ),
}
FOR_PARENTS: Said = {
    Audience.TEAM: (N_("The team and us in the family"), N_("Everybody who may know this, also those who join later.")),
    Audience.FAMILY: (N_("Only us in the family"), N_("No service reads it.")),
    Audience.NAMED: (N_("Only those I choose"), N_("You choose among the team and the family.")),
}
FOR_CHILDREN: Said = {
    Audience.CHILDS_OWN: (
        N_("Only you and those you choose"),
        N_(
            "Those you don't choose don't see it, and are not told that you wrote. "
            "The grown-ups you choose must get help if somebody may be hurt."
        ),
    ),
    Audience.TEAM: (N_("The team and those at home"), N_("Everybody who helps you with this, and those at home.")),
    Audience.FAMILY: (N_("Only those at home"), N_("Nobody in the team reads it.")),
}


@dataclass(frozen=True)
class Around:
    """Those around a child who may know something now, with names and where they work."""

    child: UUID
    readers: list[Reader]
    called: dict[UUID, str]

    def name(self, person: UUID) -> str:
        return self.called.get(person, _("Somebody"))

    def detail(self, one: Reader) -> str:
        """The child, the family, or what somebody is and where."""
        if one.family:
            return _("The child") if one.child else _("Guardian") if one.guardian else _("The family")
        return ", ".join(part for part in (one.title, one.works_in) if part)

    def role(self, person: UUID) -> str:
        """In which capacity one of the family writes: the child, its guardian, or the family."""
        return next((self.detail(one) for one in self.readers if one.family and one.person == person), _("The family"))

    def listed(self, readers: Iterable[Reader]) -> list[tuple[str, str]]:
        """(name, detail) of each, once: the family first, then by name."""
        found = {one.person: (not one.family, self.name(one.person), self.detail(one)) for one in readers}
        return [(name, detail) for _works, name, detail in sorted(found.values())]

    def reading(self, text: Text) -> list[tuple[str, str]]:
        return self.listed(who_reads(self.readers, text))

    def in_words(self, text: Text, but: UUID | None = None) -> str:
        """The names of those who read a text, in one line; `but`: the writer, who is not one of those it chooses."""
        read = [one for one in who_reads(self.readers, text) if one.person != but]
        return ", ".join(name for name, _detail in self.listed(read))

    def named(self, persons: Iterable[UUID]) -> str:
        return ", ".join(sorted(self.name(one) for one in persons))


def around(case: Case, also: Iterable[UUID] = (), readers: list[Reader] | None = None) -> Around:
    """Those around the child of a case (asked for already, maybe); `also`: others whose names are wanted."""
    if readers is None:
        return Around(case.child_id, *ground.around_with_names(case.child_id, [case.child_id, *also]))
    return Around(case.child_id, readers, names([case.child_id, *(one.person for one in readers), *also]))


def family_around(some: Around) -> list[tuple[str, str]]:
    """The grown-ups of the family, as choices, with what they are."""
    grown = [one for one in some.readers if one.family and not one.child]
    return [(str(one.person), f"{some.name(one.person)}\n{some.detail(one)}") for one in grown]


def said(who: rules.Chooser) -> Said:
    """The words for each audience, as this writer reads them."""
    if who.is_child:
        return FOR_CHILDREN
    return FOR_PARENTS if who.family else FOR_WORKERS


def offered(actor: Actor, case: Case, *, childs_words: bool = False, log: bool = True) -> dict[str, tuple[str, str]]:
    """The audiences to choose from: code to (label, what it means); the usual one first."""
    who = chooser(actor, case)
    able = rules.audiences_for(who, childs_words=childs_words, log=log)
    return {one.value: (_(label), _(meaning)) for one, (label, meaning) in said(who).items() if one in able}


def no_wider(offered: Mapping[str, tuple[str, str]], above: Text, *, anew: bool = False) -> dict[str, tuple[str, str]]:
    """Of the audiences, those for what stands under another text: as that one, or fewer of those who read it.

    anew: for a text that stands, whose readers are chosen in full again.
    """
    if above.to.audience == Audience.TEAM:
        return dict(offered)
    fewer = {Audience.NAMED, Audience.CHILDS_OWN, *({above.to.audience} if anew else ())}
    found = {code: said for code, said in offered.items() if code in fewer}
    if anew:
        return found
    return {AS_ABOVE: (_("The same as the goal"), _("Those who can read the goal can read this too.")), **found}


def able(  # noqa: PLR0913 - what a choice of readers leans on
    actor: Actor, case: Case, audience: str, kinds: Iterable[str], some: Around, author: UUID | None = None
) -> list[tuple[str, str]]:
    """The people who may be named: (id, name with what they are). `author`: of a text that stands."""
    who = chooser(actor, case)
    found: dict[UUID, Reader] = {}
    for kind in kinds:
        found |= {one.person: one for one in rules.may_be_named(who, audience, kind, some.readers, author)}
    return [(str(person), f"{some.name(person)}\n{some.detail(one)}") for person, one in found.items()]


def about(
    actor: Actor, some: Around, audience: str, kinds: Iterable[str], service: UUID | None
) -> list[tuple[str, str]]:
    """The kinds to choose from, each with the names of those who will read it, or who may be chosen to."""
    to = Addressing() if audience in NAMES_PEOPLE else Addressing(audience)
    chosen = audience in NAMES_PEOPLE
    words = _("Of those you choose: %(who)s") if chosen else _("Read by: %(who)s")
    if audience == Audience.NOT_FOR:
        words = _("Read by these, but not by the one you choose: %(who)s")
    found = []
    for kind in kinds:
        who = some.in_words(Text(to, actor.person, kind, service), but=actor.person if chosen else None)
        read_by = words % {"who": who or _("nobody else")}
        found.append((kind, f"{kind_label(kind)}\n{read_by}"))
    return found


def grounds() -> list[tuple[str, str]]:
    return [(one.value, _(GROUNDS[one])) for one in Ground]


def grounds_from_child() -> list[tuple[str, str]]:
    return [(one.value, _(GROUNDS[one])) for one in FROM_THE_CHILD]


def asks_for(audience: str) -> frozenset[str]:
    """The fields that an audience asks for besides itself."""
    people = {"persons"} if audience in NAMES_PEOPLE else set()
    return frozenset(people | ({"ground", "why", "review_on"} if audience in NEEDS_GROUND else set()))


def tag(actor: Actor, to: Addressing, some: Around, service: str, *, mine: bool) -> str:
    """What a text says about its readers; a family is never told that something is kept from one of them."""
    if to.audience == Audience.OWN_SERVICE:
        return _("Only %(service)s and the family") % {"service": service or _("own service")}
    if to.audience == Audience.FAMILY:
        return _("Only the family")
    if to.audience == Audience.CHILDS_OWN:
        return (
            _("Only you and those you chose") if actor.person == some.child else _("The child's own, shared with you")
        )
    if to.audience == Audience.NAMED:
        return _("Only those chosen")
    return "" if actor.is_citizen and not mine else _for_workers(to, some)


def _for_workers(to: Addressing, some: Around) -> str:
    if to.audience == Audience.SERVICES:
        return _("Only the services")
    return _("Not for %(who)s") % {"who": some.named(to.persons)} if to.audience == Audience.NOT_FOR else ""


def choices_made(actor: Actor, of: UUID, some: Around) -> list[dict[str, Any]]:
    """Who chose the readers of a text, the newest first."""
    rows = list(visible_readerships(actor).filter(of=of).order_by("-at", "-id"))
    known = some.called | names(one.by_id for one in rows if one.by_id not in some.called)
    return [
        {
            "at": one.at, "by": known.get(one.by_id, _("Somebody")), "why": one.why, "review_on": one.review_on,
            "ground": _(GROUNDS[Ground(one.ground)]) if one.ground else "", "code": one.ground,
            "to": tag(actor, one.addressing, some, "", mine=True) or _("Everybody who may know this"),
        }
        for one in rows
    ]  # fmt: skip


def wished(given: str | None, offered: Mapping[str, Any], standing: str) -> str:
    """The audience that a page is about: as asked for, else as it stands, else what is usual."""
    asked = given if given in offered else standing
    return asked if asked is not None and asked in offered else next(iter(offered))


def around_named(actor: Actor, case: Case) -> tuple[list[str], list[str]] | None:
    """As `named`, of those around the child of a case."""
    return named(actor, around(case))


def named(actor: Actor, some: Around) -> tuple[list[str], list[str]] | None:
    """Who may be named in a text without a question, and which parents a writer thinks twice about; None for the child.

    A parent may name everybody but the other parent, who decides over what is about himself or herself.
    """
    if actor.is_citizen and actor.person == some.child:
        return None
    others = [one for one in some.readers if one.family and not one.child and one.person != actor.person]
    twice = {one.person for one in others} if actor.is_citizen else set()
    known = [some.name(one) for one in {one.person for one in some.readers} - twice | {some.child, actor.person}]
    return known, [some.name(one) for one in twice]
