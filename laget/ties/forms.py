"""The shape of what is told about a tie, and of what a leader decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.careful import Careful
from laget.access.fields import Words
from laget.ties.rules import KNOWN_TO_A_CHILD, LABELS, SAID_OF_ANOTHER, Outcome

LIMIT = 2000
OUTCOMES = [
    (Outcome.UNABLE.value, _("The tie is too close. Somebody else takes over")),
    (Outcome.ABLE.value, _("The tie is not too close. The work can go on")),
]


BY_LAW = [
    (Outcome.UNABLE.value, _("The person has this tie. Somebody else takes over")),
    (Outcome.ABLE.value, _("It is a mistake: the person does not have this tie")),
]


class TieForm(Careful):
    """What the tie is, whose position it is about, and a few words. `label`: when it is one's own, whose position."""

    position = forms.TypedChoiceField(label=_("Who"), coerce=UUID)
    relation = forms.ChoiceField(
        label=_("What is the tie to the child, or to one of the parents?"),
        widget=forms.RadioSelect,
        choices=[(relation.value, _(label)) for relation, label in LABELS.items()],
    )
    words = Words(
        limit=LIMIT,
        required=False,
        label=_("A few words about it"),
        help_text=_("The leader reads this. Write nothing about the child, and no names."),
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], label: Any = None, own: bool = False, **kwargs: Any
    ) -> None:
        """own: the child itself says it, and chooses among what a child knows of."""
        super().__init__(*args, **kwargs)
        if not label:
            called = LABELS | SAID_OF_ANOTHER
            known = KNOWN_TO_A_CHILD if own else called
            self.fields["relation"].choices = [(one.value, _(called[one])) for one in known]  # type: ignore[attr-defined]
        who = self.fields["position"]
        assert isinstance(who, forms.TypedChoiceField)
        who.choices = people
        if label:
            who.label = label
        if len(people) == 1:
            who.initial, who.widget = people[0][0], forms.HiddenInput()


class DecideForm(Careful):
    """What the leader decides, and why. by_law: the tie itself shuts out, and only whether it is there is decided.

    seen: how many decisions the page showed, so that nobody decides over one that came meanwhile.
    """

    outcome = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect, choices=OUTCOMES)
    reason = Words(limit=LIMIT, label=_("Why?"), help_text=_("The reason is kept with the decision."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, by_law: bool = False, seen: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        if by_law:
            self.fields["outcome"].choices = BY_LAW  # type: ignore[attr-defined]


class ObjectForm(Careful):
    """What is wrong, in the words of the one who is kept away."""

    words = Words(
        limit=LIMIT, label=_("What is wrong?"),
        help_text=_("The leader reads this. Write nothing about the child, and no names."),
    )  # fmt: skip
