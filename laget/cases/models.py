"""The case and what moves in it: baton, offers, invitations, levels, log. What matters is a new row."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import cached_property

from laget.directory.models import Position, Service
from laget.families.models import Child
from laget.kernel.period import FOREVER
from laget.people.models import Person
from laget.sight.models import Addressed

CASE = "the family, and services with a seat and a cover"
LONGEST_ABSENCE = timedelta(days=184)


def _case(*names: str) -> dict[str, str]:
    return dict.fromkeys(("id", "child", *names), CASE)


class Case(models.Model):
    """One child's cooperation, from opening to closing; reopened, it is the same case."""

    AUDIENCE: ClassVar[dict[str, str]] = _case(
        "service", "level", "guide_version", "opened_at", "opened_by", "closed_at"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8)
    guide_version = models.CharField(max_length=20)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Position, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["child"], name="one_case_per_child"),)

    @property
    def is_open(self) -> bool:
        return self.closed_at == FOREVER

    @cached_property
    def baton(self) -> Baton | None:
        """The baton as it lies now; asked once for this object, so fetch the case anew after moving it."""
        held = self.batons.filter(until=FOREVER).with_deputy()
        return held.select_related("position__unit__service").first()

    @cached_property
    def standing_offer(self) -> Offer | None:
        """The offer that waits for an answer, if any."""
        return self.offers.filter(state=OfferState.OFFERED).select_related("receiver__unit", "giver__unit").first()


class Turn(models.Model):
    """The case was closed or reopened: by whom, why, with what note."""

    AUDIENCE: ClassVar[dict[str, str]] = _case("case", "sort", "reason", "note", "at", "by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="turns")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=8, choices=[("closed", "closed"), ("reopened", "reopened")])
    reason = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Step(models.Model):
    """The case moved to a level, with a reason: level is a form of cooperation, not a class of risk."""

    AUDIENCE: ClassVar[dict[str, str]] = _case("case", "level", "reason", "at", "by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Said(models.TextChoices):
    """What the holder says of a step of the guide. `no`: the yes or no after it was answered no."""

    DONE = "done"
    NOT_DONE = "not_done"
    NO = "no"


class Mark(models.Model):
    """The holder says that a step of the guide is done, or is not after all; the newest of a step holds."""

    AUDIENCE: ClassVar[dict[str, str]] = _case("case", "guide_version", "level", "step", "said", "at", "by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    guide_version = models.CharField(max_length=20)
    level = models.CharField(max_length=8)
    step = models.CharField(max_length=40)
    said = models.CharField(max_length=8, choices=Said)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["case", "at"]),)


class Crossing(models.Model):
    """The case went over to another version of the guide on purpose, with a reason; its level took the new code."""

    AUDIENCE: ClassVar[dict[str, str]] = _case(
        "case", "before", "after", "level_before", "level_after", "reason", "at", "by"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="crossings")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    level_before = models.CharField(max_length=8)
    level_after = models.CharField(max_length=8)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Batons(models.QuerySet["Baton"]):
    """Batons, with who stands in for their holder."""

    def with_deputy(self) -> Self:
        """Each with the position of the one who stands in now, or None."""
        here = Deputy.objects.filter(baton_id=models.OuterRef("pk"), since__lte=Now(), until__gt=Now())
        return self.annotate(deputy_now=models.Subquery(here.order_by("since").values("position_id")[:1]))


class Baton(models.Model):
    """Who leads, from when to when. An open case has exactly one that has not ended (held by the database)."""

    AUDIENCE: ClassVar[dict[str, str]] = _case(
        "case", "position", "since", "until", "acting", "answer_by", "origin", "origin_id"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="batons")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)
    acting = models.BooleanField(default=False)
    answer_by = models.DateField(null=True)
    origin = models.CharField(max_length=20)
    origin_id = models.UUIDField(null=True)

    objects = Batons.as_manager()

    class Meta:
        indexes = (models.Index(fields=["position", "until"]),)
        constraints = (
            models.UniqueConstraint(fields=["case"], condition=models.Q(until=FOREVER), name="one_baton_per_case"),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="baton_ends_after_start"),
        )

    @property
    def deputy(self) -> UUID | None:
        """The position that stands in now, where it was asked for with the baton."""
        return getattr(self, "deputy_now", None)

    @property
    def carried_by(self) -> frozenset[UUID]:
        """The positions that do what the holder does: the holder's, and of the one who stands in."""
        return frozenset(one for one in (self.position_id, self.deputy) if one)


