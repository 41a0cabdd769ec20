"""A child gets a page of its own face to face: who must agree, whom it trusts, and what nobody else learns."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.models import Pass
from laget.demo.cast import make_cast
from laget.families.ground import reachable
from laget.participation import ground, rules
from laget.participation.models import NotNow, Setup, Trusted
from laget.people.models import NationalNumber
from laget.sight.models import Seat
from tests.support.same import without_chance

pytestmark = pytest.mark.django_db

MOTHER, FATHER, CHILD = uuid4(), uuid4(), uuid4()
DAY = date(2027, 3, 1)
BOTH = ((MOTHER, True), (FATHER, True))


@pytest.mark.parametrize(
    ("born", "act", "people"),
    [
        (date(2020, 1, 1), "OPPL", {CHILD, MOTHER, FATHER}),
        (date(2014, 1, 1), "OPPL", {CHILD, MOTHER, FATHER}),
        (date(2009, 1, 1), "HOL", {CHILD}),
    ],
)
def test_who_must_agree_follows_the_table_and_the_child_always(born, act, people):
    found = rules.must_agree(CHILD, born, DAY, act, BOTH)
    assert CHILD in found.people and not found.fault
    assert found.people == people


def test_a_parent_without_proven_responsibility_is_not_asked():
    found = rules.must_agree(CHILD, date(2014, 1, 1), DAY, "OPPL", ((MOTHER, True), (FATHER, False)))
    assert found.people == {CHILD, MOTHER}


def test_nobody_proven_and_a_service_outside_the_table_can_not_set_up():
    assert rules.must_agree(CHILD, date(2014, 1, 1), DAY, "OPPL", ((MOTHER, False),)).fault == rules.UNPROVEN
    assert rules.must_agree(CHILD, date(2014, 1, 1), DAY, "INT", BOTH).fault == rules.NOT_HERE
    assert rules.must_agree(CHILD, date(2014, 1, 1), DAY, "KRIS", BOTH).fault == rules.NOT_HERE


@pytest.mark.parametrize(
    ("check", "words", "fault"),
    [("passport", "", ""), ("known", " ", rules.NO_WORDS), ("known", "Siden 1. klasse", "")],
)
def test_who_is_known_is_described(check, words, fault):
    assert rules.fault_of_check(check, words) == fault


@pytest.fixture
def twelve(db):
    """Sara at twelve, without a page of her own yet; Per, who is kept away, has no proven responsibility."""
    from laget.families.models import Parent

    cast = make_cast(age=12)
    Seat.objects.filter(kind="child").delete()
    Parent.objects.filter(person_id=cast.per.person).update(responsibility=False)
    return cast


def said(cast, **other):
    return {
        "checked": "with_parent", "words": "Kari viste pass.", "handed": "hand", "maturity": "Sara vil det selv.",
        "agreed": [str(cast.child), str(cast.kari.person)], "trusted": str(cast.omar.position), **other,
    }  # fmt: skip


def address(cast):
    return reverse("set_up", args=[cast.child, cast.child])


def test_a_child_gets_a_page_of_its_own(twelve, visit):
    cast, client = twelve, visit(twelve.maja)
    assert "Barnet har ikke egen side ennå" in client.get(reverse("ways_in", args=[cast.child])).content.decode()
    body = client.post(address(cast), said(cast)).content.decode()
    assert 'href="tel:116111"' in body and "116&nbsp;111" in body and "Påloggingsnavn" in body
    seat = Seat.objects.get(kind="child")
    setup = Setup.objects.get()
    assert (seat.person_id, seat.origin, seat.origin_id) == (cast.child, "set_up", setup.pk)
    assert set(setup.agreed) == {cast.child, cast.kari.person}
    assert Trusted.objects.get().position_id == cast.omar.position
    assert "Barnet har ikke egen side ennå" not in client.get(reverse("ways_in", args=[cast.child])).content.decode()


@pytest.mark.parametrize("missing", ["agreed", "child", "maturity", "trusted", "checked", "handed", "words"])
def test_nothing_begins_before_all_is_in_place_and_what_was_typed_is_kept(twelve, visit, missing):
    cast = twelve
    other = {"agreed": {"agreed": [str(cast.child)]}, "child": {"agreed": [str(cast.kari.person)]}}
    typed = said(cast, **other.get(missing, {missing: ""}))
    answer = visit(cast.maja).post(address(cast), typed)
    assert answer.status_code == 422
    assert missing == "words" or "Kari viste pass." in answer.content.decode()
    assert not Pass.objects.exists() and not Seat.objects.filter(kind="child").exists()


def test_somebody_outside_the_team_can_not_be_chosen(twelve, visit):
    cast = twelve
    for position in (cast.otto.position, cast.vera.position, uuid4()):
        assert visit(cast.maja).post(address(cast), said(cast, trusted=str(position))).status_code == 422
    assert not Pass.objects.exists()


def test_who_has_a_way_in_is_reached_also_without_a_national_number(twelve, visit, as_app):
    cast = twelve
    NationalNumber.objects.filter(person_id=cast.child).delete()
    visit(cast.maja).post(address(cast), said(cast))
    with as_app(cast.maja.actor):
        assert cast.child in reachable(cast.child)
    Pass.objects.update(until=timezone.now())
    with as_app(cast.maja.actor):
        assert cast.child not in reachable(cast.child)


def test_the_child_changes_whom_it_trusts_and_its_parents_do_not_see_it(cast, visit, as_app):
    page = reverse("trusted", args=[cast.child])
    client = visit(cast.sara)
    assert client.get(page).status_code == 200
    assert client.post(page, {"trusted": str(cast.omar.position)}).status_code == 302
    assert client.post(page, {"trusted": str(cast.omar.position)}).status_code == 302
    assert Trusted.objects.count() == 1
    client.post(page, {"trusted": "nobody"})
    assert Trusted.objects.order_by("-at").first().position_id is None
    assert client.post(page, {"trusted": str(cast.otto.position)}).status_code == 422
    for member in (cast.kari, cast.per, cast.maja, cast.otto, cast.ada):
        assert visit(member).get(page).status_code == 404
        assert visit(member).post(page, {"trusted": "nobody"}).status_code == 404
    with as_app(cast.kari.actor):
        assert not Trusted.objects.exists()
    with as_app(cast.omar.actor):
        assert Trusted.objects.count() == 2
    with as_app(cast.otto.actor):
        assert not Trusted.objects.exists()


def test_not_now_is_a_full_answer_said_once(cast, visit, as_app):
    subject, page = uuid4(), reverse("not_now", args=[cast.child])
    client = visit(cast.sara)
    for _time in range(2):
        answer = client.post(page, {"subject": str(subject), "next": "//evil.example"})
        assert answer.status_code == 302 and answer["Location"] == "/"
    assert NotNow.objects.get().subject == subject
    assert client.post(page, {"subject": "x"}).status_code == 404
    for member in (cast.kari, cast.per, cast.maja, cast.otto):
        assert visit(member).post(page, {"subject": str(subject)}).status_code == 404
    with as_app(cast.kari.actor):
        assert not NotNow.objects.exists()
    with as_app(cast.maja.actor):
        assert NotNow.objects.exists()


def test_a_letter_lasts_two_weeks(twelve, visit):
    visit(twelve.maja).post(address(twelve), said(twelve))
    kept = Pass.objects.get()
    assert timedelta(days=13, hours=23) < kept.letter_until - timezone.now() <= timedelta(days=14)


def test_a_young_person_with_an_electronic_id_gets_a_page_and_no_letter(twelve, visit):
    cast, client = twelve, visit(twelve.maja)
    answer = client.post(address(cast), said(cast, handed="eid"), follow=True).content.decode()
    assert "Siden er åpen" in answer and "Påloggingsnavn" not in answer
    assert Seat.objects.get(kind="child").origin == "set_up" and not Pass.objects.exists()
    setup = Setup.objects.get()
    assert (setup.handed, setup.until) == ("eid", setup.at), "it was opened, and there is no way in of its own to end"


def test_opening_the_page_ends_no_letter_that_stands(twelve, visit):
    cast, client = twelve, visit(twelve.maja)
    client.post(address(cast), said(cast))
    before = Pass.objects.get()
    client.post(address(cast), said(cast, handed="eid"))
    assert Pass.objects.get().until == before.until and Seat.objects.filter(kind="child").count() == 1


def test_a_grown_up_gets_no_page_without_a_letter(twelve, visit):
    cast = twelve
    page = reverse("set_up", args=[cast.child, cast.kari.person])
    typed = {"checked": "passport", "handed": "eid", "words": ""}
    assert visit(cast.maja).post(page, typed).status_code == 422
    assert not Setup.objects.exists()


def test_one_who_has_only_asked_opens_the_page_and_makes_no_letter(twelve, visit, as_app):
    cast = twelve
    Seat.objects.create(
        child_id=cast.child, person_id=cast.otto.person, kind="asking", position_id=cast.otto.position, origin="t"
    )
    client = visit(cast.otto)
    body = client.get(address(cast)).content.decode()
    assert "gir derfor ikke noe brev" in body and 'value="hand"' not in body and 'value="eid"' in body
    typed = said(cast, trusted="nobody", agreed=[str(cast.child), str(rules.HOLDERS)])
    assert client.post(address(cast), typed).status_code == 422
    assert client.post(reverse("set_up", args=[cast.child, cast.kari.person]), typed).status_code == 404
    assert not Setup.objects.exists()
    client.post(address(cast), {**typed, "handed": "eid"})
    assert Seat.objects.get(kind="child").origin == "set_up"
    assert not Pass.objects.exists() and not Trusted.objects.exists()
    with as_app(cast.otto.actor), pytest.raises(DatabaseError, match="only for the family"), transaction.atomic():
        facts = {"id": str(uuid4()), "person": str(cast.child), "agreed": []}
        ground.set_up(cast.child, cast.otto.position, b"n", b"l", timezone.now(), facts)


def test_one_who_only_asks_does_not_learn_what_parents_the_child_has(twelve, visit):
    """Who types a child's number to see whether it is known reads nothing else here, however it is known."""
    from laget.families.models import Parent

    cast = twelve
    Seat.objects.create(
        child_id=cast.child, person_id=cast.otto.person, kind="asking", position_id=cast.otto.position, origin="t"
    )
    client, seen = visit(cast.otto), []
    for holders in ([cast.kari.person], [cast.kari.person, cast.per.person], []):
        Parent.objects.filter(child_id=cast.child).update(responsibility=False)
        Parent.objects.filter(child_id=cast.child, person_id__in=holders).update(responsibility=True)
        pages = (reverse("ways_in", args=[cast.child]), address(cast))
        seen.append([without_chance(client.get(page).content.decode()) for page in pages])
    assert seen[0] == seen[1] == seen[2]
    assert str(cast.kari.person) not in seen[0][1] and str(rules.HOLDERS) in seen[0][1]
