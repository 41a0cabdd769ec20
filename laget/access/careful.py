"""A form that looks for what tells who somebody is: numbers are refused, and the rest is asked about once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.access.fields import NUMBER_FOUND, Words
from laget.people.traces import Excerpt, Hit, excerpt, hints, national_numbers, strangers

NUMBER = "number"


@dataclass(frozen=True)
class Found:
    """A place in a field that may tell who somebody is. `refused`: it can't be kept; else the writer decides."""

    field: str
    label: Any
    sort: str
    what: Any
    text: str
    place: Excerpt

    @property
    def refused(self) -> bool:
        return self.sort == NUMBER

    @property
    def mark(self) -> str:
        """What the writer says to have seen when saving anyway."""
        return f"{self.field}:{self.text.casefold()}"


class Careful(forms.Form):
    """Refuses national numbers, and asks once about the rest; the writer's second press decides.

    names: those that the writer may see anyway, which are found also where a sentence begins. NOT_LOOKED: fields in
    which who somebody is, is what was asked for.
    """

    NOT_LOOKED: ClassVar[frozenset[str]] = frozenset()

    SORTS: ClassVar[dict[str, Any]] = {
        NUMBER: _("Looks like a national number"),
        "name": _("Looks like a name"),
        "phone": _("Looks like a telephone number"),
        "email": _("Looks like an e-mail address"),
        "address": _("Looks like an address"),
        "birth": _("Looks like a date of birth"),
    }
    REFUSED: ClassVar[Any] = NUMBER_FOUND
    ASKED: ClassVar[Any] = _("Something here may tell more than you meant to. Look through it, or save it as it is.")

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.found: list[Found] = []
        for field in self.fields.values():
            if isinstance(field, Words):
                field.numbers = True  # looked for here, where the place is shown too

    def clean(self) -> dict[str, Any]:
        self.found = [one for name in self.fields if name not in self.NOT_LOOKED for one in self._look(name)]
        for one in self.found:
            if one.refused and self.REFUSED not in self.errors.get(one.field, []):
                self.add_error(one.field, self.REFUSED)
        unseen = {one.mark for one in self.found if not one.refused} - self._accepted()
        if unseen and not any(one.refused for one in self.found):
            self.add_error(None, self.ASKED)
        return self.cleaned_data

    def hits(self, text: str) -> Iterable[Hit]:
        """What is found in one text."""
        return (*national_numbers(text), *hints(text, self.names))

    def _look(self, name: str) -> Iterable[Found]:
        field, text = self.fields[name], self.cleaned_data.get(name)  # never what is longer than the field holds
        if isinstance(field, forms.CharField) and isinstance(text, str):
            for hit in self.hits(text):
                yield Found(name, field.label, hit.sort, self.SORTS[hit.sort], hit.text, excerpt(text, hit))

    def _accepted(self) -> set[str]:
        """What the writer has seen pointed out, and says to save."""
        if "anyway" not in self.data or not hasattr(self.data, "getlist"):
            return set()
        return set(self.data.getlist("pointed_at"))

    @property
    def may_save_anyway(self) -> bool:
        """Whether a second press is all that is wanting."""
        faults = [name for name in self.errors if name != "__all__"]
        return bool(self.found) and not faults and not any(one.refused for one in self.found)


class AboutPeople(Careful):
    """A text about a child, in which the team may be named: others, and what tells where they are, are asked about.

    people: (names that may be written, names of parents about whom the writer thinks twice); None for a child,
    whose own words are looked through for national numbers only.
    """

    SORTS: ClassVar[dict[str, Any]] = Careful.SORTS | {"parent": _("Names a parent")}

    def __init__(self, *args: Any, people: tuple[Sequence[str], Sequence[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def hits(self, text: str) -> Iterable[Hit]:
        if self.people is None:
            return national_numbers(text)
        known, twice = self.people
        return (*national_numbers(text), *strangers(hints(text, [*known, *twice]), known, twice))
