"""The shape of what is typed in the notebook; every text is looked through before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access import careful
from laget.access.fields import YES_NO, Words, day
from laget.concerns.actions.discussing import TELLS
from laget.concerns.actions.talking import NOT_YET
from laget.concerns.actions.writing import LABEL, NUMBER_FOUND, TEXT
from laget.law.reporting import Asked
from laget.people.anonymity import tells
from laget.people.traces import Hit

TEXT_LINE = 120
Choices = Iterable[tuple[str, Any]]

ROLES = [
    ("mother", _("Mother")),
    ("father", _("Father")),
    ("guardian", _("Another guardian")),
    ("child", _("The child")),
    ("colleague", _("A colleague")),
    ("leader", _("Leader")),
    ("interpreter", _("Interpreter")),
    ("other", _("Somebody else")),
]
CONSENT = [("yes", _("Yes")), ("no", _("No")), ("later", _("We talk about it later"))]
SAID = [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Unsure"))]
REPORTERS = [("me", _("I did")), ("leader", _("My leader did")), ("other", _("Somebody else did"))]


_words = partial(Words, limit=TEXT, required=False)


class Careful(careful.Careful):
    """Every text of the notebook: one that names nobody."""

    REFUSED = NUMBER_FOUND
    ASKED = _("Something here may tell who the child is. Change it, or save it as it is.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "version": self.cleaned_data.get("version") or 0}


class _Dated(Careful):
    """Something that has happened on a day."""

    on = day(_("When?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(NOT_YET)
        return day


def _choose(form: forms.Form, name: str, choices: Choices, label: Any = None) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
    if label is not None:
        field.label = label


class WordsForm(Careful):
    """Three fields, and a label of one's own."""

    seen = _words(
        _("What have you seen and heard? When, and how often?"), _("Write it as a camera would see it."), required=True
    )
    well = _words(_("What goes well?"))
    wonder = _words(_("What do you wonder about?"))
    label = forms.CharField(
        label=_("Your own label"), max_length=LABEL, required=False,
        help_text=_("So that you can tell your notes apart, for example «the red jacket». Not a name."),
    )  # fmt: skip


class WorryForm(WordsForm):
    """A new worry: first whether it is safe to talk with the parents."""

    safe = forms.ChoiceField(widget=forms.RadioSelect)
    adult = forms.BooleanField(
        label=_("It begins with a grown-up I help, who has children or young siblings"), required=False
    )
    position = forms.ChoiceField(label=_("You write as"), widget=forms.RadioSelect, required=False)
    field_order = ("safe", "seen", "well", "wonder", "label")

    def __init__(
        self, *args: Any, question: str, answers: Choices, positions: Choices, adults: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "safe", answers, question)
        held = list(positions)
        _choose(self, "position", held)
        if len(held) < 2:
            del self.fields["position"]
        if not adults:
            del self.fields["adult"]


class AskTalkForm(forms.Form):
    """Which leader one asks for a talk."""

    leader = forms.ChoiceField(label=_("Which leader?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "leader", leaders)


class LeaderForm(_Dated):
    """A talk with the leader that has been held."""

    leader = forms.ChoiceField(label=_("With which leader?"), widget=forms.RadioSelect, required=False)
    came_of_it = _words(_("What came of it?"), _("Who does what, and by when?"))
    field_order = ("leader", "on", "came_of_it")

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(leaders)
        _choose(self, "leader", held)
        if not held:
            del self.fields["leader"]


class ParentsForm(_Dated):
    """A talk with the parents."""

    present = forms.MultipleChoiceField(
        label=_("Who was there?"), widget=forms.CheckboxSelectMultiple, choices=ROLES, required=False
    )
    shared = _words(_("What did you tell that you had seen?"))
    parents_view = _words(_("What did the parents say?"))
    agreement = _words(_("What did you agree on?"))
    consent = forms.ChoiceField(
        label=_("Did you ask whether you may cooperate with others?"), widget=forms.RadioSelect, choices=CONSENT,
        required=False,
    )  # fmt: skip


class ChildForm(_Dated):
    """A talk with the child."""

    words = _words(_("What did the child say or show?"), _("In the child's own words."), required=True)
    how = _words(_("How did you ask?"))
    told = _words(_("What did you tell the child that it is used for?"))


class ReasonForm(Careful):
    """Why."""

    reason = _words(_("Why?"), required=True)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["reason"].label = label


class ReportedForm(Careful):
    """That child welfare has been told. Nothing is chosen beforehand."""

    by = forms.ChoiceField(label=_("Who reported?"), widget=forms.RadioSelect, choices=REPORTERS)
    on = day(_("When was it reported?"))
    parents_told = forms.ChoiceField(
        label=_("Do the parents know?"), widget=forms.RadioSelect, choices=YES_NO, required=False,
        help_text=_("Never tell them when you think of violence or abuse. Child welfare and the police decide when."),
    )  # fmt: skip
    why = _words(_("Why, or why not?"))


class DiscussionForm(_Dated):
    """An anonymous discussion. What may tell who it is about is refused: here no second press goes past it."""

    SORTS: ClassVar[dict[str, Any]] = Careful.SORTS | {
        "handle": _("Looks like a name on the net"),
        "vehicle": _("Looks like the number of a car"),
        "case": _("Looks like the number of a case"),
    }
    who = forms.CharField(
        label=_("With whom?"), max_length=TEXT_LINE, required=False,
        help_text=_("A service or a role, for example child welfare. Not a name."),
    )  # fmt: skip
    topic = _words(_("What did you discuss?"), _("The topic, in general terms. No child and no family."), required=True)
    advice = _words(_("Which advice did you get?"))
    field_order = ("on", "who", "topic", "advice")

    def hits(self, text: str) -> Iterable[Hit]:
        return tells(text, self.names)

    def _accepted(self) -> set[str]:
        """Nothing is asked about a second time: each field that tells something is refused below."""
        return {one.mark for one in self.found}

    @property
    def may_save_anyway(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in {one.field for one in self.found if not one.refused}:
            self.add_error(name, TELLS)
        return cleaned


class DutyForm(forms.Form):
    """Yes, no or unsure to each criterion of one's own statute."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Iterable[Asked], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[f"c_{one.criterion.code}"] = forms.ChoiceField(
                label=one.criterion.text(language), widget=forms.RadioSelect, choices=SAID
            )


class AskForm(forms.Form):
    """What the owner takes along to the question to the parents; the notebook itself stays."""

    talked_on = day(_("When did you talk with the parents?"))
    take = forms.MultipleChoiceField(
        label=_("What do you take along?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("You can change it on the next pages. The rest stays in your notebook."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        held = list(parts)
        _choose(self, "take", held)
        if not held:
            del self.fields["take"]

    def clean_talked_on(self) -> date:
        day: date = self.cleaned_data["talked_on"]
        if day > self.today:
            raise forms.ValidationError(NOT_YET)
        return day
