"""What is typed of an answer on paper, and what its page shows to the two who see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.fields import Words, day
from laget.consents import shown, texts
from laget.consents.access import Second, asked_of
from laget.consents.actions import Signed
from laget.consents.forms import kind_choices
from laget.consents.models import Paper
from laget.consents.rules import WORDS_LIMIT, with_identity
from laget.kernel.actor import Actor

KEPT_LIMIT = 200


class PaperForm(forms.Form):
    """What stands on a signed sheet, where the sheet is, and who is to see it."""

    answer = forms.ChoiceField(
        label=_("What does the paper say?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, to what is ticked below")), ("no", _("No"))],
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(label=_("Yes to"), widget=forms.CheckboxSelectMultiple, required=False)
    joins = forms.BooleanField(
        label=_("It is ticked that your service may join a team that is there already"), required=False
    )
    excluded = Words(_("What shall not be shared?"), _("As it stands on the paper."), limit=WORDS_LIMIT, required=False)
    signed_on = day(_("The date on the paper"))
    text = forms.ChoiceField(label=_("The language of the sheet"), choices=())
    interpreter = forms.CharField(
        label=_("Name of the interpreter"), max_length=100, required=False,
        help_text=_("Leave it empty if there was none. A child or a relative is never an interpreter."),
    )  # fmt: skip
    kept_at = forms.CharField(
        label=_("Where is the paper kept?"), max_length=KEPT_LIMIT, required=False,
        help_text=_("Needed for a yes, so that it can be found again: an archive, a cabinet, a number."),
    )  # fmt: skip
    checker = forms.ChoiceField(
        label=_("Who is to see the paper and confirm?"), widget=forms.RadioSelect, choices=(), required=False,
        help_text=_("Needed for a yes. Show the paper to this person. The answer counts when it is confirmed."),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Iterable[str], joins: bool, people: Iterable[Second], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(kinds)
        choices = {
            "kinds": kind_choices(self.asked), "text": texts.languages(),
            "checker": [(str(one.person), f"{one.name}, {one.title}") for one in people],
        }  # fmt: skip
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = given
        if not joins:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("answer") != "yes":
            return typed
        if not typed.get("kinds") and kind_choices(self.asked):
            self.add_error("kinds", gettext("Tick what the answer was yes to, or choose No."))
        if not typed.get("checker"):
            self.add_error("checker", gettext("Choose who is to see the paper."))
        if not typed.get("kept_at", "").strip():
            self.add_error("kept_at", gettext("Write where the paper is kept, so that it can be found again."))
        return typed

    @property
    def signed(self) -> Signed:
        """As it stands on the paper; a no says nothing more."""
        typed = self.cleaned_data
        if typed["answer"] == "no":
            return Signed(typed["signed_on"], interpreter=typed["interpreter"], text=typed["text"])
        return Signed(
            typed["signed_on"], tuple(typed["kinds"]) or self.asked, typed["kept_at"], UUID(typed["checker"]),
            typed["interpreter"], bool(typed.get("joins")), typed["excluded"], typed["text"],
        )  # fmt: skip


class SeenForm(forms.Form):
    """Whether the paper says what was registered, and if not, what is wrong."""

    answer = forms.ChoiceField(
        label=_("Does the paper say this?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes. I have seen the paper, and it says this")), ("no", _("No. Something is wrong"))],
    )  # fmt: skip
    why = Words(
        _("If not: what is wrong?"), _("The one who registered it reads this."), limit=WORDS_LIMIT, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("answer") == "no" and not typed.get("why"):
            self.add_error("why", gettext("Write what is wrong, so that it can be put right."))
        return typed


@dataclass(frozen=True)
class PaperShown:
    """What was registered, beside what was asked."""

    paper: Paper
    service: str
    kinds: list[str]
    not_said: list[str]
    language: str
    by: str
    checker: str


def paper_shown(actor: Actor, paper: Paper) -> PaperShown:
    """For the one who registered it, and the one who sees it."""
    asked = asked_of(paper)
    assert asked is not None
    return PaperShown(
        paper,
        shown.service_name(actor, asked.service_id),
        shown.labels(paper.kinds),
        shown.labels(set(with_identity(asked.kinds)) - set(paper.kinds)),
        texts.name_of(paper.text_version),
        shown.worker_name(paper.by_id),
        shown.worker_name(paper.checker_id),
    )
