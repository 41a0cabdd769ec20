"""The shape of what an administrator types about a position."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PHONE = RegexValidator(r"^\+?[0-9 ]{5,20}$", _("Write the number with digits, such as 41 00 00 00."))


class PositionForm(forms.Form):
    """Who begins, and as what."""

    person = forms.TypedChoiceField(
        label=_("Who"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Choose somebody who works here already, or write the name of somebody new below."),
    )
    given = forms.CharField(label=_("First name"), max_length=100, required=False)
    family = forms.CharField(label=_("Last name"), max_length=100, required=False)
    title = forms.CharField(label=_("Works as"), max_length=100)
    phone = forms.CharField(
        label=_("Telephone at work"),
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text=_("Families see it, and call it."),
    )
    leads = forms.BooleanField(
        label=_("Leads the unit"),
        required=False,
        help_text=_("A leader may have to take over a baton for a few days. It gives no access to any child."),
    )
    administers = forms.BooleanField(
        label=_("Administers services and people"),
        required=False,
        help_text=_("An administrator reads no case."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["person"]
        assert isinstance(who, forms.TypedChoiceField)
        who.choices = [("", _("Somebody new")), *people]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("person"):
            for name in ("given", "family"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Write both the first name and the last name."))
        return typed
