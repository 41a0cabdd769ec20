"""The shape of what is typed when a child is born, and when siblings are linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.fields import day
from laget.families.rules import NAME_LIMIT


class BirthForm(forms.Form):
    """When the child was born, and what it is called."""

    born = day(
        _("Birth date"), _("See that it is right. It cannot be changed later."),
        missing=_("Write the birth date."),
    )  # fmt: skip
    given = forms.CharField(
        label=_("The child's given name"), max_length=NAME_LIMIT, required=False,
        help_text=_("Leave it empty to keep the name that stands here now."),
    )  # fmt: skip


class SiblingsForm(forms.Form):
    """Which other children are siblings of this one."""

    siblings = forms.TypedMultipleChoiceField(
        label=_("Who are siblings?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one."), "invalid_choice": _("Choose among your own children.")},
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["siblings"].choices = others  # type: ignore[attr-defined]
