"""A leader whose confirmation is waited for reads it on my day, by the question that every page asks anyway."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.demo.cast import person
from laget.desk.tests.test_statements import MOST, statements
from laget.directory.models import Position
from laget.emergency.models import Opening, Review
from laget.families.models import Claim, Parent
from laget.protection.models import Proposal
from laget.ties.models import Objection, Ruling, Tie
from laget.trust.models import Reply
from laget.trust.tests.factories import question

pytestmark = pytest.mark.django_db


def asked(cast, **more):
    return Proposal.objects.create(
        child_id=cast.child, sort="end_restriction", subject=uuid4(), called="En forelder", child_called="Sara",
        reason="Dommen er opphevet.", services=[cast.kindergarten], asked_by_id=cast.maja.person,
        position_id=cast.maja.position, **more,
    )  # fmt: skip


def home(visit, member):
    return visit(member).get(reverse("home")).content.decode()


def test_what_waits_for_a_leader_stands_first_on_my_day_and_names_nobody(cast, visit):
    assert "venter på deg" not in home(visit, cast.liv)
    asked(cast)
    body = home(visit, cast.liv)
    assert "1 avgjørelse venter på deg" in body and f'href="{reverse("to_confirm")}"' in body
    assert "Sara" not in body and "Dommen" not in body
    asked(cast)
    assert "2 avgjørelser venter på deg" in home(visit, cast.liv)


def claimed(cast):
    """What Maja has read of a parent's responsibility, and Liv may confirm."""
    who = person("Tor", "Nygård", date(1985, 5, 6), serial=3)
    tie = Parent.objects.create(
        child_id=cast.child, person_id=who, relation="father", responsibility=False, source="declared",
        registered_by=cast.maja.person,
    )  # fmt: skip
    return Claim.objects.create(
        child_id=cast.child, tie=tie, person_id=who, called="Tor Nygård", child_called="Sara", relation="father",
        source="court", source_date=timezone.localdate(), services=[cast.kindergarten], by_id=cast.maja.person,
        position_id=cast.maja.position, falls_at=timezone.now() + timedelta(days=14),
    )  # fmt: skip


def test_who_is_to_let_a_parent_in_reads_it_there_too_until_it_falls(cast, visit):
    asked(cast)
    one = claimed(cast)
    body = home(visit, cast.liv)
    assert "2 avgjørelser venter på deg" in body and "Tor" not in body and "Sara" not in body
    assert "venter på deg" not in home(visit, cast.maja), "the one who asked does not answer"
    Claim.objects.filter(pk=one.pk).update(falls_at=timezone.now() - timedelta(minutes=1))
    assert "1 avgjørelse venter på deg" in home(visit, cast.liv)


def test_it_is_nobody_elses_and_goes_when_it_is_answered(cast, visit):
    one = asked(cast)
    for member in (cast.maja, cast.omar, cast.otto, cast.ada):
        assert "venter på deg" not in home(visit, member), member.name
    Proposal.objects.filter(pk=one.pk).update(answered_by_id=cast.liv.person, answered_at=timezone.now(), agreed=True)
    assert "venter på deg" not in home(visit, cast.liv)


def test_it_costs_no_question_more(cast, visit):
    client = visit(cast.liv)
    before = statements(client, reverse("home"))[0]
    asked(cast)
    claimed(cast)
    assert statements(client, reverse("home"))[0] == before <= MOST


def waits(cast, about):
    """One of everything that a leader answers, about this worker."""
    position = Position.objects.get(pk=about.position)
    now = timezone.now()
    tie = Tie.objects.create(
        child_id=cast.child, worker_id=about.person, unit_id=position.unit_id, relation="close", found="declared",
        words="Nabo.",
    )  # fmt: skip
    opening = Opening.objects.create(
        child_id=cast.child, worker_id=about.person, position=position, unit_id=position.unit_id, reason="life",
        words="Fare.", opened_at=now, due=timezone.localdate(), told_from=now, until=now,
    )  # fmt: skip
    return tie, opening, question(cast, about, by=cast.kari)


TOLD = {
    "ties": "1 ansatt kan være for nær en familie",
    "reviews": "1 åpning i nød venter på vurdering",
    "to_answer": "1 spørsmål om oppslag",
}


def test_what_a_leader_answers_is_counted_on_my_day_until_it_is_answered(cast, visit):
    tie, opening, asked_why = waits(cast, cast.otto)
    body = home(visit, cast.liv)
    for name, words in TOLD.items():
        assert words in body and f'href="{reverse(name)}"' in body
    assert "Nabo" not in body and "Sara" not in body and "Otto" not in body
    said = {"by_id": cast.liv.person}
    Ruling.objects.create(tie=tie, outcome="able", reason="Går bra.", **said)
    Review.objects.create(opening=opening, outcome="ok", words="Riktig.", **said)
    Reply.objects.create(question=asked_why, outcome="explained", words="Vikar.", **said)
    assert not [words for words in TOLD.values() if words in home(visit, cast.liv)]


def test_what_the_law_decides_waits_for_nobody_until_it_is_said_to_be_wrong(cast, visit):
    unit = Position.objects.get(pk=cast.otto.position).unit_id
    tie = Tie.objects.create(
        child_id=cast.child, worker_id=cast.otto.person, unit_id=unit, relation="sibling", found="register"
    )
    assert TOLD["ties"] not in home(visit, cast.liv)
    Objection.objects.create(tie=tie, words="Navnebror.", by_id=cast.otto.person, due=timezone.localdate())
    assert TOLD["ties"] in home(visit, cast.liv)
    listed = visit(cast.liv).get(reverse("ties")).content.decode()
    assert "Den det gjelder, sier at det er feil" in listed and "Navnebror" not in listed


def test_it_is_for_those_who_lead_and_never_about_oneself(cast, visit):
    waits(cast, cast.liv)
    for member in (cast.liv, cast.maja, cast.otto, cast.omar):
        assert not [words for words in TOLD.values() if words in home(visit, member)], member.name


def test_four_sorts_cost_no_question_more(cast, visit):
    client = visit(cast.liv)
    before = statements(client, reverse("home"))[0]
    waits(cast, cast.otto)
    assert statements(client, reverse("home"))[0] == before <= MOST
