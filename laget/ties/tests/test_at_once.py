"""Two leaders who decide the same tie at once, each in a transaction: one counts, the other reads a calm page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.demo.cast import Member, make_cast
from laget.directory.models import Position
from laget.kernel.actor import Capacity
from laget.people.models import Person
from laget.ties.models import Ruling, Tie
from tests.support.atonce import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def leader(unit):
    person = Person.objects.create()
    place = Position.objects.create(person=person, unit=unit, title="Leder", leads=True)
    return Member(person.pk, "Leder", Capacity.WORKER, place.pk)


@pytest.mark.parametrize("_again", range(3))
def test_of_two_leaders_who_decide_the_same_tie_the_first_counts(cast, visit, _again):
    unit = Position.objects.get(pk=cast.maja.position).unit
    tie = Tie.objects.create(
        child_id=cast.child, worker_id=cast.maja.person, position_id=cast.maja.position, unit=unit, relation="close",
        found="raised", words="Naboer.", seated=True, made_by=cast.omar.person, told_at=timezone.now(),
    )  # fmt: skip
    page = reverse("tie", args=[tie.pk])
    one, other = visit(leader(unit)), visit(leader(unit))
    assert 'name="seen" value="0"' in one.get(page).content.decode()
    typed = [{"outcome": outcome, "reason": "Vurdert.", "seen": 0} for outcome in ("unable", "able")]
    answers = at_once(page, list(zip((one, other), typed, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [302, 403]
    refused = next(answer for answer in answers if answer.status_code == 403)
    assert "En annen leder har nettopp avgjort dette" in refused.content.decode()
    assert Ruling.objects.filter(tie=tie).count() == 1
    assert one.post(page, {"outcome": "able", "reason": "Vurdert anew.", "seen": 1}).status_code == 302
