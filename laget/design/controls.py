"""Says how a form field is shown, so that Django's widgets are read but never rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

_INPUTS: dict[type[forms.Widget], str] = {
    forms.HiddenInput: "hidden",
    forms.NumberInput: "number",
    forms.EmailInput: "email",
    forms.URLInput: "url",
    forms.PasswordInput: "password",
    forms.DateTimeInput: "datetime-local",
    forms.DateInput: "date",
    forms.TimeInput: "time",
    forms.FileInput: "file",
}
_GROUPS: dict[type[forms.Widget], str] = {
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.CheckboxInput: "checkbox",
}
_OWN = {"id", "name", "type", "value", "class", "style", "required", "rows", "cols", "checked"}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `group` is the heading above it, or empty."""

    id: str
    value: str
    label: Any
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """What the macro needs to draw a field. `input_type` is set when `kind` is `input`."""

    kind: str
    input_type: str
    id: str
    name: str
    label: Any
    help: Any
    errors: tuple[str, ...]
    required: bool
    value: str
    checked: bool
    options: tuple[Option, ...]
    attributes: Mapping[str, Any]
    many: bool

    @property
    def described_by(self) -> str | None:
        """Ids of the help and the error, when they are there."""
        ids = [f"{self.id}-help"] if self.help else []
        return " ".join([*ids, *([f"{self.id}-error"] if self.errors else [])]) or None

    @property
    def first(self) -> str:
        """Id of what a link in the error summary leads to."""
        return self.options[0].id if self.kind in {"radios", "checkboxes"} and self.options else self.id


def _of(widget: forms.Widget, table: Mapping[type[forms.Widget], str]) -> str | None:
    return next((name for cls, name in table.items() if isinstance(widget, cls)), None)


def _as_text(value: Any, input_type: str) -> str:
    if value is None or value is False:
        return ""
    if not hasattr(value, "isoformat"):
        return str(value)
    if input_type == "datetime-local":
        return str(value.strftime("%Y-%m-%dT%H:%M"))
    return str(value.strftime("%H:%M") if input_type == "time" else value.isoformat())


def _chosen(value: Any) -> set[str]:
    if value is None:
        return set()
    many = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return {str(one) for one in value} if many else {str(value)}


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(label_of_group), one, text) for label_of_group, (one, text) in ((value, c) for c in label))
        else:
            yield "", value, label


def _options(bound: BoundField, value: Any) -> tuple[Option, ...]:
    chosen = _chosen(value)
    return tuple(
        Option(f"{bound.auto_id}_{number}", "" if one is None else str(one), label, _text(one) in chosen, group)
        for number, (group, one, label) in enumerate(_flat(getattr(bound.field, "choices", ())))
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def control(bound: BoundField, label: Any = None, help: Any = None) -> Control:
    """The control of one bound field; `label` and `help` replace the field's own."""
    widget = bound.field.widget
    kind = _of(widget, _GROUPS) or "input"
    input_type = _of(widget, _INPUTS) or str(getattr(widget, "input_type", "text"))
    value = bound.value()
    return Control(
        kind="hidden" if input_type == "hidden" else kind,
        input_type=input_type,
        id=bound.auto_id or re.sub(r"\W+", "-", bound.html_name),
        name=bound.html_name,
        label=label or bound.label,
        help=help or bound.help_text,
        errors=tuple(str(error) for error in bound.errors),
        required=bound.field.required,
        value="" if input_type in {"password", "file"} else _as_text(value, input_type),
        checked=value not in {None, False, "", "False", "false", "0"} if kind == "checkbox" else False,
        options=_options(bound, value) if kind in {"radios", "checkboxes", "select"} else (),
        attributes={key: given for key, given in widget.attrs.items() if key not in _OWN},
        many=bool(getattr(widget, "allow_multiple_selected", False)),
    )
