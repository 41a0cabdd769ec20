"""The menu and the line that says who is acting, for every page with a menu; asked for in one statement, when shown."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import CharField, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.directory.access import visible_positions
from laget.families.access import claims_to_answer
from laget.kernel.actor import Actor
from laget.notices.access import visible_notices
from laget.people.models import Name
from laget.people.rules import within_a_sentence
from laget.protection.access import to_confirm


def menu(request: HttpRequest) -> dict[str, Any]:
    """For the layout: `menu`, `acting`, `unread`, `inbox_url`; and for my day how many decisions wait, `to_confirm`."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    line = cache(lambda: _line(actor))
    return {
        "menu": [(label, address, request.path == address) for label, address in _links(actor)],
        "acting": SimpleLazyObject(lambda: line()[0]),
        "unread": SimpleLazyObject(lambda: line()[1]),
        "to_confirm": SimpleLazyObject(lambda: line()[2]),
        "inbox_url": reverse("inbox"),
    }


def _links(actor: Actor) -> list[tuple[str, str]]:
    if actor.is_citizen:
        return [(_("Our team"), reverse("home"))]
    directory = (_("Services and people"), reverse("directory"))
    model = (_("How we work together"), reverse("model"))
    asked = [(_("Questions"), reverse("to_answer"))] if actor.units_led or actor.protects else []
    if actor.units_led:
        asked.append((_("To confirm"), reverse("to_confirm")))
        asked.append((_("Ties"), reverse("ties")))
    if actor.protects:
        asked = [(_("Control"), reverse("trust")), *asked]
    if actor.protects and all(place.protects for place in actor.places):
        return [*asked, directory, model]
    if actor.administers:
        return [directory, model]
    return [(_("My day"), reverse("home")), (_("Find a child"), reverse("search")), *asked, directory, model]


def _line(actor: Actor) -> tuple[str, int, int]:
    """ "Maja Lind, pedagogisk leder, Solbakken barnehage", how many messages are unread, and decisions to confirm."""
    found = next(iter(_named(actor)), None)
    if found is None:
        return "", 0, 0
    said = (found.full, within_a_sentence(found.title), found.service)
    return ", ".join(part for part in said if part), found.unread, found.to_confirm


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many there are, within another question."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(all=Count("pk")).values("all")
    return Coalesce(Subquery(counted[:1]), Value(0), output_field=IntegerField())


@prepared
def _named(actor: Actor) -> QuerySet[Name]:
    waiting = visible_notices(actor).filter(read_at=None).order_by().values("recipient").annotate(all=Count("pk"))
    held = visible_positions(actor).filter(pk__in=actor.positions[:1]).order_by()
    return Name.objects.filter(person_id=actor.person).annotate(
        title=Coalesce(Subquery(held.values("title")[:1]), Value(""), output_field=CharField()),
        service=Coalesce(Subquery(held.values("unit__service__name")[:1]), Value(""), output_field=CharField()),
        to_confirm=_number(to_confirm(actor)) + _number(claims_to_answer(actor)) if actor.units_led else Value(0),
        unread=Coalesce(Subquery(waiting.values("all")[:1]), Value(0), output_field=IntegerField()),
    )
