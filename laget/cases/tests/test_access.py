"""Who may do what: each right for the whole cast, in Python and (for what is read) in the database."""

import pytest
from django.utils import timezone

from laget.cases import rights
from laget.cases.access import (
    visible_batons,
    visible_cases,
    visible_entries,
    visible_invitations,
    visible_offers,
    visible_own_words,
    visible_steps,
    visible_team,
)
from laget.cases.models import Baton, Case, Invitation, Log, Offer, OwnWords, Step
from laget.cases.tests.factories import acting, entry, fresh, invited, offered
from laget.demo.clock import ago

INSIDE = {"maja", "omar", "kari", "sara"}


def may(cast, as_app, right):
    """The names of those who may."""
    allowed = set()
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            if right(member.actor):
                allowed.add(name)
    return allowed


SIGHTS = {
    "cases": (visible_cases, Case), "batons": (visible_batons, Baton), "steps": (visible_steps, Step),
    "offers": (visible_offers, Offer), "invitations": (visible_invitations, Invitation),
    "entries": (visible_entries, Log), "words": (visible_own_words, OwnWords),
}  # fmt: skip


@pytest.mark.locks
@pytest.mark.parametrize("name", SIGHTS)
def test_both_locks_agree_for_the_whole_cast(name, cast, as_app):
    offered(cast, cast.otto)
    invited(cast, cast.idris)
    for kind, audience in (
        ("everyday", "team"),
        ("health", "team"),
        ("everyday", "own_service"),
        ("learning", "family"),
    ):
        entry(cast, cast.maja, kind=kind, audience=audience)
    OwnWords.objects.create(
        owner_id=cast.vera.person, service_id=cast.school, batch=cast.case.pk, written_at=timezone.now(), words="x"
    )
    sight, model = SIGHTS[name]
    for who, member in cast.everybody().items():
        python = set(sight(member.actor).values_list("pk", flat=True))
        with as_app(member.actor):
            assert set(model.objects.values_list("pk", flat=True)) == python, who


def test_entries_from_before_the_consent_reaches_are_not_seen(cast, as_app):
    old = entry(cast, cast.maja, at=ago(90))
    from laget.sight.models import Cover

    Cover.objects.filter(service_id=cast.clinic).update(log_from=ago(10))
    with as_app(cast.omar.actor):
        assert not visible_entries(cast.omar.actor).filter(pk=old.pk).exists()
        assert not Log.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("right", ["may_move_level", "may_invite", "may_offer", "may_close", "may_ask_for_service"])
def test_the_holder_moves_the_case_and_nobody_else(right, cast):
    assert getattr(rights, right)(cast.maja.actor, fresh(cast.case))
    for name, member in cast.everybody().items():
        if name == "maja":
            continue
        verdict = getattr(rights, right)(member.actor, fresh(cast.case))
        assert not verdict and str(verdict.reason), name


def test_who_may_write(cast, as_app):
    assert may(cast, as_app, lambda actor: rights.may_write(actor, cast.case) if _sees(actor, cast) else None) == INSIDE


def _sees(actor, cast):
    return visible_cases(actor).filter(pk=cast.case.pk).exists()


def test_a_service_that_may_know_only_who_the_child_is_cannot_write(cast, as_app):
    from laget.sight.models import Cover

    Cover.objects.filter(service_id=cast.clinic).exclude(kind="identity").delete()
    with as_app(cast.omar.actor):
        assert not rights.may_write(cast.omar.actor, cast.case)


def test_nothing_is_written_in_a_closed_case(cast):
    case = fresh(cast.case)
    case.closed_at = timezone.now()
    for right in (rights.may_write, rights.may_close, rights.may_offer, rights.may_invite):
        assert not right(cast.maja.actor, case)
    assert rights.may_write(cast.kari.actor, case) == rights.CLOSED


def test_an_acting_holder_accepts_before_closing(cast):
    acting(cast, cast.liv)
    case = fresh(cast.case)
    assert rights.may_accept_acting(cast.liv.actor, case) and rights.may_offer(cast.liv.actor, case)
    assert not rights.may_close(cast.liv.actor, case)
    assert not rights.may_accept_acting(cast.maja.actor, case)


def test_nobody_accepts_their_own_offer_in_another_position(cast, as_app):
    from laget.demo.cast import seat
    from laget.directory.models import Position
    from laget.sight.models import SeatKind

    other = Position.objects.create(
        person_id=cast.maja.person,
        unit=Position.objects.get(pk=cast.omar.position).unit,
        title="Vikar",
        since=ago(2),
    )
    made = Offer.objects.create(case=cast.case, child_id=cast.child, giver_id=cast.maja.position, receiver_id=other.pk)
    seat(cast.child, type(cast.maja)(cast.maja.person, "Maja", cast.maja.capacity, other.pk), SeatKind.SERVICE)
    with as_app(cast.maja.actor):
        verdict = rights.may_accept(cast.maja.actor, made)
    assert not verdict and "eget tilbud" in str(verdict.reason)


def test_a_restricted_parent_is_neither_asked_nor_heard(cast, as_app):
    made = offered(cast, cast.omar, seated=False)
    with as_app(cast.maja.actor):
        assert rights.asked_family(made) == [cast.kari.person]
    with as_app(cast.per.actor):
        assert not visible_offers(cast.per.actor).exists()


def test_only_the_team_of_the_child_is_seen(cast, as_app):
    with as_app(cast.omar.actor):
        seen = {seat.person_id for seat in visible_team(cast.omar.actor, cast.child)}
    assert {cast.maja.person, cast.omar.person, cast.kari.person} <= seen and cast.idris.person not in seen
    with as_app(cast.vera.actor):
        assert {seat.person_id for seat in visible_team(cast.vera.actor, cast.child)} <= {cast.vera.person}
