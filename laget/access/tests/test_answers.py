"""The pages for trouble ask the database nothing, so that they can be shown when it is gone."""

from __future__ import annotations

from django.test import RequestFactory

from laget.access import answers


def test_trouble_has_a_page_without_the_database() -> None:
    request = RequestFactory().get("/")
    assert answers.unavailable(request).status_code == 503
    assert answers.failed(request).status_code == 500
    assert b"<h1" in answers.failed(request).content
