"""The shape of what is typed in a report of concern: a few questions on each page, and most may be left open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.fields import YES_NO, Words, day
from laget.concerns.forms import SAID, Careful, DutyForm
from laget.exchange.actions.delivering import RECEIVER
from laget.exchange.actions.writing import TEXT
from laget.exchange.rules.report import DISTRICT, EMAIL, MUNICIPALITY, PHONE

HOW = [
    ("portal", _("The national portal for reports of concern")),
    ("digital", _("Secure digital post")),
    ("paper", _("On paper, handed over or in the post")),
    ("other", _("In another secure way")),
]
OPENED = [
    ("yes", _("Yes, an investigation is opened")),
    ("no", _("No, the report is closed")),
    ("", _("They have not said yet")),
]
LINE, SHORT = 120, 20
"""Characters in a line, and in a number or a code."""


def _words(label: Any, help_text: Any = "", *, required: bool = False) -> Words:
    return Words(label, help_text, limit=TEXT, required=required, numbers=True)


def _line(label: Any, help_text: Any = "", *, required: bool = False, most: int = LINE) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most)


def _shaped(label: Any, shape: Any, fault: Any, help_text: Any = "") -> forms.CharField:
    return forms.RegexField(
        rf"^(?:{shape.pattern})$", label=label, help_text=help_text, required=False, max_length=LINE,
        error_messages={"invalid": fault},
    )  # fmt: skip


def _phone(label: Any = None) -> forms.CharField:
    fault = _("Write the number with digits, and spaces between them if you like.")
    return _shaped(label or _("Telephone"), PHONE, fault)


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=YES_NO, required=False)


class Saved(forms.Form):
    """A page of a report, with the version it was read at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """From which position one reports; asked only of those who have several."""

    position = forms.ChoiceField(label=_("You report as"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, positions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(positions)
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = held
        if len(held) < 2:
            del self.fields["position"]


class GroundForm(DutyForm):
    """The criteria of one's own act, and first whether it may be violence."""

    violence = forms.ChoiceField(
        label=_("Can it be about violence or sexual abuse?"), widget=forms.RadioSelect, choices=SAID,
        help_text=_("Also forced marriage, genital mutilation and negative social control."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("The parents want me to report, or have agreed to it"), required=False,
        help_text=_("Needed only when you answer no to all of the questions above."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criteria = [name for name in self.fields if name.startswith("c_")]
        self.order_fields(["version", "violence", *criteria, "agreed"])


class WordsForm(Saved):
    """What was seen, said and done."""

    seen = _words(
        _("What have you seen and heard?"),
        _("When, how often, and who was there? Write it as a camera would see it, and keep what you think apart."),
        required=True,
    )
    child_words = _words(
        _("What has the child said?"),
        _("In the child's own words, with what you asked. Leave it open if it said none."),
    )
    history = _words(_("What was before this?"), _("Earlier worries, what you have tried, and how it went."))
    others = _words(_("How do others see it?"), _("For example the parents, or colleagues who know the child."))
    agencies = _words(_("Who else helps the child or the family?"), _("As far as you know."))


class ChildForm(Saved):
    """The child, as far as it is known."""

    name = _line(
        _("The child's name"),
        _("If you do not know it: write what you know, so that they can find the child."),
        required=True,
    )
    unborn = forms.BooleanField(label=_("The child is not born yet"), required=False)
    born = day(_("Born"), required=False)
    number = _line(_("National number"), _("Only if you know it. It stands here and nowhere else."), most=SHORT)
    address = _line(_("Where the child lives"), _("Street and number, or where the child stays now."))
    postcode = _line(_("Postcode"), most=SHORT)
    town = _line(_("Town"))
    phone = _phone(_("The child's telephone"))
    household = _words(_("Siblings and others at home"), _("Names and ages, as far as you know."))
    interpreter = _line(_("Does anybody need an interpreter?"), _("Who, and in which language."))


class ParentsForm(Saved):
    """The parents or other guardians. Whether somebody is told is asked only where it is no danger to tell."""

    first_name = _line(_("Name of a parent or guardian"))
    first_phone = _phone()
    first_told = _yes_no(_("Have you told this parent that you report?"))
    first_why = _words(_("Why, or why not?"))
    second_name = _line(_("Name of another parent or guardian"))
    second_phone = _phone()
    second_told = _yes_no(_("Have you told this parent that you report?"))
    second_why = _words(_("Why, or why not?"))
    child_told = _yes_no(_("Have you told the child that you report?"))
    child_why = _words(_("Why, or why not?"))

    def __init__(self, *args: Any, may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_tell:
            for name in [one for one in self.fields if one.endswith(("_told", "_why"))]:
                del self.fields[name]


class ReporterForm(Saved):
    """Who reports, and to which child welfare."""

    name = _line(_("Your name"), required=True)
    role = _line(_("What you work as"), required=True)
    phone = _phone(_("Your telephone at work"))
    email = _shaped(_("Your e-mail at work"), EMAIL, _("Write a whole e-mail address."))
    organisation = _line(_("Your workplace"), required=True)
    organisation_number = _line(_("Organisation number"), _("Only if you know it."), most=SHORT)
    address = _line(_("Address of your workplace"))
    postcode = _line(_("Postcode"), most=SHORT)
    town = _line(_("Town"))
    municipality = _line(
        _("Municipality that the report goes to"), _("Child welfare where the child stays now."), required=True
    )
    number = _shaped(
        _("Municipality number"), MUNICIPALITY, _("The number has four digits."), _("The electronic message needs it.")
    )
    district = _line(_("City district"), _("Only in municipalities that have them."))
    district_number = _shaped(_("District number"), DISTRICT, _("The number has two digits."))


class AcuteForm(Saved):
    """What was done at once."""

    done = _words(
        _("What happened, and what did you do?"), _("When, whom you called, and what you agreed."), required=True
    )


class CarefulAcuteForm(Careful):
    """The same in a note without a name."""

    done = _words(
        _("What happened, and what did you do?"), _("When, whom you called, and what you agreed."), required=True
    )


class SentForm(forms.Form):
    """When, to whom and how a version was delivered."""

    on = day(_("When did you deliver it?"))
    to = _line(
        _("To whom?"), _("For example the child welfare service of a municipality."), required=True, most=RECEIVER
    )
    how = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect, choices=HOW)


class AnswersForm(Saved):
    """What child welfare has answered so far."""

    confirmed = day(_("When did they confirm that they have got it?"), required=False)
    opened = forms.ChoiceField(
        label=_("Have they opened an investigation?"), widget=forms.RadioSelect, choices=OPENED, required=False
    )
    ended = day(_("When was the investigation over?"), required=False)
    followed = forms.ChoiceField(
        label=_("Do they follow up the child and the family?"), required=False, widget=forms.RadioSelect,
        choices=[*YES_NO, ("", _("They have not said yet"))],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed: dict[str, date | str | None] = self.cleaned_data
        if typed.get("ended") and typed.get("opened") == "no":
            self.add_error("ended", _("There is no investigation to end when none was opened."))
        return {**typed, "version": typed.get("version") or 0}
