"""Every page that shows a child to a worker has words, so that the family can be told what was read."""

from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver
from django.utils import translation

from laget.kernel.actor import Actor, Capacity
from laget.trust.words import PAGES, Unnamed, named, shown


def gates(patterns=None):
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from gates(one.url_patterns)
        elif getattr(one.callback, "gate", None):
            yield one.callback.gate


def records_readings(gate):
    if gate.public or gate.silent or "GET" not in gate.methods or Capacity.WORKER not in gate.capacities:
        return False
    if gate.gathers is not None:
        return True
    return gate.sight is not None and hasattr(gate.sight(Actor(uuid4(), Capacity.WORKER)).model, "child_id")


def test_every_page_with_a_child_has_words():
    found = {gate.name for gate in gates() if records_readings(gate)}
    assert "plans.case_plan" in found
    assert sorted(found - set(PAGES)) == []


def test_pages_are_said_in_norwegian():
    with translation.override("nb"):
        assert not [page for page, text in PAGES.items() if named(page) == text]


def test_a_page_that_is_gone_is_still_something():
    with pytest.raises(Unnamed):
        named("old.page")
    with translation.override("nb"):
        assert shown("old.page") == "En annen side om barnet"
