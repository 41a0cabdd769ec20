"""The two locks agree: in random worlds every actor gets the same rows from Python and from the database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from random import Random, randrange
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import Value
from django.utils import timezone
from psycopg import sql

from laget.audit import models as audit_models
from laget.cases import access as cases
from laget.cases import models as cases_models
from laget.concerns import access as concerns
from laget.concerns import models as concerns_models
from laget.consents import access as consents
from laget.consents import models as consents_models
from laget.documents import access as documents
from laget.documents import models as documents_models
from laget.emergency import access as emergency
from laget.emergency import models as emergency_models
from laget.exchange import access as exchange
from laget.exchange import models as exchange_models
from laget.families import access as families
from laget.families import models as families_models
from laget.kernel.actor import Actor, Capacity, Place
from laget.notices import access as notices
from laget.notices import models as notices_models
from laget.participation import access as participation
from laget.participation import models as participation_models
from laget.plans import access as plans
from laget.plans import models as plans_models
from laget.protection import access as protection
from laget.protection import models as protection_models
from laget.sight import access as sight
from laget.sight import models as sight_models
from laget.ties import access as ties
from laget.ties import models as ties_models
from laget.trust import access as trust
from laget.trust import models as trust_models
from tests.locks import worlds
from tests.support.cast import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worlds]
WORLDS = int(os.environ.get("LAGET_WORLDS", "1000"))
"""In all."""
AT_A_TIME = 50
"""Worlds of one test: all are made and taken back in its transaction, and what they leave behind slows the next."""
SIDE_BY_SIDE = 5
"""Worlds that share services and two workers, and are compared at once."""
FIRST = randrange(2**32)  # noqa: S311 - worlds are not secrets
"""Others each time."""
AGAIN = os.environ.get("LAGET_WORLD", "")
"""The number of worlds that the locks did not agree in."""


def visible_changes(actor: Actor) -> models.QuerySet[Any]:
    """What was corrected is seen with the row it is about."""
    kept = {
        "families_child": families.visible_children, "cases_offer": cases.visible_offers,
        "plans_measure": plans.visible_measures,
    }  # fmt: skip
    seen = models.Q()
    for table, sight_of in kept.items():
        seen |= models.Q(source=table, row__in=sight_of(actor).order_by().values("pk"))
    return audit_models.Change.objects.filter(seen)


Seen = set[tuple[str, UUID]]
Sight = Callable[[Actor], "models.QuerySet[Any]"]
SIGHTS: dict[type[models.Model], Sight] = {
    sight_models.Seat: sight.visible_seats,
    sight_models.Cover: sight.visible_covers,
    families_models.Child: families.visible_children,
    families_models.Parent: families.visible_parents,
    families_models.Sibling: families.visible_siblings,
    families_models.CareOrder: families.visible_care_orders,
    protection_models.Restriction: protection.visible_restrictions,
    protection_models.Why: protection.visible_whys,
    protection_models.Proposal: protection.visible_proposals,
    protection_models.HeldMail: protection.visible_held,
    protection_models.Letter: protection.visible_letters,
    families_models.Claim: families.visible_claims,
    families_models.InformationRequest: families.visible_requests,
    families_models.InformationAnswer: families.visible_answers,
    families_models.InformationRight: families.visible_rights,
    protection_models.Grading: protection.visible_gradings,
    protection_models.Opening: protection.visible_openings,
    protection_models.Look: protection.visible_looks,
    protection_models.Place: protection.visible_places,
    consents_models.Request: consents.visible_requests,
    consents_models.Party: consents.visible_parties,
    consents_models.Paper: consents.visible_papers,
    documents_models.File: documents.visible_files,
    documents_models.Content: documents.visible_contents,
    consents_models.Answer: consents.visible_answers,
    consents_models.Disclosure: consents.visible_disclosures,
    consents_models.Hiding: consents.visible_hidings,
    consents_models.Renewal: consents.visible_renewals,
    cases_models.Case: cases.visible_cases,
    cases_models.Turn: cases.visible_turns,
    cases_models.Step: cases.visible_steps,
    cases_models.Mark: cases.visible_marks,
    cases_models.Crossing: cases.visible_crossings,
    cases_models.Baton: cases.visible_batons,
    cases_models.Absence: cases.visible_absences,
    cases_models.Deputy: cases.visible_deputies,
    cases_models.Offer: cases.visible_offers,
    cases_models.FamilyView: cases.visible_views,
    cases_models.Invitation: cases.visible_invitations,
    cases_models.Log: cases.visible_entries,
    cases_models.OwnWords: cases.visible_own_words,
    cases_models.Readership: cases.visible_readerships,
    concerns_models.Worry: concerns.visible_worries,
    concerns_models.Talk: concerns.visible_talks,
    concerns_models.Discussion: concerns.visible_discussions,
    emergency_models.Opening: emergency.visible_openings,
    emergency_models.Hold: emergency.visible_holds,
    emergency_models.Review: emergency.visible_reviews,
    exchange_models.Report: exchange.visible_reports,
    exchange_models.Version: exchange.visible_versions,
    ties_models.Tie: ties.visible_ties,
    ties_models.Ruling: ties.visible_rulings,
    ties_models.Objection: ties.visible_objections,
    plans_models.Goal: plans.visible_goals,
    plans_models.Measure: plans.visible_measures,
    plans_models.Revision: plans.visible_revisions,
    plans_models.Evaluation: plans.visible_evaluations,
    plans_models.Matter: plans.visible_matters,
    notices_models.Notice: notices.visible_notices,
    notices_models.MailWish: notices.visible_mail_wishes,
    participation_models.Setup: participation.visible_setups,
    participation_models.Remark: participation.visible_remarks,
    participation_models.Trusted: participation.visible_trusted,
    participation_models.NotNow: participation.visible_not_now,
    audit_models.Reading: trust.visible_readings,
    audit_models.Change: visible_changes,
    trust_models.Question: trust.visible_questions,
    trust_models.Finding: trust.visible_findings,
    trust_models.Reply: trust.visible_replies,
    trust_models.Inquiry: trust.visible_inquiries,
    trust_models.Verification: trust.visible_verifications,
    trust_models.Round: trust.visible_rounds,
}


LABELS = {model._meta.label: model for model in SIGHTS}


@cache
def _stand_ins(capacity: Capacity, strength: str, roles: tuple[tuple[bool, bool, bool], ...]) -> Actor:
    made = tuple(Place(uuid4(), uuid4(), uuid4(), "BHL", *role) for role in roles)
    return Actor(uuid4(), capacity, made, strength)


@cache
def _compiled(
    actor: Actor, models_compared: tuple[type[models.Model], ...], today: date
) -> tuple[str, dict[UUID, str]]:
    """One statement for all sights of one shape of actor, and what its parameters stand for.

    Building it costs fifty times as much as running it. Built anew when the day changes, since some sights say which
    day it is.
    """
    parts = [
        SIGHTS[model](actor).order_by().annotate(table=Value(model._meta.label)).values_list("table", "pk")
        for model in models_compared
    ]
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    try:
        statement, values = together.query.sql_with_params()
    except EmptyResultSet:  # this actor sees nothing of it, whatever there is
        return "SELECT NULL::text, NULL::uuid WHERE false", {}
    ids = [actor.person, *(one for place in actor.places for one in (place.position, place.service, place.unit))]
    named = {one: f"id{number}" for number, one in enumerate(ids)}
    inside = connection.connection
    parts = [f"%({named[one]})s" if one in named else _literal(one, inside) for one in values]
    return statement % tuple(parts), named


def _literal(value: Any, inside: Any) -> str:
    return sql.Literal(value).as_string(inside).replace("%", "%%")


def planned(statement: str, values: dict[str, UUID] | None = None) -> Seen:
    """Rows of a statement that PostgreSQL plans once in this connection: planning costs more than all the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    inside = connection.connection
    inside.prepare_threshold = 0  # Django's own cursors never prepare, and forbid it to all
    with psycopg.Cursor(inside) as cursor:
        return set(cursor.execute(statement.encode(), values, prepare=True).fetchall())


