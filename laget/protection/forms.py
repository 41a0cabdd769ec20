"""The shape of a decision to keep a parent away, of asking to end it, and of a leader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.fields import Words, day
from laget.protection.rules.grounds import GROUNDS, Say
from laget.protection.rules.levels import LEVELS, SOURCES, UNGRADED

LIMIT = 2000
PAPER = 200
LETTER = 10000
SAYS = [
    (
        Say.OTHER_ALONE.value,
        _("The other parent decides alone. A court or a legal decision says so, and a leader confirms it"),
    ),
    (Say.NOBODY.value, _("Both must consent, and this one may not be asked. Nothing new is shared by consent")),
]
ANSWERS = [("yes", _("Yes, I confirm it")), ("no", _("No, nothing changes"))]


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
    review_on = day(
        _("When do you look at it again?"),
        _("Within a year. The decision holds after that day too, until two people end it."),
        missing=_("Write the day."),
    )
    reason = Words(
        limit=LIMIT,
        label=_("What others must know"),
        required=False,
        help_text=_("Keep it short. Read by the leader, and by those who may know the family's situation."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        grounds = [(code, f"{_(one.label)}\n{one.statute}") for code, one in GROUNDS.items()]
        self.fields["code"].choices = grounds  # type: ignore[attr-defined]


class GradeForm(forms.Form):
    """Whose address, how strongly it is protected, who says so, and when to look at it again."""

    person = _person(_("Whose address is it?"))
    level = forms.ChoiceField(
        label=_("How is it protected?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a level.")}
    )
    source = forms.ChoiceField(
        label=_("Who says so?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who says so.")}
    )
    paper = forms.CharField(
        label=_("Where is the decision?"), max_length=PAPER, required=False,
        help_text=_("Who decided, when, and its number. Never write the address."),
    )  # fmt: skip
    review_on = day(
        _("When do you look at it again?"),
        _("Within a year. It is protected after that day too, until two people end it."),
        missing=_("Write the day."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        levels = [(code, _(label)) for code, (_rank, label) in LEVELS.items() if code != UNGRADED]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["source"].choices = [(code, _(label)) for code, label in SOURCES.items()]  # type: ignore[attr-defined]


class PlacesForm(forms.Form):
    """What tells where the child is, one on each line."""

    sort = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")},
        choices=[
            ("address", _("Addresses")), ("postal_code", _("Postal codes")), ("place", _("Names of places")),
            ("unit", _("Schools, kindergartens and other units")), ("phone", _("Telephone numbers")),
        ],
    )  # fmt: skip
    values = Words(_("One on each line"), _("It is sealed. Nobody can read it here again."), limit=LIMIT, numbers=True)


class OpenForm(forms.Form):
    """To which parent, and why it is safe."""

    person = _person(_("Who may see the pages?"))
    reason = Words(
        _("Why is it safe?"), _("What you know, and who has been asked. The leader reads this."), limit=LIMIT
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """To whom, word for word, and why it must go."""

    to = forms.CharField(
        label=_("Who gets it?"), max_length=PAPER, help_text=_("The name, and the office or court."),
        error_messages={"required": _("Write who gets it.")},
    )  # fmt: skip
    text = Words(
        _("What is to be sent, word for word"),
        _("The leader lets exactly this leave. Changing one letter asks anew."),
        limit=LETTER,
    )
    reason = Words(
        _("Why must it say where the child is?"),
        _("What the receiver needs it for, and why nothing less is enough. The leader reads this."),
        limit=LIMIT,
    )


class LookAgainForm(forms.Form):
    """The next day to look at it."""

    review_on = day(_("When do you look at it again?"), missing=_("Write the day."))


class ReasonForm(forms.Form):
    """Why a protection may be loosened."""

    reason = Words(
        limit=LIMIT,
        label=_("Why can it end?"),
        help_text=_("What has changed, and who has been asked. The leader reads this."),
    )


class ConfirmForm(forms.Form):
    """Yes or no from the second person."""

    agreed = forms.TypedChoiceField(
        label=_("What do you answer?"), choices=ANSWERS, widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        error_messages={"required": _("Choose an answer.")},
    )  # fmt: skip
    words = Words(limit=LIMIT, label=_("Why?"), help_text=_("The one who asked reads this."))


class SendForm(forms.Form):
    """Why a held e-mail may be sent."""

    reason = Words(
        _("Why may it be sent?"), _("For example that the word in it is another place. The leader reads this."),
        limit=LIMIT,
    )  # fmt: skip


class PutAwayForm(forms.Form):
    """A step that is taken or not."""
