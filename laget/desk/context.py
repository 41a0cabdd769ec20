"""The menu and the line that says who is acting, for every page with a menu; asked for in one statement, when shown.

My day asks by the same statement how much waits for a leader: it names no child, and a leader need have none.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db.models import CharField, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.directory.access import visible_positions
from laget.emergency.access import openings_to_review
from laget.families.access import claims_to_answer
from laget.kernel.actor import Actor
from laget.notices.access import visible_notices
from laget.people.models import Name
from laget.people.rules import within_a_sentence
from laget.protection.access import to_confirm
from laget.ties.access import ties_to_decide
from laget.trust.asked import unanswered


class Led(NamedTuple):
    """How much waits for a leader: what two people decide together, openings, ties, and questions about readings."""

    decisions: int = 0
    openings: int = 0
    ties: int = 0
    questions: int = 0


class Line(NamedTuple):
    """Who is acting, how many messages are unread, and what waits for a leader."""

    acting: str = ""
    unread: int = 0
    led: Led = Led()


def menu(request: HttpRequest) -> dict[str, Any]:
    """For the layout: `menu`, `acting`, `unread`, `inbox_url`; and for my day what waits for a leader, `led`."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    leads = bool(actor.units_led) and request.path == reverse("home")
    line = cache(lambda: _line(actor, leads))
    return {
        "menu": [(label, address, request.path == address) for label, address in _links(actor)],
        "acting": SimpleLazyObject(lambda: line().acting),
        "unread": SimpleLazyObject(lambda: line().unread),
        "led": SimpleLazyObject(lambda: line().led),
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


def _line(actor: Actor, leads: bool) -> Line:
    """ "Maja Lind, pedagogisk leder, Solbakken barnehage", and what waits."""
    found: Any = next(iter(_named(actor, leads)), None)
    if found is None:
        return Line()
    said = (found.full, within_a_sentence(found.title), found.service)
    led = Led(found.decisions, found.openings, found.ties, found.questions) if leads else Led()
    return Line(", ".join(part for part in said if part), found.unread, led)


@prepared
def _named(actor: Actor, leads: bool) -> QuerySet[Name]:
    unread = visible_notices(actor).filter(read_at=None)
    held = visible_positions(actor).filter(pk__in=actor.positions[:1]).order_by()
    line = Name.objects.filter(person_id=actor.person).annotate(
        title=Coalesce(Subquery(held.values("title")[:1]), Value(""), output_field=CharField()),
        service=Coalesce(Subquery(held.values("unit__service__name")[:1]), Value(""), output_field=CharField()),
        unread=_count(unread),
    )
    return line.annotate(**_led(actor)) if leads else line


def _led(actor: Actor) -> dict[str, Any]:
    asked, found = unanswered(actor)
    return {
        "decisions": _count(to_confirm(actor)) + _count(claims_to_answer(actor)),
        "openings": _count(openings_to_review(actor)),
        "ties": _count(ties_to_decide(actor)),
        "questions": _count(asked) + _count(found),
    }


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many there are, as a number within another question."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(all=Count("pk"))
    return Coalesce(Subquery(counted.values("all")[:1]), Value(0), output_field=IntegerField())
