"""Each condition matters: whichever one is taken out of either lock, somebody sees something else in some world.

A few are put in each time, the same ones; with LAGET_MUTANTS=some a fifth, with LAGET_MUTANTS=all every fault, with
LAGET_MUTANTS=2/8 the second eighth of all. One that nothing can notice is named here with its reason, and a reason that
is no longer needed is red too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from zlib import crc32

import pytest
from django.core.exceptions import EmptyResultSet, FieldError
from django.db import DatabaseError, connection, models, transaction

from laget.access import database
from laget.kernel.actor import Actor, Capacity
from tests.locks import ground_mutants, sight_mutants, test_worlds, unsighted, worlds, write_mutants
from tests.support.cast import acting_as

ASKED = os.environ.get("LAGET_MUTANTS", "")
ALL = ASKED == "all"
PART, _, PARTS = ASKED.partition("/")
pytestmark = [pytest.mark.django_db, pytest.mark.worlds]
SHARE = 1 if ALL or PARTS else 5 if ASKED else 40
SIDE_BY_SIDE = 40 if ALL or PARTS else 16
SIGHTS: dict[type[models.Model], Any] = test_worlds.SIGHTS | unsighted.SIGHTS
Rows = set[tuple[str, str]]

# By the beginning of what the fault is called: why nobody can notice it.
AS_THE_ROW = "the row's own policy asks who it is"
OPEN = "services, units and positions are open to everybody signed in"
IN_PAIRS = "kinds are known of children in whose case one takes part, and of no others"
PLACES = "nobody but a worker has places, so there is nothing to be found"
IN_SQL: dict[str, str] = {
    "audit_change.cases_offer: true for «(( SELECT laget_person()": AS_THE_ROW,
    "audit_change.families_child: true for «(( SELECT laget_person()": AS_THE_ROW,
    "audit_change.people_name: true for «(( SELECT laget_person()": AS_THE_ROW,
    "audit_change.plans_measure: true for «(( SELECT laget_person()": AS_THE_ROW,
    "audit_change.directory_position: true for «(EXISTS": OPEN,
    "audit_change.directory_service: true for «(EXISTS": OPEN,
    "audit_change.directory_unit: true for «(EXISTS": OPEN,
    "audit_reading.family_sees_services: true for «(q.asked_by_id": "a family reads its own questions only",
    "cases_log.kind_and_audience: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "plans_evaluation.kind_and_reach: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "plans_goal.kind_and_reach: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "plans_matter.kind_and_reach: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "plans_measure.kind_and_reach: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "plans_revision.kind_and_reach: true for «(child_id = ANY (ARRAY( SELECT sight_cases()": IN_PAIRS,
    "cases_ownwords.mine: true for «(( SELECT laget_capacity()": PLACES,
    "concerns_worry.mine: true for «(( SELECT laget_capacity()": PLACES,
    "concerns_talk.to_hold: true for «(owner_id <>": "one's own talk is seen by the policy beside",
    "trust_reply.of_the_family: true for «(( SELECT laget_capacity()": "at work one sees these by the policy beside",
    "sight_held(): true for «s.kind IN ('service', 'asking')»": "only such seats have a position",
    "sight_named(): true for «h.kind = 'asking'»": "the seat that is asked for next is one of those held",
    "sight_services(): true for «laget_capacity() = 'worker'»": "every policy that asks for services asks for more",
}
IN_PYTHON: dict[str, str] = {
    "laget.cases.access._audience: Q without «audience__in=": "the list holds every audience there is",
    "laget.cases.access.visible_own_words: as if not": PLACES,
    "laget.concerns.access.visible_worries: as if not": PLACES,
    "laget.trust.access.visible_findings: as if not": PLACES,
    "laget.trust.access.visible_questions: as if not": PLACES,
    "laget.concerns.access._led: only what is after and in «~Q(owner_id": "one's own talks are seen anyway",
    "laget.concerns.access._led: without «~Q(owner_id": "one's own talks are seen anyway",
    "laget.concerns.access._led: Q without «owner_id": "one's own talks are seen anyway",
    "laget.sight.access._ids: as if not «actor.capacity is not Capacity.WORKER»": PLACES,
    "laget.sight.access.family_seats: always": "a worker's seats have a position, a family's have none",
    "laget.sight.access.ids_helped: filter without «person_id": "it narrows what is already narrowed, for speed",
    "laget.sight.access.ids_known: filter without «person_id": "it narrows what is already narrowed, for speed",
    "laget.sight.access.sees_kind: only what is after and in «sees_case(actor)": IN_PAIRS,
    "laget.trust.access.visible_readings: as if «actor.is_citizen»": "a worker has no family seats",
}

# By the table and policy, and the end of what the fault is called: why nobody can write by it.
OF_A_WORKER = "true for «(( SELECT laget_capacity() AS laget_capacity) = 'worker'::text)»"
OF_A_CITIZEN = "true for «(( SELECT laget_capacity() AS laget_capacity) = 'citizen'::text)»"
IN_CASE = "true for «(child_id = ANY (ARRAY( SELECT sight_cases() AS sight_cases)))»"
ITSELF = "the child itself is never at work in its own case"
FITS = "rows must fit each other, and no world has them: each is tried in tests/locks/test_fitting_rows.py"
FAMILY = "protection_family() answers workers in the child's case only"
IN_WRITING: dict[tuple[str, str], str] = {
    ("concerns_", OF_A_WORKER): PLACES,
    ("exchange_", OF_A_WORKER): PLACES,
    ("consents_disclosure.", OF_A_WORKER): PLACES,
    ("families_informationrequest.write_down", IN_CASE): "families_asked_of() answers workers in the child's case only",
    ("families_sibling.link_both", "SELECT sight_children() AS sight_children)))»"): "whose case is seen is seen",
    ("participation_notnow.said_by_the_child", OF_A_CITIZEN): ITSELF,
    ("participation_trusted.chosen_by_the_child", OF_A_CITIZEN): ITSELF,
    ("protection_restriction.decide", OF_A_WORKER): FAMILY,
    ("protection_restriction.decide", IN_CASE): FAMILY,
    ("consents_answer.on_paper", ""): FITS,
    ("documents_file.add_to_entry", "true for «(by_id = ( SELECT laget_person() AS laget_person))»"): FITS,
    ("protection_letter.ask", ""): FITS,
    ("protection_why.decide", "true for «(r.child_id = protection_why.child_id)»"): FITS,
    ("cases_familyview.add", "(p.until > statement_timestamp())»"): FITS,
    ("cases_familyview.add", "(p.since <= statement_timestamp())»"): FITS,
    ("consents_disclosure.note", "(p.until > statement_timestamp())»"): FITS,
    ("consents_paper.register", "(p.until > statement_timestamp())»"): FITS,
}


def _in_database(actor: Actor | None, some: Iterable[type[models.Model]]) -> Rows:
    everything = " UNION ALL ".join(
        f"SELECT '{model._meta.label}', {model._meta.pk.column}::text FROM {model._meta.db_table}" for model in some
    )
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(everything)
        return set(cursor.fetchall())


@contextmanager
def _as_the_application() -> Iterator[None]:
    """Before the first test has begun, nobody has said yet that tests step down to the application's role."""
    before, database.assumed_role = database.assumed_role, "laget_app"
    try:
        yield
    finally:
        database.assumed_role = before


