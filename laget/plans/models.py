"""Goals, measures at home and in services, evaluations, and what matters to the child. Old texts are kept as rows."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.cases.models import Case
from laget.directory.models import Position
from laget.families.models import Child
from laget.kernel.period import FOREVER
from laget.people.models import Person
from laget.sight.models import Addressed

PLAN = "those of the family and of the services with a seat and a cover for the kind whom its own audience holds"


def _plan(*names: str) -> dict[str, str]:
    return dict.fromkeys(("id", "child", "audience", "persons", "looked_at", *names), PLAN)


class Standing(Addressed):
    """What all that stands in the plan has: readers of its own; and when it was looked through, if it is older than
    the child's place."""

    looked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Goal(Standing):
    """What we want to reach, in words that the family agrees with."""

    AUDIENCE: ClassVar[dict[str, str]] = _plan(
        "case", "kind", "area", "words", "version", "agreed_at", "agreed_by", "ended_at", "outcome"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    version = models.PositiveIntegerField(default=1)
    agreed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(default=FOREVER)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["child", "ended_at"]),)


class Measure(Standing):
    """What somebody does towards a goal: at home or in a service, by whom, until when."""

    AUDIENCE: ClassVar[dict[str, str]] = _plan(
        "goal", "kind", "words", "version", "place", "position", "person", "agreed_at", "agreed_by", "start", "due",
        "ended_at", "outcome",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    words = models.TextField()
    version = models.PositiveIntegerField(default=1)
    place = models.CharField(max_length=10, choices=[("home", "home"), ("service", "service")])
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    start = models.DateField()
    due = models.DateField()
    ended_at = models.DateTimeField(default=FOREVER)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["child", "ended_at"]), models.Index(fields=["position", "due"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(place="home", person__isnull=False, position__isnull=True)
                | models.Q(place="service", position__isnull=False, person__isnull=True),
                name="measure_has_one_responsible",
            ),
            models.CheckConstraint(condition=models.Q(due__gte=models.F("start")), name="measure_due_after_start"),
        )


class Revision(Standing):
    """An earlier text of a goal or a measure, kept when it was rewritten."""

    AUDIENCE: ClassVar[dict[str, str]] = _plan(
        "kind", "of", "version", "words", "agreed_at", "replaced_at", "replaced_by"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    of = models.UUIDField()
    version = models.PositiveIntegerField()
    words = models.TextField()
    agreed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of", "version"], name="one_row_per_version"),)


class Evaluation(Standing):
    """Did it help? The outcome by the guide, in words, with the child's own view and how it was asked."""

    AUDIENCE: ClassVar[dict[str, str]] = _plan(
        "goal", "measure", "kind", "outcome", "words", "childs_words", "how_asked", "parents_words", "at", "by"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="evaluations")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="evaluations")
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=40)
    words = models.TextField()
    childs_words = models.TextField(blank=True)
    how_asked = models.TextField(blank=True)
    parents_words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["child", "at"]),)


class Matter(Standing):
    """What matters to the child: own words, or told by somebody who says how. The latest row is shown first."""

    AUDIENCE: ClassVar[dict[str, str]] = _plan("case", "kind", "voice", "words", "how_asked", "at", "by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="everyday")
    voice = models.CharField(max_length=10, choices=[("child", "child"), ("parent", "parent"), ("worker", "worker")])
    words = models.TextField()
    how_asked = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["child", "at"]),)
