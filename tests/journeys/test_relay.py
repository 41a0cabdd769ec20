"""The main job from end to end, typed as users type it: a worry in a kindergarten until the case is closed.

Told twice: on a phone without JavaScript, and at a desk with it (there axe looks at every page too).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from laget.people.rules import synthetic_number
from tests.journeys.people import DESKTOP, PHONE, Crowd, Somebody

TODAY = date.today()
BORN = date(TODAY.year - 4, 3, 14)
SOON = (TODAY + timedelta(days=40)).isoformat()


@pytest.fixture(params=[(PHONE, False, 11), (DESKTOP, True, 12)], ids=["phone without script", "desk with script"])
def crowd(request: pytest.FixtureRequest, chromium: Browser, town: str) -> Iterator[tuple[Crowd, int]]:
    size, script, serial = request.param
    serial += int(os.environ.get("LAGET_SERIAL", "0"))  # another family each time in a town that goes on running
    everybody = Crowd(chromium, town, size, script)
    yield everybody, serial
    everybody.leaves()


def asks_for_consent(teacher: Somebody, child: str, mother: str) -> None:
    teacher.goes("/")
    teacher.follows("/worries/new/")
    teacher.follows("/ask/")
    teacher.ticks("safe", "yes")
    teacher.types(talked_on=TODAY.isoformat(), child_words="Jeg vil ikke inn. Magen er vond.")
    teacher.sends()
    teacher.types(given="Lykke", family="Sand", number=child)
    teacher.types(p0_given="Tiril", p0_family="Sand", p0_number=mother)
    teacher.types(p1_given="Yonas", p1_family="Tesfay", p1_language="tigrinja")
    teacher.page.locator("input[name='p1_interpreter']").check()
    teacher.sends()
    teacher.types(why="Vi vil finne ut hva som gjør morgenen vond, sammen med dere.")
    teacher.ticks_only("kinds", "everyday", "learning")
    teacher.sends()


def answers_yes(mother: Somebody, *kinds: str) -> None:
    mother.goes("/")
    if "/consents/" not in mother.path:
        mother.follows("/consents/")
    mother.ticks_only("kinds", *kinds)
    mother.sends("answer", "yes")


def notes_fathers_answer(teacher: Somebody, asked: str, *kinds: str) -> None:
    teacher.goes(asked)
    teacher.page.locator("main li", has_text="Yonas").locator("a[href*='/note/']").first.click()
    teacher.ticks("answer", "yes")
    teacher.ticks_only("kinds", *kinds)
    teacher.types(language="tigrinja", interpreter="Selam Kidane", child_heard="Lykke tegnet hvem som hjelper henne.")
    teacher.sends()


def agrees_goal_and_measures(teacher: Somebody, case: str) -> None:
    teacher.goes(f"{case}plan/")
    teacher.follows("/goals/new/")
    teacher.page.locator("input[name='area']").first.check()
    teacher.types(words="Lykke har en rolig start på dagen.")
    teacher.sends()
    for words, who in (("Pakke sekken sammen kvelden før.", "home:"), ("Maja møter Lykke i døra.", "service:")):
        teacher.goes(f"{case}plan/")
        teacher.follows("/measures/new/")
        teacher.page.locator(f"input[name='responsible'][value^='{who}']").first.check()
        teacher.types(words=words, due=SOON)
        teacher.sends()


def mother_adds(mother: Somebody, case: str) -> None:
    mother.goes(f"{case}matters/")
    mother.ticks("voice", "parent")
    mother.types(words="At Lykke får holde kaninen sin til hun er klar.")
    mother.sends()
    mother.goes(f"{case}write/?sort=bright_spot")
    mother.ticks("kind", "everyday")
    mother.types(words="I dag gikk hun inn selv og vinket!")
    mother.sends()
    mother.goes(f"{case}write/?sort=note")
    mother.ticks("kind", "health")
    mother.types(words="Hun har vondt i magen om natta også.")
    mother.sends()


def evaluates_and_moves_on(teacher: Somebody, case: str) -> None:
    teacher.goes(f"{case}plan/")
    teacher.page.locator("main a[href*='/measures/'][href$='/evaluate/']").first.click()
    teacher.ticks("asked", "yes")
    teacher.types(childs_words="Det er fortsatt vondt.", how_asked="Med bildekort, i lekekroken.")
    teacher.ticks("outcome", "no_effect_next_level")
    teacher.types(words="Det hjalp ikke nok.")
    teacher.sends()
    teacher.goes(f"{case}level/")
    teacher.ticks("level", "2")
    teacher.types(reason="Vi trenger helsestasjonen med.")
    teacher.sends()


def test_the_relay(crowd: tuple[Crowd, int]) -> None:
    everybody, serial = crowd
    child, mothers = synthetic_number(BORN, serial), synthetic_number(date(1991, 5, 6), serial)
    teacher, nurse = everybody.opens("maja"), everybody.opens("omar")

    # The teacher has talked with the parents, and asks. The mother signs on her phone, the father answers orally.
    began = time.monotonic()
    asks_for_consent(teacher, child, mothers)
    assert time.monotonic() - began < 90
    asked = teacher.path
    assert asked.startswith("/requests/")
    assert "Åpne saken" not in teacher.reads()
    mother = everybody.opens(mothers)
    answers_yes(mother, "everyday", "learning")
    notes_fathers_answer(teacher, asked, "everyday", "learning")
    teacher.goes(asked)
    teacher.presses("Åpne saken")
    case = teacher.path if teacher.path.startswith("/cases/") else "/"
    assert case.startswith("/cases/"), case
    assert "Magen er vond" in (teacher.goes(f"{case}log/") and teacher.reads())

    # Goal, measures, what matters, a bright spot, and a phone call in two lines.
    agrees_goal_and_measures(teacher, case)
    mother_adds(mother, case)
    teacher.goes(f"{case}write/?sort=phone_call")
    teacher.ticks("kind", "everyday")
    teacher.types(who="Mor", agreed="Vi prøver én uke til.")
    teacher.sends()
    assert "natta også" not in (teacher.goes(f"{case}log/") and teacher.reads()), (
        "health is not shared with the kindergarten"
    )
    evaluates_and_moves_on(teacher, case)

    # A second service by consent: the father not for health at first, and no invitation before the consent.
    teacher.goes(f"{case}team/")
    teacher.follows("/ask/")
    teacher.picks("service", "helsestasjon")
    teacher.sends()
    teacher.types(why="Helsesykepleier kan hjelpe oss med magen.")
    teacher.ticks_only("kinds", "everyday", "health")
    teacher.sends()
    asked_clinic = teacher.path
    assert "Omar" not in (teacher.goes(f"{case}invite/") and teacher.offers("position"))
    answers_yes(mother, "everyday", "health")
    assert "Omar" not in (teacher.goes(f"{case}invite/") and teacher.offers("position"))
    notes_fathers_answer(teacher, asked_clinic, "everyday")
    assert nurse.goes(case) == 404
    teacher.goes(f"{case}invite/")
    teacher.picks("position", "Omar")
    teacher.sends()
    assert nurse.goes(case) == 404, "an invitation alone opens nothing"
    nurse.goes("/")
    nurse.follows("/invitations/")
    nurse.presses("Bli med i laget")
    assert nurse.goes(case) == 200
    mother.goes(f"{case}write/?sort=note")
    mother.ticks("kind", "health")
    mother.types(words="Legen har tatt prøver.")
    mother.sends()
    assert "Legen" not in (nurse.goes(f"{case}log/") and nurse.reads())
    notes_fathers_answer(teacher, asked_clinic, "everyday", "health")
    mother.goes(f"{case}write/?sort=note")
    mother.ticks("kind", "health")
    mother.types(words="Prøvene var fine.")
    mother.sends()
    log = nurse.goes(f"{case}log/") and nurse.reads()
    assert "Prøvene" in log
    assert "Legen" not in log, "the consent reaches no further back in the log than the day it was given"
    nurse.goes(f"{case}write/?sort=note")
    nurse.ticks("kind", "health")
    nurse.types(words="Vi måler og følger med. Ny time om to uker.")
    nurse.sends()

    # The baton: offered, the family is asked, accepted. The family sees at once whom to call.
    teacher.goes(f"{case}team/")
    teacher.follows("/offer/")
    teacher.picks("position", "Omar")
    teacher.sends()
    offer = teacher.path
    assert offer.startswith("/offers/"), offer
    nurse.goes(offer)
    assert nurse.page.locator("button:has-text('Ta imot'):not([disabled])").count() == 0
    mother.goes("/")
    assert "Maja" in mother.reads()
    mother.goes(offer)
    mother.ticks("agrees", "yes")
    mother.sends()
    teacher.goes(offer)
    teacher.follows("/note/")
    teacher.ticks("agrees", "yes")
    teacher.sends()
    nurse.goes(offer)
    nurse.sends("do", "accept")
    mother.goes("/")
    assert "Omar" in mother.page.locator("main").inner_text()
    assert mother.page.locator("main a[href^='tel:']").count() >= 1

    # The mother withdraws the clinic's consent: the page says what changes, and it holds from the next click.
    nurse.goes(f"{case}write/?sort=note")
    nurse.ticks("kind", "everyday")
    nurse.types(words="Dette sendes for sent.")
    consent = asked_clinic.replace("/requests/", "/consents/")
    mother.goes(f"{consent}withdraw/")
    assert "Omar" in mother.reads()
    assert "Maja" in mother.reads()
    mother.presses("Ta tilbake mitt ja")
    nurse.sends()
    assert "Lykke" not in nurse.page.content()
    assert "Dette sendes for sent" in nurse.reads(), "what was typed is given back, not carried out"
    assert nurse.goes(case) == 404
    assert nurse.goes(f"{case}log/") == 404
    nurse.goes("/search/")
    nurse.types(name="Sand")
    nurse.sends()
    assert not nurse.has_link("/cases/")
    assert "Lykke" not in nurse.page.content()
    nurse.goes("/inbox/")
    nurse.page.locator("main .ds-card", has_text="kommet tilbake").first.get_by_role("button", name="Åpne").click()
    assert "/own-words/" in nurse.path
    own = nurse.reads()
    assert "Ny time om to uker" in own
    assert "Lykke" not in own
    assert "Ny time om to uker" in (mother.goes(f"{case}log/") and mother.reads())
    assert "Dette sendes for sent" not in mother.reads()
    mother.goes("/")
    assert "Maja" in mother.reads()
    teacher.goes(f"{case}team/")
    teacher.presses("Ta imot stafettpinnen")

    # The mother alone renews. The baton does not jump back.
    mother.goes(consent)
    mother.follows("change=1")
    mother.ticks_only("kinds", "everyday", "health")
    mother.sends("answer", "yes")
    assert nurse.goes(case) == 200
    mother.goes("/")
    assert "Maja" in mother.reads()

    # The goal is reached; closed with a note. Services see no more, the parents still read it.
    teacher.goes(f"{case}close/")
    teacher.ticks("reason", "goal_reached")
    teacher.types(note="Lykke gleder seg til barnehagen. Ring meg når som helst.")
    teacher.sends()
    assert teacher.goes(case) == 404
    assert nurse.goes(case) == 404
    mother.goes("/")
    assert "gleder seg til barnehagen" in mother.reads() or "gleder seg" in (
        mother.goes(f"{case}log/") and mother.reads()
    )
    assert everybody.barriers == []
