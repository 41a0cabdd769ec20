"""A consent that ends, or no longer fits, is a task in time; it is asked again in one step, never by silence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.cases.actions import move_level
from laget.cases.actions.offers import accept_baton, offer_baton
from laget.consents import sweeps
from laget.consents.access import visible_renewals, waiting_renewals
from laget.consents.actions import answer, renew, withdraw
from laget.consents.models import Cause, Party, Renewal, Request
from laget.consents.tests.test_pages import body
from laget.families.models import Child
from laget.families.rules import ends
from laget.guide import national
from laget.guide.rules import Again
from laget.notices.models import Notice
from laget.sight.models import Cover


@pytest.fixture
def consented(cast):
    """What the clinic knows of the cast's child, by a consent of the mother's."""
    until = timezone.localdate() + timedelta(days=20)
    request = Request.objects.create(
        child_id=cast.child, service_id=cast.clinic, kinds=["identity", "everyday"], text_version="2",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, until=until,
    )  # fmt: skip
    Party.objects.create(request=request, child_id=cast.child, person_id=cast.kari.person, role="parent")
    given = Cover.objects.filter(child_id=cast.child, service_id=cast.clinic)
    given.update(origin="consent", origin_id=request.pk, until=ends(until))
    return request


@pytest.fixture
def sweep(monkeypatch):
    def run(days=0):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(timezone.now() + timedelta(days=days))

    return run


@pytest.fixture
def guide_asks(monkeypatch):
    """The guide asks again by these causes."""
    from dataclasses import replace

    def asks(*causes):
        one = national.national()
        changed = replace(one, consent=replace(one.consent, needed_again=causes))
        for where in ("laget.cases.actions.levels", "laget.cases.actions.offers"):
            monkeypatch.setattr(f"{where}.guide_of", lambda _case: changed)
        monkeypatch.setattr(sweeps, "current", lambda _day: changed)

    return asks


def told(event="consents.ask_again"):
    return list(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def test_the_holder_is_told_in_time_and_once(cast, consented, sweep):
    for _twice in range(2):
        sweep()
    renewal = Renewal.objects.get()
    assert (renewal.cause, renewal.request_id, renewal.due) == ("period_ended", consented.pk, consented.until)
    assert told() == [cast.maja.person]
    assert Entry.objects.filter(event="consents.to_be_asked_again", capacity="system").count() == 1


def test_not_before_it_is_near(cast, consented, sweep):
    Request.objects.filter(pk=consented.pk).update(until=timezone.localdate() + timedelta(days=31))
    sweep()
    assert not Renewal.objects.exists()
    Request.objects.filter(pk=consented.pk).update(until=timezone.localdate() + timedelta(days=30))
    sweep()
    assert Renewal.objects.count() == 1


def test_a_birthday_on_which_others_decide_is_always_told(cast, consented, sweep, guide_asks):
    guide_asks()
    sweep()
    assert not Renewal.objects.exists()
    turned = consented.until + timedelta(days=1)
    Child.objects.filter(pk=cast.child).update(born=turned.replace(year=turned.year - 15))
    sweep()
    assert Renewal.objects.get().cause == "birthday"


def test_what_gives_no_sight_is_no_task(cast, consented, sweep):
    Cover.objects.filter(origin_id=consented.pk).update(until=timezone.now())
    sweep()
    assert not Renewal.objects.exists()


def test_a_new_question_about_the_same_service_makes_it_no_task(cast, consented, as_app, guide_asks):
    guide_asks(Again.NEW_LEVEL)
    Request.objects.create(
        child_id=cast.child, service_id=cast.clinic, kinds=["identity"], text_version="2",
        asked_by_id=cast.maja.person, position_id=cast.maja.position,
    )  # fmt: skip
    with as_app(cast.maja.actor):
        move_level(cast.maja.actor, cast.case, level="2", reason="Flere trengs.")
    assert not Renewal.objects.exists()


@pytest.mark.parametrize("asks", [True, False])
def test_a_new_level_is_a_cause_where_the_guide_says_so(cast, consented, as_app, guide_asks, asks):
    guide_asks(*([Again.NEW_LEVEL] if asks else []))
    with as_app(cast.maja.actor):
        move_level(cast.maja.actor, cast.case, level="2", reason="Flere trengs.")
    assert [one.cause for one in Renewal.objects.all()] == (["new_level"] if asks else [])
    assert told() == ([cast.maja.person] if asks else [])


@pytest.mark.parametrize("asks", [True, False])
def test_when_the_baton_goes_to_another_service_the_new_holder_has_the_task(cast, consented, as_app, guide_asks, asks):
    guide_asks(*([Again.HOLDER_CHANGES_SERVICE] if asks else []))
    with as_app(cast.maja.actor):
        offer = offer_baton(cast.maja.actor, cast.case, position=cast.omar.position).value
    from laget.cases.actions import answer_offer

    with as_app(cast.kari.actor):
        answer_offer(cast.kari.actor, offer, agrees=True)
    with as_app(cast.omar.actor):
        accept_baton(cast.omar.actor, offer)
    assert told() == ([cast.omar.person] if asks else [])


def test_it_is_asked_again_in_one_step(cast, consented, sweep, visit):
    sweep()
    address = reverse("renew", args=[Renewal.objects.get().pk])
    client = visit(cast.maja)
    page = body(client.get(address))
    assert "Samtykket slutter" in page and "Hverdagen" in page
    until = timezone.localdate() + timedelta(days=200)
    typed = {"why": "Vi fortsetter.", "until": until.isoformat(), "heard": "talk", "view": "wants", "view_words": ""}
    response = client.post(address, typed)
    assert response.status_code == 302, body(response)
    made = Request.objects.get(renews=consented)
    assert (made.service_id, made.kinds, made.reach) == (cast.clinic, consented.kinds, consented.reach)
    assert cast.kari.person in {one.person_id for one in made.parties.all()}
    assert Renewal.objects.get().done_at is not None
    assert Cover.objects.in_force().filter(origin_id=consented.pk).exists()
    assert client.get(address).status_code == 403
    assert made.heard == "talk" and made.rule.startswith("E/") and made.guide


def test_the_parent_sees_what_it_said_last_time_and_nothing_is_ticked(cast, consented, sweep, visit, as_app):
    with as_app(cast.kari.actor):
        answer(cast.kari.actor, consented, ["everyday"])
    sweep()
    with as_app(cast.maja.actor):
        made = renew(cast.maja.actor, Renewal.objects.get(), "Vi fortsetter.", None).value
    page = body(visit(cast.kari).get(reverse("consent", args=[made.pk])))
    assert "Sist sa du ja til: Hvem barnet er, Hverdagen." in page
    assert " checked" not in page.split("<main")[1]
    assert not Cover.objects.filter(origin_id=made.pk).exists()


def test_what_is_taken_back_is_not_asked_for_again(cast, consented, sweep, visit, as_app):
    with as_app(cast.kari.actor):
        answer(cast.kari.actor, consented, ["everyday"])
    sweep()
    renewal = Renewal.objects.get()
    with as_app(cast.kari.actor):
        withdraw(cast.kari.actor, consented)
    with as_app(cast.maja.actor):
        assert visible_renewals(cast.maja.actor).exists()
        assert not waiting_renewals(cast.maja.actor, cast.child).exists()
        with pytest.raises(Refused):
            renew(cast.maja.actor, renewal, "Likevel.", None)


def test_only_the_holder_or_the_one_who_asked(cast, consented, sweep, visit, as_app):
    sweep()
    Request.objects.filter(pk=consented.pk).update(asked_by_id=cast.liv.person)
    address = reverse("renew", args=[Renewal.objects.get().pk])
    expected = {"maja": 200, "omar": 403}
    for name, member in cast.everybody().items():
        assert visit(member).get(address).status_code == expected.get(name, 404), name


TOLD = {Again.NEW_SERVICE, Again.ADVICE_ON_NAMED_CHILD}
"""True of every service by itself: none learns anything before the family has said yes to it."""


def test_what_asks_again_makes_a_task_or_is_so_for_every_service(cast, visit):
    assert {one.value for one in set(Again) - TOLD} <= set(Cause.values)
    page = visit(cast.maja).get(reverse("ask_service", args=[cast.child])).content.decode()
    assert "råd om barnet" in page and reverse("discussion_new") in page


def test_several_that_end_soon_are_told_in_one_message_and_are_a_task_each(cast, consented, sweep):
    other = _like(consented)
    for cover in Cover.objects.filter(origin_id=consented.pk):
        cover.pk, cover.origin_id, cover._state.adding = uuid4(), other.pk, True
        cover.save()
    sweep()
    assert set(Renewal.objects.values_list("request_id", flat=True)) == {consented.pk, other.pk}
    assert told() == [cast.maja.person]
    assert Notice.objects.get(event="consents.ask_again").address == reverse("case_team", args=[cast.case.pk])


def _like(asked):
    same = Request.objects.get(pk=asked.pk)
    same.pk, same.service_id, same._state.adding = uuid4(), asked.position.unit.service_id, True
    same.save()
    return same
