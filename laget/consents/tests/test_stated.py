"""What only the worker knows decides who is asked: a care order, the education itself, daily care, a crisis centre."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.consents.actions import Wish, ask, ask_for_service
from laget.consents.models import Request
from laget.consents.rules import Asking, Stated, matters, parties
from laget.consents.tests.test_actions import nora
from laget.families.models import Child
from laget.kernel.errors import Invalid

ON = date(2026, 9, 1)
CHILD, MOTHER, FATHER = (UUID(int=n) for n in range(1, 4))


def asked(act, born, **stated):
    both = ((MOTHER, True), (FATHER, True))
    return parties(Asking(ON, CHILD, born, act, "HOL", both, Stated(**stated)))


def test_a_crisis_centre_stops_it_whoever_is_asked_for():
    found = asked("OPPL", date(2018, 1, 1), crisis=True)
    assert found.blocked and found.people == ()


def test_the_pupil_decides_about_the_education():
    born = date(2011, 1, 1)
    assert asked("OPPL", born, matter="education").people == ((CHILD, "child"),)
    assert {role for _who, role in asked("OPPL", born).people} == {"child", "parent"}


def test_of_daily_care_one_yes_is_enough():
    found = asked("HOL", date(2018, 1, 1), matter="daily_care")
    assert found.one_of == {MOTHER, FATHER}


@pytest.mark.parametrize(
    ("acts", "years", "found"),
    [
        (["OPPL"], 15, ("sharing", "education")),
        (["OPPL"], 14, ()),
        (["OPPL"], 18, ()),
        (["HOL"], 15, ("sharing", "daily_care")),
        (["HOL"], 16, ()),
        (["BHL", "HOL"], None, ("sharing", "daily_care")),
    ],
)
def test_it_is_asked_only_where_it_changes_something(acts, years, found):
    assert matters(acts, years) == found


@pytest.mark.parametrize("stated", [Stated(care_order=True), Stated(crisis=True)])
def test_nobody_is_asked_about_a_crisis_centre_or_before_child_welfare_is_named(cast, as_app, stated):
    wish = Wish(("everyday",), "plan", why="Samarbeid", stated=stated)
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        ask_for_service(cast.maja.actor, Child.objects.get(pk=cast.child), cast.school, wish)
    assert not Request.objects.filter(service_id=cast.school).exists()


@pytest.mark.parametrize(
    ("matter", "kinds"), [("education", ("health",)), ("daily_care", ("everyday",)), ("education", ("economy",))]
)
def test_what_fewer_decide_is_about_that_alone(cast, as_app, matter, kinds):
    wish = Wish(kinds, "plan", why="Samarbeid", stated=Stated(matter))
    with as_app(cast.maja.actor), pytest.raises(Invalid) as refused:
        ask_for_service(cast.maja.actor, Child.objects.get(pk=cast.child), cast.school, wish)
    assert refused.value.field == "kinds"


def test_nothing_is_registered_where_asking_would_reveal_a_crisis_centre(cast, as_app):
    before = Child.objects.count()
    wish = Wish(("everyday",), "plan", why="Samarbeid", stated=Stated(crisis=True))
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        ask(cast.maja.actor, cast.maja.position, nora(), wish)
    assert Child.objects.count() == before and not Request.objects.filter(position_id=cast.maja.position).exists()


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(cast, visit):
    client = visit(cast.maja)
    address = f"{reverse('ask_service', args=[cast.child])}?service={cast.school}"
    page = client.get(address).content.decode()
    assert "Barnevernstjenesten har overtatt omsorgen for barnet" in page
    typed = {
        "service": str(cast.school), "why": "Vi vil samarbeide.", "kinds": ["everyday"], "reach": "plan",
        "until": timezone.localdate().replace(year=timezone.localdate().year + 1).strftime("01.%m.%Y"),
        "care_order": "on", "key": str(uuid4()),
    }  # fmt: skip
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Velg hvem som svarer for barnevernstjenesten" in answer.content.decode()
    assert "Vi vil samarbeide." in answer.content.decode()
