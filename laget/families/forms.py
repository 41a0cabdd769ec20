"""The shape of what is typed when a child is born, siblings are linked, or a parent asks to be told about the child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.careful import AboutPeople
from laget.access.fields import Words, day
from laget.families.actions import claims
from laget.families.actions.information import SHORT, WORDS
from laget.families.rules import NAME_LIMIT, TypedParent
from laget.families.words import DECISIONS, GROUNDS, IDENTITIES, OUTCOMES, PROOFS, RELATIONS
from laget.people.rules import InvalidNationalNumber, read_national_number


class BirthForm(forms.Form):
    """When the child was born, and what it is called."""

    born = day(
        _("Birth date"), _("See that it is right. It cannot be changed later."),
        missing=_("Write the birth date."),
    )  # fmt: skip
    given = forms.CharField(
        label=_("The child's given name"), max_length=NAME_LIMIT, required=False,
        help_text=_("Leave it empty to keep the name that stands here now."),
    )  # fmt: skip


class SiblingsForm(forms.Form):
    """Which other children are siblings of this one."""

    siblings = forms.TypedMultipleChoiceField(
        label=_("Who are siblings?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one."), "invalid_choice": _("Choose among your own children.")},
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["siblings"].choices = others  # type: ignore[attr-defined]


OTHER = "other"


class _Past(forms.Form):
    """Something that has happened on a day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def past(self, name: str) -> date:
        on: date = self.cleaned_data[name]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return on


class RequestForm(_Past):
    """Who asks, and for what."""

    who = forms.ChoiceField(label=_("Who asks?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name, as it stands in the document"), max_length=2 * NAME_LIMIT, required=False)
    number = forms.CharField(
        label=_("National number"), max_length=40, required=False,
        help_text=_("It is not kept, only a mark to compare with. Without it we can't know who asks."),
    )  # fmt: skip
    proof = Words(
        _("How do you know that this is a parent of the child?"), _("For example a birth certificate."),
        limit=SHORT, required=False,
    )  # fmt: skip
    asked_on = day(_("When was it asked?"))
    words = Words(_("What does the parent want to be told?"), limit=WORDS)

    def __init__(self, *args: Any, adults: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*adults, (OTHER, _("Another parent"))]  # type: ignore[attr-defined]

    def clean_asked_on(self) -> date:
        return self.past("asked_on")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("who") == OTHER:
            for name in ("name", "number", "proof"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill in this when it is another parent than those above."))
        return typed

    def clean_number(self) -> str:
        if not self.cleaned_data["number"].strip() or self.cleaned_data.get("who") != OTHER:
            return ""
        try:
            return read_national_number(self.cleaned_data["number"], self.today).digits
        except InvalidNationalNumber as fault:
            raise forms.ValidationError(_(fault.reason)) from None


class AnswerRequestForm(AboutPeople):
    """How it was checked who asks, and what is answered."""

    identity = forms.ChoiceField(
        label=_("How did you check who asks?"), widget=forms.RadioSelect, choices=list(IDENTITIES.items())
    )
    outcome = forms.ChoiceField(label=_("What do you answer?"), widget=forms.RadioSelect)
    given = Words(
        _("What is told?"), _("Never where somebody lives or can be found, and nothing about others than the child."),
        limit=WORDS, required=False,
    )  # fmt: skip
    withheld = Words(_("What is not told?"), limit=WORDS, required=False)
    ground = forms.ChoiceField(
        label=_("Why is it not told?"), widget=forms.RadioSelect, choices=list(GROUNDS.items()), required=False
    )
    reason = Words(
        _("Your reason"), _("The one who asks does not see it. The county governor may ask for it."),
        limit=WORDS, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, outcomes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(code, OUTCOMES[code]) for code in outcomes]  # type: ignore[attr-defined]
        if len(outcomes) == 1:
            for name in ("outcome", "given", "withheld", "ground", "reason"):
                del self.fields[name]


class RightForm(_Past):
    """What the county governor decided."""

    lost = forms.ChoiceField(
        label=_("What is decided?"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("The parent has no right to be told about the child")),
            ("no", _("The parent has the right again")),
        ],
    )  # fmt: skip
    decided_on = day(_("When?"))
    reference = forms.CharField(label=_("The county governor's case number"), max_length=100)

    def clean_decided_on(self) -> date:
        return self.past("decided_on")