class Known:
    """Worlds side by side, everybody in them, and what each sees when both locks are whole."""

    def __init__(self, first: int = 0, many: int = SIDE_BY_SIDE) -> None:
        made = [worlds.make(Random(seed)) for seed in range(first, first + many)]
        for seed, one in enumerate(made):
            unsighted.vary(one, Random(seed))
        unsighted.add()
        of_each = [one.actors() for one in made]
        # First of each world, then second of each: a fault meets every sort of actor soon.
        self.actors = [of[at] for at in range(max(map(len, of_each))) for of in of_each if at < len(of)]
        self.actors += [Actor(made[0].workers[0], Capacity.SYSTEM), Actor(made[0].citizens[0], Capacity.SYSTEM)]
        with _as_the_application():
            self.sees = [_in_database(one, SIGHTS) for one in self.actors]

    def shapes(self) -> list[Actor]:
        by_shape = {
            (one.capacity, tuple((place.leads, place.protects, place.administers) for place in one.places)): one
            for one in self.actors
        }
        return list(by_shape.values())

    def differs(self, seen: Any, some: tuple[type[models.Model], ...]) -> bool:
        labels = {model._meta.label for model in some}
        for actor, whole in zip(self.actors, self.sees, strict=True):
            if {(label, str(key)) for label, key in seen(actor, some)} != {row for row in whole if row[0] in labels}:
                return True
        return False


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: Any) -> Iterator[Known]:
    """Made once for all that is asked of it, and rolled back after the last question."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Known()
        transaction.set_rollback(True)


def _share(mutants: list[Any]) -> list[Any]:
    if PARTS:
        return mutants[int(PART) - 1 :: int(PARTS)]
    return [one for one in mutants if crc32(str(one).encode()) % SHARE == 0]


def _by_python(actor: Actor, some: tuple[type[models.Model], ...]) -> Rows:
    seen: Rows = set()
    for model in some:
        try:
            seen |= {
                (model._meta.label, str(key)) for key in SIGHTS[model](actor).order_by().values_list("pk", flat=True)
            }
        except EmptyResultSet:
            continue
    return seen


def _judge(mutants: list[Any], noticed: Callable[[Known, Any], bool], known: Known, reasons: dict[str, str]) -> None:
    """Each fault is noticed in these worlds, or in many more, or there is a reason why it can't be."""
    survived = [one for one in mutants if not noticed(known, one)]
    print(f"{len(mutants) - len(survived)} of {len(mutants)} noticed at once")
    unexplained = [one for one in survived if not str(one).startswith(tuple(reasons))]
    more = Known(SIDE_BY_SIDE, 3 * SIDE_BY_SIDE) if unexplained else known
    unexplained = [str(one) for one in unexplained if not noticed(more, one)]
    assert not unexplained, "\n".join(["a fault that no world notices:", *unexplained])
    needless = [begins for begins in reasons if not any(str(one).startswith(begins) for one in survived)]
    assert not (ALL and needless), "\n".join(["a reason that is no longer needed:", *needless])