class Absence(models.Model):
    """A worker is away, and a colleague stands in meanwhile. Says nothing of why, and names no child."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "holder", "deputy", "since", "until", "made_by", "made_at"), "the two, and the leader of the unit"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(Position, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Position, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["holder", "until"]), models.Index(fields=["deputy", "until"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(until__lte=models.F("since") + LONGEST_ABSENCE),
                name="an_absence_is_not_for_good",
            ),
        )


class Deputy(models.Model):
    """Who stands in for the holder of this baton, from when to when. The baton stays with its holder."""

    AUDIENCE: ClassVar[dict[str, str]] = _case("case", "baton", "absence", "position", "since", "until")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.ForeignKey(Absence, models.PROTECT, related_name="+")
    baton = models.ForeignKey(Baton, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="deputies")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["baton", "until"]), models.Index(fields=["position", "until"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="deputy_ends_after_start"),
        )


class OfferState(models.TextChoices):
    """Where an offer of the baton stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Offer(models.Model):
    """The baton held out to a position. The old holder keeps it until it is accepted."""

    AUDIENCE: ClassVar[dict[str, str]] = _case(
        "case", "giver", "receiver", "words", "made_at", "state", "answered_at", "answer_words"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Position, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Position, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OFFERED)
    answered_at = models.DateTimeField(default=FOREVER)
    answer_words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="offered"), name="one_standing_offer_per_case"
            ),
        )


class FamilyView(models.Model):
    """What one of the family says to an offer: may this service lead, and what do they wish?"""

    AUDIENCE: ClassVar[dict[str, str]] = _case("offer", "person", "agrees", "wish", "at", "noted_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="views")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    wish = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")


class Invitation(models.Model):
    """A person in a service is asked to take a seat. Leaves only when a consent covers the service."""

    AUDIENCE: ClassVar[dict[str, str]] = _case(
        "case", "position", "words", "made_by", "made_at", "state", "answered_at"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="invitations")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, default="sent")
    answered_at = models.DateTimeField(default=FOREVER)


ADDRESSED = "those of the family and of the services with a seat and a cover whom its own audience holds"


class Log(Addressed):
    """An entry in the log: kind of information, audience, and the author's words.

    spoken_for: whose words a worker wrote down, and how they came. meant: what the author says was meant by an entry.
    looked_at: when somebody looked through it for what is others' own, if it is older than the child's place.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "case", "sort", "kind", "audience", "persons", "words", "author", "position", "service", "at",
         "how_asked", "corrects", "spoken_for", "spoken", "meant", "looked_at"), ADDRESSED,
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    words = models.TextField()
    how_asked = models.TextField(blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    spoken_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    spoken = models.CharField(max_length=12, blank=True, default="", db_default="")
    meant = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["child", "at"]), models.Index(fields=["author"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(spoken_for=None, spoken="")
                | models.Q(spoken_for__isnull=False) & ~models.Q(spoken=""),
                name="spoken_for_says_how",
            ),
        )


REVIEWED = models.Q(review_on__isnull=False)
GROUNDED = ~models.Q(audience__in=["services", "not_for"]) | ~models.Q(ground="")


class Readership(Addressed):
    """Somebody chose who reads a text (`of`): from whom to whom, why, on what ground; holds until the next about it."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "child", "of", "kind", "audience", "persons", "audience_before", "persons_before", "ground", "why",
            "review_on", "at", "by",
        ),
        "the one who chose; workers with a seat and a cover for the kind whom the audience holds",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    of = models.UUIDField()
    kind = models.CharField(max_length=20)
    audience_before = models.CharField(max_length=12, blank=True)
    persons_before = ArrayField(models.UUIDField(), default=list)
    ground = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["of", "at"]),
            models.Index(fields=["review_on"], condition=REVIEWED, name="cases_readership_review"),
        )
        constraints = (models.CheckConstraint(condition=GROUNDED, name="kept_from_a_parent_on_a_ground"),)


class OwnWords(models.Model):
    """What a worker had typed, given back for the own record when the cover was lost: words and dates, no more."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the one who wrote them"
        for name in ("id", "owner", "service", "batch", "written_at", "words", "given_back_at")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    batch = models.UUIDField()
    written_at = models.DateTimeField()
    words = models.TextField()
    given_back_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["owner", "batch"]),)
