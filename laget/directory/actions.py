"""Beginning and ending positions, and what people sign in with; what hung on a position is taken over at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.access.oidc.providers import OUTSIDERS, STAFF
from laget.access.oidc.recognising import account_mark
from laget.access.sealing import index
from laget.audit.actions import record
from laget.directory.access import may_administer, may_change_account, visible_accounts, visible_positions
from laget.directory.events import AccountChanged, Entrusted, Identified, PositionEnded
from laget.directory.models import Account, Position, Unit
from laget.directory.signing_in import identify
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.people.rules import clean_text, sort_key

NAME, TITLE, PHONE, ACCOUNT = 100, 100, 20, 254
INDEPENDENT = _("The data protection officer is independent, and can't lead or administer as well.")


ENTRUSTED = Q(leads=True) | Q(administers=True) | Q(protects=True)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What somebody is going to do in a unit."""

    title: str
    phone: str = ""
    leads: bool = False
    administers: bool = False
    protects: bool = False


@dataclass(frozen=True, kw_only=True)
class Login:
    """What somebody signs in with: an account at work, or for those who work elsewhere a national number."""

    account: str = ""
    number: str = ""
    identity: str = ""
    """The national number of one who signs in with an account: kept as a code, to keep away from one's own family."""

    def __bool__(self) -> bool:
        return bool(self.account.strip() or self.number)


@action("directory.position_begun")
def begin_position(  # noqa: PLR0913 - who it is can be said in two ways
    actor: Actor,
    unit: Unit,
    work: Work,
    *,
    person: UUID | None = None,
    given: str = "",
    family: str = "",
    login: Login | None = None,
) -> Done[UUID]:
    """Somebody begins in a unit now: one who works here already (`person`), or somebody new by name.

    Raises Invalid for a field that is missing. Answers the position's id.
    """
    require(may_administer(actor))
    if person == actor.person:
        raise Invalid(_("You can't give yourself a position. Ask another administrator."), "person")
    title = clean_text(work.title, TITLE)
    if not title:
        raise Invalid(_("Write what the person works as."), "title")
    if person is not None and not visible_positions(actor).filter(person_id=person).exists():
        raise Invalid(_("Choose somebody from the list, or write the name of somebody new."), "person")
    _stays_independent(actor, work, person)
    position = Position(
        pk=uuid4(), person_id=person or _registered(given, family), unit=unit, title=title,
        phone=clean_text(work.phone, PHONE), leads=work.leads, administers=work.administers,
        protects=work.protects, since=Now(),
    )  # fmt: skip
    position.save(force_insert=True)
    record(actor, "directory.position_begun", object_id=position.pk)
    if work.leads or work.administers or work.protects:
        announce(Entrusted(actor=actor, person=position.person_id))
    if login:
        _give(actor, position.person_id, login)
    _identify(actor, position.person_id, login)
    return Done(position.pk)


def _stays_independent(actor: Actor, work: Work, person: UUID | None) -> None:
    """Who controls may not also decide what is controlled (GDPR article 38 (6))."""
    if work.protects and (work.leads or work.administers):
        raise Invalid(INDEPENDENT, "protects")
    held = visible_positions(actor).filter(person_id=person, until__gt=Now()) if person else Position.objects.none()
    deciding = Q(leads=True) | Q(administers=True)
    if work.protects and held.filter(deciding).exists():
        raise Invalid(INDEPENDENT, "protects")
    if (work.leads or work.administers) and held.filter(protects=True).exists():
        raise Invalid(INDEPENDENT, "leads" if work.leads else "administers")


def _registered(given: str, family: str) -> UUID:
    """A new person with this name; the database lets an administrator do it, and nobody else."""
    given, family = clean_text(given, NAME), clean_text(family, NAME)
    if not given or not family:
        raise Invalid(_("Write both the first name and the last name."), "given" if not given else "family")
    key = f"{sort_key(family)}|{sort_key(given)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_register_worker(%s, %s, %s)", [given, family, key])
        (person,) = cursor.fetchone()
    found: UUID = person
    return found


@action("directory.position_ended")
def end_position(actor: Actor, position: Position) -> Done[Position] | Unchanged[Position]:
    """The person leaves this position now; seats and batons that hung on it are taken over in the same commit."""
    require(may_administer(actor))
    if position.pk in actor.positions:
        raise Invalid(_("You can't end your own position. Ask another administrator."))
    if position.until != FOREVER:
        return Unchanged(position)
    if not Position.objects.filter(pk=position.pk, until=FOREVER).update(until=Now()):
        return Unchanged(position)  # another administrator was first
    record(actor, "directory.position_ended", object_id=position.pk)
    announce(PositionEnded(actor=actor, position=position.pk, person=position.person_id))
    if not Position.objects.current().filter(person_id=position.person_id).exists():
        _take_away(actor, position.person_id)
    return Done(position)


@action("directory.account_changed")
def change_account(actor: Actor, position: Position, login: Login) -> Done[Position]:
    """Somebody signs in with this from now on, or with nothing; bound anew at the next sign-in, signed out at once."""
    require(may_change_account(actor, position))
    _take_away(actor, position.person_id)
    if login:
        _give(actor, position.person_id, login)
    _identify(actor, position.person_id, login)
    record(actor, "directory.account_changed", object_id=position.person_id)
    entrusted = Position.objects.current().filter(ENTRUSTED, person_id=position.person_id).exists()
    announce(AccountChanged(actor=actor, person=position.person_id, entrusted=entrusted))
    return Done(position)


def _give(actor: Actor, person: UUID, login: Login) -> None:
    """Write down an account that nobody has used yet. Raises Invalid when it is somebody's already."""
    shown = clean_text(login.account, ACCOUNT)
    provider, field = (OUTSIDERS, "number") if login.number else (STAFF, "account")
    mark = account_mark(provider, login.number or shown)
    if visible_accounts(actor).filter(mark=mark).exists():
        raise Invalid(_("Somebody signs in with this already. Write another, or change theirs first."), field)
    if _administers_with(mark, index(login.number) if login.number else b"", person):
        raise Invalid(_("This belongs to somebody who administers, and nobody comes in as two."), field)
    if visible_accounts(actor).filter(person_id=person).exists():
        raise Invalid(_("This person signs in with something already. Change it in the list of people."), field)
    Account(person_id=person, provider=provider, shown="" if login.number else shown, mark=mark, since=Now()).save(
        force_insert=True
    )
    record(actor, "directory.account_given", object_id=person, cause=provider)


def _identify(actor: Actor, person: UUID, login: Login | None) -> None:
    number = (login.number or login.identity) if login else ""
    if number and identify(person, index(number)):
        record(actor, "directory.identified", object_id=person)
        announce(Identified(actor=actor, person=person))


def _administers_with(mark: bytes, number: bytes, person: UUID) -> bool:
    """Whether somebody else who administers now has signed in with this, or has this national number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_administers_with(%s, %s, %s)", [mark, number, person])
        (found,) = cursor.fetchone()
    return bool(found)


def _take_away(actor: Actor, person: UUID) -> None:
    """Nobody comes in with the person's account any more, and whoever is in is signed out."""
    ended = Account.objects.filter(person_id=person, until=FOREVER).update(until=Now())
    if ended:
        record(actor, "directory.account_taken_away", object_id=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_end_sessions(%s)", [person])
