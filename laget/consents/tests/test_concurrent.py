"""Answers and withdrawals that meet: whatever the order, the cover is what everybody has said last."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from laget.access.database import acting
from laget.consents import events as said
from laget.consents import ground
from laget.consents.actions import Wish, answer, ask, withdraw
from laget.consents.models import Request
from laget.consents.tests.test_actions import kinds_now, nora, parents
from laget.demo.cast import Member, make_cast
from laget.families.models import Child
from laget.kernel import events
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]


def together(*deeds):
    """Run each deed in a transaction of its own, begun at the same moment; faults are raised here."""
    start, faults = Barrier(len(deeds)), []

    def carry_out(member, act):
        try:
            start.wait(10)
            with acting(member.actor):
                act(member.actor)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=carry_out, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults and not any(thread.is_alive() for thread in threads), faults


@pytest.fixture
def asked():
    cast = make_cast()
    with acting(cast.maja.actor):
        return ask(cast.maja.actor, cast.maja.position, nora(), Wish(("everyday", "learning", "health"), "plan")).value


@pytest.mark.parametrize("_again", range(4))
def test_two_who_register_one_family_at_once_make_one_child(transactional_db, _again):
    cast = make_cast()
    before = Child.objects.count()
    together(
        *(
            (one, lambda actor: ask(actor, actor.positions[0], nora(), Wish(("everyday",), "plan")))
            for one in (cast.maja, cast.omar, cast.otto)
        )
    )
    assert Child.objects.count() == before + 1
    assert Request.objects.values("child").distinct().count() == 1


@pytest.mark.parametrize("_again", range(4))
def test_two_answers_at_once_give_what_they_have_in_common(asked, _again):
    mother, father = parents(asked)
    together(
        (mother, lambda actor: answer(actor, asked, ["everyday", "health"])),
        (father, lambda actor: answer(actor, asked, ["everyday", "learning"])),
    )
    assert kinds_now(asked) == {"identity", "everyday"}


@pytest.mark.parametrize("_again", range(4))
def test_a_withdrawal_is_never_overtaken_by_the_other_parents_answer(asked, _again):
    mother, father = parents(asked)
    together((mother, lambda actor: answer(actor, asked, ["everyday"])))
    together(
        (mother, lambda actor: withdraw(actor, asked)),
        (father, lambda actor: answer(actor, asked, ["everyday"])),
    )
    assert kinds_now(asked) == set()


@pytest.mark.parametrize("_again", range(4))
def test_when_two_consents_fall_at_once_somebody_says_that_the_service_lost_it(asked, _again, monkeypatch):
    mother, father = parents(asked)
    heard = []
    monkeypatch.setitem(events._listeners, said.CoverLost, [heard.append])
    other = asked_again(asked)
    for request in (asked, other):
        for one in (mother, father):
            together((one, lambda actor, request=request: answer(actor, request, ["everyday"])))
    together(
        (mother, lambda actor: withdraw(actor, asked)),
        (father, lambda actor: withdraw(actor, other)),
    )
    assert kinds_now(asked) == set()
    assert [set(one.kinds) for one in heard] == [{"identity", "everyday"}]


def asked_again(asked):
    maja = Member(asked.asked_by_id, "Maja Lind", Capacity.WORKER, asked.position_id)
    with acting(maja.actor):
        return ask(maja.actor, maja.position, nora(), Wish(("everyday",), "plan")).value


def test_a_request_does_not_lapse_while_its_last_answer_is_being_given(asked):
    mother, father = parents(asked)
    together((mother, lambda actor: answer(actor, asked, ["everyday"])))
    Request.objects.filter(pk=asked.pk).update(answer_by=timezone.now())
    lapsed = []

    def lapse():
        lapsed.extend(ground.lapse())
        connection.close()

    sweep = Thread(target=lapse)
    with acting(father.actor):
        answer(father.actor, asked, ["everyday"])
        sweep.start()
        sweep.join(1.5)
    sweep.join(10)
    assert (lapsed, Request.objects.get(pk=asked.pk).ended_at) == ([], FOREVER)
    assert kinds_now(asked) == {"identity", "everyday"}
