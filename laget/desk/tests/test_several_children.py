"""A parent of several children sees first whose request waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from laget.consents.models import Answer, Party, Request
from laget.demo.cast import Cast, Family, Member, child, seat
from laget.demo.clock import ahead
from laget.sight.models import SeatKind

pytestmark = pytest.mark.django_db
WAITS = "Venter på svar fra deg"


@pytest.fixture
def asked(cast: Cast, family: Family) -> Request:
    sister = child("Aase", "Strand", date(2019, 3, 1), cast.maja.person, serial=2)
    seat(sister, family.mother, SeatKind.PARENT)
    request = Request.objects.create(
        child_id=family.child, service_id=cast.clinic, kinds=["identity"], text_version="1",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, answer_by=ahead(3),
    )  # fmt: skip
    Party.objects.create(request=request, child_id=family.child, person_id=family.mother.person, role="parent")
    return request


def test_the_one_that_waits_stands_first(family: Family, asked: Request, visit: Callable[[Member], Client]) -> None:
    body = visit(family.mother).get("/").content.decode()
    assert body.count(WAITS) == 1
    assert body.index("Emil") < body.index(WAITS) < body.index("Aase")


def test_nothing_waits_after_the_answer(family: Family, asked: Request, visit: Callable[[Member], Client]) -> None:
    Answer.objects.create(
        request=asked, child_id=family.child, person_id=family.mother.person, form="own_sign_in", text_version="1"
    )
    assert WAITS not in visit(family.mother).get("/").content.decode()
