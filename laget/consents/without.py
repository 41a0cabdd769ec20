"""What the pages of sharing without consent show, and the form that each ground makes: only what that ground asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from laget.access.fields import YES_NO, Words, day
from laget.consents.access import visible_disclosures, visible_hidings
from laget.consents.actions.disclosing import LINE, TEXT, Shared
from laget.consents.models import Disclosure
from laget.consents.shown import labels
from laget.directory.reading import names
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.law.acts import cite_all
from laget.law.grounds import Field, Ground, Sort, grounds
from laget.law.kinds import LABELS, Kind

DECIDED = [
    ("self", gettext_lazy("I did")),
    ("leader", gettext_lazy("My leader did")),
    ("other", gettext_lazy("Somebody else did")),
]


BY_ITSELF = [
    ("no", gettext_lazy("No. It stays hidden until one of us has decided.")),
    ("yes", gettext_lazy("Yes. The danger is over by then.")),
]


def _review(*, required: bool = True) -> forms.DateField:
    return day(
        gettext_lazy("When do you look at it again?"), required=required,
        help_text=gettext_lazy("Within a year. You are reminded in good time."),
    )  # fmt: skip


def _by_itself(*, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Can the family read it on that day, also if nobody looks at it?"), choices=BY_ITSELF,
        widget=forms.RadioSelect, initial="no", required=required,
    )  # fmt: skip


class KeepHiddenForm(forms.Form):
    """Why it is a danger still, and until when."""

    hidden_why = Words(gettext_lazy("Why is it a danger still?"), limit=TEXT)
    review_on = _review()
    by_itself = _by_itself()

    def clean_by_itself(self) -> bool:
        return bool(self.cleaned_data["by_itself"] == "yes")


class ShareForm(forms.Form):
    """What was shared, with whom and when; and what the ground asks besides."""

    receiver = forms.CharField(
        label=gettext_lazy("Who got it?"), max_length=LINE, help_text=gettext_lazy("The service or body, and a name.")
    )
    on = day(gettext_lazy("When?"))
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What kinds of information?"), widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, gettext_lazy(LABELS[kind])) for kind in Kind],
    )  # fmt: skip
    what = Words(
        gettext_lazy("What was shared?"), gettext_lazy("Briefly, and nothing more than you shared."), limit=TEXT
    )
    necessity = Words(
        gettext_lazy("Why was it needed?"), gettext_lazy("And why less would not have been enough."), limit=TEXT
    )
    basis = forms.CharField(
        label=gettext_lazy("Which section does the order rest on?"), max_length=LINE,
        help_text=gettext_lazy("As it stands in the order."),
    )  # fmt: skip
    objected = forms.ChoiceField(
        label=gettext_lazy("Has the child, or whoever decides for it, said no to this?"), widget=forms.RadioSelect,
        choices=YES_NO, help_text=gettext_lazy("A no stops it, also one you have reason to believe in."),
    )  # fmt: skip
    weighty = Words(gettext_lazy("If so: which weighty reason goes before the no?"), limit=TEXT, required=False)
    decided_by = forms.ChoiceField(
        label=gettext_lazy("Who decided it?"), widget=forms.RadioSelect, choices=DECIDED, initial="self"
    )
    danger = forms.ChoiceField(
        label=gettext_lazy("Can it be dangerous that the family reads this?"), widget=forms.RadioSelect, choices=YES_NO,
        help_text=gettext_lazy("Otherwise the family reads to whom, what and when it was shared."),
    )  # fmt: skip
    hidden_why = Words(gettext_lazy("If so: why?"), limit=TEXT, required=False)
    review_on = _review(required=False)
    by_itself = _by_itself(required=False)

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground, asked = ground, []
        for one in ground.conditions:
            asked.append(f"c_{one.code}")
            self.fields[asked[-1]] = forms.ChoiceField(
                label=one.text(get_language()), widget=forms.RadioSelect, choices=YES_NO
            )
        for name in self._not_asked():
            del self.fields[name]
        self.order_fields([*asked, *self.fields])

    def _not_asked(self) -> Iterable[str]:
        by = {Field.NECESSITY: ("necessity",), Field.ORDER: ("basis",), Field.OBJECTION: ("objected", "weighty")}
        for field, asked in by.items():
            if field not in self.ground.fields:
                yield from asked
        if not self.ground.hides:
            yield from ("danger", "hidden_why", "review_on", "by_itself")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("danger") == "yes" and not typed.get("hidden_why"):
            self.add_error("hidden_why", _("Write why, in a sentence."))
        if typed.get("danger") == "yes" and not (typed.get("review_on") or self.has_error("review_on")):
            self.add_error("review_on", _("Write the day."))
        return typed

    @property
    def shared(self) -> Shared:
        typed = self.cleaned_data
        return Shared(
            receiver=typed["receiver"],
            kinds=tuple(typed["kinds"]),
            what=typed["what"],
            on=typed["on"],
            decided_by=typed["decided_by"],
            answers={one.code: typed[f"c_{one.code}"] == "yes" for one in self.ground.conditions},
            necessity=typed.get("necessity", ""),
            facts={name: typed[name] for name in ("basis", "objected", "weighty") if typed.get(name)},
            hidden_why=typed.get("hidden_why", "") if typed.get("danger") == "yes" else "",
            review_on=typed.get("review_on"),
            by_itself=typed.get("by_itself") == "yes",
        )


@dataclass(frozen=True)
class GroundShown:
    """A ground in the list, and where it leads."""

    name: str
    help: str
    href: str
    cited: str


def choices(child: Child, act: str, on: date) -> Mapping[str, list[GroundShown]]:
    """Grounds of one's own service by what they let one do: first what must be told, then what may."""
    found: dict[str, list[GroundShown]] = {sort: [] for sort in ("duty", "may", "fetch", "consent")}
    for one in grounds().of(act, on):
        sort = Sort.DUTY if one.sort is Sort.REPORT else one.sort
        found[sort].append(
            GroundShown(one.name(get_language()), one.help(get_language()), _leads(one, child), cited(one, act, on))
        )
    return found


