"""How strongly an answer was given is kept with it, and who asks for a yes has not made the letter it is given by."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import Refused
from laget.cases import rights as case_rights
from laget.cases.models import Baton, Case
from laget.consents.actions import answer, withdraw
from laget.consents.models import Answer, Party, Request
from laget.demo.clock import ahead
from laget.families.access import may_link_siblings
from laget.families.models import Child
from laget.kernel.actor import LETTER
from laget.participation.models import Setup
from laget.sight.models import Cover, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """Kari is asked by Maja whether the school may know something."""
    request = Request.objects.create(
        child_id=cast.child, service_id=cast.school, kinds=["identity", "everyday"], text_version="2",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, typed={}, answer_by=ahead(9),
        until=timezone.localdate().replace(year=timezone.localdate().year + 1, day=1),
    )  # fmt: skip
    Party.objects.create(request=request, child_id=cast.child, person_id=cast.kari.person, role="parent")
    Seat.objects.filter(person_id=cast.kari.person, child_id=cast.child).update(for_letter=True)
    return request


def letter_from(cast, member):
    return Setup.objects.create(
        child_id=cast.child, person_id=cast.kari.person, position_id=member.position, checked="known", handed="hand",
        letter_until=ahead(9),
    )  # fmt: skip


def by_letter(member):
    return replace(member.actor, strength=LETTER)


def says(as_app, actor, request, *kinds):
    with as_app(actor):
        return answer(actor, request, kinds).value


def shared(cast):
    return Cover.objects.in_force().filter(service_id=cast.school).exists()


def test_a_yes_by_a_letter_that_another_made_counts_and_says_what_it_is(cast, asked, as_app):
    letter_from(cast, cast.omar)
    given = says(as_app, by_letter(cast.kari), asked, "everyday")
    assert given.form == "letter" and shared(cast)
    with as_app(by_letter(cast.kari)):
        assert withdraw(by_letter(cast.kari), asked).value.form == "letter"
    assert not shared(cast)


def test_a_yes_by_a_letter_that_the_asker_made_does_not_count_and_a_no_does(cast, asked, as_app):
    letter_from(cast, cast.maja)
    with pytest.raises(Refused):
        says(as_app, by_letter(cast.kari), asked, "everyday")
    assert not Answer.objects.exists() and not shared(cast)
    assert says(as_app, by_letter(cast.kari), asked).form == "letter"
    assert says(as_app, cast.kari.actor, asked, "everyday").form == "own_sign_in"
    assert shared(cast)
    with as_app(by_letter(cast.kari)):
        withdraw(by_letter(cast.kari), asked)
    assert not shared(cast), "a yes is always as easy to take back"


def test_when_nobody_knows_who_made_the_letter_it_counts_as_the_asker(cast, asked, as_app):
    with pytest.raises(Refused):
        says(as_app, by_letter(cast.kari), asked, "everyday")


def test_the_page_says_why_and_offers_no_yes(cast, asked, visit, monkeypatch):
    letter_from(cast, cast.maja)
    page = reverse("consent", args=[asked.pk])
    client = visit(cast.kari)
    assert 'value="yes"' in client.get(page).content.decode()
    session = client.session
    session["sign_in"] = {**session["sign_in"], "strength": LETTER}
    session.save()
    body = client.get(page).content.decode()
    assert "Du kan ikke si ja her" in body and 'value="yes"' not in body and 'value="no"' in body
    assert client.post(page, {"answer": "yes", "kinds": ["everyday"]}).status_code == 403
    assert not Answer.objects.exists()


def test_what_lets_others_in_asks_for_more_than_a_letter(cast, as_app):
    Case.objects.filter(pk=cast.case.pk).update(closed_at=timezone.now())
    Baton.objects.filter(case=cast.case).update(until=timezone.now())
    with as_app(cast.kari.actor):
        case = Case.objects.get(pk=cast.case.pk)
        assert case_rights.may_reopen(cast.kari.actor, case)
        refused = case_rights.may_reopen(by_letter(cast.kari), case)
        assert not refused and "BankID" in str(refused.reason)
        child = Child.objects.get(pk=cast.child)
        assert "BankID" in str(may_link_siblings(by_letter(cast.kari), child).reason)


def test_an_answer_by_letter_is_one_that_nobody_else_widens(cast, asked, as_app):
    from laget.consents import ground

    letter_from(cast, cast.omar)
    says(as_app, by_letter(cast.kari), asked, "everyday")
    with as_app(cast.maja.actor):
        assert ground.signed(asked.pk, cast.kari.person)
