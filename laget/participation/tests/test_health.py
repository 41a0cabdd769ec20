"""From 16 a young person says who at home reads about its health: by date, by its own yes, or because a parent must."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.cases.access import visible_entries
from laget.cases.models import Log
from laget.demo.cast import make_cast, seat
from laget.directory.models import Position
from laget.families.models import Child, Parent
from laget.families.rules import begins
from laget.kernel.period import FOREVER
from laget.kernel.reading import lix
from laget.law.ages import HEALTH_YEARS, birthday
from laget.notices.models import Notice
from laget.participation import ground, rules, sweeps
from laget.plans.access import visible_goals
from laget.plans.models import Goal
from laget.sight.access import kinds_known
from laget.sight.models import Forbid, Seat, SeatKind

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def born_so(cast, day):
    """Born that day, and the parents' places begin anew, as when a birth date becomes known."""
    Child.objects.filter(pk=cast.child).update(born=day)
    Forbid.objects.all().delete()
    for member in (cast.kari, cast.per):
        Seat.objects.filter(child_id=cast.child, person_id=member.person).delete()
        seat(cast.child, member, SeatKind.PARENT)


def write(cast, kind="health", words="Sover lite."):
    by = {"author_id": cast.omar.person, "position_id": cast.omar.position, "service_id": cast.clinic}
    return Log.objects.create(
        case=cast.case, child_id=cast.child, sort="note", kind=kind, words=words, at=timezone.now(), **by
    )


def goal(cast, kind="health"):
    return Goal.objects.create(
        case=cast.case, child_id=cast.child, kind=kind, words="Sove bedre", agreed_by_id=cast.omar.person
    )


def reads(actor, as_app):
    """What this actor reads of the log and the plan, by each lock alone."""
    by_python = set(visible_entries(actor).values_list("pk", flat=True))
    by_python |= set(visible_goals(actor).values_list("pk", flat=True))
    with as_app(actor):
        by_ground = {*Log.objects.values_list("pk", flat=True), *Goal.objects.values_list("pk", flat=True)}
    assert by_python == by_ground
    return by_ground


@pytest.fixture
def sixteen(db):
    """Sara has just turned 16; nobody has said anything yet."""
    cast = make_cast(age=16)
    born_so(cast, birthday_to_be(16, 0))
    return cast


def birthday_to_be(years, days):
    """Born so that the birthday is in so many days, or was."""
    day = timezone.localdate() + timedelta(days=days)
    return day.replace(year=day.year - years)


page = "health_readers"


def address(cast):
    return reverse(page, args=[cast.child])


@pytest.mark.parametrize("days", [-2, -1, 0, 1, 2])
def test_from_the_day_itself_health_is_the_young_persons_and_the_rest_is_not(as_app, days):
    cast = make_cast(age=15)
    born_so(cast, birthday_to_be(16, days))
    before, other, aim = write(cast), write(cast, "learning"), goal(cast)
    mother, young = reads(cast.kari.actor, as_app), reads(cast.sara.actor, as_app)
    health = {before.pk, aim.pk}
    assert other.pk in mother and health <= young
    assert mother & health == (health if days > 0 else set())
    assert ("health" in kinds_known(cast.kari.actor, [cast.child])) == (days > 0)
    assert "health" in kinds_known(cast.sara.actor, [cast.child])


@pytest.mark.parametrize("born", [date(2010, 3, 28), date(2008, 2, 29), date(2012, 10, 31), date(2010, 12, 31)])
def test_the_day_is_counted_as_the_law_does_also_by_the_database(cast, born):
    born_so(cast, born)
    held = Seat.objects.filter(child_id=cast.child, kind="parent")
    assert {one.health_until for one in held} == {begins(birthday(born, HEALTH_YEARS))}


def test_every_birth_date_of_five_years_passes_on_the_day_that_the_law_counts(cast):
    with connection.cursor() as cursor:
        for days in range(5 * 366):
            born = date(2008, 2, 26) + timedelta(days=days)
            Child.objects.filter(pk=cast.child).update(born=born)
            cursor.execute("SELECT families_health_passes(%s)", [cast.child])
            found = cursor.fetchone()[0]
            assert found == datetime.combine(birthday(born, 16), datetime.min.time(), OSLO), born


def test_a_place_does_not_begin_with_more_than_the_birthday_gives(sixteen):
    """Whoever writes a parent's place, and whatever it says: the database sets the day."""
    assert not Seat.objects.filter(child_id=sixteen.child, kind="parent", health_until__gt=timezone.now()).exists()
    assert Seat.objects.get(child_id=sixteen.child, kind="child").health_until == FOREVER


