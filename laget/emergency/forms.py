"""The shape of what is asked, opened, held back and reviewed in an emergency."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.careful import Careful
from laget.access.fields import Words, day
from laget.emergency.rules import REASONS, Outcome
from laget.people.rules import InvalidNationalNumber, read_national_number

LIMIT = 2000
OUTCOMES = [
    (Outcome.OK.value, _("There was a need, and it was right")),
    (Outcome.FOLLOW_UP.value, _("There was a need, but something must be followed up")),
    (Outcome.NOT_OK.value, _("There was no need. It was against the rules")),
]


class AskForm(forms.Form):
    """Which child, why, and in which position."""

    number = forms.CharField(
        label=_("The child's national number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    reason = forms.ChoiceField(
        label=_("Why can't it wait?"),
        widget=forms.RadioSelect,
        choices=[(reason.value, _(label)) for reason, label in REASONS.items()],
    )
    words = Words(
        _("What has happened?"), _("Your leader and the data protection officer read this at once."), limit=LIMIT
    )
    position = forms.TypedChoiceField(label=_("Your position"), coerce=UUID)

    def __init__(self, *args: Any, positions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields["position"]
        assert isinstance(own, forms.TypedChoiceField)
        own.choices = positions
        if len(positions) == 1:
            own.initial, own.widget = positions[0][0], forms.HiddenInput()

    def clean_number(self) -> str:
        try:
            return read_national_number(self.cleaned_data["number"], timezone.localdate()).digits
        except InvalidNationalNumber as fault:
            raise forms.ValidationError(_(fault.reason)) from None


class OpenForm(forms.Form):
    """Whether the family has to wait."""

    wait = forms.BooleanField(
        required=False,
        label=_("It is dangerous for the child that the family is told now"),
        help_text=_("The family is then told within 48 hours. The leader and the officer can decide otherwise."),
    )
    wait_because = Words(_("Why is it dangerous?"), limit=LIMIT, required=False)


class Deciding(Careful):
    """seen: how many decisions the page showed, so that nobody decides over one that came meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen


class WaitForm(Deciding):
    """The family is told later, or now."""

    until = day(_("The family is told on"), _("Choose today to tell it now. At most a quarter of a year away."))
    reason = Words(_("Why?"), _("The reason is kept with the decision."), limit=LIMIT)


class ReviewForm(Deciding):
    """What was found."""

    outcome = forms.ChoiceField(label=_("What did you find?"), widget=forms.RadioSelect, choices=OUTCOMES)
    words = Words(_("Why?"), _("The reason is kept."), limit=LIMIT)
