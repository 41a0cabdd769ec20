"""What decides who is asked and only the worker knows: what it is about, a care order, a crisis centre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

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
        help_text=_(
            "By a care order. Then the parents are not asked. Child welfare answers, often with the foster parents or "
            "the institution, and registers the order itself."
        ),
    )  # fmt: skip
    welfare = forms.ChoiceField(
        label=_("Who answers for child welfare?"), required=False,
        help_text=_("Only after a care order. Agree on it with that person first."),
    )  # fmt: skip
    carer = forms.CharField(
        label=_("Whom does the child live with?"), required=False, max_length=200,
        help_text=_(
            "Only after a care order: a foster parent, or the one who answers for the institution. You note the "
            "answer. The family does not see the name."
        ),
    )  # fmt: skip
    crisis = forms.BooleanField(
        label=_("Asking could reveal that somebody has been in touch with a crisis centre"), required=False,
        help_text=_("Nobody is asked then. It is not stored with the question."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, about: Iterable[str] = (), welfare: Iterable[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("Choose")), *welfare]
        self.fields["welfare"].choices = chosen  # type: ignore[attr-defined]
        codes = list(about)
        self.fields["matter"].choices = [(code, MATTERS[code]) for code in codes]  # type: ignore[attr-defined]
        if not codes:
            del self.fields["matter"]

    @property
    def stated(self) -> Stated:
        typed = self.cleaned_data
        who = UUID(typed["welfare"]) if typed.get("welfare") else None
        return Stated(
            typed.get("matter") or Matter.SHARING.value, typed["care_order"], typed["crisis"], who,
            typed.get("carer", ""),
        )  # fmt: skip
