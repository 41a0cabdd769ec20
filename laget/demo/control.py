"""What the last days' readings led to: a night that is asked about, and what Nora's parents wonder."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

from django.utils import timezone

from laget.audit.actions import read
from laget.audit.models import Reading
from laget.demo.moves import AFTERNOON, EVENING, MORNING, NOON
from laget.demo.stage import Stage
from laget.people.models import Name
from laget.trust.actions import answer, ask_why
from laget.trust.models import Question
from laget.trust.rules.clock import Outcome, due
from laget.trust.sweeps import control_day

NIGHT = time(2, 15)
LOG, PLAN, CHILD = "cases.case_log", "plans.case_plan", "desk.child_page"


def tell(stage: Stage) -> None:
    """Ordinary looks, one at night, three questions, and the control of the days that are over."""
    nora, jonas = _child("Nora"), _child("Jonas")
    for ago, key, page, at in (
        (8, "maja", LOG, MORNING), (8, "ellen", PLAN, NOON), (6, "siri", PLAN, MORNING), (6, "maja", PLAN, AFTERNOON),
        (5, "ellen", CHILD, NOON), (3, "omar", PLAN, MORNING), (2, "maja", LOG, MORNING), (1, "maja", CHILD, NOON),
    ):  # fmt: skip
        _looked(stage, ago, key, nora, page, at)
    for ago, key, page, at in ((6, "vera", LOG, NOON), (4, "omar", LOG, NIGHT), (2, "siri", CHILD, AFTERNOON)):
        _looked(stage, ago, key, jonas, page, at)
    _answered(stage, nora)
    _asked(stage, 2, "anders", nora, "maja", "Maja har vært syk denne uka. Hvorfor var hun inne i loggen?")
    _asked(stage, 1, "kristin", nora, "ellen", "Hva trengte fysioterapeuten å se akkurat da?")
    for ago in range(8, 0, -1):  # what fell on a weekend stands on the Friday before
        control_day(stage.today - timedelta(days=ago), stage.today)


def _child(given: str) -> UUID:
    return Name.objects.get(given=given).person_id


def _looked(stage: Stage, ago: int, key: str, child: UUID, page: str, at: time) -> None:
    with stage.day(ago, at), stage.turn(key) as actor:
        read(actor, page, children=[child], kinds=["identity", "everyday"])


def _asked(stage: Stage, ago: int, parent: str, child: UUID, about: str, words: str) -> Question:
    seen = Reading.objects.filter(person=stage.person(about), children__contains=[child])
    latest = seen.filter(at__lt=timezone.now() - timedelta(days=ago)).latest("at", "id")
    with stage.day(ago, EVENING), stage.turn(parent) as actor:
        ask_why(actor, child, latest.pk, words)
    asked = Question.objects.get(reading=latest.pk, asked_by_id=stage.person(parent))
    Question.objects.filter(pk=asked.pk).update(due=due(timezone.localdate(asked.asked_at)))
    return Question.objects.get(pk=asked.pk)


def _answered(stage: Stage, nora: UUID) -> None:
    asked = _asked(stage, 5, "kristin", nora, "maja", "Hvorfor åpnet Maja planen etter at vi var ferdige?")
    words = "Maja gjorde klar bildene til samtaletavla for uka etter, og så i planen hvilke dere hadde valgt."
    with stage.day(3, MORNING), stage.turn("liv") as actor:
        answer(actor, asked, outcome=Outcome.EXPLAINED, words=words)
