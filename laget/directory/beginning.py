"""The first administrator of a new installation, made by whoever owns the database; everybody after comes by a page."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laget.access.oidc.providers import STAFF
from laget.access.oidc.recognising import account_mark
from laget.audit.models import Entry
from laget.directory.models import Account, Position, Service, Unit
from laget.people.models import Name, Person
from laget.people.rules import clean_text, sort_key

LONGEST = 100


class NotAnEmptyHouse(Exception):
    """Somebody administers here already, and can make the next one an administrator on a page."""


def first_administrator(*, name: str, account: str, service: str, unit: str, title: str) -> UUID:
    """A service without an act (so it asks nobody for consent), a unit, and somebody who administers. Answers who.

    Raises NotAnEmptyHouse, and ValueError when a text is missing or too long.
    """
    given, _, family = clean_text(name, LONGEST).rpartition(" ")
    texts = [clean_text(text, LONGEST) for text in (account, service, unit, title)]
    if not given or not all(texts):
        raise ValueError("a first and a last name, an account, a service, a unit and a title are needed")
    account, service, unit, title = texts
    with transaction.atomic():
        if Position.objects.current().filter(administers=True).exists():
            raise NotAnEmptyHouse
        person = Person.objects.create()
        key = f"{sort_key(family)}|{sort_key(given)}"
        Name.objects.create(person=person, given=given, family=family, sort_key=key)
        made = Service.objects.create(name=service, act="", sort="administration")
        within = Unit.objects.create(service=made, name=unit)
        now = timezone.now()
        position = Position.objects.create(person=person, unit=within, title=title, administers=True, since=now)
        mark = account_mark(STAFF, account)
        Account.objects.create(person=person, provider=STAFF, shown=account, mark=mark, since=now)
        Entry.objects.create(capacity="system", event="directory.position_begun", object_id=position.pk, cause="first")
    return person.pk