def test_the_locks_agree_on_what_no_room_lists(known: Known) -> None:
    for actor, whole in zip(known.actors, known.sees, strict=True):
        labels = {model._meta.label for model in unsighted.SIGHTS}
        assert _by_python(actor, tuple(unsighted.SIGHTS)) == {row for row in whole if row[0] in labels}


def test_every_condition_of_the_sights_matters(known: Known) -> None:
    mutants = sight_mutants.mutants(test_worlds.SIGHTS, known.shapes())
    assert len(mutants) > 150
    print(f"\n{len(mutants)} faults in the sights, {len(_share(mutants))} put in")
    _judge(_share(mutants), _sights_noticed, known, IN_PYTHON)


def _sights_noticed(known: Known, one: sight_mutants.Mutant) -> bool:
    test_worlds._compiled.cache_clear()
    try:
        with one.living():
            return known.differs(test_worlds.seen_by_python, one.reaches)
    except (TypeError, ValueError, FieldError):  # the fault cannot even be asked
        return True
    finally:
        test_worlds._compiled.cache_clear()


def test_every_condition_of_the_ground_matters(known: Known) -> None:
    mutants = ground_mutants.mutants()
    assert len(mutants) > 150
    print(f"\n{len(mutants)} faults in the ground, {len(_share(mutants))} put in")
    _judge(_share(mutants), _ground_noticed, known, IN_SQL)


def _ground_noticed(known: Known, one: ground_mutants.Mutant) -> bool:
    some = tuple(model for model in SIGHTS if one.table in ("", model._meta.db_table))
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(one.statement)
            noticed = known.differs(_in_database, some) or bool(_in_database(None, some))
            transaction.set_rollback(True)
    except DatabaseError:  # PostgreSQL itself does not take it
        return True
    return noticed


def test_every_condition_of_what_may_be_written_matters(known: Known) -> None:
    mutants = write_mutants.mutants()
    assert len(mutants) > 150
    some = mutants if ASKED else _share(mutants)
    print(f"\n{len(mutants)} faults in what may be written, {len(some)} put in")
    writers = write_mutants.Writers(known.actors)
    survived = [
        one
        for table in dict.fromkeys(one.table for one in some)
        for one in writers.unnoticed(table, [one for one in some if one.table == table])
    ]
    print(f"{len(some) - len(survived)} of {len(some)} noticed")
    unexplained = [str(one) for one in survived if not _explained(one)]
    assert not unexplained, "\n".join(["a fault that nobody can write by:", *unexplained])


def _explained(one: write_mutants.Mutant) -> bool:
    return any(one.what.startswith(policy) and one.what.endswith(end) for policy, end in IN_WRITING)


def test_nobody_who_is_not_signed_in_sees_anything(known: Known) -> None:
    assert _in_database(None, tuple(SIGHTS)) == set()