def seen_by_python(actor: Actor, models_compared: Iterable[type[models.Model]] = tuple(SIGHTS)) -> Seen:
    """What the sights return: compiled for a stand-in of the same shape, then run with the actor's own ids."""
    roles = tuple((place.leads, place.administers, place.protects) for place in actor.places)
    stand_in = _stand_ins(actor.capacity, actor.strength, roles)
    own: dict[UUID, UUID] = {stand_in.person: actor.person}
    for theirs, mine in zip(stand_in.places, actor.places, strict=True):
        own |= {theirs.position: mine.position, theirs.service: mine.service, theirs.unit: mine.unit}
    statement, named = _compiled(stand_in, tuple(models_compared), timezone.localdate())
    return planned(statement, {name: own[one] for one, name in named.items()})


def seen_in_database(actor: Actor, models_compared: Iterable[type[models.Model]] = tuple(SIGHTS)) -> Seen:
    everything = " UNION ALL ".join(
        f"SELECT '{model._meta.label}', {model._meta.pk.column} FROM {model._meta.db_table}"
        for model in models_compared
    )
    with acting_as(actor):
        return planned(everything)


@pytest.fixture
def swept(django_db_setup: None) -> None:
    """Tables without what the worlds before have left: PostgreSQL thinks them empty, and reads it again and again."""
    with psycopg.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"], autocommit=True) as own:
        own.execute("VACUUM")


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("part", range(1 if AGAIN else max(WORLDS // AT_A_TIME, 1)))
def test_locks_agree(db: None, part: int) -> None:
    first = FIRST + part * AT_A_TIME
    for seed in [int(AGAIN)] if AGAIN else range(first, first + AT_A_TIME, SIDE_BY_SIDE):
        with transaction.atomic():
            _compare(worlds.several(Random(seed), SIDE_BY_SIDE), seed)  # noqa: S311 - worlds are not secrets
            transaction.set_rollback(True)


def _compare(made: list[worlds.World], seed: int) -> None:
    everybody = worlds.everybody(made)
    for actor in everybody:
        by_python, by_database = seen_by_python(actor), seen_in_database(actor)
        only = {"python": by_python - by_database, "database": by_database - by_python}
        assert by_python == by_database, f"LAGET_WORLD={seed} makes it again; {actor.capacity}: {only}"
    for person in {actor.person for actor in everybody}:
        known = {label for label, _ in seen_in_database(Actor(person, Capacity.SYSTEM))}
        assert known <= {"sight.Seat", "audit.Reading"}, (
            f"LAGET_WORLD={seed}: without a capacity only one's own seats and readings are known"
        )


def opened_in_database(actor: Actor) -> set[UUID]:
    """Entries by the function that an emergency is read through, asked about every opening there is."""
    ids = list(emergency_models.Opening.objects.values_list("pk", flat=True))
    found: set[UUID] = set()
    with acting_as(actor), connection.cursor() as cursor:
        for one in ids:
            cursor.execute("SELECT id FROM emergency_entries(%s)", [one])
            found |= {row for (row,) in cursor.fetchall()}
    return found


def test_what_an_emergency_opens_is_the_same_by_both_locks(db: None) -> None:
    """The Python lock says which entries; the database's function gives them, and for others' openings nothing."""
    opened = 0
    for seed in range(40):
        with transaction.atomic():
            world = worlds.make(Random(f"emergency{seed}"))  # noqa: S311
            for actor in world.actors():
                by_python = set(emergency.opened_entries(actor).values_list("pk", flat=True))
                assert opened_in_database(actor) == by_python, (seed, actor.capacity)
                opened += len(by_python)
            transaction.set_rollback(True)
    assert opened, "somebody opens something in these worlds"


def test_worlds_are_worth_comparing(db: None) -> None:
    """In some dozen worlds every table is seen by somebody and hidden from somebody; those rarely seen take more."""
    shown: set[str] = set()
    hidden: set[str] = set()
    for seed in range(48):
        with transaction.atomic():
            world = worlds.make(Random(seed))  # noqa: S311
            for actor in world.actors():
                found = {label for label, _ in seen_in_database(actor)}
                shown |= found
                hidden |= set(LABELS) - found
            transaction.set_rollback(True)
        if shown == hidden == set(LABELS):
            break
    assert shown == hidden == set(LABELS)
