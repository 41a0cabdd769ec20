"""What a new report holds from before: what the writer knows of oneself, of the child, or has written in a worry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from laget.directory.access import visible_positions
from laget.exchange.rules.report import Step
from laget.families.access import visible_parents
from laget.kernel.actor import Actor
from laget.people.models import Name

if TYPE_CHECKING:
    from laget.concerns.models import Worry
    from laget.families.models import Child

Parts = dict[str, dict[str, Any]]


def of_reporter(actor: Actor, position: UUID) -> Parts:
    """The writer's own name and workplace, and the municipality's own child welfare."""
    held = visible_positions(actor).get(pk=position)
    fields = {
        "name": _name(actor.person), "role": held.title, "phone": held.phone,
        "organisation": f"{held.unit.service.name}, {held.unit.name}"
        if held.unit.name != held.unit.service.name
        else held.unit.name,
        "municipality": settings.LAGET_MUNICIPALITY, "number": settings.LAGET_MUNICIPALITY_NUMBER,
    }  # fmt: skip
    return {Step.REPORTER: fields}


def of_child(actor: Actor, child: Child) -> Parts:
    """The child's name and birth, and the names of its parents, as far as the writer may know them."""
    born = child.born.isoformat() if child.born else ""
    parts: Parts = {Step.CHILD: {"name": _name(child.pk), "born": born, "unborn": child.born is None}}
    ties = visible_parents(actor).filter(child_id=child.pk).order_by("since", "id")
    names = [one for one in (_name(person) for person in ties.values_list("person_id", flat=True)) if one]
    fields = {f"{who}_name": name for who, name in zip(("first", "second"), names, strict=False)}
    return parts | ({Step.PARENTS: fields} if fields else {})


def of_worry(worry: Worry) -> Parts:
    """What was seen, what the child said, and the answers about the duty. Whom it is about is not in a worry."""
    note = worry.note
    answers = note.part("duty").get("answers", {})
    words = {
        "seen": note.part("worry").get("seen", ""), "child_words": note.part("child").get("words", ""),
        "others": note.part("parents").get("parents_view", ""), "history": note.part("parents").get("agreement", ""),
    }  # fmt: skip
    parts: Parts = {Step.WORDS: words}
    if answers:
        parts[Step.GROUND] = {"answers": dict(answers)}
    if note.part("acute").get("done"):
        parts["acute"] = {"done": note.part("acute")["done"]}
    return parts


def _name(person: UUID) -> str:
    name = Name.objects.filter(pk=person).first()
    return name.full if name else ""
