"""A withdrawal and somebody who begins something in the plan at the same moment: it waits, and finds the words."""

from threading import Event

import pytest

from laget.access.actions import Refused
from laget.access.database import acting
from laget.cases.actions import close_case
from laget.cases.models import OwnWords
from laget.cases.tests.test_withdrawal_meets_writing import consented, on_its_own, take_back
from laget.demo.cast import make_cast
from laget.kernel.errors import Invalid
from laget.plans.actions import agree_goal, tell_what_matters
from laget.plans.models import Goal, Matter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]
LATE = "Skrevet i siste liten."


def goal(cast):
    return agree_goal(cast.omar.actor, cast.case, area="health", words=LATE)


def matter(cast):
    return tell_what_matters(cast.omar.actor, cast.case, words=LATE, voice="worker", kind="health")


@pytest.fixture
def slowly(transactional_db):
    """Somebody who has written and not committed, and another who comes meanwhile. Answers what came of the other."""

    def meet(write, other):
        written, go_on = Event(), Event()

        def begun():
            with acting(write.actor):
                write()
                written.set()
                go_on.wait(20)

        writer, said = on_its_own(begun)
        assert written.wait(20), said
        second, found = on_its_own(other)
        second.join(1)
        waited = second.is_alive()
        go_on.set()
        writer.join(30)
        second.join(30)
        assert waited, "it did not wait for the one who writes"
        assert said == [None], said
        return found[0]

    return meet


@pytest.mark.parametrize("begin", [goal, matter])
def test_what_is_begun_in_the_plan_while_the_yes_is_taken_back_comes_back_to_its_author(slowly, begin):
    cast = make_cast()
    request = consented(cast)

    def write():
        return begin(cast)

    write.actor = cast.omar.actor
    taken = slowly(write, lambda: take_back(cast, request))
    assert not isinstance(taken, Exception), taken
    assert OwnWords.objects.filter(owner_id=cast.omar.person, words__startswith=LATE).exists()
    with acting(cast.omar.actor), pytest.raises((Refused, Invalid)):
        begin(cast)


@pytest.mark.parametrize("begin", [goal, matter])
def test_nothing_is_begun_in_the_plan_of_a_case_that_another_has_just_closed(transactional_db, begin):
    """The page was open, with the case as it was then."""
    cast = make_cast()
    as_it_was = cast.case
    with acting(cast.maja.actor):
        close_case(cast.maja.actor, cast.case, reason="goal_reached", note="Takk for samarbeidet.")
    before = Goal.objects.count(), Matter.objects.count()
    with acting(cast.kari.actor), pytest.raises((Refused, Invalid)):
        if begin is goal:
            agree_goal(cast.kari.actor, as_it_was, area="friends", words=LATE)
        else:
            tell_what_matters(cast.kari.actor, as_it_was, words=LATE, voice="parent")
    assert (Goal.objects.count(), Matter.objects.count()) == before
