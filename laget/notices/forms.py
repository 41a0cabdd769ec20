"""The shape of a choice of how to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.notices.rules import CHOICES


class MailForm(forms.Form):
    """How to be told by e-mail."""

    mail = forms.ChoiceField(
        label=_("How do you want to be told?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to be told.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].choices = [(code, _(text)) for code, text in CHOICES.items()]  # type: ignore[attr-defined]
