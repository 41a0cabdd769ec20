"""Fields that forms of many rooms have: words that are never cut, and a day as people write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.people.rules import TextTooLong, clean_text
from laget.people.traces import national_numbers

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


NUMBER_FOUND = _("A national number stands here. Take it out: it is never needed in a text.")


class Words(forms.CharField):
    """Free text. It is never cut for the writer: too long a text is said, and kept in the field.

    A national number is refused, unless `numbers` says that one may stand here.
    """

    def __init__(
        self, label: Any = None, help_text: Any = "", *, limit: int, numbers: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label=label, help_text=help_text, widget=forms.Textarea, strip=False, **kwargs)
        self.limit, self.numbers = limit, numbers

    def clean(self, value: Any) -> str:
        try:
            cleaned = clean_text(str(value or "").replace("\0", ""), self.limit)
        except TextTooLong as fault:
            raise forms.ValidationError(_too_long(fault)) from None
        if self.required and not cleaned:
            raise forms.ValidationError(_("Write a few words here."))
        if not self.numbers and (national_numbers(str(value or "")) or national_numbers(cleaned)):
            raise forms.ValidationError(NUMBER_FOUND)
        return cleaned


def _too_long(fault: TextTooLong) -> str:
    message = _(
        "The text is %(length)s characters long. There is room for %(limit)s. Nothing is saved yet; shorten it."
    )
    return str(message) % {"length": fault.length, "limit": fault.limit}


def day(label: Any, help_text: Any = "", *, required: bool = True, missing: Any = None) -> forms.DateField:
    """A date. `missing`: what is said when there is none."""
    wrong = {"invalid": _("Write the date as day.month.year, for example 24.12.2026.")}
    if missing is not None:
        wrong["required"] = missing
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput, error_messages=wrong
    )
