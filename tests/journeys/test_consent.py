"""A mother takes back a yes and gives it again by herself: in a few steps, and what others may see follows at once."""

from __future__ import annotations

import time

from tests.journeys.people import Crowd

MOST_SECONDS = 30
"""Of the machine, with every page it loads; the one who reads takes her own time."""


def test_a_yes_is_taken_back_and_given_and_sight_follows_at_the_next_click(everybody: Crowd) -> None:
    mother, helper = everybody.opens("kristin"), everybody.opens("ellen")
    case = helper.opens_case("Nora Hauge")

    mother.goes("/")
    mother.steps, began = 0, time.monotonic()
    mother.opens("Ta tilbake mitt ja , Fysioterapitjenesten i Fjordvik")
    assert "Fysioterapitjenesten i Fjordvik ser ikke lenger" in mother.reads()
    mother.presses("Ta tilbake mitt ja")
    assert (mother.steps, time.monotonic() - began < MOST_SECONDS) == (2, True)
    withdrawn = mother.path
    assert helper.goes(case) == 404 and "Nora" not in helper.page.content()
    assert helper.goes("/") == 200 and "Nora" not in helper.reads()

    mother.goes("/")
    mother.steps, began = 0, time.monotonic()
    mother.opens("Se alle samtykkene deres")
    mother.opens("Endre svaret mitt , Fysioterapitjenesten i Fjordvik")
    assert mother.path.startswith(withdrawn.partition("?")[0])
    mother.ticks_only("kinds", "everyday", "health")
    mother.sends("answer", "yes")
    assert (mother.steps, time.monotonic() - began < MOST_SECONDS) == (3, True)
    assert helper.goes(case) == 200 and "Nora" in helper.reads()
