"""The shape of a decision to keep a parent away, of asking to end it, and of a leader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.people.rules import TextTooLong, clean_text
from laget.protection.rules.grounds import GROUNDS, Say

LIMIT = 2000
PAPER = 200
DATE_ERRORS = {
    "required": _("Write the day."),
    "invalid": _("Write the date as day.month.year, for example 24.12.2026."),
}
SAYS = [
    (Say.OTHER_ALONE.value, _("The other parent decides alone. A court or a legal decision says so")),
    (Say.NOBODY.value, _("Both must consent, and this one may not be asked. Nothing new is shared by consent")),
]
ANSWERS = [("yes", _("Yes, I confirm it")), ("no", _("No, nothing changes"))]


class Words(forms.CharField):
    """Free text that is never cut for the writer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            cleaned = clean_text(str(value or "").replace("\0", ""), LIMIT)
        except TextTooLong as long:
            said = _("The text is %(length)s characters long. There is room for %(limit)s. Shorten it.")
            raise forms.ValidationError(str(said) % {"length": long.length, "limit": long.limit}) from None
        if self.required and not cleaned:
            raise forms.ValidationError(_("Write a few words here."))
        return cleaned


def _person(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, widget=forms.RadioSelect, coerce=UUID,
        error_messages={"required": _("Choose who."), "invalid_choice": _("Choose one of those who stand here.")},
    )  # fmt: skip


class KeepAwayForm(forms.Form):
    """Whom, on which ground, where the decision is kept, and when to look at it again."""

    person = _person(_("Who is kept away?"))
    code = forms.ChoiceField(
        label=_("On which ground?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a ground.")}
    )
    paper = forms.CharField(
        label=_("Where is the decision?"), max_length=PAPER,
        help_text=_("Who decided, when, and its number. For example: Fjordvik tingrett, 3.2.2026, 26-114."),
        error_messages={"required": _("Write where the decision is kept.")},
    )  # fmt: skip
    say = forms.ChoiceField(
        label=_("Who consents for the child meanwhile?"), choices=SAYS, widget=forms.RadioSelect,
        initial=Say.NOBODY.value, error_messages={"required": _("Choose who consents.")},
    )  # fmt: skip
    review_on = forms.DateField(
        label=_("When do you look at it again?"), widget=forms.DateInput, error_messages=DATE_ERRORS,
        help_text=_("Within a year. The decision holds after that day too, until two people end it."),
    )  # fmt: skip
    reason = Words(
        label=_("What others must know"),
        required=False,
        help_text=_("Keep it short. Read by the leader, and by those who may know the family's situation."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        grounds = [(code, f"{_(one.label)}\n{one.statute}") for code, one in GROUNDS.items()]
        self.fields["code"].choices = grounds  # type: ignore[attr-defined]


class LookAgainForm(forms.Form):
    """The next day to look at it."""

    review_on = forms.DateField(
        label=_("When do you look at it again?"), widget=forms.DateInput, error_messages=DATE_ERRORS
    )


class ReasonForm(forms.Form):
    """Why a protection may be loosened."""

    reason = Words(
        label=_("Why can it end?"), help_text=_("What has changed, and who has been asked. The leader reads this.")
    )


class ConfirmForm(forms.Form):
    """Yes or no from the second person."""

    agreed = forms.TypedChoiceField(
        label=_("What do you answer?"), choices=ANSWERS, widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        error_messages={"required": _("Choose an answer.")},
    )  # fmt: skip
    words = Words(label=_("Why?"), help_text=_("The one who asked reads this."))
