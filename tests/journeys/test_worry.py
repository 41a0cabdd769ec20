"""A worry in a notebook, from the first sentence until the parents are asked: a phone without script, and a desk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from laget.people.rules import synthetic_number
from tests.journeys.people import DESKTOP, PHONE, Crowd

TODAY = date.today()


@pytest.fixture(params=[(PHONE, False, 31), (DESKTOP, True, 32)], ids=["phone without script", "desk with script"])
def crowd(request: pytest.FixtureRequest, chromium: Browser, town: str) -> Iterator[tuple[Crowd, int]]:
    size, script, serial = request.param
    serial += int(os.environ.get("LAGET_SERIAL", "0"))
    everybody = Crowd(chromium, town, size, script)
    yield everybody, serial
    everybody.leaves()


def test_a_worry_finds_its_way_to_the_parents(crowd: tuple[Crowd, int]) -> None:
    everybody, serial = crowd
    child, mother = synthetic_number(date(TODAY.year - 4, 5, 6), serial), synthetic_number(date(1990, 8, 9), serial)
    teacher, leader, colleague = everybody.opens("maja"), everybody.opens("liv"), everybody.opens("otto")

    # Written between two lessons, and a number never gets in.
    began = time.monotonic()
    teacher.goes("/")
    teacher.follows("/worries/new/")
    teacher.ticks("safe", "yes")
    teacher.types(seen=f"Gutten er sulten. Nummer {child}.", well="Han leker.", label=f"lua {serial}")
    teacher.sends()
    assert "fødselsnummer" in teacher.reads()
    teacher.types(seen="Gutten er sulten nesten hver dag.")
    teacher.sends()
    assert time.monotonic() - began < 90
    worry = teacher.path
    assert worry.startswith("/worries/"), worry
    assert leader.goes(worry) == 404
    assert colleague.goes(worry) == 404

    # The leader learns that she wants to talk, and not what about.
    teacher.goes(f"{worry}leader/")
    teacher.presses("Be om en samtale")
    leader.goes("/talks/")
    assert "Maja" in leader.reads()
    assert "sulten" not in leader.reads()
    teacher.goes(f"{worry}leader/")
    teacher.types(came_of_it="Jeg snakker med mor i dag.")
    teacher.presses("Lagre samtalen")

    # The talk with the mother, and on to the question: only what she takes along goes with it.
    teacher.goes(f"{worry}parents/")
    teacher.ticks("present", "mother")
    teacher.types(shared="At han ofte er sulten.", parents_view="De rekker ikke frokost.")
    teacher.sends()
    assert "Bestem veien videre" in teacher.reads()
    teacher.goes(f"{worry}ask/")
    teacher.ticks_only("take", "shared")
    teacher.sends()
    assert teacher.path == "/ask/child/", teacher.path
    teacher.types(given="Ulrik", family="Sande", number=child)
    teacher.types(p0_given="Ragna", p0_family="Sande", p0_number=mother)
    teacher.sends()
    teacher.types(why="Vi vil at han skal få en god start på dagen.")
    teacher.ticks_only("kinds", "everyday")
    teacher.sends()
    assert teacher.path.startswith("/requests/"), teacher.path
    teacher.goes(worry)
    assert "Vent på svar fra foreldrene" in teacher.reads()

    # The mother says yes: the worry is passed on.
    parent = everybody.opens(mother)
    parent.goes("/")
    if "/consents/" not in parent.path:
        parent.follows("/consents/")
    assert "hver dag" not in parent.reads()
    parent.ticks_only("kinds", "everyday")
    parent.sends("answer", "yes")
    teacher.goes(worry)
    assert "Foreldrene har sagt ja" in teacher.reads()
    assert not everybody.barriers
