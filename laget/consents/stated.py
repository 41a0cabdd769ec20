"""What decides who is asked and only the worker knows: what it is about, a care order, a crisis centre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.consents.rules import Stated
from laget.law.consent import Matter

MATTERS = {
    Matter.SHARING.value: _("Cooperation about the child"),
    Matter.EDUCATION.value: _("The education itself: the pupil decides alone"),
    Matter.DAILY_CARE.value: _("Daily, ordinary health help: one parent is enough"),
}


class StatedForm(forms.Form):
    """Fields that every form has which asks a family."""

    matter = forms.ChoiceField(
        label=_("What does the question concern?"),
        widget=forms.RadioSelect,
        initial=Matter.SHARING.value,
        required=False,
    )
    care_order = forms.BooleanField(
        label=_("Child welfare has taken over the care of the child"), required=False,
        help_text=_("By a care order. The parents are not asked then. It is not stored with the question."),
    )  # fmt: skip
    crisis = forms.BooleanField(
        label=_("Asking could reveal that somebody has been in touch with a crisis centre"), required=False,
        help_text=_("Nobody is asked then. It is not stored with the question."),
    )  # fmt: skip

    def __init__(self, *args: Any, about: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = list(about)
        self.fields["matter"].choices = [(code, MATTERS[code]) for code in codes]  # type: ignore[attr-defined]
        if not codes:
            del self.fields["matter"]

    @property
    def stated(self) -> Stated:
        typed = self.cleaned_data
        return Stated(typed.get("matter") or Matter.SHARING.value, typed["care_order"], typed["crisis"])
