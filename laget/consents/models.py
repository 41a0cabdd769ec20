"""A request for consent, those who must answer, and their answers: each answer is a new row, also a withdrawal."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from laget.directory.models import Position, Service
from laget.families.models import Child
from laget.kernel.period import FOREVER, FOREVER_DAY
from laget.people.models import Person

ASKED = "the one who asked, those asked, the family"


class Purpose(models.TextChoices):
    """What a service may use the information for."""

    COOPERATION = "cooperation"


class Matter(models.TextChoices):
    """What is shared, where it changes who is asked."""

    SHARING = "sharing"
    EDUCATION = "education"
    DAILY_CARE = "daily_care"


class Reach(models.TextChoices):
    """How far back a consent reaches: nothing before, the plan so far, or everything."""

    TODAY = "today"
    PLAN = "plan"
    ALL = "all"


class Heard(models.TextChoices):
    """How the child was heard before the parents were asked."""

    TALK = "talk"
    OTHER_WAY = "other_way"
    BY_OTHERS = "by_others"
    NOT_YET_ABLE = "not_yet_able"
    NOT_HEARD = "not_heard"


class View(models.TextChoices):
    """What the child thinks of the sharing. Not to answer is an answer."""

    WANTS = "wants"
    AGAINST = "against"
    NO_ANSWER = "no_answer"


class Request(models.Model):
    """May this service know these kinds of information about this child, for this purpose, until this day?"""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: ASKED
        for name in (
            "id", "child", "service", "purpose", "kinds", "reach", "until", "text_version", "asked_by", "position",
            "asked_at", "answer_by", "reminded_at", "ended_at", "opens_case", "why", "excluded", "rule", "guide",
            "renews", "matter",
        )
    } | {
        **dict.fromkeys(("typed", "heard", "view", "view_words"), "the one who asked"),
        "first_words": "the one who asked, until a case opens with them",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40, choices=Purpose, default=Purpose.COOPERATION)
    kinds = ArrayField(models.CharField(max_length=20))
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.PLAN)
    until = models.DateField(default=FOREVER_DAY)
    why = models.TextField(blank=True)
    excluded = models.TextField(blank=True)
    rule = models.CharField(max_length=40, blank=True)
    guide = models.CharField(max_length=60, blank=True)
    matter = models.CharField(max_length=10, choices=Matter, default=Matter.SHARING, db_default=Matter.SHARING)
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    heard = models.CharField(max_length=12, choices=Heard, blank=True)
    view = models.CharField(max_length=10, choices=View, blank=True)
    view_words = models.TextField(blank=True)
    text_version = models.CharField(max_length=20)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField(default=FOREVER)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(default=FOREVER)
    opens_case = models.BooleanField(default=False)
    typed = models.JSONField(default=dict)
    first_words = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["child", "service"]), models.Index(fields=["asked_by", "ended_at"]))


class Party(models.Model):
    """One person who must consent before the request gives any sight. `one_of`: one yes among these is enough.

    `ended_at`: from then this person's answer counts no more, since somebody else decides.
    `unheld_at`: from then nobody answers for child welfare, and what was said counts no more: who said it has left.
    role: parent, child, child_welfare (a worker who answers for that service, in `position`) or carer.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: ASKED
        for name in (
            "id",
            "request",
            "child",
            "person",
            "role",
            "position",
            "one_of",
            "told_at",
            "ended_at",
            "unheld_at",
        )
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="parties")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=13)
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    one_of = models.BooleanField(default=False)
    told_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(default=FOREVER)
    unheld_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "person"], condition=~models.Q(role="child_welfare"), name="asked_once_per_request"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(role="child_welfare", ended_at=FOREVER),
                name="one_answers_for_child_welfare",
            ),
            models.CheckConstraint(
                condition=models.Q(role="child_welfare", position__isnull=False)
                | models.Q(~models.Q(role="child_welfare"), position__isnull=True),
                name="child_welfare_answers_in_a_position",
            ),
        )


class Form(models.TextChoices):
    """How an answer was given."""

    OWN_SIGN_IN = "own_sign_in"
    LETTER = "letter"
    ORAL = "oral"
    PAPER = "paper"


