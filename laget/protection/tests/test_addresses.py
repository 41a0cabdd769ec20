"""A protected address shuts the family out by itself, follows the household, and is loosened by two only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laget.access import database
from laget.access.database import acting
from laget.audit.models import Reading
from laget.cases.access import visible_cases
from laget.demo.cast import child, make_officer, parent, seat
from laget.families.models import Child, Parent, Source
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.errors import Invalid, Refused
from laget.notices.models import Notice
from laget.people.models import Person
from laget.protection import actions, ground, sweeps
from laget.protection.access import visible_gradings, visible_openings
from laget.protection.models import Grading, Look, Proposal
from laget.protection.rules.levels import LEVELS, Fed
from laget.sight.access import family_seats
from laget.sight.models import Forbid, SeatKind

FRESH_FOR = timedelta(hours=24)
pytestmark = pytest.mark.django_db
NOBODY_IS_KEPT_AWAY = True
SAID = {"level": "strictly_confidential", "source": "police", "paper": "Sak 26/1"}


@pytest.fixture
def as_worker(monkeypatch):
    """What the worker's login does."""

    def go(act):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            with acting(SYSTEM):
                return act()

    return go


def grade(cast, as_app, person=None, by=None, **other):
    day = timezone.localdate() + timedelta(days=60)
    with as_app((by or cast.maja).actor):
        about = Child.objects.get(pk=cast.child)
        return actions.grade(
            (by or cast.maja).actor, about, person or cast.child, review_on=day, **(SAID | other)
        ).value


def sees(member, as_app, of=None):
    with as_app(member.actor):
        seats = family_seats(member.actor)
        mine = seats.filter(child_id=of).exists() if of else visible_cases(member.actor).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sight_held() h WHERE %s::uuid IS NULL OR h.child = %s", [of, of])
            assert (cursor.fetchone()[0] > 0) is mine
        return mine


def open_for(cast, member, as_app):
    with as_app(cast.maja.actor):
        about = Child.objects.get(pk=cast.child)
        asked = actions.ask_to_open(cast.maja.actor, about, member.person, "Bor med barnet.").value
    with as_app(cast.liv.actor):
        actions.answer(cast.liv.actor, asked, True, "Lest.")


def test_no_parent_sees_a_protected_child(cast, as_app):
    assert sees(cast.kari, as_app) and sees(cast.per, as_app)
    grade(cast, as_app)
    assert not sees(cast.kari, as_app) and not sees(cast.per, as_app)
    assert sees(cast.sara, as_app)
    assert sees_work(cast.maja, as_app) and sees_work(cast.omar, as_app)


def sees_work(member, as_app):
    with as_app(member.actor):
        return visible_cases(member.actor).exists()


def test_it_is_opened_for_one_parent_by_two(cast, as_app, visit):
    grade(cast, as_app)
    maja, liv = visit(cast.maja), visit(cast.liv)
    sent = maja.post(reverse("open_parent", args=[cast.child]), {"person": str(cast.kari.person), "reason": "Bor der."})
    assert sent.status_code == 302 and not sees(cast.kari, as_app)
    asked = Proposal.objects.get()
    liv.post(reverse("confirm", args=[asked.pk]), {"agreed": "yes", "words": "Lest."})
    assert sees(cast.kari, as_app) and not sees(cast.per, as_app)
    shown = maja.get(reverse("protection", args=[cast.child])).content.decode()
    assert "Strengt fortrolig" in shown and "Åpne for denne" in shown and "Stengt for denne" in shown


def test_what_was_asked_before_a_stronger_level_is_asked_anew(cast, as_app):
    grade(cast, as_app, level="confidential")
    with as_app(cast.maja.actor):
        about = Child.objects.get(pk=cast.child)
        asked = actions.ask_to_open(cast.maja.actor, about, cast.kari.person, "Bor med barnet.").value
    grade(cast, as_app, level="strictly_confidential")
    with as_app(cast.liv.actor), pytest.raises(Refused):
        actions.answer(cast.liv.actor, asked, True, "Lest.")
    assert not sees(cast.kari, as_app)
    with as_app(cast.liv.actor):
        actions.answer(cast.liv.actor, asked, False, "Spør på nytt.")
    open_for(cast, cast.kari, as_app)
    assert sees(cast.kari, as_app)


def test_a_stronger_level_closes_what_was_opened(cast, as_app):
    grade(cast, as_app, level="confidential")
    open_for(cast, cast.kari, as_app)
    grade(cast, as_app, level="hidden")
    assert sees(cast.kari, as_app)
    grade(cast, as_app, level="strictly_confidential")
    assert not sees(cast.kari, as_app)


