"""What waits for no consent: an emergency, a report to child welfare, and a worker who is too close to a family."""

from __future__ import annotations

from datetime import date

import pytest

from laget.demo.fjordvik import birthday
from laget.people.rules import synthetic_number
from tests.journeys.people import Crowd, Somebody

TODAY = date.today()
NORA = synthetic_number(birthday(5, 3, 14, TODAY))


def test_a_teacher_opens_in_an_emergency_and_leader_officer_and_family_see_it(everybody: Crowd) -> None:
    teacher = everybody.opens("vera")
    teacher.goes("/emergency/")
    teacher.types(number=NORA, words="Nora kom alene til skolen i kveld, uten jakke. Jeg når ikke foreldrene.")
    teacher.ticks("reason", "missing")
    teacher.sends()
    assert "Nora" not in teacher.reads(), "the first step tells only that there is something"
    assert "Barnehage" in teacher.reads()
    teacher.presses("Åpne i fire timer")
    opening = teacher.path
    assert "Nora Hauge" in teacher.reads() and "Maja Lind" in teacher.reads()
    teacher.presses("Jeg trenger det ikke lenger")
    assert teacher.goes(opening) == 404, "it is closed again at once"

    leader, officer = everybody.opens("anne"), everybody.opens("eir")
    for one in (leader, officer):
        one.goes("/inbox/")
        assert "åpnet opplysninger i en nødsituasjon" in one.reads()
        one.goes("/emergency/reviews/")
        assert "Vera Holm" in one.reads() and "Nora" not in one.page.content()
    leader.opens("Vera Holm")
    assert "Jeg når ikke foreldrene" in leader.reads() and "Nora Hauge" not in leader.page.content()
    leader.ticks("outcome", "ok")
    leader.types(words="Det var rett. Hun fant mor før politiet kom.")
    leader.sends()

    mother = everybody.opens("kristin")
    mother.follows("/looked/")
    seen = mother.reads()
    assert "Vera Holm" in seen and "nød" in seen.lower()


@pytest.mark.parametrize(
    ("who", "asked", "not_asked"),
    [
        ("ingrid", "barnehageloven § 46", "Har barnet vist alvorlige atferdsvansker"),
        ("omar", "helsepersonelloven § 33", "Setter barnet utviklingen sin i alvorlig fare"),
    ],
)
def test_whoever_is_worried_reports_by_the_own_act_and_alone(
    everybody: Crowd, who: str, asked: str, not_asked: str
) -> None:
    reporter = everybody.opens(who)
    reporter.goes("/reports/")
    reporter.follows("/reports/new/")
    reporter.presses("Begynn på meldingen")
    place = reporter.path.rpartition("ground/")[0]
    criteria = reporter.reads()
    assert asked in criteria.lower() and not_asked not in criteria
    reporter.ticks("violence", "no")
    for one in reporter.page.locator("main input[name^='c_'][value='no']").all():
        one.check()
    reporter.ticks("c_neglect", "yes")
    reporter.sends()
    reporter.types(seen="Hun har kommet uten mat åtte ganger på to uker.")
    reporter.sends()
    reporter.types(name="Frida Vik")
    reporter.sends()
    reporter.types(first_name="Tor Vik")
    reporter.ticks("first_told", "yes")
    reporter.sends()
    reporter.sends()
    assert reporter.goes(place) == 200
    reporter.opens("Se gjennom meldingen")
    assert "åtte ganger" in reporter.reads()
    reporter.presses("Gjør den klar")
    _is_fetched(reporter)
    reporter.opens("Noter at den er levert")
    reporter.types(on=TODAY.isoformat(), to="Barnevernstjenesten i Fjordvik")
    reporter.ticks("how", "portal")
    reporter.sends()
    assert "Dette kan du vente deg" in reporter.reads(), "the clocks of the statute run from the day it was delivered"
    leader = everybody.opens("frode")
    assert leader.goes(place) == 404 and leader.goes("/reports/") == 200
    assert "Frida" not in leader.page.content()


def _is_fetched(reporter: Somebody) -> None:
    """The document, over the session of whoever wrote it."""
    address = reporter.page.locator("main a[href$='/document/']").first.get_attribute("href")
    answer = reporter.page.request.get(f"{reporter.town}{address}")
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")


def test_who_is_too_close_says_so_the_baton_falls_and_the_leader_decides(everybody: Crowd) -> None:
    child = "Amina Warsame" if not everybody.script else "Vilde Sørli"
    holder = everybody.opens("ingrid")
    case = holder.opens_case(child)
    holder.goes(f"{case}team/")
    holder.follows("/tie/")
    holder.ticks("relation", "close")
    holder.types(words="Vi er gamle venner.")
    holder.sends()
    assert holder.goes(case) == 200, "what a leader is to decide changes nothing by itself"

    leader = everybody.opens("frode")
    leader.goes("/ties/")
    leader.page.locator("main a", has_text="Ingrid Myhre").filter(has_text="Venter").first.click()
    assert "gamle venner" in leader.reads() and child not in leader.page.content()
    leader.ticks("outcome", "unable")
    leader.types(reason="Dere er for nære. Jeg tar over til vi har en annen.")
    leader.sends()
    assert holder.goes(case) == 404 and child not in holder.page.content()
    leader.goes("/")
    assert child in leader.reads(), "the baton has fallen to the leader, who sees that somebody takes it"