def test_the_young_person_shares_and_takes_it_back_in_the_same_minute(sixteen, visit, as_app):
    cast, entry = sixteen, write(sixteen)
    client = visit(cast.sara)
    assert client.post(address(cast), {"persons": [str(cast.kari.person)]}).status_code == 302
    assert entry.pk in reads(cast.kari.actor, as_app) and entry.pk not in reads(cast.per.actor, as_app)
    assert client.post(address(cast), {}).status_code == 302
    assert entry.pk not in reads(cast.kari.actor, as_app)
    mine = Seat.objects.filter(child_id=cast.child, person_id=cast.kari.person).order_by("since", "until")
    assert [one.origin for one in mine] == ["cast", rules.SHARED, rules.CLOSED], "each of them is a row with its dates"
    assert not Notice.objects.filter(event__startswith="participation.health").exists()


def test_what_a_parent_without_proof_knows_can_be_closed_and_is_not_opened(sixteen, visit, as_app):
    """No place begins for such a parent: the young person and the worker are told why, and nothing is a fault."""
    cast, entry = sixteen, write(sixteen)
    assert visit(cast.sara).post(address(cast), {"persons": [str(cast.kari.person)]}).status_code == 302
    Parent.objects.filter(child_id=cast.child, person_id=cast.kari.person).update(source="declared")
    assert entry.pk in reads(cast.kari.actor, as_app)
    assert visit(cast.sara).post(address(cast), {}).status_code == 302
    assert entry.pk not in reads(cast.kari.actor, as_app)
    for who, typed in (
        (cast.sara, {"persons": [str(cast.kari.person)]}),
        (cast.omar, {"person": str(cast.kari.person), "why": "health_care"}),
    ):
        answer = visit(who).post(address(cast), typed)
        assert answer.status_code == 422, who
        assert "Først må det være bevist hvem som har foreldreansvar" in answer.content.decode()
    assert entry.pk not in reads(cast.kari.actor, as_app)


def test_nobody_else_shares_it(sixteen, visit):
    cast = sixteen
    for member in (cast.kari, cast.vera, cast.idris, cast.ada):
        answer = visit(member).get(address(cast))
        assert answer.status_code in (403, 404) and "Per" not in answer.content.decode()
    assert visit(cast.maja).get(address(cast)).status_code == 403, "a kindergarten gives no health care"
    stranger = {"persons": [str(cast.liv.person)]}
    assert visit(cast.sara).post(address(cast), stranger).status_code == 422


def test_before_sixteen_there_is_nothing_to_choose(visit, as_app):
    cast = make_cast(age=15)
    assert visit(cast.sara).get(address(cast)).status_code == 403
    with (
        pytest.raises(DatabaseError, match="by the young person itself"),
        transaction.atomic(),
        as_app(cast.sara.actor),
    ):
        ground.share_health(cast.child, cast.kari.person, timezone.now(), rules.CLOSED)


def test_who_gives_the_care_says_that_a_parent_must_know_and_the_young_person_reads_why(sixteen, visit, as_app):
    cast, entry = sixteen, write(sixteen)
    worker = visit(cast.omar)
    assert worker.post(address(cast), {"person": str(cast.kari.person)}).status_code == 422
    said = {"person": str(cast.kari.person), "why": "health_care"}
    assert worker.post(address(cast), said).status_code == 302
    assert entry.pk in reads(cast.kari.actor, as_app)
    held = Seat.objects.get(child_id=cast.child, person_id=cast.kari.person, until__gt=timezone.now())
    assert timedelta(days=179) < held.health_until - timezone.now() <= rules.MUST_KNOW_LASTS
    assert held.origin_id == cast.omar.position
    assert Notice.objects.get(event="participation.health_decided").recipient_id == cast.sara.person
    young = visit(cast.sara)
    assert "Må vite det for å ta vare på deg" in young.get(address(cast)).content.decode()
    # What a service has decided is not taken back by a click, in the page or beside it; what was shared is.
    assert young.post(address(cast), {"persons": []}).status_code in (302, 422)
    with pytest.raises(DatabaseError, match="takes it back"), transaction.atomic(), as_app(cast.sara.actor):
        ground.share_health(cast.child, cast.kari.person, timezone.now(), rules.CLOSED)
    assert entry.pk in reads(cast.kari.actor, as_app)
    assert worker.post(reverse("end_health", args=[cast.child, cast.kari.person])).status_code == 302
    assert entry.pk not in reads(cast.kari.actor, as_app)


