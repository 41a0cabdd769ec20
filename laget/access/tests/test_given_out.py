"""What is carried away is asked for anew when it is made; what can't be made says so and loses nothing."""

import logging
from threading import Thread
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from laget.access.tests import pages
from laget.audit.models import Reading
from laget.cases.models import Case
from laget.directory.models import Position
from laget.kernel.period import FOREVER
from laget.sight.models import Cover, Forbid, Seat

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.locks, pytest.mark.urls("laget.access.tests.pages"),
]  # fmt: skip


@pytest.fixture
def meanwhile(monkeypatch):
    """Run a deed to its commit, by another connection, while the page makes its file."""

    def let(deed):
        def elsewhere():
            def run():
                try:
                    deed()
                finally:
                    connection.close()

            other = Thread(target=run)
            other.start()
            other.join(20)
            assert not other.is_alive()

        monkeypatch.setattr(pages, "meanwhile", [elsewhere])

    return let


def withdrawn(cast):
    Cover.objects.filter(child_id=cast.child).update(until=timezone.now())


def seat_ended(cast):
    Seat.objects.filter(person_id=cast.maja.person).update(until=timezone.now())


def shut_out(cast):
    Forbid(
        child_id=cast.child, person_id=cast.maja.person, origin="test", since=timezone.now(), until=FOREVER
    ).save(force_insert=True)  # fmt: skip


def position_ended(cast):
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now())


def signed_out(cast):
    Session.objects.all().delete()


def right_lost(cast):
    Case.objects.filter(pk=cast.case.pk).update(level="3")


@pytest.mark.parametrize("deed", [withdrawn, seat_ended, shut_out, position_ended, signed_out, right_lost])
def test_what_is_taken_away_while_a_file_is_made_is_not_given_out(cast, visit, meanwhile, deed):
    client = visit(cast.maja)
    meanwhile(lambda: deed(cast))
    answer = client.get(f"/file/{cast.case.pk}/")
    assert answer.status_code == 404
    assert b"all of it" not in answer.content
    assert not Reading.objects.exists()


def test_a_file_that_one_may_still_have_is_given_out_and_recorded(cast, visit, meanwhile):
    client = visit(cast.maja)
    meanwhile(lambda: Seat.objects.filter(person_id=cast.omar.person).update(until=timezone.now()))
    answer = client.get(f"/file/{cast.case.pk}/")
    assert (answer.status_code, answer.content) == (200, b"all of it")
    assert Reading.objects.get().page == "access.file"


def test_what_can_not_be_made_is_a_calm_page_and_no_reading(cast, visit, caplog):
    client = visit(cast.maja)
    with caplog.at_level(logging.ERROR, "laget.access.middleware"):
        answer = client.get(f"/document/{cast.case.pk}/")
    assert answer.status_code == 503
    assert "Dokumentet kunne ikke lages nå" in answer.content.decode()
    assert not Reading.objects.exists()
    said = [one.getMessage() for one in caplog.records if one.name == "laget.access.middleware"]
    assert len(said) == 1 and said[0].endswith(": report: the compiler ended with 1")


def test_what_was_typed_stands_on_the_page_of_what_can_not_be_made(cast, visit):
    answer = visit(cast.maja).post(f"/document/{cast.case.pk}/", {"words": "Dette skrev jeg.", "key": str(uuid4())})
    assert answer.status_code == 503
    assert "Dette skrev jeg." in answer.content.decode()
