"""Vilde, 4: she and her mother have moved to an address that is protected, and her father may not know where."""

from __future__ import annotations

from datetime import timedelta

from laget.demo.fjordvik import birthday as born
from laget.demo.moves import AFTERNOON, MORNING, NOON, Parent, Story
from laget.demo.stage import Stage
from laget.families.models import Child
from laget.protection import actions

EVERYDAY = ("identity", "everyday", "family_situation")


def tell(stage: Stage) -> None:
    """Until today: a leader is asked to open the pages to the mother, and has not answered."""
    vilde = Story(
        stage, "Vilde", "Sørli", born(4, 4, 18, stage.today), (Parent("marit", "mother"), Parent("roar", "father"))
    )
    request = vilde.asked(
        60, "ingrid", EVERYDAY, "Vi vil at Vilde skal ha det trygt og kjent i barnehagen.",
        "Vilde er ny hos oss. Hun holder seg nær meg, og ler når vi leser om bukkene.",
    )  # fmt: skip
    vilde.answered(59, "marit", request)
    vilde.answered(58, "roar", request)
    vilde.opened(57, "ingrid", request)
    goal = vilde.goal(50, "ingrid", "friends", "Vilde har en voksen og en venn som hun er trygg på.")
    vilde.measure(50, goal, "ingrid", "ingrid", "Jeg tar imot Vilde hver morgen, og vi leser sammen først.", 40)
    _protected(stage, vilde)
    vilde.wrote(5, "ingrid", "bright_spot", "Vilde tok Amina i hånda og gikk foran til samlingen.")


def _protected(stage: Stage, vilde: Story) -> None:
    child = vilde.fresh().child_id
    later = stage.today + timedelta(days=90)
    with stage.day(21, NOON), stage.turn("ingrid") as actor:
        here = Child.objects.get(pk=child)
        actions.grade(actor, here, child, "strictly_confidential", "police", later, "Politiet i distriktet, sak 26/118")
        actions.know_places(actor, here, "address", "Kornmyrbakken 7")
        actions.know_places(actor, here, "place", "Kornmyr")
    with stage.day(21, AFTERNOON), stage.turn("ingrid") as actor:
        actions.keep_away(
            actor, Child.objects.get(pk=child), stage.person("roar"), "no_contact", later,
            "Politiet i distriktet, besøksforbud, sak 26/118", "nobody",
            "Ringer far, si at du ikke kan svare på telefon. Gi beskjed til Frode og meg.",
        )  # fmt: skip
    with stage.day(3, MORNING), stage.turn("ingrid") as actor:
        actions.ask_to_open(
            actor, Child.objects.get(pk=child), stage.person("marit"),
            "Mor bor med Vilde og har ny telefon. Politiet har gått gjennom den sammen med henne.",
        )  # fmt: skip
