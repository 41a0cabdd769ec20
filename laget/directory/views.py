"""The directory: all who work here read it, an administrator changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.directory.access import may_administer, may_change_account, visible_positions, visible_units
from laget.directory.actions import Login, Work, begin_position, change_account, end_position
from laget.directory.forms import AccountForm, PositionForm
from laget.directory.reading import account_of, name_of, whole_directory, workers
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.directory.models import Position, Unit


@page(only=Capacity.WORKER)
def directory(request: Request) -> HttpResponse:
    """Services, units, and who works there."""
    context = {"services": whole_directory(request.actor), "may": may_administer(request.actor)}
    return render(request, "directory/directory.html", context)


@page(visible_units, needs=may_administer, only=Capacity.WORKER, methods=("GET", "POST"))
def position_new(request: Request, unit: Unit) -> HttpResponse:
    """Somebody begins in a unit."""
    form = typed(request, PositionForm, people=workers(request.actor))
    begun = carried_out(
        form,
        lambda data: begin_position(
            request.actor,
            unit,
            Work(**{name: data[name] for name in ("title", "phone", "leads", "administers", "protects")}),
            person=data["person"],
            given=data["given"],
            family=data["family"],
            login=_login(data),
        ),
    )
    if begun is None:
        return form_page(request, "directory/position_new.html", form, unit=unit)
    return done(request, reverse("directory"), _("The position has begun."))


def _login(data: dict[str, Any]) -> Login:
    return Login(account=data["account"], number=data.get("number", ""), identity=data["identity"])


@page(visible_positions, needs=may_change_account, only=Capacity.WORKER, methods=("GET", "POST"))
def position_account(request: Request, position: Position) -> HttpResponse:
    """What somebody signs in with: asked once more before it is changed, since it signs the person out."""
    account = account_of(request.actor, position.person_id)
    form = typed(request, AccountForm, {"account": account.shown if account else ""})
    context = {"position": position, "name": name_of(position.person_id), "account": account}
    if form.is_bound and form.is_valid() and not form.cleaned_data["sure"]:
        return form_page(request, "directory/position_account_sure.html", form, **context)
    changed = carried_out(form, lambda data: change_account(request.actor, position, _login(data)))
    if changed is None:
        return form_page(request, "directory/position_account.html", form, **context)
    return done(request, reverse("directory"), _("What the person signs in with is changed."))


@page(visible_positions, needs=may_administer, only=Capacity.WORKER, methods=("GET", "POST"))
def position_end(request: Request, position: Position) -> HttpResponse:
    """Ask once more, then end the position."""
    form = typed(request, forms.Form)
    ended = carried_out(form, lambda data: end_position(request.actor, position))
    if ended is None:
        name = name_of(position.person_id)
        return form_page(request, "directory/position_end.html", form, position=position, name=name)
    return done(request, reverse("directory"), _("The position has ended."))
