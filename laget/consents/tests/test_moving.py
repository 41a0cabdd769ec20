"""Before a child begins in another place, the family is to be asked anew: which children, from when, and once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.consents import sweeps
from laget.consents.actions import renew
from laget.consents.models import Renewal, Request
from laget.consents.rules import Hearing, begins_elsewhere, moving, transition_ends
from laget.families.models import Child
from laget.guide.national import national
from laget.guide.rules import Again, Transition
from laget.kernel.errors import Invalid
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


@pytest.mark.parametrize(
    ("born", "after", "begins"),
    [
        (date(2021, 5, 1), date(2026, 11, 1), date(2027, 8, 1)),
        (date(2021, 5, 1), date(2027, 8, 1), date(2034, 8, 1)),
        (date(2011, 5, 1), date(2027, 7, 31), date(2027, 8, 1)),
        (date(2011, 5, 1), date(2027, 8, 1), None),
    ],
)
def test_when_a_child_begins_elsewhere(born, after, begins):
    assert begins_elsewhere(born, after) == begins


def test_a_consent_for_the_new_place_is_limited_by_the_guide():
    guide, born, asked = national(), date(2021, 5, 1), date(2026, 11, 1)
    assert transition_ends(guide, born, asked) == date(2028, 2, 1)
    rule = guide.deadline_rule("transition_consent")
    without = tuple(replace(one, value=None) if one is rule else one for one in guide.deadlines)
    assert transition_ends(replace(guide, deadlines=without), born, asked) is None
    shorter = tuple(replace(one, value=3) if one is rule else one for one in guide.deadlines)
    assert transition_ends(replace(guide, deadlines=shorter), born, asked) == date(2027, 11, 1)
    assert transition_ends(guide, None, asked) is None


@pytest.fixture
def before_school(cast, consented):  # noqa: F811
    """The child begins at school next August, and the consent is to be asked for again because of that."""
    today = timezone.localdate()
    year = today.year if today < date(today.year, 8, 1) else today.year + 1
    Child.objects.filter(pk=cast.child).update(born=date(year - 6, 12, 24))
    one = Renewal.objects.create(
        request=consented, child_id=cast.child, service_id=cast.clinic, kinds=["identity", "everyday"], reach="plan",
        cause="transition", due=today + timedelta(days=10),
    )  # fmt: skip
    return one, date(year + 1, 2, 1)


def renewed(cast, as_app, renewal, until):
    with as_app(cast.maja.actor):
        return renew(cast.maja.actor, renewal, "Ny skole", until, Hearing("talk", "wants", "")).value


def test_longer_than_that_is_refused_in_words(cast, before_school, as_app):
    renewal, last = before_school
    with pytest.raises(Invalid) as no:
        renewed(cast, as_app, renewal, last + timedelta(days=1))
    assert no.value.field == "until" and f"1. februar {last.year}" in str(no.value.reason)
    assert Renewal.objects.get(pk=renewal.pk).done_at is None


def test_the_periods_own_length_still_holds(cast, before_school, as_app):
    renewal, last = before_school
    guides = date(timezone.localdate().year + 1, timezone.localdate().month, timezone.localdate().day)
    assert renewed(cast, as_app, renewal, last).until == min(last, guides)


def test_for_every_other_cause_only_the_period_limits(cast, before_school, as_app):
    renewal, last = before_school
    Renewal.objects.filter(pk=renewal.pk).update(cause="period_ended")
    assert (
        renewed(cast, as_app, Renewal.objects.get(pk=renewal.pk), last + timedelta(days=400)).until
        > timezone.localdate()
    )


def test_the_page_proposes_no_longer_and_says_so(cast, before_school, visit):
    renewal, last = before_school
    page = visit(cast.maja).get(reverse("renew", args=[renewal.pk])).content.decode().replace("\xa0", " ")
    assert f"For det nye stedet: til 1. februar {last.year}" in page
