"""A withdrawal and somebody who writes at the same moment: nothing is written after it, and no words are lost."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import Refused
from laget.access.database import acting
from laget.cases.actions.log import write_entry
from laget.cases.actions.opening import open_case
from laget.cases.models import Case, Log, OwnWords
from laget.consents.actions import answer, withdraw
from laget.consents.models import Party, Request
from laget.demo.cast import make_cast, make_family, seat
from laget.kernel.errors import Invalid
from laget.kernel.period import FOREVER
from laget.sight.models import Cover, SeatKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]
KINDS = ["identity", "everyday", "health"]


def consented(cast):
    """What the clinic knows of the child rests on one yes, the mother's."""
    request = Request.objects.create(
        child_id=cast.child, service_id=cast.clinic, kinds=KINDS, text_version="2", asked_by_id=cast.maja.person,
        position_id=cast.maja.position,
    )  # fmt: skip
    Party.objects.create(request=request, child_id=cast.child, person_id=cast.kari.person, role="parent")
    Cover.objects.filter(child_id=cast.child, service_id=cast.clinic).update(until=timezone.now())
    with acting(cast.kari.actor):
        answer(cast.kari.actor, request, KINDS)
    return request


def on_its_own(act):
    """Run in a thread with a connection of its own; answers the thread and where its result comes."""
    found = []

    def run():
        try:
            found.append(act())
        except Exception as fault:
            found.append(fault)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, found


def write(cast, words):
    with acting(cast.omar.actor):
        return write_entry(cast.omar.actor, cast.case, sort="note", kind="health", words=words)


def take_back(cast, request):
    with acting(cast.kari.actor):
        return withdraw(cast.kari.actor, request)


def test_what_is_written_while_the_yes_is_taken_back_comes_back_to_its_author(transactional_db):
    """The writer has the case in hand and has not committed: the withdrawal waits, and then finds the words."""
    cast = make_cast()
    request, written, go_on = consented(cast), Event(), Event()

    def slowly():
        with acting(cast.omar.actor):
            write_entry(cast.omar.actor, cast.case, sort="note", kind="health", words="Skrevet i siste liten.")
            written.set()
            go_on.wait(20)

    writer, said = on_its_own(slowly)
    assert written.wait(20)
    taker, taken = on_its_own(lambda: take_back(cast, request))
    taker.join(1)
    assert taker.is_alive(), "the withdrawal did not wait for the one who writes"
    go_on.set()
    writer.join(30)
    taker.join(30)
    assert said == [None] and not isinstance(taken[0], Exception), (said, taken)
    assert OwnWords.objects.filter(owner_id=cast.omar.person, words="Skrevet i siste liten.").exists()
    with pytest.raises((Refused, Invalid)):
        write(cast, "For sent.")


@pytest.mark.parametrize("_again", range(4))
def test_of_two_at_once_nothing_is_written_after_the_yes_is_taken_back(transactional_db, _again):
    cast = make_cast()
    request, start = consented(cast), Barrier(4)

    def after(act):
        def run():
            start.wait(20)
            return act()

        return run

    deeds = [after(lambda n=n: write(cast, f"Samtidig {n}.")) for n in range(3)]
    threads = [on_its_own(act) for act in (*deeds, after(lambda: take_back(cast, request)))]
    for thread, _found in threads:
        thread.join(60)
        assert not thread.is_alive()
    *wrote, taken = [found[0] for _thread, found in threads]
    assert not isinstance(taken, Exception), taken
    assert all(not isinstance(one, Exception) or isinstance(one, Refused | Invalid) for one in wrote), wrote
    kept = set(Log.objects.filter(words__startswith="Samtidig").values_list("words", flat=True))
    back = set(OwnWords.objects.filter(words__startswith="Samtidig").values_list("words", flat=True))
    assert len(kept) == sum(not isinstance(one, Exception) for one in wrote) and kept == back
    assert not Cover.objects.in_force().filter(child_id=cast.child, service_id=cast.clinic).exists()


@pytest.mark.parametrize("first", ["withdrawal", "opening"])
def test_a_case_is_not_opened_on_a_yes_that_is_being_taken_back(transactional_db, first):
    """Whoever comes first is waited for; no case is left open that nobody who holds it may see."""
    cast = make_cast()
    family = make_family(cast.maja.person)
    seat(family.child, cast.maja, SeatKind.ASKING)
    request = Request.objects.create(
        child_id=family.child, service_id=cast.kindergarten, kinds=KINDS, text_version="2", opens_case=True,
        asked_by_id=cast.maja.person, position_id=cast.maja.position, first_words="Sagt før noen var spurt.",
    )  # fmt: skip
    Party.objects.create(request=request, child_id=family.child, person_id=family.mother.person, role="parent")
    with acting(family.mother.actor):
        answer(family.mother.actor, request, KINDS)
    done, go_on = Event(), Event()

    def take():
        with acting(family.mother.actor):
            return withdraw(family.mother.actor, request), first == "withdrawal" and (done.set(), go_on.wait(20))

    def begin():
        with acting(cast.maja.actor):
            return open_case(cast.maja.actor, request), first == "opening" and (done.set(), go_on.wait(20))

    one, another = (take, begin) if first == "withdrawal" else (begin, take)
    ahead, said = on_its_own(one)
    assert done.wait(20), said
    behind, found = on_its_own(another)
    behind.join(1)
    assert behind.is_alive(), "it did not wait for the other"
    go_on.set()
    ahead.join(30)
    behind.join(30)
    assert not isinstance(said[0], Exception), said
    assert isinstance(found[0], Refused if first == "withdrawal" else tuple), found
    assert not Case.objects.filter(child_id=family.child, closed_at=FOREVER).exists()
    assert not Log.objects.filter(child_id=family.child).exists() or OwnWords.objects.exists()


def test_an_open_form_posted_after_the_withdrawal_is_refused_and_gives_the_words_back(transactional_db, visit):
    cast = make_cast()
    request = consented(cast)
    client, address = visit(cast.omar), reverse("write", args=[cast.case.pk])
    assert client.get(address).status_code == 200
    take_back(cast, request)
    before = Log.objects.count()
    response = client.post(address, {"sort": "note", "kind": "health", "words": "Det jeg holdt på å skrive."})
    assert response.status_code == 404 and "Det jeg holdt på å skrive." in response.content.decode()
    assert Log.objects.count() == before
