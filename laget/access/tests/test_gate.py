"""The four locks from the outside: what opens, what is refused, what is recorded, and what is carried out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import Error
from django.test import Client
from django.utils import timezone

from laget.access.models import Draft, Receipt
from laget.audit.models import Entry, Reading
from laget.cases.models import Log
from laget.demo.cast import Cast, Member, child, cover, open_case, seat
from laget.directory.models import Position
from laget.law.kinds import Kind
from laget.sight.models import SeatKind
from tests.support.cast import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.urls("laget.access.tests.pages")]
Visit = Callable[[Member], Client]


def test_a_view_without_a_gate_does_not_open(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.maja).get("/ungated/")
    assert answer.status_code == 404
    assert b"secret" not in answer.content


def test_a_public_page_opens_for_anybody(client: Client) -> None:
    assert client.get("/public/").content == b"hello"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("maja", 200), ("omar", 200), ("vera", 404), ("idris", 404), ("otto", 404), ("ada", 404), ("liv", 404),
        ("kari", 200), ("per", 404), ("sara", 200),
    ],
)  # fmt: skip
def test_who_opens_the_page_of_one_case(cast: Cast, visit: Visit, who: str, status: int) -> None:
    assert visit(getattr(cast, who)).get(f"/one/{cast.case.pk}/").status_code == status


def test_out_of_sight_answers_as_if_it_did_not_exist(cast: Cast, visit: Visit) -> None:
    client = visit(cast.vera)
    hidden = client.get(f"/one/{cast.case.pk}/")
    missing = client.get(f"/one/{uuid4()}/")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def test_another_capacity_does_not_know_the_page(cast: Cast, visit: Visit) -> None:
    assert visit(cast.kari).get(f"/workers/{cast.case.pk}/").status_code == 404


def test_a_page_of_a_role_does_not_exist_for_others(cast: Cast, visit: Visit) -> None:
    assert visit(cast.ada).get("/known/").status_code == 200
    hidden, missing = visit(cast.maja).get("/known/"), visit(cast.maja).get(f"/one/{uuid4()}/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "administrators" not in hidden.content.decode()


def test_a_refused_right_says_why_and_is_recorded(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.omar).get(f"/holder/{cast.case.pk}/")
    assert answer.status_code == 403
    assert b"Only the holder may do this." in answer.content
    assert b"for the holder" not in answer.content
    assert Entry.objects.filter(event="access.refused", person=cast.omar.person, child=cast.child).count() == 1


def test_a_page_is_recorded_with_the_kinds_it_could_show(cast: Cast, visit: Visit) -> None:
    visit(cast.omar).get(f"/one/{cast.case.pk}/")
    reading = Reading.objects.get(person=cast.omar.person)
    assert (reading.page, reading.children, reading.object_id) == ("access.one", [cast.child], cast.case.pk)
    assert reading.kinds == ["everyday", "health", "identity"]


def test_a_list_is_one_reading_naming_the_children(cast: Cast, visit: Visit) -> None:
    assert visit(cast.maja).get("/several/").content == b"1 cases"
    assert Reading.objects.get().children == [cast.child]


def test_what_a_list_could_show_of_one_child_is_not_said_of_another(cast: Cast, visit: Visit) -> None:
    other = child("Nils", "Lie", date(2020, 3, 1), cast.maja.person, serial=2)
    seat(other, cast.maja, SeatKind.SERVICE)
    cover(other, cast.kindergarten, (Kind.IDENTITY, Kind.CHILD_WELFARE))
    open_case(other, cast.maja, cast.kindergarten)
    assert visit(cast.maja).get("/several/").content == b"2 cases"
    said = {one.children[0]: one.kinds for one in Reading.objects.all()}
    assert said == {cast.child: ["everyday", "identity", "learning"], other: ["child_welfare", "identity"]}
    with acting_as(cast.kari.actor):
        assert [one.kinds for one in Reading.objects.all()] == [said[cast.child]]


def test_looking_changes_nothing(cast: Cast, visit: Visit) -> None:
    client = visit(cast.maja)
    with pytest.raises(Error, match="read-only"):
        client.get(f"/writes/{cast.case.pk}/")
    assert not Entry.objects.filter(event="access.wrote").exists()


def test_a_double_click_is_carried_out_once(cast: Cast, visit: Visit) -> None:
    client, key = visit(cast.maja), str(uuid4())
    first = client.post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    second = client.post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    assert first["Location"] == second["Location"]
    assert Log.objects.filter(words="hei").count() == 1


def test_a_second_click_is_answered_though_the_first_ended_the_sight(cast: Cast, visit: Visit) -> None:
    client, key = visit(cast.maja), str(uuid4())
    first = client.post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now() - timedelta(seconds=1))
    second = client.post(f"/write/{cast.case.pk}/", {"words": "hei", "key": key})
    assert (second.status_code, second["Location"]) == (302, first["Location"])


@pytest.mark.parametrize("there", [True, False])
def test_what_was_typed_is_shown_back_when_the_sight_is_gone(cast: Cast, visit: Visit, there: bool) -> None:
    case = cast.case.pk if there else uuid4()
    answer = visit(cast.vera).post(f"/write/{case}/", {"words": "<b>Dette skrev jeg.</b>", "key": str(uuid4())})
    assert answer.status_code == 404
    assert "&lt;b&gt;Dette skrev jeg." in answer.content.decode()


@pytest.mark.parametrize(("words", "status"), [("faulty", 422), ("refused", 403), ("stale", 409), ("gone", 404)])
def test_what_fails_leaves_no_half_write_and_no_receipt(cast: Cast, visit: Visit, words: str, status: int) -> None:
    answer = visit(cast.maja).post(f"/write/{cast.case.pk}/", {"words": words, "key": str(uuid4())})
    assert answer.status_code == status
    assert not Log.objects.exists()
    assert not Receipt.objects.exists()


def test_a_conflict_shows_both_texts(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.maja).post(f"/write/{cast.case.pk}/", {"words": "stale", "key": str(uuid4())})
    assert b"mine" in answer.content
    assert b"yours" in answer.content


def _idle(client: Client, minutes: int) -> None:
    session = client.session
    seen = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    session["sign_in"] = {**session["sign_in"], "seen": seen}
    session.save()


def test_what_is_posted_to_a_locked_session_is_kept_and_not_carried_out(cast: Cast, visit: Visit) -> None:
    client = visit(cast.maja)
    _idle(client, 31)
    answer = client.post(f"/write/{cast.case.pk}/", {"words": "nesten mistet", "key": str(uuid4())})
    assert answer.status_code == 419
    assert not Log.objects.exists()
    draft = Draft.objects.get()
    assert (draft.person_id, draft.form) == (cast.maja.person, f"/write/{cast.case.pk}/")
    assert b"nesten mistet" not in bytes(draft.sealed)


@pytest.mark.parametrize(
    ("who", "minutes", "status"), [("kari", 14, 200), ("kari", 16, 302), ("maja", 29, 200), ("maja", 31, 302)]
)
def test_an_idle_session_is_locked(cast: Cast, visit: Visit, who: str, minutes: int, status: int) -> None:
    client = visit(getattr(cast, who))
    _idle(client, minutes)
    assert client.get(f"/one/{cast.case.pk}/").status_code == status


def test_nobody_signed_in_is_led_to_sign_in(cast: Cast, client: Client) -> None:
    answer = client.get(f"/one/{cast.case.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_gated_answers_are_never_cached(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.maja).get(f"/one/{cast.case.pk}/")
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_position_that_ended_opens_nothing_on_the_next_click(cast: Cast, visit: Visit) -> None:
    client = visit(cast.maja)
    assert client.get(f"/one/{cast.case.pk}/").status_code == 200
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/one/{cast.case.pk}/").status_code == 404
