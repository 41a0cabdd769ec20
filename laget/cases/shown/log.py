"""The log as it is read and as it is about to be written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from laget.cases import rules
from laget.cases.access import visible_entries
from laget.cases.following import guide_of
from laget.cases.models import Case, Log
from laget.cases.reading import may_choose_readers, text_of
from laget.cases.shown.deputies import Marks
from laget.cases.shown.people import kind_label, someone
from laget.cases.shown.readers import Around, around, tag
from laget.documents.access import files_of
from laget.documents.models import File
from laget.guide.words import text
from laget.kernel.actor import Actor


def entries(actor: Actor, case: Case, sort: str = "") -> QuerySet[Log]:
    """The log that the actor may read, the newest first; corrected entries stand below their correction."""
    found = visible_entries(actor).filter(case=case).select_related("position__unit__service").order_by("-at", "-id")
    return found.filter(sort=sort) if sort else found


def log_items(actor: Actor, case: Case, found: Iterable[Log]) -> tuple[list[dict[str, Any]], Around]:
    """Entries in words, each with kind, audience, author, and what it corrects; and those around the child."""
    rows = list(found)
    old, corrected, meant = _beside(actor, rows)
    marks = Marks.of(actor, case)
    people = [one for row in (*rows, *meant) for one in (row.author_id, row.spoken_for_id) if one]
    some = around(case, [*people, *marks.holders])
    files = files_by_entry(actor, rows)
    items = [
        _item(actor, case, one, some, old)
        | {"files": files.get(one.pk, [])}
        | {"acted_for": marks.acted_for(one.author_id, one.at, some.called)}
        | _spoken(one, some, [row for row in meant if row.meant_id == one.pk])
        for one in rows
        if one.pk not in corrected
    ]
    return items, some


def _beside(actor: Actor, rows: list[Log]) -> tuple[dict[UUID, Log], set[UUID], list[Log]]:
    """What these entries correct (by id), which of them are corrected, and what was meant by them, the oldest first."""
    ids, before = {one.pk for one in rows}, {one.corrects_id for one in rows if one.corrects_id}
    about = Q(pk__in=before) | Q(corrects_id__in=ids) | Q(meant_id__in=ids)
    found = list(visible_entries(actor).filter(about).order_by("at", "id")) if ids else []
    return (
        {one.pk: one for one in found if one.pk in before},
        {one.corrects_id for one in found if one.corrects_id in ids},
        [one for one in found if one.meant_id in ids],
    )


def files_by_entry(actor: Actor, rows: list[Log]) -> dict[UUID, list[File]]:
    """Files by the entry they are shown at: also those that were added before the entry was corrected."""
    newer = {one.corrects_id: one.pk for one in rows if one.corrects_id}
    found: dict[UUID, list[File]] = {}
    for file in files_of(actor, [*(one.pk for one in rows), *newer]):
        at = file.of
        while at in newer:
            at = newer[at]
        found.setdefault(at, []).append(file)
    return found


def _item(  # noqa: PLR0913 - an entry is shown with all that surrounds it
    actor: Actor, case: Case, entry: Log, some: Around, old: dict[UUID, Log]
) -> dict[str, Any]:
    place = someone(entry.position, some.called) if entry.position else None
    mine = entry.author_id == actor.person
    named = dict(sorts(case, own=actor.person == case.child_id))
    return {
        "id": entry.pk,
        "at": entry.at,
        "sort": entry.sort,
        "sort_name": named.get(entry.sort, entry.sort),
        "kind": kind_label(entry.kind),
        "limited": tag(actor, entry.addressing, some, place.service_name if place else "", mine=mine),
        "words": entry.words,
        "how_asked": entry.how_asked,
        "author": some.name(entry.author_id),
        "place": f"{place.title}, {place.service_name}" if place else some.role(entry.author_id),
        "mine": mine and case.is_open,
        "readers": some.reading(text_of(entry)) if actor.is_worker or mine else [],
        "may_choose": bool(may_choose_readers(actor, entry)),
        "before": old.get(entry.corrects_id) if entry.corrects_id else None,
    }


def _spoken(entry: Log, some: Around, meant: list[Log]) -> dict[str, Any]:
    """For whom it was written, how the words came, and what that one says was meant."""
    return {
        "spoken_for": some.name(entry.spoken_for_id) if entry.spoken_for_id else "",
        "spoken": _(rules.SPOKEN[entry.spoken]) if entry.spoken in rules.SPOKEN else "",
        "meant": [(some.name(one.author_id), one.words, one.at) for one in meant],
        "says_meant": entry.meant_id is not None,
    }


def sorts(case: Case, *, family: bool | None = None, own: bool = False) -> list[tuple[str, str]]:
    """Sorts of entries by the guide: all, or those that this writer may make. A child on its `own` writes its words."""
    guide = guide_of(case)
    known = guide.entries if family is None else rules.sorts_for(guide, family=family)
    if own and family is not None:
        known = tuple(one for one in known if one.code == "child_words") or known
    return [(one.code, _("Your own words") if own and one.code == "child_words" else text(one.name)) for one in known]


def hint(case: Case, sort: str, *, family: bool) -> str:
    """What the guide says about writing this sort of entry; a family may just write what it wants the team to know."""
    if family and sort == "note":
        return _("A question, a message, or something you want the team to know.")
    return text(guide_of(case).entry(sort).hint)


def entry(seen: QuerySet[Log], case: Case, wanted: str) -> Log | None:
    """The entry that an address names, when it belongs to this case."""
    try:
        return seen.filter(case=case, pk=UUID(wanted)).first()
    except ValueError:
        return None
