"""The shape of what an administrator types about a position and about what somebody signs in with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.oidc.providers import OUTSIDERS, configured
from laget.people.rules import InvalidNationalNumber, read_national_number

PHONE = RegexValidator(r"^\+?[0-9 ]{5,20}$", _("Write the number with digits, such as 41 00 00 00."))


def _digits(typed: str) -> str:
    try:
        return read_national_number(typed, timezone.localdate()).digits if typed.strip() else ""
    except InvalidNationalNumber as fault:
        raise ValidationError(_(fault.reason)) from None


class LoginForm(forms.Form):
    """What somebody signs in with: one of the two, or neither."""

    account = forms.CharField(
        label=_("Work account"),
        max_length=254,
        required=False,
        help_text=_("What the person signs in with at work, such as an e-mail address. Capital letters do not matter."),
    )
    number = forms.CharField(
        label=_("National number, for one who works for somebody else"),
        max_length=20,
        required=False,
        help_text=_("For those who sign in with Ansattporten. It is never shown again."),
    )

    identity = forms.CharField(
        label=_("National number, to keep the person away from their own family"),
        max_length=20,
        required=False,
        help_text=_(
            "Kept as a code that only the system compares. It is never shown again, and nobody signs in with it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outsiders = configured().get(OUTSIDERS)
        if outsiders is None or not outsiders.by_number:
            del self.fields["number"]

    def clean_number(self) -> str:
        return _digits(self.cleaned_data["number"])

    def clean_identity(self) -> str:
        return _digits(self.cleaned_data["identity"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("account") and typed.get("number"):
            self.add_error("number", _("Write one of the two. A person has one way to sign in to work."))
        return typed


class AccountForm(LoginForm):
    """What somebody signs in with from now on, and whether the administrator has been asked once more."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PositionForm(LoginForm):
    """Who begins, and as what."""

    field_order = (
        "person",
        "given",
        "family",
        "title",
        "phone",
        "account",
        "number",
        "identity",
        "leads",
        "administers",
    )

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
    protects = forms.BooleanField(
        label=_("Is the data protection officer"),
        required=False,
        help_text=_(
            "Controls who has looked, and reads no case. "
            "Can't lead or administer as well, since the officer is independent."
        ),
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
