"""The shape of what is typed when somebody asks for consent, answers, or notes an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.fields import YES_NO, Words, day
from laget.consents.actions import Oral, Wish
from laget.consents.rules import NOTHING_ASKED, PAST, WORDS_LIMIT, Hearing, with_identity
from laget.consents.stated import StatedForm
from laget.families.rules import DECLARED, NAME_LIMIT, TypedChild, TypedParent, faults
from laget.families.words import RELATIONS, SOURCES
from laget.law.kinds import LABELS, Kind

Choices = Iterable[tuple[str, Any]]

HEARD = [
    ("talk", _("Somebody here talked with the child")),
    ("other_way", _("In another way: by play, pictures or what it showed")),
    ("by_others", _("Somebody the child trusts asked it")),
    ("not_yet_able", _("It is too small to have a view on this")),
    ("not_heard", _("It could not be heard")),
]
VIEWS = [
    ("wants", _("It is fine with it")),
    ("against", _("It does not want it")),
    ("no_answer", _("It did not want to answer, or could not")),
]
HEARING = ("heard", "view", "view_words")

_MOST_PARENTS = 6
_words = partial(Words, limit=WORDS_LIMIT, required=False)
_day = partial(day, required=False)


class TalkForm(forms.Form):
    """First: is it safe, have you talked with them, what did the child say?"""

    safe = forms.ChoiceField(widget=forms.RadioSelect)
    talked_on = _day(_("When did you talk with the parents?"), required=True)
    child_words = _words(
        _("What did the child say or show?"),
        _("In the child's own words, as far as you can. Only you read this until the case is opened."),
    )

    def __init__(self, *args: Any, question: str, answers: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        safe = self.fields["safe"]
        assert isinstance(safe, forms.ChoiceField)
        safe.label, safe.choices = question, list(answers)
        self.today = today

    def clean_talked_on(self) -> date:
        day: date = self.cleaned_data["talked_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day has not come yet. Talk with the parents first, then ask."))
        return day


class FamilyForm(forms.Form):
    """Second: who the child is, and who its parents are."""

    given = forms.CharField(
        label=_("Given name"), max_length=NAME_LIMIT, error_messages={"required": _("Write the name.")}
    )
    family = forms.CharField(label=_("Family name"), max_length=NAME_LIMIT, required=False)
    number = forms.CharField(
        label=_("National number"), max_length=40, required=False,
        help_text=_("Eleven digits. If you do not know it, write the birth date."),
    )  # fmt: skip
    born = _day(_("Birth date"))
    expected = _day(_("Expected date"), _("Only when the child is not born yet."))

    def __init__(self, *args: Any, count: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count, self.today = min(count, _MOST_PARENTS), today
        for place in range(self.count):
            self.fields.update(_parent_fields(f"p{place}_", place))

    @property
    def parents(self) -> list[list[forms.BoundField]]:
        """The fields of each parent, in order."""
        return [[self[name] for name in self.fields if name.startswith(f"p{place}_")] for place in range(self.count)]

    @property
    def full(self) -> bool:
        """Whether there is no room for one more parent."""
        return self.count >= _MOST_PARENTS

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        found = TypedChild(
            typed.get("given", ""), typed.get("family", ""), typed.get("number", ""), typed.get("born"),
            typed.get("expected"), tuple(self._parent(place) for place in self._there()),
        )  # fmt: skip
        places = list(self._there())
        for fault in faults(found, self.today):
            name = _field_of(fault.place, places)
            if name not in self.errors:
                self.add_error(name, gettext(fault.reason))
        return {**typed, "typed": found}

    def _there(self) -> list[int]:
        """The parents of whom anything was typed."""
        return [
            place for place in range(self.count)
            if any(str(self.cleaned_data.get(f"p{place}_{name}", "")).strip() for name in ("given", "family", "number"))
        ]  # fmt: skip

    def _parent(self, place: int) -> TypedParent:
        typed = {name: self.cleaned_data.get(f"p{place}_{name}", "") for name in _PARENT}
        return TypedParent(
            typed["given"], typed["family"], typed["relation"], typed["responsibility"] != "no",
            typed["source"] or DECLARED, typed["number"], typed["language"], bool(typed["interpreter"]),
        )  # fmt: skip


_PARENT = ("given", "family", "relation", "number", "responsibility", "source", "language", "interpreter")


def _parent_fields(prefix: str, place: int) -> dict[str, forms.Field]:
    relation = ("mother", "father")[place] if place < 2 else "other"
    made: tuple[forms.Field, ...] = (
        forms.CharField(label=_("Given name"), max_length=NAME_LIMIT, required=place == 0,
                        error_messages={"required": _("Write the name.")}),
        forms.CharField(label=_("Family name"), max_length=NAME_LIMIT, required=False),
        forms.ChoiceField(label=_("Relation to the child"), choices=RELATIONS, initial=relation),
        forms.CharField(
            label=_("National number"), max_length=40, required=False,
            help_text=_("Without it, this parent can only answer orally."),
        ),
        forms.ChoiceField(
            label=_("Has parental responsibility?"), choices=YES_NO, initial="yes"
        ),
        forms.ChoiceField(label=_("Where is that known from?"), choices=SOURCES, initial="register"),
        forms.CharField(label=_("Language"), max_length=20, required=False),
        forms.BooleanField(label=_("Needs an interpreter"), required=False),
    )  # fmt: skip
    return dict(zip((prefix + name for name in _PARENT), made, strict=True))


def _field_of(place: str, places: list[int]) -> str:
    """The form's name of a field that the rule named ("parents.0.number")."""
    first, _dot, rest = place.partition(".")
    if not rest:
        return first
    number, _dot, name = rest.partition(".")
    which = places[int(number)] if int(number) < len(places) else 0
    return f"p{which}_{name}"


