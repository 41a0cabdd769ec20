"""The shape of what is typed about a case; what may be chosen is handed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.careful import AboutPeople
from laget.access.fields import Words
from laget.cases.rules import SHORT_WORDS
from laget.sight.rules import Audience

Choices = Sequence[tuple[str, Any]]
AREA = forms.Textarea


def _chosen(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )


class ReadersForm(AboutPeople):
    """Whom a text is for: the audience is chosen first, and the form asks for what that one needs.

    asks: the fields that this audience asks for. able: who may be named. grounds: on which a parent may not read.
    """

    audience = forms.CharField(widget=forms.HiddenInput)
    persons = forms.TypedMultipleChoiceField(
        label=_("Who?"), coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False, empty_value=[]
    )
    ground = _chosen(_("On what ground?"), _("A parent may only be kept from reading when the law says so."))
    why = forms.CharField(
        label=_("Why?"), help_text=_("Only those in the services who read the text can read this."), widget=AREA
    )
    review_on = forms.DateField(
        label=_("When will you look at this again?"),
        help_text=_("Within a year. It does not end by itself: you decide then."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, asks: Collection[str], able: Choices, grounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = able  # type: ignore[attr-defined]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        audience = self.data.get("audience") or self.initial.get("audience")
        self.fields["persons"].required = audience != Audience.CHILDS_OWN
        self.fields["persons"].error_messages["required"] = _("Choose at least one person.")
        if audience == Audience.NOT_FOR:
            self.fields["persons"].label = _("Who may not read it?")
        for name in {"persons", "ground", "why", "review_on"} - set(asks):
            del self.fields[name]

    def choice(self) -> dict[str, Any]:
        """What was chosen, by the names of a choice."""
        said = {name: value for name, value in self.cleaned_data.items() if name in READERS}
        return said | {"persons": frozenset(said.get("persons", ()))}


READERS = ("audience", "persons", "ground", "why", "review_on")


class ChangeReadersForm(ReadersForm):
    """Others are to read a text: whoever chooses for somebody else says why."""

    def __init__(self, *args: Any, must_say_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "why" in self.fields:
            self.fields["why"].required = must_say_why or "ground" in self.fields


class _About(ReadersForm):
    """What an entry is about and who reads it: said before it is written."""

    sort = forms.CharField(widget=forms.HiddenInput)
    kind = _chosen(_("What is it about?"), _("Only those whom the consent lets know this can read it."))

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class EntryForm(_About):
    """An entry in the log, in the writer's own words."""

    words = forms.CharField(label=_("What do you want to write?"), widget=AREA)
    field_order = ("sort", *READERS, "kind", "words")


class ChildWordsForm(_About):
    """What the child said or showed, and how it was asked."""

    words = forms.CharField(label=_("What did the child say or show?"), widget=AREA)
    how_asked = forms.CharField(
        label=_("How was the child asked?"),
        help_text=_("For example: with pictures, while we were drawing, in the child's own language."),
        widget=AREA,
        required=False,
    )
    field_order = ("sort", *READERS, "kind", "words", "how_asked")


class CallForm(_About):
    """A phone call in two lines."""

    who = forms.CharField(label=_("Whom did you talk with?"))
    agreed = forms.CharField(label=_("What did you agree on?"))
    field_order = ("sort", *READERS, "kind", "who", "agreed")

    def words(self) -> str:
        """The two lines as one text."""
        return f"{self.cleaned_data['who']}\n{self.cleaned_data['agreed']}"