def test_a_worker_does_not_undo_a_yes_of_the_young_person(sixteen, visit, as_app):
    cast = sixteen
    visit(cast.sara).post(address(cast), {"persons": [str(cast.kari.person)]})
    entry = write(cast)
    visit(cast.omar).post(reverse("end_health", args=[cast.child, cast.kari.person]))
    assert entry.pk in reads(cast.kari.actor, as_app)
    with pytest.raises(DatabaseError, match="takes it back"), transaction.atomic(), as_app(cast.omar.actor):
        ground.share_health(cast.child, cast.kari.person, timezone.now(), rules.ENDED, cast.omar.position)


@pytest.mark.parametrize("who", ["maja", "vera", "kari", "otto"])
def test_the_database_lets_no_one_else_open_it(sixteen, as_app, who):
    cast, member = sixteen, getattr(sixteen, who)
    with pytest.raises(DatabaseError, match="by the young person itself"), transaction.atomic(), as_app(member.actor):
        until = timezone.now() + timedelta(days=30)
        ground.share_health(cast.child, cast.kari.person, until, "health_care", member.position)


def test_who_could_read_is_said_without_the_parent(sixteen, visit):
    """Before a worker writes about health, the page names who will read it: no longer the parents."""
    body = visit(sixteen.omar).get(reverse("write", args=[sixteen.case.pk])).content.decode()
    said = re.findall(r"Leses av[^<]*", body)
    assert said and any("Kari" in one for one in said) and any("Kari" not in one and "Sara" in one for one in said)


def test_a_parent_writes_of_the_rest(sixteen, visit):
    body = visit(sixteen.kari).get(reverse("write", args=[sixteen.case.pk])).content.decode()
    assert 'value="learning"' in body and 'value="health"' not in body


def test_what_the_parents_may_know_is_in_the_record(sixteen, visit):
    from laget.audit.models import Reading

    visit(sixteen.kari).get(reverse("case_log", args=[sixteen.case.pk]))
    visit(sixteen.sara).get(reverse("case_log", args=[sixteen.case.pk]))
    mother, young = Reading.objects.filter(page="cases.case_log").order_by("at")
    assert "health" not in mother.kinds and "health" in young.kinds and "learning" in mother.kinds


def test_the_page_of_the_young_is_easy_to_read(sixteen, visit):
    body = visit(sixteen.sara).get(address(sixteen)).content.decode()
    main = re.sub(r"<[^>]+>", "\n", body[body.index("<main") : body.index("</main")])
    assert lix(main) < 30, json.dumps(main.split("\n"))


@pytest.fixture
def decided(sixteen, as_app):
    """Omar has decided that Kari must know; the place is moved so that it ends as a test says."""
    cast = sixteen
    with as_app(cast.omar.actor):
        until = timezone.now() + rules.MUST_KNOW_LASTS
        assert ground.share_health(cast.child, cast.kari.person, until, "health_unable", cast.omar.position)
    Notice.objects.all().delete()

    def ends(when):
        held = Seat.objects.filter(child_id=cast.child, person_id=cast.kari.person, until__gt=timezone.now())
        held.update(health_until=when)
        return cast

    return ends