def _leads(ground: Ground, child: Child) -> str:
    if ground.sort is Sort.REPORT:
        return reverse("report_of_child", args=[child.pk])
    if ground.sort is Sort.CONSENT:
        return reverse("ask_service", args=[child.pk])
    return reverse("share", args=[child.pk, ground.code])


def cited(ground: Ground, act: str, on: date) -> str:
    return cite_all(ground.sections(act), on)


@dataclass(frozen=True)
class Given:
    """Something that was shared, as it is read again."""

    disclosure: Disclosure
    ground: str
    cited: str
    kinds: list[str]
    service: str


def given(actor: Actor, child: Child) -> list[Given]:
    """What the actor may read of what was shared about a child, the newest first."""
    rows = visible_disclosures(actor).filter(child_id=child.pk).select_related("service")
    return [given_shown(one) for one in rows.order_by("-given_on", "-noted_at", "id")]


def given_shown(one: Disclosure) -> Given:
    named = next((ground.name(get_language()) for ground in grounds().all if ground.code == one.ground), one.ground)
    sections = cite_all(one.sources, one.given_on)
    return Given(one, named, sections, labels(one.kinds), one.service.name)


@dataclass(frozen=True)
class Hidden:
    """A decision to hide: by whom, when, why, and when it is looked at again."""

    who: str
    at: datetime
    why: str
    review_on: date
    by_itself: bool


def hidings(actor: Actor, disclosure: Disclosure) -> list[Hidden]:
    """Each decision that it stays hidden, the last first: that one holds."""
    rows = list(visible_hidings(actor).filter(disclosure=disclosure).order_by("-at", "id"))
    called = names(row.by_id for row in rows)
    return [
        Hidden(called[row.by_id].full if row.by_id in called else "", row.at, row.why, row.review_on, row.by_itself)
        for row in rows
    ]