class WriteForForm(AboutPeople):
    """Whose words they are, how they came, and the words as they were said."""

    person = forms.TypedChoiceField(
        label=_("Whose words are these?"), coerce=UUID, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    spoken = _chosen(_("How did the words come?"))
    words = forms.CharField(
        label=_("What did this person say or choose?"), widget=AREA,
        help_text=_("Write it as it was said. The person is told, and can say that it was meant otherwise."),
    )  # fmt: skip
    kind = _chosen(_("What is it about?"), _("Only those whom the consent lets know this can read it."))

    def __init__(self, *args: Any, family: Choices, kinds: Choices, spoken: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", family), ("kind", kinds), ("spoken", spoken)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class MeantForm(AboutPeople):
    """What was meant, in one's own words."""

    words = forms.CharField(label=_("What did you mean?"), widget=AREA)


class CorrectionForm(AboutPeople):
    """New words for what the same person wrote."""

    words = forms.CharField(label=_("What should it say?"), widget=AREA)
    how_asked = forms.CharField(label=_("How was the child asked?"), widget=AREA, required=False)


class LevelForm(AboutPeople):
    """Another level, and why."""

    level = _chosen(_("Which level now?"))
    reason = forms.CharField(label=_("Why?"), help_text=_("The family and the whole team can read this."), widget=AREA)

    def __init__(self, *args: Any, levels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class ReasonForm(AboutPeople):
    """The version whose preview was read, and why the case should follow it."""

    version = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why?"), help_text=_("The family and the whole team can read this."), widget=AREA)


class PersonForm(AboutPeople):
    """Somebody in a service that the consent covers, and a few words along."""

    position = forms.ChoiceField(label=_("Who?"), error_messages={"required": _("Choose one.")})
    words = forms.CharField(label=_("A few words along"), widget=AREA, required=False)

    def __init__(self, *args: Any, able: Sequence[tuple[str, Choices]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = [("", _("Choose a person")), *able]  # type: ignore[attr-defined]


class WordsForm(AboutPeople):
    """A few words along with an answer."""

    words = forms.CharField(label=_("A few words in reply"), widget=AREA, required=False)


class WishForm(AboutPeople):
    """What the family wishes when nothing has to be agreed to."""

    wish = forms.CharField(label=_("What do you wish?"), widget=AREA, required=False)


class ViewForm(AboutPeople):
    """Whether another service may lead, and what the family wishes."""

    agrees = _chosen(_("May this service lead?"))
    wish = forms.CharField(label=_("What do you wish?"), widget=AREA, required=False)
    field_order = ("agrees", "wish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].choices = [("yes", _("Yes")), ("no", _("No"))]  # type: ignore[attr-defined]


class CloseForm(AboutPeople):
    """Why the case closes, and a note to the family."""

    reason = _chosen(_("Why is the case closed?"))
    note = forms.CharField(
        label=_("A note to the family"),
        help_text=_("What did you do together, what helped, and whom can they turn to later?"),
        widget=AREA,
    )

    def __init__(self, *args: Any, reasons: Choices, note: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        self.fields["note"].required = note == "required"
        if note == "none":
            del self.fields["note"]


class NoteForm(AboutPeople):
    """A note along with taking the case up again."""

    note = forms.CharField(label=_("What would you like help with now?"), widget=AREA, required=False)


class DeputyForm(forms.Form):
    """Who stands in, from which day to which, and for which of the children one leads the team around.

    children: as choices, for the holder; a leader chooses none, and it is for all of them.
    """

    by = forms.TypedChoiceField(
        label=_("Who stands in?"), coerce=UUID, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )
    first = forms.DateField(
        label=_("From and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("To and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    cases = forms.TypedMultipleChoiceField(
        label=_("For whom?"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, children: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = people  # type: ignore[attr-defined]
        self.fields["cases"].choices = children  # type: ignore[attr-defined]
        if not children:
            del self.fields["cases"]


class LookedForm(forms.Form):
    """Which entries the page showed to the one who says to have looked through them."""

    seen = forms.TypedMultipleChoiceField(widget=forms.MultipleHiddenInput, required=False, coerce=str)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("seen") if hasattr(self.data, "getlist") else self.data.get("seen", ())
        self.fields["seen"].choices = [(one, one) for one in given if _is_id(one)]  # type: ignore[attr-defined]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class HoldBackForm(forms.Form):
    """On what ground an entry is kept from the child, why, and until when it is looked at again."""

    ground = _chosen(_("On what ground?"), _("Something may only be kept from the child when the law says so."))
    why = Words(_("Why?"), _("Read by those in the services who read the text."), limit=SHORT_WORDS)
    review_on = forms.DateField(
        label=_("When will you look at this again?"),
        help_text=_("Within a year. It does not end by itself: you decide then."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, grounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
