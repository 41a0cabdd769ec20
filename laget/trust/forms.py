"""The shape of a family's question, an answer to it, and what the officer asks about who could see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.fields import Words
from laget.families.rules import begins
from laget.kernel.period import FOREVER
from laget.law.kinds import LABELS, Kind
from laget.people.rules import InvalidNationalNumber, read_national_number
from laget.trust.rules.clock import Outcome

LIMIT = 2000
OUTCOMES = {
    Outcome.EXPLAINED: _("There was a reason, and I explain it"),
    Outcome.PASSED_ON: _("I can't explain it. The data protection officer has to look at it"),
    Outcome.UNLAWFUL: _("It was against the law. The family is to be told"),
}
PARTS = [("", _("All")), ("log", _("The log")), ("plan", _("The plan"))]


class WhyForm(forms.Form):
    """The family's own words."""

    words = Words(limit=LIMIT, label=_("What do you wonder about?"))


class AnswerForm(forms.Form):
    """What the leader or the officer says."""

    outcome = forms.ChoiceField(label=_("What do you answer?"), widget=forms.RadioSelect)
    words = Words(limit=LIMIT, label=_("In plain words"))

    def __init__(self, *args: Any, outcomes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["outcome"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, OUTCOMES[Outcome(code)]) for code in outcomes]


EARLIEST = date(2000, 1, 1)
"""Before this nothing was written here, and nobody looked."""


def _in_our_time(day: date) -> None:
    if not EARLIEST <= day <= timezone.localdate() + timedelta(days=1):
        raise forms.ValidationError(_("Choose a day between 1.1.2000 and tomorrow."))


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))


class InquireForm(forms.Form):
    """Which interval, which kinds of information, and why. `number` is there when no child is known yet."""

    number = forms.CharField(
        label=_("The child's national number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    start = forms.DateField(label=_("From"), widget=forms.DateInput, validators=[_in_our_time])
    start_time = _clock(_("From the time"))
    end = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput,
        validators=[_in_our_time],
        help_text=_("The whole day, when no time is given."),
    )
    end_time = _clock(_("Until the time"))
    kinds = forms.MultipleChoiceField(
        label=_("About"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, _(LABELS[kind])) for kind in Kind],
    )
    written = forms.DateField(
        label=_("Written on"),
        required=False,
        widget=forms.DateInput,
        validators=[_in_our_time],
        help_text=_(
            "When it is about something that was written on a certain day. A consent may not reach that far back."
        ),
    )
    part = forms.ChoiceField(label=_("Where it was written"), choices=PARTS, required=False)
    reason = Words(
        limit=LIMIT,
        label=_("Why do you need to know?"),
        help_text=_("The reason is kept. The family sees that you have looked."),
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["number"]

    def clean_number(self) -> str:
        try:
            return read_national_number(self.cleaned_data["number"], timezone.localdate()).digits
        except InvalidNationalNumber as fault:
            raise forms.ValidationError(_(fault.reason)) from None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        start, end = typed.get("start"), typed.get("end")
        if start and end:
            typed["begins"] = _moment(start, typed.get("start_time"))
            typed["ends"] = _moment(end, typed.get("end_time"), whole_day=True)
            if typed["ends"] <= typed["begins"]:
                self.add_error("end", _("The end must be after the beginning."))
        typed["on"] = begins(typed["written"]) + timedelta(days=1) if typed.get("written") else None
        return typed


def _moment(day: date, at: time | None, *, whole_day: bool = False) -> datetime:
    """The instant in Norway; the end of the day when no time is given and the day counts as a whole."""
    if at is not None:
        return datetime.combine(day, at, timezone.get_current_timezone())
    last = begins(day + timedelta(days=1)) if whole_day else begins(day)
    return min(last, FOREVER)