def test_whoever_becomes_family_later_is_born_shut_out(cast, as_app):
    grade(cast, as_app)
    late = parent("Siv", "Moe", cast.child, "co_mother", timezone.localdate().replace(year=1990))
    assert not sees(late, as_app)
    guardian = make_stranger(Capacity.CITIZEN)
    seat(cast.child, guardian, SeatKind.GUARDIAN)
    assert not sees(guardian, as_app)


def make_stranger(capacity):
    from laget.demo.cast import Member, person  # noqa: PLC0415 - only here

    return Member(person("Ola", "Ukjent"), "Ola Ukjent", capacity)


def test_it_follows_the_household_and_not_the_half_sibling(cast, as_app):
    full = child("Nils", "Solberg", timezone.localdate().replace(year=2020), cast.maja.person, serial=5)
    half = child("Ane", "Solberg", timezone.localdate().replace(year=2019), cast.maja.person, serial=6)
    for one, adults in ((full, (cast.kari, cast.per)), (half, (cast.per,))):
        for adult in adults:
            tie(one, adult)
    grade(cast, as_app)
    assert set(Grading.objects.values_list("child_id", flat=True)) == {cast.child, full}
    assert not sees(cast.kari, as_app, full) and not sees(cast.per, as_app, full)
    assert sees(cast.per, as_app, half)


def tie(of, adult):
    made = Parent.objects.create(
        child_id=of, person_id=adult.person, relation="other", responsibility=True, source=Source.REGISTER,
        registered_by=adult.person,
    )  # fmt: skip
    seat(of, adult, SeatKind.PARENT, origin_id=made.pk)


def test_a_graded_parent_covers_children_who_come_later(cast, as_app):
    grade(cast, as_app, person=cast.kari.person)
    baby = child("Liam", "Solberg", timezone.localdate(), cast.maja.person, serial=7)
    tie(baby, cast.kari)
    assert Grading.objects.filter(child_id=baby, person_id=cast.kari.person).count() == 1
    assert not sees(cast.kari, as_app, baby)


def test_it_is_ended_by_two_and_for_one_child(cast, as_app):
    full = child("Nils", "Solberg", timezone.localdate().replace(year=2020), cast.maja.person, serial=5)
    for adult in (cast.kari, cast.per):
        tie(full, adult)
    graded = grade(cast, as_app)
    with as_app(cast.maja.actor):
        row = visible_gradings(cast.maja.actor).get(child_id=cast.child)
        asked = actions.ask_to_lower(cast.maja.actor, row, "Politiet har opphevet.").value
    with pytest.raises(Refused), as_app(cast.maja.actor):
        actions.answer(cast.maja.actor, asked, True, "Ja.")
    assert not sees(cast.kari, as_app)
    with as_app(cast.liv.actor):
        actions.answer(cast.liv.actor, asked, True, "Lest.")
    assert sees(cast.kari, as_app, cast.child) and not sees(cast.kari, as_app, full)
    graded.refresh_from_db()
    assert not graded.is_open


@pytest.mark.parametrize("member", ["kari", "per", "sara"])
def test_no_family_reads_any_of_it(cast, as_app, visit, member):
    grade(cast, as_app)
    one = getattr(cast, member)
    with as_app(one.actor), connection.cursor() as cursor:
        for table in ("grading", "opening", "proposal", "look"):
            cursor.execute(f"SELECT count(*) FROM protection_{table}")
            assert cursor.fetchone() == (0,)
        assert not visible_gradings(one.actor).exists() and not visible_openings(one.actor).exists()
    assert visit(one).get(reverse("grade", args=[cast.child])).status_code == 404


@pytest.mark.parametrize(("field", "said"), [("level", {"level": "ungraded"}), ("level", {"source": "rumour"})])
def test_what_cannot_be_registered(cast, as_app, field, said):
    with pytest.raises(Invalid) as fault:
        grade(cast, as_app, **said)
    assert fault.value.field == field


def test_anybody_who_takes_part_protects_and_nobody_else(cast, as_app):
    grade(cast, as_app, by=cast.omar)
    with pytest.raises((Refused, Child.DoesNotExist)):
        grade(cast, as_app, by=cast.otto)


def test_looks_are_told_to_the_officer_once_a_day(cast, as_app, visit, monkeypatch):
    officer = make_officer()
    grade(cast, as_app)
    Notice.objects.all().delete()
    for _time in range(2):
        visit(cast.omar).get(reverse("child_page", args=[cast.case.pk]))
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()
    look = Look.objects.get(reader_id=cast.omar.person)
    assert look.times == 2
    assert Notice.objects.filter(event="protection.looked", recipient_id=officer.person).count() == 1
    body = visit(officer).get(reverse("looks")).content.decode()
    assert "Omar Haddad" in body and "Sara" not in body
    assert visit(cast.liv).get(reverse("looks")).status_code == 404