class PaperState(models.TextChoices):
    """Where an answer on paper stands until a second person has seen it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Paper(models.Model):
    """A yes that somebody signed on paper: registered by one, and an answer only when another has seen the paper."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "request", "child", "child_called", "person", "called", "kinds", "joins", "excluded", "signed_on",
            "interpreter", "text_version", "kept_at", "by", "position", "at", "checker", "state",
            "decided_at", "why",
        ),
        "the one who registered it, and the one asked to see the paper",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called = models.CharField(max_length=200)
    child_called = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    joins = models.BooleanField(default=False)
    excluded = models.TextField(blank=True)
    signed_on = models.DateField()
    interpreter = models.CharField(max_length=100, blank=True)
    text_version = models.CharField(max_length=20)
    kept_at = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    checker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.WAITING)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["request", "state"]), models.Index(fields=["checker", "state"]))
        constraints = (
            models.CheckConstraint(condition=~models.Q(by=models.F("checker")), name="two_people_see_the_paper"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at=None)
                | models.Q(~models.Q(state="waiting"), decided_at__isnull=False),
                name="a_paper_is_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(why=""), name="a_paper_is_refused_with_a_reason"
            ),
        )


class Answer(models.Model):
    """What one person answered, at one time. The latest row holds; no kinds means no, or withdrawn."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the one who answered, and the one who noted an oral answer"
        for name in (
            "id", "request", "child", "person", "kinds", "reach", "until", "form", "withdraws", "joins", "at",
            "noted_by", "language", "interpreter", "text_version", "paper", "checked_by", "signed_on",
        )
    } | {
        "excluded": "the one who answered, the one who noted it, and the one who asked",
        "child_heard": "the one who noted the answer",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.PLAN)
    until = models.DateField(default=FOREVER_DAY)
    form = models.CharField(max_length=12, choices=Form)
    withdraws = models.BooleanField(default=False)
    joins = models.BooleanField(default=False)
    excluded = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=40, blank=True)
    interpreter = models.CharField(max_length=100, blank=True)
    child_heard = models.TextField(blank=True)
    text_version = models.CharField(max_length=20)
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["request", "person", "at"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(form__in=("own_sign_in", "letter"), noted_by__isnull=True)
                | models.Q(form__in=["oral", "paper"], noted_by__isnull=False),
                name="oral_answer_is_noted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(form="paper")
                | models.Q(kinds=[], signed_on__isnull=False)
                | models.Q(paper__isnull=False, checked_by__isnull=False, signed_on__isnull=False),
                name="a_yes_on_paper_is_seen_by_two",
            ),
        )


KEEPER = "the one who gave it, as long as that one works in the service; then those of the service in the child's case"
GIVEN = f"{KEEPER}; the family, unless it is hidden"


class Decider(models.TextChoices):
    """Who decided to share."""

    SELF = "self"
    LEADER = "leader"
    OTHER = "other"


class Disclosure(models.Model):
    """Something was shared without consent: on which ground, with whom, of which kinds, and why it was needed.

    `hidden`: the family is not shown it, since that may be dangerous; why stands in a Hiding. It gives nobody sight.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: GIVEN
        for name in (
            "id", "child", "service", "position", "by", "ground", "sources", "receiver", "kinds", "what", "given_on",
            "noted_at", "decided_by",
        )
    } | {name: KEEPER for name in ("necessity", "facts", "hidden")}  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=8)
    sources = ArrayField(models.CharField(max_length=40))
    receiver = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    what = models.TextField()
    necessity = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    decided_by = models.CharField(max_length=8, choices=Decider)
    given_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)
    hidden = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["child", "given_on"]), models.Index(fields=["by", "given_on"]))


class Hiding(models.Model):
    """A decision that something shared stays hidden from the family: why, and when it is looked at again.

    The last one holds. by_itself: on that day the family reads it; else it stays hidden until somebody decides.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "disclosure", "child", "by", "at", "why", "review_on", "by_itself", "reminded_on"),
        "workers who read the disclosure; never the family",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="hidings")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField()
    review_on = models.DateField()
    by_itself = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["disclosure", "at"]), models.Index(fields=["review_on"]))


class Cause(models.TextChoices):
    """Why the family is to be asked again."""

    PERIOD_ENDED = "period_ended"
    BIRTHDAY = "birthday"
    HOLDER_CHANGES_SERVICE = "holder_changes_service"
    NEW_LEVEL = "new_level"
    TRANSITION = "transition"
    RESPONSIBILITY = "responsibility"


class Renewal(models.Model):
    """A consent that is to be asked for again: a task for the one who holds the baton, with what was asked before."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "those who take part in the case"
        for name in ("id", "request", "child", "service", "kinds", "reach", "cause", "due", "at", "done_at")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=20))
    reach = models.CharField(max_length=8, choices=Reach)
    cause = models.CharField(max_length=30, choices=Cause)
    due = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(done_at=None), name="asked_again_once_at_a_time"
            ),
        )
