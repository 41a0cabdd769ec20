"""Who gets which page, that nothing typed is lost, and that a number never gets in."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.concerns.models import Talk, Worry
from laget.consents.models import Request
from laget.consents.tests.test_pages import body, family_form, wish
from laget.notices.models import Notice
from laget.people.rules import synthetic_number

SEEN = "Gutten har ikke matpakke, tre dager denne uka."


def typed(**changes):
    words = {"seen": SEEN, "well": "Han leker godt.", "wonder": "Får han frokost?", "label": "den røde jakka"}
    return {"safe": "yes", **words, **changes}


@pytest.fixture
def client(cast, visit):
    return visit(cast.maja)


def written(client, **changes):
    answer = client.post(reverse("worry_new"), typed(**changes))
    assert answer.status_code == 302, body(answer)
    return Worry.objects.order_by("-noted_at").first()


def at(name, worry):
    return reverse(name, args=[worry.pk])


PAGES = (
    "worry", "worry_words", "worry_leader", "worry_parents", "worry_child", "worry_safe", "worry_duty", "worry_decide",
    "worry_close", "worry_reported", "worry_ask", "worry_keep", "worry_delete",
)  # fmt: skip


def test_writing_takes_one_page(cast, client):
    page = body(client.get(reverse("worry_new")))
    assert "Er det trygt å snakke med foreldrene?" in page and reverse("ask") in page
    worry = written(client)
    page = body(client.get(at("worry", worry)))
    assert SEEN in page and "den røde jakka" in page
    assert "den røde jakka" in body(client.get(reverse("home")))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_the_owner(client, page):
    assert client.get(at(page, written(client))).status_code == 200
