"""What each of the cast sees of one case, by the Python lock and by the database's own."""

from __future__ import annotations

import pytest

from laget.cases.access import visible_cases, visible_entries
from laget.cases.models import Case, Log
from laget.demo.cast import Cast
from laget.families.access import visible_children
from laget.families.models import Child
from tests.support.cast import AsApp

pytestmark = [pytest.mark.django_db, pytest.mark.locks]

SEES = {
    "maja": True, "omar": True, "vera": False, "idris": False, "otto": False, "ada": False, "liv": False,
    "kari": True, "per": False, "sara": True,
}  # fmt: skip


@pytest.mark.parametrize("name", SEES)
def test_case_and_child_by_both_locks(cast: Cast, as_app: AsApp, name: str) -> None:
    actor = getattr(cast, name).actor
    assert visible_cases(actor).exists() is SEES[name]
    assert visible_children(actor).exists() is SEES[name]
    with as_app(actor):
        assert Case.objects.exists() is SEES[name]
        assert Child.objects.exists() is SEES[name]
        assert visible_cases(actor).exists() is SEES[name]


def test_nobody_sees_nothing(cast: Cast, as_app: AsApp) -> None:
    with as_app(None):
        assert not Case.objects.exists()
        assert not Child.objects.exists()


def test_an_entry_is_seen_by_kind(cast: Cast, as_app: AsApp) -> None:
    for kind in ("learning", "health"):
        Log.objects.create(
            case=cast.case, child_id=cast.child, sort="note", kind=kind, words=kind, author_id=cast.kari.person
        )
    seen = {}
    for name in ("maja", "omar", "kari", "vera"):
        actor = getattr(cast, name).actor
        by_python = set(visible_entries(actor).values_list("words", flat=True))
        with as_app(actor):
            by_database = set(Log.objects.values_list("words", flat=True))
        assert by_python == by_database
        seen[name] = by_database
    assert seen == {"maja": {"learning"}, "omar": {"health"}, "kari": {"learning", "health"}, "vera": set()}
