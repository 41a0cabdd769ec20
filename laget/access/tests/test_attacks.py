"""What somebody would try on the gate itself: each attack by its name, and that it leads nowhere."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.test import Client

from laget.audit.models import Reading
from laget.demo.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("laget.access.tests.pages")]


@pytest.mark.parametrize(("words", "readings"), [("faulty", 1), ("stale", 1), ("refused", 0), ("hei", 0)])
def test_nobody_reads_unrecorded_by_posting_something_faulty(cast: Cast, visit, words: str, readings: int) -> None:
    """A form that comes back shows what the page shows; what was carried out or refused shows nothing."""
    visit(cast.maja).post(f"/write/{cast.case.pk}/", {"words": words, "key": str(uuid4())})
    found = list(Reading.objects.values_list("page", "children", "kinds"))
    assert found == [("access.write", [cast.child], ["everyday", "identity", "learning"])][:readings]


@pytest.mark.parametrize("key", ["", "x" * 100_000, "\0", "{}", "urn:uuid:00000000-0000-4000-8000-000000000001"])
def test_a_forged_key_breaks_nothing(cast: Cast, visit, key: str) -> None:
    assert visit(cast.maja).post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key}).status_code == 302


def test_another_persons_key_answers_nothing(cast: Cast, visit) -> None:
    key = str(uuid4())
    first = visit(cast.maja).post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    second = visit(cast.vera).post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    assert (first.status_code, second.status_code) == (302, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["\\000", "a\\000b", "'; DROP", "", "å", "x" * 5000])
def test_what_is_no_sessions_key_is_no_session(cookie):
    client = Client(raise_request_exception=False)
    name = configured.SESSION_COOKIE_NAME
    answer = client.get("/directory/", headers={"cookie": f'{name}="{cookie}"'})
    assert answer.status_code == 302
