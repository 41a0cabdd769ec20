"""Whether the record is whole: kept by whoever walks it, read by the officer, who is told when it does not hold."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.demo.cast import make_officer
from laget.notices.models import Notice
from laget.trust import sweeps
from laget.trust.models import Verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast):
    return make_officer()


def test_the_officer_reads_what_was_found(cast, visit, officer):
    eir = visit(officer)
    assert "de siste to døgnene" in eir.get(reverse("trust")).content.decode()
    Verification.objects.create(holds=True, seals=7, rows=42)
    page = eir.get(reverse("trust")).content.decode()
    assert "de siste to døgnene" not in page
    assert "7" in page
    assert "42" in page
    Verification.objects.create(holds=False, sort="changed", words="entry 12 has another hash")
    assert "entry 12 has another hash" in eir.get(reverse("trust")).content.decode()


def test_every_officer_is_told_once(cast, officer, monkeypatch):
    Verification.objects.create(holds=False, sort="cut", words="the end is cut off")
    Verification.objects.create(holds=True, seals=1, rows=1)
    monkeypatch.setattr(database, "assumed_role", "laget_worker")
    sweeps._not_whole()
    sweeps._not_whole()
    assert list(Notice.objects.filter(event="trust.not_whole").values_list("recipient_id", flat=True)) == [
        officer.person
    ]


@pytest.mark.parametrize("who", ["maja", "liv", "ada", "kari"])
def test_nobody_else_reads_it(cast, as_app, who):
    Verification.objects.create(holds=True, at=timezone.now())
    with as_app(getattr(cast, who).actor):
        assert not Verification.objects.exists()
