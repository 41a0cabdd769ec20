"""Notebooks without names: a worry that ended in breakfast, one that is new, and one that waits for a leader."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from laget.concerns.actions import Words, end_worry, note_child_talk, note_leader_talk, note_parents_talk, write_worry
from laget.concerns.models import Talk, Worry
from laget.demo.moves import AFTERNOON, MORNING
from laget.demo.stage import Stage


def tell(stage: Stage) -> None:
    """Otto's is over, Ingrid's is from today, and Maja's talk with her leader is due."""
    _often_hungry(stage)
    _written(stage, 0, "ingrid", Words(
        "Jenta sitter helst alene i garderoben når de andre går ut. Tre ganger siden mandag.",
        "Hun ler og forteller når vi leser sammen.",
        "Er det noe i uteleken hun er redd for?", "garderoben",
    ))  # fmt: skip
    _written(stage, 6, "maja", Words(
        "Gutten har vært trøtt og lei seg fire morgener på rad.", "Han roer seg når han får fanget sitt.",
        "Sover han nok? Har det skjedd noe hjemme?", "morgenene",
    ))  # fmt: skip


def _written(stage: Stage, ago: int, by: str, words: Words) -> Worry:
    with stage.day(ago, MORNING), stage.turn(by) as actor:
        worry = write_worry(actor, stage.position(by), words, "yes").value
    _days_back(worry, ago)
    return Worry.objects.get(pk=worry.pk)


def _days_back(worry: Worry, ago: int) -> None:
    """The days that are counted from when it was written."""
    back = timedelta(days=ago)
    Worry.objects.filter(pk=worry.pk).update(kept_until=worry.kept_until - back)
    for talk in Talk.objects.filter(worry_id=worry.pk):
        Talk.objects.filter(pk=talk.pk).update(due=talk.due - back)


def _often_hungry(stage: Stage) -> None:
    """Talk with the leader, with the child and the mother; one measure in the kindergarten, and no more was needed."""
    worry = _written(stage, 16, "otto", Words(
        "Gutten spør etter mat før frokost, nesten hver dag i tre uker. Matboksen er ofte tom.",
        "Han er blid, har venner og leker mye ute.", "Rekker de ikke frokosten hjemme?", "den røde jakka",
    ))  # fmt: skip
    today = timezone.localdate()
    with stage.turn("otto") as actor:
        note_leader_talk(
            actor, worry, on=today - timedelta(days=15), leader=stage.person("liv"), version=0,
            came_of_it="Jeg snakker med foreldrene denne uka.",
        )  # fmt: skip
        note_child_talk(
            actor, worry, on=today - timedelta(days=14), version=0, words="«Magen min er tom når vi kjører.»",
            how="Vi lagde brødskive sammen på kjøkkenet.", told="At jeg ville snakke med mamma om frokost.",
        )  # fmt: skip
        note_parents_talk(
            actor, worry, on=today - timedelta(days=12), present=("mother",), consent="", version=0,
            shared="At han ofte er sulten når han kommer.",
            parents_view="Mor har begynt i ny jobb og må kjøre klokka seks. De rekker ikke å spise.",
            agreement="Han får frokost i barnehagen. Mor pakker en ekstra skive. Vi ser på det om to uker.",
        )  # fmt: skip
    with stage.day(1, AFTERNOON), stage.turn("otto") as actor:
        end_worry(actor, worry, reason="Frokost i barnehagen hver dag var nok. Mor og han er fornøyde.")
