"""A colleague stands in for the holder: for exactly that time, in full view of the family, and never with the baton."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.audit.models import Entry
from laget.cases import actions, answers, deputies, falling, rights
from laget.cases.access import visible_cases, visible_deputies
from laget.cases.models import Absence, Baton, Case, Deputy, FamilyView, Log
from laget.cases.rules import absence_fault
from laget.cases.tests.factories import entry, holder_of, offered
from laget.cases.tests.test_baton_concurrency import one_while_the_other_waits
from laget.demo.cast import make_cast, seat
from laget.directory.actions import end_position
from laget.directory.models import Position
from laget.kernel.errors import Invalid, Refused
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.sight.models import Cover, Forbid, Seat, SeatKind

pytestmark = pytest.mark.django_db
TODAY, WEEK = timezone.localdate, timedelta(days=7)


@pytest.fixture
def leader(cast):
    """Liv leads where Maja and Otto work."""
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Position.objects.filter(pk__in=[cast.liv.position, cast.otto.position]).update(unit_id=unit)
    return cast.liv


def stand_in(cast, *, by=None, who=None, first=None, last=None, cases=None):
    """By default Maja lets Otto stand in, from today and for a week."""
    actor, day = (by or cast.maja).actor, TODAY()
    with acting(actor):
        place = Position.objects.get(pk=cast.maja.position)
        return actions.name_deputy(
            actor, place, by=(who or cast.otto).position, first=first or day, last=last or day + WEEK, cases=cases
        ).value


def sees(member, case):
    with acting(member.actor):
        return visible_cases(member.actor).filter(pk=case.pk).exists()


def may(right, member, case):
    with acting(member.actor):
        return bool(right(member.actor, Case.objects.get(pk=case.pk)))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(0, 0, None), (0, 182, None), (-1, 3, "first"), (3, 2, "last"), (0, 183, "last")],
)
def test_the_days_of_an_absence(first, last, field):
    today = TODAY()
    fault = absence_fault(today + timedelta(days=first), today + timedelta(days=last), today)
    assert (fault and fault[0]) == field


def test_the_deputy_does_what_the_holder_does_and_the_baton_stays(cast):
    assert not sees(cast.otto, cast.case)
    assert stand_in(cast) == 1
    assert sees(cast.otto, cast.case)
    assert holder_of(cast.case.pk) == cast.maja.position
    for right in (rights.may_invite, rights.may_move_level, rights.may_mark, rights.may_write):
        assert may(right, cast.otto, cast.case)
        assert may(right, cast.maja, cast.case), "the holder is not put aside"
    for right in (rights.may_close, rights.may_offer):
        assert not may(right, cast.otto, cast.case), "what the holder stands by"
        assert may(right, cast.maja, cast.case)
    assert not may(rights.may_invite, cast.omar, cast.case)
    with acting(cast.otto.actor):
        assert answers.holds_baton(cast.otto.actor, cast.child)
    assert Entry.objects.filter(event="cases.deputy_named", child=cast.child).exists()


def test_before_its_day_and_after_it_the_deputy_sees_nothing(cast):
    day = TODAY()
    stand_in(cast, first=day + WEEK, last=day + 2 * WEEK)
    assert not sees(cast.otto, cast.case)
    seat = Seat.objects.get(origin="deputy")
    row = Deputy.objects.get()
    assert (seat.since, seat.until) == (row.since, row.until)
    assert timezone.localtime(row.since).date() == day + WEEK
    assert timezone.localtime(row.until - timedelta(seconds=1)).date() == day + 2 * WEEK
    earlier = timezone.now() - WEEK
    for rows in (Deputy.objects.all(), Seat.objects.filter(origin="deputy")):
        rows.update(since=earlier - WEEK, until=earlier)
    assert not sees(cast.otto, cast.case)


def test_only_a_colleague_in_the_same_service(cast):
    for who in (cast.omar, cast.vera, cast.ada, cast.maja):
        with pytest.raises(Invalid):
            stand_in(cast, who=who)
    Position.objects.filter(pk=cast.otto.position).update(until=timezone.now())
    with pytest.raises(Invalid):
        stand_in(cast)
    assert not Absence.objects.exists()
    assert not Deputy.objects.exists()


def test_one_who_is_kept_away_does_not_stand_in(cast):
    Forbid.objects.create(child_id=cast.child, person_id=cast.otto.person, origin="tie", capacity="worker")
    with pytest.raises(Invalid):
        stand_in(cast)
    assert not Seat.objects.filter(origin="deputy").exists()
    assert not Absence.objects.exists()


def test_nobody_stands_in_twice_at_once(cast):
    stand_in(cast)
    with pytest.raises(Invalid):
        stand_in(cast, who=cast.idris)
    day = TODAY() + WEEK + timedelta(days=1)
    assert stand_in(cast, who=cast.idris, first=day, last=day + WEEK) == 1


@pytest.mark.parametrize("who", ["omar", "vera", "otto", "ada", "kari"])
def test_others_name_nobody(cast, who):
    with pytest.raises(Refused):
        stand_in(cast, by=getattr(cast, who))


def test_a_leader_finds_a_deputy_and_learns_of_no_child(cast, leader, visit):
    client = visit(leader)
    page = client.get(reverse("deputies")).content.decode()
    assert "Maja" in page
    assert "Sara" not in page
    address = reverse("name_deputy", args=[cast.maja.position])
    page = client.get(address).content.decode()
    assert "Otto" in page
    assert "Sara" not in page
    day = TODAY()
    sent = client.post(address, {"by": cast.otto.position, "first": day, "last": day + WEEK})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "Otto" in page
    assert "Sara" not in page
    assert sees(cast.otto, cast.case)
    assert not sees(leader, cast.case)
    with acting(leader.actor):
        assert not Deputy.objects.exists(), "the row level lock hides around whom"
        assert Absence.objects.count() == 1


def test_it_is_ended_by_each_of_the_two_and_by_the_leader(cast, leader, visit):
    for who in (cast.maja, cast.otto, leader):
        stand_in(cast)
        absence = Absence.objects.order_by("-made_at").first()
        assert visit(cast.omar).post(reverse("end_absence", args=[absence.pk])).status_code == 404
        assert sees(cast.otto, cast.case)
        assert visit(who).post(reverse("end_absence", args=[absence.pk])).status_code == 302
        assert not sees(cast.otto, cast.case)
        assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert Notice.objects.filter(event="cases.deputy_ended", recipient_id=cast.kari.person).count() == 3


def test_one_that_is_to_come_is_taken_back(cast, visit):
    day = TODAY()
    stand_in(cast, first=day + WEEK, last=day + 2 * WEEK)
    page = visit(cast.maja).get(reverse("deputies")).content.decode()
    assert "Avlys" in page and "Avslutt nå" not in page
    with acting(cast.maja.actor):
        actions.end_absence(cast.maja.actor, Absence.objects.get())
    assert not Deputy.objects.filter(until__gt=timezone.now()).exclude(since=Deputy.objects.get().until).exists()
    assert stand_in(cast, first=day + WEEK, last=day + 2 * WEEK) == 1


def test_it_ends_when_the_baton_goes_on(cast):
    offer = offered(cast, cast.omar)
    stand_in(cast)
    FamilyView.objects.create(offer=offer, child_id=cast.child, person_id=cast.kari.person, agrees=True)
    with acting(cast.omar.actor):
        actions.accept_baton(cast.omar.actor, offer)
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert not sees(cast.otto, cast.case)
    assert Notice.objects.filter(event="cases.absence_ended", recipient_id=cast.otto.person).count() == 1


def test_it_ends_when_the_holder_leaves(cast):
    stand_in(cast)
    with acting(cast.ada.actor):
        end_position(cast.ada.actor, Position.objects.get(pk=cast.maja.position))
    assert holder_of(cast.case.pk) != cast.maja.position
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert not Seat.objects.filter(origin="deputy", until__gt=timezone.now()).exists()
    told = Notice.objects.get(event="cases.absence_ended")
    assert (told.recipient_id, told.address, told.child) == (cast.otto.person, reverse("deputies"), None)


@pytest.mark.parametrize("first", [0, 3])
def test_the_deputy_is_told_when_the_family_takes_the_baton_away_and_nobody_else_is(cast, first):
    """Also one who is to stand in later; and not one whose time was over before."""
    stand_in(cast, who=cast.otto, first=TODAY() + timedelta(days=first), last=TODAY() + timedelta(days=5))
    Cover.objects.filter(service_id=cast.kindergarten).update(until=timezone.now())
    with acting(cast.kari.actor):
        falling.settle(cast.kari.actor, [cast.case.pk], because=falling.LOST_COVER, cause="test")
    assert holder_of(cast.case.pk) != cast.maja.position
    told = Notice.objects.filter(event="cases.absence_ended").values_list("recipient_id", flat=True)
    assert list(told) == [cast.otto.person]
    with acting(cast.kari.actor):
        assert deputies.stood_in(cast.case.pk) in ([], [cast.otto.person])


def test_it_ends_when_the_deputy_leaves_and_the_holder_is_told(cast):
    stand_in(cast)
    with acting(cast.ada.actor):
        end_position(cast.ada.actor, Position.objects.get(pk=cast.otto.position))
    assert holder_of(cast.case.pk) == cast.maja.position
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert not Absence.objects.filter(until__gt=timezone.now()).exists()
    assert Notice.objects.filter(event="cases.deputy_fell", recipient_id=cast.maja.person).exists()
    assert Notice.objects.filter(event="cases.deputy_ended", recipient_id=cast.kari.person).exists()


def test_it_ends_when_the_deputy_is_too_close(cast, visit):
    stand_in(cast)
    address = reverse("own_tie", args=[cast.child])
    told = visit(cast.otto).post(address, {"position": cast.otto.position, "relation": "sibling", "words": ""})
    assert told.status_code == 302
    assert not sees(cast.otto, cast.case)
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert holder_of(cast.case.pk) == cast.maja.position


def test_without_cover_the_deputy_sees_nothing(cast):
    stand_in(cast)
    Cover.objects.filter(service_id=cast.kindergarten).update(until=timezone.now())
    assert not sees(cast.otto, cast.case)


def test_what_waits_for_the_holder_waits_for_both(cast, visit):
    stand_in(cast)
    with acting(cast.kari.actor):
        case = Case.objects.get(pk=cast.case.pk)
        actions.write_entry(cast.kari.actor, case, sort="note", kind="everyday", words="Hei.")
    told = set(Notice.objects.filter(event="cases.family_wrote").values_list("recipient_id", flat=True))
    assert told == {cast.maja.person, cast.otto.person}
    page = visit(cast.otto).get("/").content.decode()
    assert "Sara" in page
    assert "Maja" in page


def test_what_the_deputy_does_is_marked(cast, visit):
    stand_in(cast)
    with acting(cast.otto.actor):
        case = Case.objects.get(pk=cast.case.pk)
        actions.write_entry(cast.otto.actor, case, sort="note", kind="everyday", words="Ringte mor.")
    assert Log.objects.get().position_id == cast.otto.position
    for reader in (cast.kari, cast.omar):
        assert "for Maja Lind" in visit(reader).get(reverse("case_log", args=[cast.case.pk])).content.decode()
    front = visit(cast.omar).get(reverse("child_page", args=[cast.case.pk])).content.decode()
    assert "Otto Berg, Solbakken barnehage, for Maja Lind" in front
    with acting(cast.maja.actor):
        actions.end_absence(cast.maja.actor, Absence.objects.get())
    assert "for Maja Lind" in visit(cast.kari).get(reverse("case_log", args=[cast.case.pk])).content.decode()


def test_what_one_writes_from_a_place_of_the_own_is_not_for_another(cast, visit):
    seat(cast.child, cast.otto, SeatKind.SERVICE)
    stand_in(cast)
    entry(cast, cast.otto)
    assert "for Maja Lind" not in visit(cast.kari).get(reverse("case_log", args=[cast.case.pk])).content.decode()


def test_the_family_sees_who_and_from_when_to_when(cast, visit):
    day = TODAY()
    stand_in(cast)
    stand_in(cast, who=cast.idris, first=day + 2 * WEEK, last=day + 3 * WEEK)
    for page in (reverse("family_page", args=[cast.child]), reverse("case_team", args=[cast.case.pk])):
        body = visit(cast.kari).get(page).content.decode()
        assert "Otto Berg" in body
        assert "Idris Aden" in body
        assert "Maja Lind" in body
    own = visit(cast.sara).get(reverse("family_page", args=[cast.child])).content.decode()
    assert "i stedet for kontakten din" in own
    assert visit(cast.per).get(reverse("case_team", args=[cast.case.pk])).status_code == 404
    with acting(cast.vera.actor):
        assert not visible_deputies(cast.vera.actor).exists()
        assert not Deputy.objects.exists()


def test_the_holder_chooses_for_whom(cast, visit):
    client = visit(cast.maja)
    address = reverse("name_deputy", args=[cast.maja.position])
    assert "Sara" in client.get(address).content.decode()
    day = TODAY()
    typed = {"by": cast.otto.position, "first": day, "last": day + WEEK}
    assert client.post(address, typed).status_code == 422, "for whom is not chosen"
    assert client.post(address, typed | {"cases": [cast.case.pk]}).status_code == 302
    assert visit(cast.omar).get(address).status_code == 404


def test_the_baton_of_a_closed_case_has_no_deputy(cast):
    stand_in(cast)
    with acting(cast.maja.actor):
        case = Case.objects.get(pk=cast.case.pk)
        actions.close_case(cast.maja.actor, case, reason="goal_reached", note="Takk.")
    assert not Baton.objects.filter(until=FOREVER).exists()
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()


def test_a_leader_does_not_let_herself_in(cast, leader, visit):
    """A role opens no content: naming oneself would open every case of the unit."""
    client, day = visit(leader), TODAY()
    address = reverse("name_deputy", args=[cast.maja.position])
    assert str(leader.position) not in client.get(address).content.decode()
    assert client.post(address, {"by": leader.position, "first": day, "last": day + WEEK}).status_code == 422
    assert not sees(leader, cast.case)
    assert stand_in(cast, who=leader) == 1, "the holder may ask her leader"


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turned", [False, True])
def test_nobody_stands_in_for_one_who_gives_the_baton_away_at_that_moment(turned, db):
    cast = make_cast()
    offer = offered(cast, cast.omar)
    FamilyView.objects.create(offer=offer, child_id=cast.child, person_id=cast.kari.person, agrees=True)

    def accept():
        with acting(cast.omar.actor):
            return actions.accept_baton(cast.omar.actor, offer)

    deeds = [accept, lambda: stand_in(cast)]
    one_while_the_other_waits(*(reversed(deeds) if turned else deeds))
    assert holder_of(cast.case.pk) == cast.omar.position
    assert not Deputy.objects.filter(until__gt=timezone.now()).exists()
    assert not Seat.objects.filter(origin="deputy", until__gt=timezone.now()).exists()