def test_readings_before_it_was_protected_are_not_told(cast, as_app, visit, as_worker):
    visit(cast.omar).get(reverse("child_page", args=[cast.case.pk]))
    Reading.objects.update(at=timezone.now() - timedelta(hours=2))
    grade(cast, as_app)
    as_worker(lambda: ground.note_looks(timezone.now() - timedelta(hours=25)))
    assert not Look.objects.exists()


def shut(cast):
    """Of the parents, those who see nothing; a silence of the register put aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person_id FROM sight_forbid WHERE origin <> 'stale' AND since <= now() AND until > now()"
        )
        return {row[0] for row in cursor.fetchall()}


rows = st.lists(
    st.tuples(
        st.sampled_from(["sara", "kari", "per", "nobody"]),
        st.sampled_from([*LEVELS, None, "unknown", ""]),
        st.integers(-100, 3),
    ),
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.booleans(), st.booleans())
def test_sync_is_monotone(cast, as_app, as_worker, fed, restricted, opened):
    """Vigilo, Bergen: a monthly refresh of the register overwrote restrictions that are not in it.

    No sequence of feeds, in any order, with rows missing, repeated or broken, lets anybody see more than before.
    """
    from django.db import transaction  # noqa: PLC0415 - only here

    with transaction.atomic():
        if restricted:
            keep_per_away(cast, as_app)
        if opened:
            grade(cast, as_app, level="confidential")
            open_for(cast, cast.kari, as_app)
        people = {
            "sara": cast.child,
            "kari": cast.kari.person,
            "per": cast.per.person,
            "nobody": Person.objects.create().pk,
        }
        for who, level, hours in fed:
            before = shut(cast)
            row = Fed(people[who], level, timezone.now() + timedelta(hours=hours))
            as_worker(lambda row=row: actions.feed([row]))
            assert before <= shut(cast)
            levels = Grading.objects.filter(level="ungraded")
            assert not levels.exists()
        transaction.set_rollback(True)


def keep_per_away(cast, as_app):
    with as_app(cast.maja.actor):
        actions.keep_away(
            cast.maja.actor, Child.objects.get(pk=cast.child), cast.per.person, "no_contact",
            timezone.localdate() + timedelta(days=9), "Dom", "nobody",
        )  # fmt: skip


def fed(cast, level, ago, as_worker):
    return as_worker(lambda: actions.feed([Fed(cast.child, level, timezone.now() - ago)]))


def test_kristiansand_a_register_that_is_silent_closes_for_parents(cast, as_app, as_worker):
    """Addresses were refreshed four times a year: a flag could be three months old."""
    assert fed(cast, "ungraded", timedelta(hours=1), as_worker) == {"same": 1}
    assert sees(cast.kari, as_app)
    Forbid.objects.filter(origin="stale").update(since=timezone.now() - timedelta(seconds=1))  # a day has gone
    assert not sees(cast.kari, as_app) and sees_work(cast.maja, as_app)
    assert fed(cast, "ungraded", timedelta(minutes=1), as_worker) == {"same": 1}
    assert sees(cast.kari, as_app)
    late = Forbid.objects.filter(origin="stale", person_id=cast.kari.person, until__gt=timezone.now()).get()
    assert abs(late.since - timezone.now() - FRESH_FOR) < timedelta(minutes=3)


def test_an_old_row_closes_at_once(cast, as_app, as_worker):
    fed(cast, "ungraded", FRESH_FOR + timedelta(hours=1), as_worker)
    assert not sees(cast.kari, as_app)


def test_how_long_the_register_is_leaned_on_is_the_municipalitys(cast, as_app, as_worker, settings):
    settings.LAGET_REGISTER_FRESH_HOURS = 6
    fed(cast, "ungraded", timedelta(hours=7), as_worker)
    assert not sees(cast.kari, as_app)


def test_rows_out_of_order_count_by_when_they_were_seen(cast, as_app, as_worker):
    assert fed(cast, "confidential", timedelta(hours=1), as_worker) == {"narrowed": 1}
    assert fed(cast, "ungraded", timedelta(hours=2), as_worker) == {"old": 1}
    assert fed(cast, "ungraded", timedelta(minutes=1), as_worker) == {"lower": 1}
    assert not sees(cast.kari, as_app)
    told = Notice.objects.filter(event="protection.register_lower").values_list("recipient_id", flat=True)
    assert cast.maja.person in told and cast.kari.person not in told


def test_the_register_that_says_less_is_shown_and_changes_nothing(cast, as_app, as_worker, visit):
    grade(cast, as_app)
    Grading.objects.update(at=timezone.now() - timedelta(days=1))
    fed(cast, "ungraded", timedelta(minutes=1), as_worker)
    body = visit(cast.maja).get(reverse("protection", args=[cast.child])).content.decode()
    assert "Registeret sier nå: Ingen beskyttelse" in body
    assert not sees(cast.kari, as_app)
