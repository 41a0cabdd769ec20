"""The inbox: one's own, in one capacity, newest first, and marking read."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.demo.clock import ago
from laget.kernel.actor import Capacity
from laget.notices import delivery, rules
from laget.notices.actions import tell
from laget.notices.models import Dispatch, Notice
from laget.notices.views import _of_oneself
from laget.sight.models import Cover, Forbid
from tests.support.cast import Statements

EVENT, OTHER = "plans.goal_agreed", "plans.matter_told"


def notice(member, event=EVENT, *, days=0, child=None, address="/directory/", read=False):
    now = timezone.now()
    return Notice.objects.create(
        recipient_id=member.person,
        capacity=member.capacity,
        event=event,
        address=address,
        child=child,
        at=ago(days),
        read_at=now if read else None,
    )


def body(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["maja", "omar", "vera", "otto", "ada", "liv", "kari", "per", "sara"])
def test_everybody_has_an_inbox_and_it_is_empty_at_first(cast, visit, who):
    assert "Du har ingen meldinger" in body(visit(cast.everybody()[who]).get(reverse("inbox")))


def test_without_signing_in_there_is_none(client, db):
    assert client.get(reverse("inbox")).status_code == 302


def test_messages_are_said_in_a_sentence_newest_first(cast, visit):
    notice(cast.maja, OTHER, days=2, read=True)
    notice(cast.maja)
    said = body(visit(cast.maja).get(reverse("inbox")))
    assert said.index("Et nytt mål er avtalt.") < said.index("Noen har fortalt hva som er viktig for barnet.")
    assert said.count("Ny</span>") == 1


READ = "emergency.opened"


def test_a_young_person_is_told_of_itself_as_du_and_a_parent_of_its_child(cast, visit):
    for member in (cast.sara, cast.kari):
        notice(member, READ, child=cast.child)
    assert "Noen har lest om deg i en nødsituasjon" in body(visit(cast.sara).get(reverse("inbox")))
    assert "Noen har lest om barnet ditt i en nødsituasjon" in body(visit(cast.kari).get(reverse("inbox")))
    # A young mother, told of herself and of her child: nobody guesses.
    mixed = [Notice(child=cast.child), Notice(child=uuid4())]
    assert _of_oneself(cast.sara.actor, mixed[:1]) and not _of_oneself(cast.sara.actor, mixed)


def test_an_email_speaks_to_the_one_who_gets_it(cast):
    for member, said in ((cast.sara, "om deg i en"), (cast.kari, "om barnet ditt i en")):
        dispatch = Dispatch.objects.create(notice=notice(member, READ, child=cast.child))
        assert said in delivery._message(dispatch, "a@example.org", rules.USUAL).body


def test_the_same_thing_on_the_same_day_is_said_once(cast, visit):
    for _ in range(3):
        notice(cast.maja)
    said = body(visit(cast.maja).get(reverse("inbox")))
    assert said.count("Et nytt mål er avtalt.") == 1
    assert "3 ganger" in said


def test_an_inbox_is_ones_own_and_of_one_capacity(cast, visit):
    other = notice(cast.maja)
    Notice.objects.create(recipient_id=cast.maja.person, capacity="citizen", event=OTHER, address="/")
    assert "mål" not in body(visit(cast.omar).get(reverse("inbox")))
    assert "Noen har fortalt" not in body(visit(cast.maja).get(reverse("inbox")))
    assert visit(cast.omar).post(reverse("mark_read", args=[other.pk])).status_code == 404
    assert Notice.objects.filter(read_at=None).count() == 2


def test_opening_marks_it_read_and_leads_on(cast, visit):
    one = notice(cast.maja)
    answer = visit(cast.maja).post(reverse("mark_read", args=[one.pk]), {"open": "1"})
    assert answer["Location"] == "/directory/"
    one.refresh_from_db()
    assert one.read_at
    again = visit(cast.maja).post(reverse("mark_read", args=[one.pk]))
    assert again["Location"] == reverse("inbox")


def test_a_restricted_parent_finds_nothing_about_the_child(cast, visit):
    one = notice(cast.per, child=cast.child)
    assert "Du har ingen meldinger" in body(visit(cast.per).get(reverse("inbox")))
    assert visit(cast.per).post(reverse("mark_read", args=[one.pk])).status_code == 404


def test_messages_about_a_child_are_gone_with_the_sight_of_it(cast, visit):
    notice(cast.omar, child=cast.child)
    notice(cast.omar, OTHER)
    Cover.objects.filter(service_id=cast.clinic).update(until=timezone.now())
    said = body(visit(cast.omar).get(reverse("inbox")))
    assert "Et nytt mål er avtalt." not in said
    assert "Noen har fortalt" in said


def test_the_two_locks_agree(cast, as_app):
    from laget.notices.access import visible_notices

    for member in cast.everybody().values():
        notice(member, child=cast.child)
        notice(member)
    Forbid.objects.create(child_id=cast.child, person_id=cast.maja.person, origin="conflict")
    for member in cast.everybody().values():
        with as_app(member.actor):
            assert set(Notice.objects.values_list("pk")) == set(visible_notices(member.actor).values_list("pk"))


def test_the_number_of_statements_does_not_grow(cast, visit):
    counts = []
    for more in (5, 45):
        for number in range(more):
            notice(cast.maja, days=number)
        client = visit(cast.maja)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            body(client.get(reverse("inbox")))
        counts.append(len(Statements.of(seen.captured_queries)))
    assert counts[0] == counts[1] <= 10


def test_many_messages_are_shown_page_by_page(cast, visit):
    for number in range(40):
        notice(cast.maja, days=number)
    client = visit(cast.maja)
    first, second = body(client.get(reverse("inbox"))), body(client.get(reverse("inbox"), {"page": "2"}))
    assert first.count("Et nytt mål") == 30
    assert second.count("Et nytt mål") == 10
    assert body(client.get(reverse("inbox"), {"page": "<script>"}))


def test_telling_makes_one_row_for_each_and_refuses_unknown_events(cast, as_app):
    from laget.notices.words import UnknownEvent

    with as_app(cast.maja.actor):
        tell([cast.kari.person, cast.kari.person], Capacity.CITIZEN, EVENT, address="/", child=cast.child)
        with pytest.raises(UnknownEvent):
            tell([cast.kari.person], Capacity.CITIZEN, "made.up", address="/")
    assert Notice.objects.count() == 1
