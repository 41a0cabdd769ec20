"""The shape of what is typed in a plan; who may be responsible and which areas there are is given by the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.careful import AboutPeople
from laget.access.fields import Words
from laget.cases.forms import READERS, ReadersForm
from laget.plans.rules import GOAL_LIMIT, MEASURE_LIMIT, WORDS_LIMIT, Voice

Choices = Sequence[tuple[str, Any]]

VOICES: dict[str, Any] = {
    Voice.CHILD: _("The child's own words"),
    Voice.PARENT: _("My words, as a parent"),
    Voice.WORKER: _("My words, as one who works with the child"),
}
ASKED = (("yes", _("Yes, we asked")), ("no", _("No, not this time")))


class GoalForm(ReadersForm):
    """A new goal, and whom it is for."""

    area = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    words = Words(
        limit=GOAL_LIMIT,
        label=_("What do we want to reach?"),
        help_text=_(
            "A sentence or two, in words that everybody understands. Let the child and the family say it first."
        ),
    )
    field_order = (*READERS, "area", "words")

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class GoalEditForm(AboutPeople):
    """A goal that is rewritten."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    words = Words(limit=GOAL_LIMIT, label=_("What do we want to reach?"), help_text=_("The earlier text is kept."))


class MeasureForm(ReadersForm):
    """A new measure, and whom it is for."""

    words = Words(
        limit=MEASURE_LIMIT, label=_("What will be done?"), help_text=_("One thing, so that it can be evaluated.")
    )
    responsible = forms.ChoiceField(label=_("Who does it?"), widget=forms.RadioSelect)
    start = forms.DateField(label=_("From"), widget=forms.DateInput)
    due = forms.DateField(
        label=_("When do we look at it again?"),
        widget=forms.DateInput,
        help_text=_("Choose the day together."),
    )
    field_order = (*READERS, "words", "responsible", "start", "due")

    def __init__(self, *args: Any, responsible: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = responsible  # type: ignore[attr-defined]


class MeasureEditForm(AboutPeople):
    """A measure that is rewritten or moved."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    words = Words(limit=MEASURE_LIMIT, label=_("What will be done?"), help_text=_("The earlier text is kept."))
    due = forms.DateField(label=_("When do we look at it again?"), widget=forms.DateInput)


class EvaluationForm(AboutPeople):
    """Did it help?"""

    asked = forms.ChoiceField(label=_("Has the child been asked again?"), widget=forms.RadioSelect, choices=ASKED)
    childs_words = Words(
        limit=WORDS_LIMIT,
        required=False,
        label=_("What did the child say or show?"),
        help_text=_("As the child said it. A small child shows it by what it does."),
    )
    how_asked = Words(
        limit=WORDS_LIMIT, label=_("How was the child asked? If not, why not?"),
    )  # fmt: skip
    parents_words = Words(
        limit=WORDS_LIMIT, required=False, label=_("What do the parents think?"), help_text=_("In their own words."),
    )  # fmt: skip
    outcome = forms.ChoiceField(label=_("How did it go?"), widget=forms.RadioSelect)
    words = Words(
        limit=WORDS_LIMIT, label=_("What do we see?"), help_text=_("What is better, what is not, and why we think so.")
    )

    def __init__(
        self, *args: Any, outcomes: Choices, views: tuple[bool, bool], family: bool, own: bool, **kwargs: Any
    ) -> None:
        """family: somebody at home evaluates. own: the child itself does, and is not asked how it was asked."""
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        asked, required = views
        self.fields["parents_words"].required = required
        if own:
            self._as_the_child()
        elif family:
            self.fields["parents_words"].label = _("What do you at home think?")
            self.fields["parents_words"].help_text = ""
        if not asked:
            del self.fields["parents_words"]

    def _as_the_child(self) -> None:
        del self.fields["asked"], self.fields["how_asked"]
        own, home = self.fields["childs_words"], self.fields["parents_words"]
        own.label, own.help_text, own.required = _("What do you think?"), "", True
        more = self.fields["words"]
        more.label, more.help_text, more.required = _("Do you want to say more?"), "", False
        home.label, home.help_text = _("What do those at home think?"), ""


class MeasureEvaluationForm(EvaluationForm):
    """Did this measure help?"""

    next_due = forms.DateField(
        required=False,
        label=_("When do we look at it again?"),
        widget=forms.DateInput,
        help_text=_("Needed when you go on with the measure."),
    )


class MatterForm(ReadersForm):
    """What matters to the child, and whom it is for."""

    voice = forms.ChoiceField(label=_("Whose words is this?"), widget=forms.RadioSelect)
    words = Words(limit=WORDS_LIMIT, label=_("What matters?"))
    how_asked = Words(
        limit=WORDS_LIMIT,
        required=False,
        label=_("How do you know?"),
        help_text=_("Needed when you pass on the child's words: how the child was asked, or what it showed."),
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"), help_text=_("It decides which services can read it."), widget=forms.RadioSelect
    )
    field_order = (*READERS, "voice", "words", "how_asked", "kind")

    def __init__(self, *args: Any, voices: Sequence[Voice], kinds: Choices, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [(one.value, VOICES[one]) for one in voices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if len(voices) == 1:
            self.fields["voice"].widget = forms.HiddenInput()
            self.fields["voice"].initial = voices[0].value
        if own:
            del self.fields["how_asked"]
