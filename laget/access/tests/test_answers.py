"""The pages for trouble: they ask the database nothing, keep what was typed, show a way out, and lead on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from laget.access import answers
from laget.kernel.verdict import refuse

SENTENCE = "Jeg vil helst snakke med Maja"
SECRET = "blå sykkel i regn"
TROUBLE: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": answers.unreadable,
    "403": lambda request: answers.refused(request, refuse("Nei.")),
    "404": answers.not_found,
    "405": lambda request: answers.another_way(request, "POST"),
    "419": lambda request: answers.signed_out(request, kept=False),
    "forged": answers.forged,
    "500": answers.failed,
    "503": answers.unavailable,
}
WORDS = {"nb": "Trenger du hjelp med en gang?", "en": "Need help right now?"}


def asked(method: str = "post", path: str = "/", **headers: str) -> Any:
    typed = {"words": SENTENCE, "password": SECRET, "again": SECRET} if method == "post" else {}
    return getattr(RequestFactory(), method)(path, typed, headers=headers)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", TROUBLE)
def test_trouble_is_told_in_the_readers_language_with_help_and_a_way_out(name: str, language: str) -> None:
    """Without the database: this test may not reach one."""
    with translation.override(language):
        body = TROUBLE[name](asked()).content.decode()
    assert f'<html lang="{language}"' in body and WORDS[language] in body
    assert 'href="tel:116111"' in body and reverse("leave") in body
    assert body.count('class="ds-button" href="') == (0 if name == "503" else 1)


@pytest.mark.parametrize("name", [name for name in TROUBLE if name not in ("400", "405")])
def test_what_was_typed_is_shown_and_what_is_secret_never(name: str) -> None:
    body = TROUBLE[name](asked()).content.decode()
    assert SENTENCE in body
    assert SECRET not in body


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_the_sentences_of_another_page_are_not_shown_as_ours(origin: str) -> None:
    assert SENTENCE not in answers.forged(asked(origin=origin)).content.decode()
    assert SENTENCE in answers.forged(asked(origin="http://testserver", host="testserver")).content.decode()


def test_what_was_kept_in_a_draft_is_not_shown_to_whoever_sits_there_now() -> None:
    assert SENTENCE not in answers.signed_out(asked(), kept=True).content.decode()


@pytest.mark.parametrize(("fault", "large"), [(RequestDataTooBig(), True), (SuspiciousOperation(), False)])
def test_what_cannot_be_taken_in_is_told(fault: Exception, large: bool) -> None:
    with translation.override("nb"):
        answer = answers.unreadable(asked(), fault)
    assert answer.status_code == 400
    assert ("Det er for stort" in answer.content.decode()) is large


def test_an_answer_too_large_comes_with_a_page() -> None:
    body = Client().post(
        reverse("sign_in_letter"), {"name": "a" * (1024 * 1024 + 1)}, headers={"accept-language": "nb"}
    )
    assert body.status_code == 400 and "Vi kunne ikke ta imot det du sendte" in body.content.decode()


def test_trouble_that_was_only_read_offers_the_page_once_more() -> None:
    assert 'href="/cases/?a=1"' in answers.unavailable(asked("get", "/cases/?a=1")).content.decode()


def test_a_form_is_never_the_page_one_comes_back_to() -> None:
    """The address takes only what is sent: after sign-in one stands where the form stood."""
    form = reverse("end_way_in", args=[UUID(int=1)])
    there = {"host": "testserver", "referer": "http://testserver/children/"}
    assert answers.to_sign_in(asked("get", form, **there))["Location"].endswith("next=%2Fchildren%2F")
    there["referer"] = "https://evil.example/children/"
    assert answers.to_sign_in(asked("get", form, **there))["Location"].endswith("next=%2F")


def test_an_address_for_forms_opened_as_a_page_leads_on(db: None) -> None:
    answer = Client().get(reverse("sign_out"), headers={"accept-language": "nb"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Til forsiden min" in answer.content.decode()