class ParentForm(forms.Form):
    """A parent who was not known here."""

    given = forms.CharField(
        label=_("Given name"), max_length=NAME_LIMIT, error_messages={"required": _("Write the name.")}
    )
    family = forms.CharField(label=_("Family name"), max_length=NAME_LIMIT, required=False)
    relation = forms.ChoiceField(label=_("Relation to the child"), choices=RELATIONS, initial="father")
    number = forms.CharField(
        label=_("National number"), max_length=40, required=False,
        help_text=_(
            "Eleven digits. Without it, this parent can't sign in here. Spell the name as the register does: spelt "
            "otherwise, somebody who is known here is not recognised, and can't sign in."
        ),
    )  # fmt: skip
    language = forms.CharField(
        label=_("Language"), max_length=20, required=False, help_text=_("When it is another than Norwegian.")
    )
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)

    @property
    def parent(self) -> TypedParent:
        typed = self.cleaned_data
        return TypedParent(
            typed["given"], typed["family"], typed["relation"], False, number=typed["number"],
            language=typed["language"], interpreter=typed["interpreter"],
        )  # fmt: skip


class ResponsibilityForm(_Past):
    """What a document says of one parent."""

    held = forms.ChoiceField(
        label=_("What does it say?"), widget=forms.RadioSelect,
        choices=[("yes", _("Has parental responsibility")), ("no", _("Has not parental responsibility"))],
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where can it be read?"), widget=forms.RadioSelect, choices=PROOFS)
    on = day(_("From which day?"), _("The day of the decision, or the day you looked in the register."))

    def clean_on(self) -> date:
        return self.past("on")


class AnswerClaimForm(forms.Form):
    """What a second person says about what one has read."""

    agreed = forms.TypedChoiceField(
        label=_("What do you answer?"), widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        choices=[("yes", _("Yes, I have read it myself, and it is right")), ("no", _("No, it is not right"))],
        error_messages={"required": _("Choose an answer.")},
    )  # fmt: skip
    words = Words(
        _("Why not?"), _("Only when you answer no. The one who asked reads it."), limit=claims.WORDS, required=False
    )


class NothingForm(forms.Form):
    """A step that is taken or not."""


STANDS = [
    ("yes", _("It lasts until the others have been asked")),
    ("no", _("It ends now")),
]


class CareForm(_Past):
    """What the board or a court has decided, and what becomes of what the parents have said yes to."""

    what = forms.ChoiceField(label=_("What is decided?"), widget=forms.RadioSelect, choices=DECISIONS)
    on = day(_("When was it decided?"))
    by = forms.CharField(
        label=_("Who made the decision?"), max_length=200, help_text=_("The child welfare board, or the court.")
    )
    reference = forms.CharField(label=_("The case number of the decision"), max_length=100)
    stands = forms.ChoiceField(
        label=_("What the parents have said yes to"), widget=forms.RadioSelect, choices=STANDS,
        help_text=_("When it ends, a service that shares nothing any more can lose its place around the child."),
    )  # fmt: skip

    def clean_on(self) -> date:
        return self.past("on")


class CareEndForm(_Past):
    """That the order has ended, and what becomes of what child welfare has said yes to."""

    on = day(_("From which day?"))
    why = forms.CharField(
        label=_("By which decision?"), max_length=200, help_text=_("Who decided it, and the case number.")
    )
    stands = forms.ChoiceField(
        label=_("What child welfare has said yes to"), widget=forms.RadioSelect, choices=STANDS,
        help_text=_("When it ends, a service that shares nothing any more can lose its place around the child."),
    )  # fmt: skip

    def clean_on(self) -> date:
        return self.past("on")
