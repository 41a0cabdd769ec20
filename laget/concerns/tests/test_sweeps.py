"""Each worry is deleted on its own day, with the worker's own rights; what is not over stays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.models import Draft
from laget.audit.models import Entry
from laget.concerns import actions, sweeps
from laget.concerns.models import Talk, Worry
from laget.demo.clock import ahead
from laget.directory.models import Position
from laget.kernel.period import FOREVER


@pytest.fixture
def sweep(monkeypatch):
    """One round, as the worker's login."""

    def run(days=0):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(ahead(days))

    return run


@pytest.fixture
def worry(cast, as_app):
    with as_app(cast.maja.actor):
        written = actions.write_worry(cast.maja.actor, cast.maja.position, actions.Words("Ikke matpakke."), "yes").value
    return Worry.objects.get(pk=written.pk)


def test_it_is_deleted_on_its_day_and_not_before(worry, sweep):
    left = (worry.kept_until - timezone.localdate()).days
    sweep(left - 1)
    assert Worry.objects.filter(pk=worry.pk).exists()
    Draft.objects.create(
        person_id=worry.owner_id, form=reverse("worry_child", args=[worry.pk]), sealed=b"x", until=FOREVER
    )
    other = Draft.objects.create(person_id=worry.owner_id, form=reverse("worry_new"), sealed=b"x", until=FOREVER)
    sweep(left)
    assert not Worry.objects.exists() and not Talk.objects.exists()
    assert list(Draft.objects.all()) == [other]
    told = Entry.objects.get(event="concerns.deleted_by_time")
    assert (told.object_id, told.child, told.details) == (worry.pk, None, {})
    sweep(left)
    assert Entry.objects.filter(event="concerns.deleted_by_time").count() == 1


def test_notes_of_who_has_left_are_deleted_after_a_while(cast, worry, sweep):
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now())
    sweep(13)
    assert Worry.objects.exists()
    sweep(15)
    assert not Worry.objects.exists()


def test_who_works_on_keeps_them(cast, worry, sweep):
    old = Position.objects.get(pk=cast.maja.position)
    Position.objects.create(person_id=old.person_id, unit=old.unit, title="Styrer")
    Position.objects.filter(pk=old.pk).update(until=timezone.now())
    sweep(15)
    assert Worry.objects.exists()


def test_the_web_may_not_sweep(cast, worry):
    with pytest.raises(Exception, match="permission denied"):
        sweeps.run()
    assert Worry.objects.exists()
