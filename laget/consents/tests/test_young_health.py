"""What a young person of 16 is asked about its health, and what is shared of it, is the young person's own to read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.consents.access import visible_disclosures, visible_requests
from laget.consents.models import Disclosure, Party, Request
from laget.demo.cast import make_cast
from laget.kernel.period import FOREVER
from laget.sight.models import Forbid, Seat

pytestmark = pytest.mark.django_db
WHY = "Søvnen og tankene."


@pytest.fixture
def cast(db):
    made = make_cast(age=16)
    Forbid.objects.all().delete()
    return made


def asked(cast, kinds, *people):
    request = Request.objects.create(
        child_id=cast.child, service_id=cast.clinic, kinds=["identity", *kinds], text_version="2", why=WHY,
        asked_by_id=cast.maja.person, position_id=cast.maja.position, until=timezone.localdate().replace(year=2099),
        answer_by=FOREVER,
    )  # fmt: skip
    for one in people:
        role = "child" if one.person == cast.child else "parent"
        Party.objects.create(request=request, child_id=cast.child, person_id=one.person, role=role)
    return request


def shared(cast, *kinds):
    return Disclosure.objects.create(
        child_id=cast.child, service_id=cast.clinic, position_id=cast.omar.position, by_id=cast.omar.person,
        ground="F1", sources=[], receiver="Legevakten", kinds=list(kinds), what=WHY, decided_by="self",
        given_on=timezone.localdate(),
    )  # fmt: skip


def read(member, as_app, sight, model):
    """What each lock lets this one read: the same."""
    by_python = set(sight(member.actor).values_list("pk", flat=True))
    with as_app(member.actor):
        by_ground = set(model.objects.values_list("pk", flat=True))
    assert by_python == by_ground
    return by_python


def test_a_question_about_health_that_the_young_person_decides_is_not_its_parents(cast, as_app, visit):
    own, other = asked(cast, ["health"], cast.sara), asked(cast, ["learning"], cast.sara)
    both = asked(cast, ["health"], cast.sara, cast.kari)
    assert read(cast.sara, as_app, visible_requests, Request) == {own.pk, other.pk, both.pk}
    assert read(cast.kari, as_app, visible_requests, Request) == {other.pk, both.pk}
    assert read(cast.per, as_app, visible_requests, Request) == {other.pk}
    page = reverse("consent", args=[own.pk])
    assert visit(cast.kari).get(page).status_code == 404 and visit(cast.sara).get(page).status_code == 200


def test_nothing_of_it_is_in_the_parents_list_of_consents(cast, visit):
    page = reverse("ledger", args=[cast.child])
    before = visit(cast.kari).get(page).content.decode()
    asked(cast, ["health"], cast.sara)
    shared(cast, "health")
    assert len(visit(cast.kari).get(page).content) == len(before.encode())
    assert WHY in visit(cast.sara).get(page).content.decode()


def test_what_was_shared_of_its_health_is_read_by_the_one_to_whom_it_is_told(cast, as_app):
    health, other = shared(cast, "identity", "health"), shared(cast, "learning")
    assert read(cast.sara, as_app, visible_disclosures, Disclosure) == {health.pk, other.pk}
    assert read(cast.kari, as_app, visible_disclosures, Disclosure) == {other.pk}
    Seat.objects.filter(person_id=cast.kari.person).update(health_until=FOREVER)
    assert read(cast.kari, as_app, visible_disclosures, Disclosure) == {health.pk, other.pk}
