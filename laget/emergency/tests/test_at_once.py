"""Leader and officer control the same opening: one decides, the other reads that before deciding too."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.demo.cast import make_cast, make_officer
from laget.directory.models import Position
from laget.emergency.models import Hold, Opening, Review
from tests.support.atonce import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]
DECIDED = "En annen har nettopp avgjort dette"


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def opening(cast):
    unit = Position.objects.get(pk=cast.otto.position).unit
    Position.objects.filter(pk=cast.liv.position).update(unit=unit)
    now = timezone.now()
    return Opening.objects.create(
        child_id=cast.child, worker_id=cast.otto.person, position_id=cast.otto.position, unit=unit, reason="life",
        words="Barnet er skadd.", due=timezone.localdate(), opened_at=now, until=now + timedelta(hours=4),
    )  # fmt: skip


def days(number):
    return (timezone.localdate() + timedelta(days=number)).strftime("%d.%m.%Y")


ASKED = {
    "review": (Review, [{"outcome": "ok", "words": "Rett."}, {"outcome": "not_ok", "words": "Uten grunn."}]),
    "tell_later": (Hold, [{"until": days(9), "reason": "Politiet ber."}, {"until": days(0), "reason": "Trygt."}]),
}


@pytest.mark.parametrize("_again", range(2))
@pytest.mark.parametrize("name", ASKED)
def test_of_two_who_decide_the_same_opening_the_first_counts(cast, visit, opening, name, _again):
    model, typed = ASKED[name]
    page = reverse(name, args=[opening.pk])
    leader, officer = visit(cast.liv), visit(make_officer())
    assert 'name="seen" value="0"' in leader.get(page).content.decode()
    sent = [one | {"seen": 0} for one in typed]
    answers = at_once(page, list(zip((leader, officer), sent, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [302, 403]
    refused = next(answer for answer in answers if answer.status_code == 403)
    assert DECIDED in refused.content.decode()
    assert model.objects.filter(opening=opening).count() == 1


@pytest.mark.parametrize("name", ASKED)
def test_the_second_reads_what_the_first_decided_and_then_decides(cast, visit, opening, name):
    model, (first, second) = ASKED[name]
    page = reverse(name, args=[opening.pk])
    leader, officer = visit(cast.liv), visit(make_officer())
    assert leader.post(page, first | {"seen": 0}).status_code == 302
    assert officer.post(page, second | {"seen": 0}).status_code == 403
    read = officer.get(page).content.decode()
    assert (first.get("words") or first["reason"]) in read
    assert 'name="seen" value="1"' in read
    assert officer.post(page, second | {"seen": 1}).status_code == 302
    assert model.objects.filter(opening=opening).count() == 2
