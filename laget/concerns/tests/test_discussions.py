"""An anonymous discussion holds a topic and advice, refuses what tells who it is, and is its owner's until its day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.audit.models import Entry, Reading
from laget.concerns import sweeps
from laget.concerns.actions import note_discussion
from laget.concerns.models import Discussion
from laget.concerns.tests.test_pages import NUMBER
from laget.consents.tests.test_pages import body
from laget.kernel.errors import Invalid
from tests.support.same import alike

TOPIC = "Et barn som ofte er trøtt og sulten, og foreldre som sier nei til samtale."
DAY = timezone.localdate().isoformat()


def typed(**changes):
    return {
        "on": DAY,
        "who": "barnevernet",
        "topic": TOPIC,
        "advice": "Prøv en samtale til, meld hvis det ikke hjelper.",
    } | changes


@pytest.fixture
def client(cast, visit):
    return visit(cast.maja)


@pytest.fixture
def noted(client):
    assert client.post(reverse("discussion_new"), typed()).status_code == 302
    return Discussion.objects.get()


def test_it_is_written_and_read_again(client, noted):
    assert TOPIC in body(client.get(reverse("discussions"))) and TOPIC in body(
        client.get(reverse("discussion", args=[noted.pk]))
    )
    assert not Reading.objects.filter(page__startswith="concerns.").exists()
    told = Entry.objects.get(event="concerns.discussed")
    assert (told.child, told.details) == (None, {}) and TOPIC.encode() not in bytes(noted.sealed)


@pytest.mark.parametrize("field", ["topic", "advice", "who"])
@pytest.mark.parametrize(
    "what",
    [
        NUMBER,
        "hos Emil i går",
        "ring 415 55 123",
        "post@hjemme.no",
        "i Storgata 12",
        "født 14.3.2020",
        "moren til Sara",
    ],
)
def test_what_may_tell_who_it_is_cannot_be_saved(client, field, what):
    for more in ({}, {"anyway": "1", "pointed_at": f"{field}:{what.casefold()}"}):
        answer = client.post(reverse("discussion_new"), typed(**{field: f"det gjelder {what}"}, **more))
        page = body(answer)
        assert answer.status_code == 422 and not Discussion.objects.exists()
        assert "lagre det som det er" not in page.casefold() and "Slik det står, kan det ikke lagres" in page


def test_the_action_refuses_it_too(cast, as_app):
    for text in (NUMBER, "det gjelder Emil", "i Storgata 12"):
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            note_discussion(cast.maja.actor, topic=text, advice="", who="", on=timezone.localdate())


@pytest.mark.parametrize("who", ["liv", "otto", "omar", "vera", "ada", "kari", "per", "sara"])
def test_nobody_but_the_owner_learns_anything(cast, noted, visit, who):
    other = visit(getattr(cast, who))
    hidden, missing = ((other.get(reverse("discussion", args=[one])), one) for one in (noted.pk, uuid4()))
    assert hidden[0].status_code == 404 and alike(hidden, missing)
    assert other.post(reverse("discussion", args=[noted.pk]), {}).status_code == 404
    assert TOPIC not in body(other.get(reverse("discussions"), follow=True)) and Discussion.objects.exists()


def test_it_is_deleted_by_its_owner_and_on_its_day(client, noted, monkeypatch):
    def sweep(days):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(timezone.now() + timedelta(days=days))

    left = (noted.kept_until - timezone.localdate()).days
    sweep(left - 2)
    assert Discussion.objects.exists()
    sweep(left + 1)
    assert not Discussion.objects.exists()
    client.post(reverse("discussion_new"), typed())
    assert client.post(reverse("discussion", args=[Discussion.objects.get().pk]), {}).status_code == 302
    assert not Discussion.objects.exists()
