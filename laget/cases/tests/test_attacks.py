"""What somebody around a case, or far from it, would try: each attack by its name, and that it leads nowhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.cases import actions, ground
from laget.cases.access import visible_own_words
from laget.cases.models import FamilyView, Log, OwnWords
from laget.cases.tests.factories import entry, offered
from laget.demo.cast import Member, seat
from laget.directory.models import Position
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid
from laget.notices.models import Notice
from laget.people.models import Person
from laget.sight.models import SeatKind


def test_a_no_given_by_signing_in_is_never_turned_into_an_oral_yes(cast, as_app):
    made = offered(cast, cast.omar, seated=False)
    with as_app(cast.kari.actor):
        actions.answer_offer(cast.kari.actor, made, agrees=False)
    with as_app(cast.maja.actor):
        with pytest.raises(Invalid):
            actions.note_view(cast.maja.actor, made, cast.kari.person, agrees=True)
        actions.note_view(cast.maja.actor, made, cast.kari.person, agrees=False, wish="Sa det på telefon også")


def test_nobody_speaks_for_a_parent_unseen(cast, as_app):
    made = offered(cast, cast.omar, seated=False)
    with as_app(cast.maja.actor):
        actions.note_view(cast.maja.actor, made, cast.kari.person, agrees=True)
    told = Notice.objects.get(recipient_id=cast.kari.person, event="cases.view_noted")
    assert told.address == reverse("offer", args=[made.pk])
    assert FamilyView.objects.get().noted_by_id == cast.maja.position


@pytest.mark.parametrize(
    ("who", "person", "noted_by", "agrees"),
    [
        ("maja", "kari", "", True),  # as if the mother had signed in
        ("omar", "kari", "maja", True),  # as if another had noted it
        ("maja", "kari", "maja", True),  # over what the mother said herself
        ("kari", "sara", "", True),
    ],
)
def test_the_database_lets_nobody_put_words_in_a_parents_mouth(cast, as_app, who, person, noted_by, agrees):
    made = offered(cast, cast.omar)
    with as_app(cast.kari.actor):
        actions.answer_offer(cast.kari.actor, made, agrees=False)
    forged = FamilyView(
        offer=made, child_id=cast.child, person_id=getattr(cast, person).person, agrees=agrees,
        noted_by_id=getattr(cast, noted_by).position if noted_by else None,
    )  # fmt: skip
    with as_app(getattr(cast, who).actor), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_a_correction_does_not_carry_a_services_own_words_to_another_service(cast, as_app):
    """Maja works in the clinic too: what she corrects there stays with those it was written for."""
    unit = Position.objects.get(pk=cast.omar.position).unit
    both = Position.objects.create(person_id=cast.maja.person, unit=unit, title="Vikar", since=timezone.now())
    seat(cast.child, Member(cast.maja.person, "", Capacity.WORKER, both.pk), SeatKind.SERVICE)
    own = entry(cast, cast.maja, audience="own_service", words="Bare vi")
    Log.objects.filter(pk=own.pk).update(position_id=both.pk, service_id=cast.clinic)
    own.refresh_from_db()
    actor = Member(cast.maja.person, "", Capacity.WORKER).actor
    with as_app(actor):
        fixed = actions.correct_entry(actor, own, words="Bare vi, rettet").value
    assert (fixed.service_id, fixed.position_id) == (cast.clinic, both.pk)


def test_one_who_has_left_a_service_does_not_read_what_came_back_to_it(cast, as_app, visit):
    batch = uuid4()
    OwnWords.objects.create(
        owner_id=cast.omar.person, service_id=cast.clinic, batch=batch, written_at=timezone.now(), words="Mine ord"
    )
    Position.objects.filter(pk=cast.omar.position).update(until=timezone.now() - timedelta(seconds=1))
    assert visit(cast.omar).get(reverse("own_words", args=[batch])).status_code == 404
    actor = cast.omar.actor
    with as_app(actor):
        assert not visible_own_words(actor).exists() and not OwnWords.objects.exists()


@pytest.mark.parametrize("capacity", [Capacity.WORKER, Capacity.CITIZEN])
@pytest.mark.parametrize(
    "question",
    [
        "SELECT cases_of(%(child)s)", "SELECT cases_family(%(child)s)", "SELECT cases_candidates(%(child)s)",
        "SELECT cases_consequence(%(child)s, %(service)s)",
        "SELECT id FROM cases_could_wake(%(case)s) AS f (id) WHERE id IS NOT NULL",
        "SELECT id FROM cases_wake(%(case)s, current_date) AS f (id) WHERE id IS NOT NULL",
        "SELECT cases_give_back(%(child)s, %(service)s, ARRAY['everyday', 'health'])",
        "SELECT f FROM cases_settle(%(case)s, current_date, 'x', 'no_cover') AS f WHERE f ? 'family' OR f ? 'child'",
        "SELECT sight_cases() UNION ALL SELECT sight_children() UNION ALL SELECT sight_named()",
        "SELECT families_responsible(%(child)s)", "SELECT families_reachable(%(child)s)",
        """SELECT person FROM families_typed(%(child)s, '{"parents": [{"sort_key": "solberg|kari"}]}')""",
        "SELECT f FROM sight_end_seats_of(%(position)s) AS f WHERE f > 0",
    ],
)  # fmt: skip
def test_an_outsider_learns_and_moves_nothing_by_the_functions_of_the_database(cast, as_app, question, capacity):
    """The kindergarten has lost its cover of health; somebody with no place around the child asks with real ids."""
    entry(cast, cast.maja, kind="health", words="Skrevet før")
    places = Position.objects.get(pk=cast.otto.position)
    outsider = Member(cast.otto.person if capacity is Capacity.WORKER else Person.objects.create().pk, "", capacity)
    ids = {
        "child": cast.child, "case": cast.case.pk, "service": places.unit.service_id, "position": cast.maja.position
    }  # fmt: skip
    with as_app(outsider.actor), connection.cursor() as cursor:
        cursor.execute(question, ids)
        assert cursor.fetchall() == []
    assert not OwnWords.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        "SELECT cases_unheld()", "SELECT cases_able(%(id)s, %(id)s, true, NULL)", "SELECT cases_clear(%(id)s)",
        "SELECT cases_heir(%(id)s, NULL, true)", "SELECT cases_lapse(%(id)s)", "SELECT cases_family_ids(%(id)s)",
        "SELECT cases_hand_to(%(id)s, %(id)s, now(), current_date, '')", "SELECT cases_acting_past(current_date)",
        "SELECT cases_unanswered()", "SELECT consents_expire(current_date)", "SELECT consents_lapse()",
        "SELECT consents_remind(now())", "SELECT notices_reaches(%(id)s)",
        "SELECT families_register(%(id)s, '{}', now(), now())", "SELECT sight_forbidden(%(id)s, %(id)s)",
    ],
)  # fmt: skip
def test_what_only_the_house_itself_asks_is_closed_to_the_web(cast, as_app, question):
    refused = pytest.raises(DatabaseError, match="permission denied")
    with as_app(cast.maja.actor), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(question, {"id": cast.case.pk})


def test_those_around_a_child_still_get_what_they_need(cast, as_app):
    with as_app(cast.kari.actor):
        assert ground.cases_of(cast.child) == [cast.case.pk]