class WishForm(StatedForm):
    """Third: what may be shared, how far back, until when, and why."""

    position = forms.ChoiceField(label=_("You ask as"), widget=forms.RadioSelect, required=False)
    why = _words(
        _("What do you want to cooperate on?"), _("One or two sentences. The parents read them."), required=True
    )
    kinds = forms.MultipleChoiceField(
        label=_("What do you need to know about?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Ask for no more than you need. The parents say yes or no to each."),
    )  # fmt: skip
    excluded = _words(
        _("Is there anything you do not ask for?"),
        _("A single thing, or something about one person. The parents read it."),
    )
    reach = forms.ChoiceField(label=_("How far back?"), widget=forms.RadioSelect)
    until = _day(_("Until when?"), required=True)
    heard = forms.ChoiceField(
        label=_("How was the child heard?"), widget=forms.RadioSelect, choices=HEARD, required=False
    )
    view = forms.ChoiceField(
        label=_("What does the child think of this?"), widget=forms.RadioSelect, choices=VIEWS, required=False
    )
    view_words = _words(
        _("The child's words about it, or why it was not heard"),
        _("The parents do not read this."),
    )

    def __init__(  # noqa: PLR0913 - what the choices are made of
        self, *args: Any, reaches: Choices, today: date, positions: Choices = (), hears: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not hears:
            for name in HEARING:
                del self.fields[name]
        held = list(positions)
        _choose(self, {"kinds": kind_choices(Kind), "reach": reaches, "position": held})
        if len(held) < 2:
            del self.fields["position"]

    def clean_until(self) -> date:
        return _ahead(self.cleaned_data["until"], self.today)

    def clean_kinds(self) -> list[str]:
        kinds: list[str] = self.cleaned_data["kinds"]
        if not kinds:
            raise forms.ValidationError(gettext(NOTHING_ASKED))
        return kinds

    @property
    def wish(self) -> Wish:
        typed = self.cleaned_data
        heard, view, words = (typed.get(name, "") for name in HEARING)
        return Wish(
            with_identity(typed["kinds"]), typed["reach"], typed["until"], typed["why"], typed["excluded"],
            Hearing(heard, view, words), self.stated,
        )  # fmt: skip


class RenewForm(StatedForm):
    """What is new when a consent is asked for again: why, until when, and what the child thinks now."""

    why = _words(_("Why do you still need it?"), _("One or two sentences. The family reads them."), required=True)
    until = _day(_("Until when?"), required=True)
    heard = forms.ChoiceField(
        label=_("How was the child heard?"), widget=forms.RadioSelect, choices=HEARD, required=False
    )
    view = forms.ChoiceField(
        label=_("What does the child think of this?"), widget=forms.RadioSelect, choices=VIEWS, required=False
    )
    view_words = _words(_("The child's words about it, or why it was not heard"), _("The parents do not read this."))

    def __init__(self, *args: Any, today: date, hears: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not hears:
            for name in HEARING:
                del self.fields[name]

    def clean_until(self) -> date:
        return _ahead(self.cleaned_data["until"], self.today)

    @property
    def hearing(self) -> Hearing:
        return Hearing(*(self.cleaned_data.get(name, "") for name in HEARING))


def _ahead(day: date, today: date) -> date:
    if day <= today:
        raise forms.ValidationError(gettext(PAST))
    return day


def _choose(form: forms.Form, choices: Mapping[str, Choices]) -> None:
    for name, given in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(given)


def kind_choices(kinds: Iterable[str], called: Mapping[str, tuple[str, str]] | None = None) -> list[tuple[str, Any]]:
    """The kinds one chooses among: who the child is always comes with a yes. called: in another language."""
    return [
        (kind, called[kind][0] if called else gettext(LABELS[Kind(kind)])) for kind in kinds if kind != Kind.IDENTITY
    ]


class AnswerForm(forms.Form):
    """The parent's yes to each kind, or no."""

    kinds = forms.MultipleChoiceField(
        label=_("What do you say yes to?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    joins = forms.ChoiceField(
        label=_("May this service join your team?"), widget=forms.RadioSelect, choices=YES_NO,
        error_messages={"required": _("Choose yes or no.")},
    )  # fmt: skip
    excluded = _words(
        _("Is there something we shall not share?"),
        _("One thing, or something about one person. Those who help you read it."),
    )
    text = forms.CharField(max_length=10, required=False)

    def __init__(
        self, *args: Any, kinds: Iterable[str], joins: bool, called: Mapping[str, tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(kinds)
        _choose(self, {"kinds": kind_choices(self.asked, called)})
        if not joins:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if self.data.get("answer") != "yes":
            self.errors.pop("joins", None)  # a no asks nothing more
            return {"kinds": (), "joins": False, "text": typed.get("text", "")}
        chosen = typed.get("kinds") or ()
        if not chosen and kind_choices(self.asked):
            self.add_error("kinds", gettext("Tick what you say yes to. If you do not want to share, choose No."))
        said = {name: typed.get(name, "") for name in ("excluded", "text")}
        return {"kinds": chosen or self.asked, "joins": typed.get("joins") == "yes", **said}


class ColleagueForm(forms.Form):
    """Who answers for child welfare from now."""

    position = forms.ChoiceField(label=_("Who answers from now?"))

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, {"position": [("", _("Choose")), *colleagues]})

    def clean_position(self) -> UUID:
        return UUID(self.cleaned_data["position"])


class NoteForm(forms.Form):
    """What somebody said aloud."""

    answer = forms.ChoiceField(
        label=_("What was the answer?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, to what is ticked below")), ("no", _("No"))],
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(label=_("Yes to"), widget=forms.CheckboxSelectMultiple, required=False)
    joins = forms.BooleanField(
        label=_("If the family already has a team: your service may join it"), required=False,
        help_text=_("Always ask this. You are not told whether there is a team."),
    )  # fmt: skip
    language = forms.CharField(label=_("Which language did you speak?"), max_length=40)
    interpreter = forms.CharField(
        label=_("Name of the interpreter"), max_length=100, required=False,
        help_text=_("Leave it empty if there was none. A child or a relative is never an interpreter."),
    )  # fmt: skip
    excluded = _words(
        _("What shall not be shared?"), _("A single thing, or something about one person, as it was said.")
    )
    child_heard = _words(_("How was the child heard, and what did it say?"))

    def __init__(self, *args: Any, kinds: Iterable[str], joins: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(kinds)
        _choose(self, {"kinds": kind_choices(kinds)})
        if not joins:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("answer") == "yes" and not typed.get("kinds") and kind_choices(self.asked):
            self.add_error("kinds", gettext("Tick what the answer was yes to, or choose No."))
        return typed

    @property
    def oral(self) -> Oral:
        typed = self.cleaned_data
        said_yes = typed["answer"] == "yes"
        kinds = tuple(typed["kinds"]) or self.asked
        return Oral(
            kinds if said_yes else (), typed["language"], typed["interpreter"], typed["child_heard"],
            said_yes and bool(typed.get("joins")), typed["excluded"] if said_yes else "",
        )  # fmt: skip


class ServiceForm(forms.Form):
    """Which service the holder asks for."""

    service = forms.ChoiceField(label=_("Which service do you want to ask for?"))

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, {"service": services})
