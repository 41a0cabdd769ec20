"""Before a child begins in another place, the family is to be asked anew: which children, from when, and once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from laget.access import database
from laget.consents import sweeps
from laget.consents.models import Renewal, Request
from laget.consents.rules import moving
from laget.families.models import Child
from laget.guide.rules import Again, Transition
from laget.notices.models import Notice

from laget.consents.tests.test_renewing import consented, guide_asks  # noqa: F401  # isort: skip

OSLO = ZoneInfo("Europe/Oslo")


def step(target, month=None, day=None, consent=True, **changes):
    return Transition(
        "s", "kindergarten", target, "w", None, month, day, changes.get("week"), changes.get("years_before", 0), None,
        consent,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "stage", "born"),
    [
        (date(2026, 10, 31), "school", None),
        (date(2026, 11, 1), "school", 2021),
        (date(2027, 7, 31), "school", 2021),
        (date(2027, 8, 1), "school", None),
        (date(2027, 2, 28), "youth_school", None),
        (date(2027, 3, 1), "youth_school", 2014),
        (date(2028, 2, 29), "youth_school", None),
        (date(2026, 9, 30), "upper_secondary", None),
        (date(2026, 10, 1), "upper_secondary", 2011),
    ],
)
def test_who_begins_elsewhere_and_from_when_it_is_asked(on, stage, born):
    found = {one.stage: one.born for one in moving(on, ())}
    assert found.get(stage) == born


def test_the_guides_own_first_day_goes_before_the_usual_one():
    october = (step("school", 5, 15), step("school", 10))
    assert {one.stage for one in moving(date(2026, 10, 31), october)} == {"school", "upper_secondary"}
    assert "school" not in {one.stage for one in moving(date(2026, 10, 30), october)}
    told_in_words = (step("school"),)
    assert "school" in {one.stage for one in moving(date(2026, 11, 1), told_in_words)}


def test_a_step_that_shares_nothing_asks_for_nothing():
    assert "school" not in {one.stage for one in moving(date(2026, 10, 31), (step("school", 9, consent=False),))}


@pytest.fixture
def sweep_at(monkeypatch):
    def run(moment):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(moment)

    return run


@pytest.fixture
def first_of_november(cast, consented):  # noqa: F811
    """The consent is from August, the child begins at school next August, and the day is 1 November."""
    year = timezone.localdate().year
    Child.objects.filter(pk=cast.child).update(born=date(year + 1 - 6, 5, 17))
    asked = datetime(year, 8, 20, 12, tzinfo=OSLO)
    Request.objects.filter(pk=consented.pk).update(asked_at=asked, until=date(year + 1, 12, 1))
    return lambda days=0: datetime(year, 11, 1, 8, tzinfo=OSLO) + timedelta(days=days)


@pytest.mark.parametrize("asks", [True, False])
def test_before_school_the_holder_asks_anew_where_the_guide_says_so(
    cast, consented, guide_asks, sweep_at, first_of_november, asks  # noqa: F811
):  # fmt: skip
    guide_asks(*([Again.TRANSITION] if asks else []))
    sweep_at(first_of_november(-1))
    assert not Renewal.objects.exists()
    for _twice in range(2):
        sweep_at(first_of_november())
    rows = [(one.cause, one.request_id, one.due) for one in Renewal.objects.all()]
    begins = date(first_of_november().year + 1, 8, 1)
    assert rows == ([("transition", consented.pk, begins)] if asks else [])
    told = list(Notice.objects.filter(event="consents.ask_again").values_list("recipient_id", flat=True))
    assert told == ([cast.maja.person] if asks else [])


def test_what_was_done_is_not_asked_a_second_time_before_the_same_school(
    cast, consented, guide_asks, sweep_at, first_of_november  # noqa: F811
):  # fmt: skip
    guide_asks(Again.TRANSITION)
    sweep_at(first_of_november())
    Renewal.objects.update(done_at=timezone.now(), at=first_of_november())
    sweep_at(first_of_november(30))
    assert Renewal.objects.count() == 1


def test_what_was_asked_in_view_of_it_stays(cast, consented, guide_asks, sweep_at, first_of_november):  # noqa: F811
    guide_asks(Again.TRANSITION)
    Request.objects.filter(pk=consented.pk).update(asked_at=first_of_november())
    sweep_at(first_of_november(20))
    assert not Renewal.objects.exists()
