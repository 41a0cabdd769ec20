"""Signing in as one of the invented people: the demonstration's stand-in for ID-porten and the work account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.entering import Behind
from laget.access.entering import enter as enter_as
from laget.access.sealing import index
from laget.demo.fjordvik import EVERYBODY, YOUNG, Worker, Young
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid, Refused
from laget.kernel.verdict import refuse
from laget.people.rules import InvalidNationalNumber, read_national_number

STRENGTH = "demo"


def enter(request: HttpRequest, who: str) -> None:
    """Begin a session as `who`: a key of the cast, or a synthetic national number (always as a citizen).

    Raises Refused outside the demonstration, Invalid when there is nobody like that.
    """
    if not settings.LAGET_DEMO:
        raise Refused(refuse(_("This is no demonstration. Sign in as yourself.")))
    known = EVERYBODY.get(who.strip())
    young = next((one for one in YOUNG if one.key == who.strip()), None)
    person = _child(young) if young else _person(known.number if known else _synthetic(who))
    if person is None:
        raise Invalid(_("Nobody here has that number. Check it once more."), "who")
    capacity = Capacity.WORKER if isinstance(known, Worker) else Capacity.CITIZEN
    enter_as(request, person, capacity, STRENGTH, Behind(STRENGTH), timezone.now())


def _child(young: Young) -> UUID | None:
    """The child of the story, also when it has had a birthday since the demonstration was loaded."""
    numbers = young.numbers(timezone.localdate())
    return next((found for found in map(_person, numbers) if found), None)


def _synthetic(typed: str) -> str:
    try:
        number = read_national_number(typed, timezone.localdate())
    except InvalidNationalNumber as fault:
        raise Invalid(_(fault.reason), "who") from None
    if not number.synthetic:
        raise Invalid(_("Only invented numbers are used here. In them, 80 is added to the month."), "who")
    return number.digits


def _person(number: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_signing_in(%s)", [index(number)])
        row = cursor.fetchone()
    found: UUID | None = row[0] if row else None
    return found
