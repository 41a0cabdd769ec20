"""The shape of what a worker says when somebody gets an own way in, and of a child's choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.fields import Words
from laget.participation.rules import CHECKS, HANDED, MUST_KNOW, WORDS

Choices = Sequence[tuple[str, Any]]
NOBODY = "nobody"


def _chosen(label: Any, choices: Choices, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing}
    )


class SetUpForm(forms.Form):
    """How it is sure who it is, and how the letter gets there. For a child also who agreed, and whom it trusts."""

    checked = _chosen(_("How did you make sure who it is?"), (), _("Choose how you made sure who it is."))
    words = Words(
        _("If you know the person, or a parent was there: how?"),
        _("Do not write numbers from documents. The one it is for can read it."),
        limit=WORDS, required=False,
    )  # fmt: skip
    agreed = forms.MultipleChoiceField(
        label=_("Who has said yes?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Everybody who must agree has to say yes first.")},
        help_text=_("Everybody in this list must say yes. The child itself always."),
    )  # fmt: skip
    maturity = Words(
        _("How do you know that the child wants this and can use it safely?"),
        _("Age and maturity, and what you have agreed about being safe. The child can read it."), limit=WORDS,
        error_messages={"required": _("Write a few words about it.")},
    )  # fmt: skip
    trusted = _chosen(_("Whom in the team does the child trust most?"), (), _("Ask the child, and choose."))
    handed = _chosen(_("How does the letter get there?"), (), _("Choose how the letter gets there."))

    def __init__(
        self, *args: Any, ways: Sequence[str], agreeing: Choices | None = None, team: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("checked", [(code, _(text)) for code, text in CHECKS.items()])
        self._choices("handed", [(code, _(HANDED[code])) for code in ways])
        if agreeing is None:
            for name in ("agreed", "maturity", "trusted"):
                del self.fields[name]
        else:
            self._choices("agreed", agreeing)
            self._choices("trusted", [*team, (NOBODY, _("The child does not want to choose now"))])

    def _choices(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """What was said at a set-up, put right or added to."""

    words = Words(
        _("How you made sure who it is"), _("Do not write numbers from documents. The one it is for can read it."),
        limit=WORDS, required=False,
    )  # fmt: skip
    maturity = Words(
        _("How you know that the child wants this and can use it safely"), _("The child can read it."), limit=WORDS,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, itself: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not itself:
            del self.fields["maturity"]


class TrustedForm(forms.Form):
    """Whom the child trusts most."""

    trusted = _chosen(_("Whom do you want to talk with first?"), (), _("Choose somebody, or nobody."))

    def __init__(self, *args: Any, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trusted"].choices = [*team, (NOBODY, _("Nobody now"))]  # type: ignore[attr-defined]


class ShareHealthForm(forms.Form):
    """Which parents a young person lets read about its health; nobody is an answer too."""

    persons = forms.MultipleChoiceField(
        label=_("Who may read about your health?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("You can change it at any time. Nobody is told what you choose."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people  # type: ignore[attr-defined]


class MustKnowForm(forms.Form):
    """Which parent must know the health of a young person, and why."""

    person = _chosen(_("Which parent must know?"), (), _("Choose one of the parents about whom you can decide."))
    why = _chosen(_("Why?"), (), _("Choose why this parent must know."))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["why"].choices = [(code, _(text)) for code, text in MUST_KNOW.items()]  # type: ignore[attr-defined]
