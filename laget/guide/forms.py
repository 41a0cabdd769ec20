"""The shape of what an administrator types about the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from laget.guide.faults import Fault, GuideFaults
from laget.guide.files import LARGEST, decoded
from laget.guide.parts import LONGEST, Cell
from laget.guide.reading.whole import capitalised
from laget.guide.saying import fault_said
from laget.guide.words import text

WIDEST = 120
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LookForm(forms.Form):
    """Which part of the model, in which kind of service, on which day."""

    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Kind of service"), required=False)
    on = forms.DateField(label=_("As it is on"), required=False, widget=DAY)

    def __init__(self, *args: Any, levels: Iterable[Any], kinds: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["level"], [("", _("All levels")), *((one.code, _level(one)) for one in levels)])
        _choose(self.fields["kind"], [("", _("All services")), *((one.code, text(one.name)) for one in kinds)])


def _level(one: Any) -> str:
    return f"{one.shown}: {text(one.name)}"


def _choose(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
    field.choices = choices


class FileForm(forms.Form):
    """A model as a file, or pasted. What the file says is shown as if it was pasted, so that it can be put right."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("A TOML file of at most 512 kB. It is read, and not kept as a file."),
    )
    own = forms.CharField(
        label=_("Or paste the text here"), required=False, strip=False, widget=forms.Textarea, max_length=LARGEST
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        file = typed.get("file")
        if self.too_large or (file and file.size > LARGEST):
            self.add_error(
                "file", _("The file is larger than 512 kB. A model is never that large: is it the right file?")
            )
        elif file:
            self._read(file.read(LARGEST + 1))
        elif not typed.get("own", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the text."))
        return typed

    def _read(self, content: bytes) -> None:
        try:
            said = decoded(content).replace("\r\n", "\n")
        except GuideFaults as found:
            self.add_error("file", fault_said(found.faults[0]))
            return
        self.cleaned_data["own"] = said
        self.data = QueryDict(mutable=True)
        self.data["own"] = said


class ProposeForm(forms.Form):
    """From which day."""

    begins = forms.DateField(label=_("It holds from"), widget=DAY, help_text=_("Today or a later day."))


class PartForm(forms.Form):
    """A part of the model, one field for each cell. Later faults are said at the field they are about."""

    def __init__(self, *args: Any, cells: list[Cell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = cells
        for one in cells:
            self.fields[one.name] = _field(one)
            self.initial.setdefault(one.name, one.value)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Fields under what they are about, in order."""
        found: dict[str, list[forms.BoundField]] = {}
        for one in self.cells:
            said = one.group if isinstance(one.group, str) or not hasattr(one.group, "written") else text(one.group)
            found.setdefault(capitalised(str(said)), []).append(self[one.name])
        return list(found.items())

    def say(self, faults: Iterable[Fault]) -> None:
        """Each fault at the field it is about, else above the form."""
        for fault in faults:
            self.add_error(self._at(fault.place), fault_said(fault))

    def _at(self, place: str) -> str | None:
        for one in self.cells:
            where = one.where.removesuffix(".age") if one.place[0] == "heard" else one.where
            typed = f"heard.{self.cleaned_data.get(one.name)}" if one.place[0] == "heard" else where
            if place in (where, typed) or place.startswith((f"{where}.", f"{typed}.")) or where.startswith(f"{place}."):
                return one.name if one.name in self.cleaned_data else None
        return None


def _field(cell: Cell) -> forms.Field:
    given: dict[str, Any] = {"label": cell.label, "required": cell.required, "help_text": cell.help}
    if cell.sort == "number":
        return forms.IntegerField(min_value=cell.least, max_value=cell.most, **given)
    if cell.sort == "day":
        return forms.DateField(widget=DAY, **given)
    if cell.sort in ("choice", "many"):
        return _chosen(cell, given)
    long = cell.sort == "text"
    widest = LONGEST if long else min(WIDEST, cell.most)
    return forms.CharField(max_length=widest, widget=forms.Textarea if long else forms.TextInput, **given)


def _chosen(cell: Cell, given: dict[str, Any]) -> forms.Field:
    choices = [(code, text(label) if hasattr(label, "written") else label) for code, label in cell.options]
    if cell.sort == "many":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)
    return forms.ChoiceField(choices=choices, **given)
