"""The shape of what is typed at sign-in by letter. What is secret is never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.letter import codes

LONGEST = 64


_AS_IT_STANDS = _("Write it as it stands.")


def _typed(label: Any, help_text: Any = "", *, numbers: bool = False, missing: Any = _AS_IT_STANDS) -> forms.CharField:
    attributes = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
    if numbers:
        attributes["inputmode"] = "numeric"
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.TextInput(attrs=attributes),
        error_messages={"required": missing},
    )  # fmt: skip


def _password(label: Any, help_text: Any = "", autocomplete: str = "off") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=codes.PASSWORD_MOST, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": _("Write your password.")},
    )  # fmt: skip


def _code() -> forms.CharField:
    help_text = _("Six digits. They change every half minute.")
    return _typed(
        _("Code from the app"), help_text, numbers=True, missing=_("Write the six digits that the app shows.")
    )


class CodeForm(forms.Form):
    """What one knows and what one has."""

    name = _typed(_("Sign-in name"), _("Eight digits, from your letter."), numbers=True)
    password = _password(_("Password"), _("The one you chose yourself."))
    code = _code()


class LetterForm(forms.Form):
    """The first time: what stands in the letter."""

    name = _typed(_("Sign-in name"), _("Eight digits."), numbers=True)
    letter = _typed(_("The code in the letter"), _("Sixteen letters and digits. It can be used once."))


class ChoosingForm(forms.Form):
    """A password of one's own, and a code that shows that the app is set up."""

    password = _password(
        _("Choose a password"),
        _("At least ten signs. Three or four words that only you would put together are good."),
    )
    again = _password(_("The same password once more"))
    code = _code()

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if codes.weak(password, self.name):
            raise forms.ValidationError(_("Choose a longer one: at least ten signs, and not your sign-in name."))
        return password

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two are not the same. Write them once more."))
        return data
