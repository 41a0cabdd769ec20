"""What every form's view does alike: fill from a draft, carry out once, show faults with all typed kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from laget.access import drafts
from laget.access.gate import Request
from laget.kernel.errors import Invalid

F = TypeVar("F", bound=forms.Form)
T = TypeVar("T")


def typed(request: Request, form_class: type[F], initial: dict[str, Any] | None = None, **kwargs: Any) -> F:
    """The form as posted, or as it was left in a draft, or fresh."""
    if request.method == "POST":
        return form_class(request.POST, **kwargs)
    form = form_class(initial=initial or {}, **kwargs)
    kept = drafts.left(request)
    if kept:
        for name, field in form.fields.items():
            if name in kept:
                many = isinstance(field, forms.MultipleChoiceField | forms.TypedMultipleChoiceField)
                form.initial[name] = kept[name] if many else kept[name][-1]
        form.from_draft = True  # type: ignore[attr-defined]
    return form


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], T]) -> T | None:
    """Carry out with what was typed when the form is valid; a fault becomes a sentence at its field."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Invalid as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        return None


def form_page(request: Request, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """Show a form with a fresh key; 422 when what was typed has faults."""
    faulty = form.is_bound
    everything = {
        "form": form,
        "key": str(uuid4()),
        "draft_address": f"{reverse('draft')}?form={request.path}",
        "from_draft": getattr(form, "from_draft", False),
        **context,
    }
    return render(request, template, everything, status=422 if faulty else 200)


def done(request: Request, address: str, message: Any = "") -> HttpResponse:
    """It was carried out: go on to `address`, where the message is shown once."""
    if message:
        request.session["said"] = [*request.session.get("said", []), str(message)]
    return HttpResponseRedirect(address)