def sweep(now=None):
    """As the worker does it, with its own role."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(database, "assumed_role", "laget_worker")
        sweeps.run(now)


def told(event="participation.must_know_ends"):
    return sorted(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def late(days):
    """Late in the evening, so many days from today."""
    day = timezone.localdate() + timedelta(days=days + 1)
    return datetime.combine(day, datetime.min.time(), OSLO) - timedelta(seconds=1)


@pytest.mark.parametrize("days", [31, 30, 29, 8, 7, 6, 1, 0])
def test_who_decided_it_and_the_holder_are_told_in_time_each_time_once(decided, days):
    cast = decided(late(days))
    both = sorted([cast.omar.person, cast.maja.person])
    for _again in range(3):
        sweep()
    assert told() == (both if days <= 30 else [])
    assert not told("participation.must_know_lapsed")


@pytest.mark.parametrize(("days", "told_again"), [(8, False), (7, True)])
def test_after_thirty_days_before_they_are_told_at_seven_once_more(decided, days, told_again):
    cast = decided(late(days))
    sweep()
    first = told()
    Notice.objects.update(at=timezone.now() - timedelta(days=30 - days))
    for _again in range(2):
        sweep()
    assert told() == (sorted([*first, *first]) if told_again else first)
    assert set(first) == {cast.omar.person, cast.maja.person}


@pytest.mark.parametrize(("seconds", "over"), [(-1, False), (0, True), (1, True)])
def test_at_the_moment_it_ends_they_are_told_that_it_has_and_so_is_the_young_person(decided, seconds, over):
    ends = timezone.now() - timedelta(minutes=1)
    cast = decided(ends)
    for _again in range(2):
        sweep(ends + timedelta(seconds=seconds))
    assert told("participation.must_know_lapsed") == (sorted([cast.omar.person, cast.maja.person]) if over else [])
    assert told("participation.health_lapsed") == ([cast.sara.person] if over else [])


@pytest.mark.parametrize(("days", "made_up_for"), [(89, True), (91, False)])
def test_a_worker_that_was_away_makes_up_for_it(decided, days, made_up_for):
    decided(timezone.now() - timedelta(days=days))
    sweep()
    assert bool(told("participation.must_know_lapsed")) is made_up_for


def test_when_the_one_who_decided_is_gone_another_who_gives_the_care_is_asked_and_always_the_holder(decided):
    cast = decided(late(5))
    Seat.objects.filter(child_id=cast.child, person_id=cast.omar.person).update(until=timezone.now())
    sweep()
    assert told() == [cast.maja.person]
    clinic = Position.objects.get(pk=cast.omar.position).unit_id
    Position.objects.filter(pk=cast.otto.position).update(unit=clinic)
    seat(cast.child, cast.otto, SeatKind.SERVICE)
    sweep()
    assert told() == sorted([cast.maja.person, cast.otto.person])


def test_what_ends_with_the_place_itself_reminds_nobody(decided):
    """The young person turns 18 before: then there is no parent's place left to decide about."""
    cast = decided(late(5))
    Seat.objects.filter(child_id=cast.child, person_id=cast.kari.person).update(until=late(4))
    sweep()
    assert not told()


def test_a_yes_of_the_young_person_reminds_nobody(sixteen, as_app):
    with as_app(sixteen.sara.actor):
        ground.share_health(sixteen.child, sixteen.kari.person, FOREVER, rules.SHARED)
    Seat.objects.filter(child_id=sixteen.child, person_id=sixteen.kari.person).update(health_until=late(3))
    sweep()
    assert not told()


def test_it_is_decided_anew_before_it_ends_and_nobody_is_reminded_until_then(decided, visit, as_app):
    cast = decided(late(5))
    page = visit(cast.omar).get(address(cast)).content.decode()
    assert "begynner på nytt" in page
    said = {"person": str(cast.kari.person), "why": "health_care"}
    assert visit(cast.omar).post(address(cast), said).status_code == 302
    held = Seat.objects.get(child_id=cast.child, person_id=cast.kari.person, until__gt=timezone.now())
    assert held.health_until - timezone.now() > timedelta(days=179) and held.origin == "health_care"
    entry = write(cast)
    assert entry.pk in reads(cast.kari.actor, as_app)
    sweep()
    assert not told() and not told("participation.must_know_lapsed")


def test_it_is_not_made_shorter_by_deciding_anew_nor_by_one_who_may_not(decided, as_app):
    cast = decided(late(100))
    with as_app(cast.omar.actor):
        until = timezone.now() + timedelta(days=50)
        assert not ground.share_health(cast.child, cast.kari.person, until, "health_unable", cast.omar.position)
    with pytest.raises(DatabaseError), transaction.atomic(), as_app(cast.maja.actor):
        until = timezone.now() + timedelta(days=150)
        ground.share_health(cast.child, cast.kari.person, until, "health_unable", cast.maja.position)


def test_that_it_ended_stands_on_the_page_of_those_it_concerns(decided, visit):
    cast = decided(timezone.now() - timedelta(minutes=1))
    assert "Dette er slutt" in visit(cast.omar).get(address(cast)).content.decode()
    young = visit(cast.sara).get(address(cast)).content.decode()
    assert "Det er slutt nå" in young and "ungdom" not in young[young.index("<main") : young.index("</main")]


def test_the_database_tells_nobody_else_what_ends(decided, as_app):
    cast = decided(late(5))
    with pytest.raises(DatabaseError), transaction.atomic(), as_app(cast.omar.actor):
        ground.health_ends(late(-1), late(9))
