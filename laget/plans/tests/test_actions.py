"""What the plan's actions do, each as the application's role with the actor set."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from laget.access.database import acting
from laget.audit.models import Entry
from laget.cases.models import Case, OwnWords
from laget.consents.events import CoverLost
from laget.kernel.errors import Invalid, Refused, Stale
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.notices.models import Notice
from laget.plans import actions
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.tests import factories
from laget.sight.models import Cover, Forbid

TODAY = timezone.localdate
HEARD = {"asked": True, "childs_words": "Gøy!", "how_asked": "Vi tegnet sammen"}


def soon(days=14):
    return TODAY() + timedelta(days=days)


def at_home(member, **more):
    return {"place": "home", "responsible": member.person, "start": TODAY(), "due": soon(), **more}


def told(event):
    return {(one.recipient_id, one.capacity) for one in Notice.objects.filter(event=event)}


def test_a_goal_is_agreed_recorded_and_told_to_those_who_may_see_it(cast, as_app):
    with as_app(cast.maja.actor):
        result = actions.agree_goal(cast.maja.actor, cast.case, area="friends", words="  Leke med andre \r\n")
    assert isinstance(result, Done)
    goal = Goal.objects.get()
    assert (goal.words, goal.kind, goal.child_id, goal.agreed_by_id) == (
        "Leke med andre",
        Kind.EVERYDAY,
        cast.child,
        cast.maja.person,
    )
    assert Entry.objects.get(event="plans.goal_agreed").object_id == goal.pk
    # Not Per, who is restricted; not Vera, who has no cover; not Maja herself.
    assert told("plans.goal_agreed") == {
        (cast.kari.person, "citizen"),
        (cast.sara.person, "citizen"),
        (cast.omar.person, "worker"),
    }


def test_a_health_goal_is_not_told_to_a_service_without_health(cast, as_app):
    with as_app(cast.kari.actor):
        actions.agree_goal(cast.kari.actor, cast.case, area="health", words="Sove bedre")
    assert told("plans.goal_agreed") == {(cast.sara.person, "citizen"), (cast.omar.person, "worker")}


def test_the_same_goal_twice_is_one_goal(cast, as_app):
    for member in (cast.maja, cast.kari):
        with as_app(member.actor):
            result = actions.agree_goal(member.actor, cast.case, area="friends", words="Leke med andre")
    assert isinstance(result, Unchanged)
    assert Goal.objects.count() == 1


@pytest.mark.parametrize(
    ("area", "words", "field"), [("moon", "x", "area"), ("friends", " \n", "words"), ("friends", "x" * 501, "words")]
)
def test_a_goal_needs_an_area_and_a_few_words(cast, as_app, area, words, field):
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        actions.agree_goal(cast.maja.actor, cast.case, area=area, words=words)
    assert fault.value.field == field


def test_a_worker_without_the_kind_is_refused(cast, as_app):
    with as_app(cast.maja.actor), pytest.raises(Refused):
        actions.agree_goal(cast.maja.actor, cast.case, area="health", words="Sove bedre")


def test_a_closed_case_takes_no_changes(cast, as_app):
    goal = factories.goal(cast.case, cast.maja)
    measure = factories.measure(goal, cast.maja)
    from laget.cases.models import Baton

    now = timezone.now()
    Baton.objects.update(until=now)
    Case.objects.update(closed_at=now)
    case = Case.objects.get()
    tries = [
        lambda a: actions.agree_goal(a, case, area="friends", words="x"),
        lambda a: actions.revise_goal(a, goal, words="x", version=1),
        lambda a: actions.add_measure(a, goal, words="x", **at_home(cast.kari)),
        lambda a: actions.revise_measure(a, measure, words="x", version=1),
        lambda a: actions.evaluate(a, goal, outcome="effect_continue", words="x", **HEARD),
        lambda a: actions.evaluate(a, measure, outcome="effect_done_close", words="x", **HEARD),
        lambda a: actions.tell_what_matters(a, case, words="x", voice="parent"),
    ]
    for one in tries:
        with as_app(cast.kari.actor), pytest.raises(Refused):
            one(cast.kari.actor)


def test_a_goal_is_rewritten_and_the_earlier_text_is_kept(cast, as_app):
    goal = factories.goal(cast.case, cast.maja, "Først")
    with as_app(cast.kari.actor):
        actions.revise_goal(cast.kari.actor, goal, words="Så", version=1)
    with as_app(cast.maja.actor):
        actions.revise_goal(cast.maja.actor, goal, words="Til slutt", version=2)
    goal.refresh_from_db()
    assert (goal.words, goal.version) == ("Til slutt", 3)
    first, second = Revision.objects.order_by("version")
    assert (first.words, first.agreed_at, first.replaced_by_id) == ("Først", goal.agreed_at, cast.kari.person)
    assert (second.words, second.agreed_at) == ("Så", first.replaced_at)


def test_an_older_version_changes_nothing_and_gives_both_texts(cast, as_app):
    goal = factories.goal(cast.case, cast.maja, "Først")
    with as_app(cast.kari.actor):
        actions.revise_goal(cast.kari.actor, goal, words="Karis", version=1)
    with as_app(cast.maja.actor), pytest.raises(Stale) as stale:
        actions.revise_goal(cast.maja.actor, goal, words="Majas", version=1)
    assert (stale.value.field, stale.value.yours, stale.value.theirs, stale.value.version) == (
        "words",
        "Majas",
        "Karis",
        2,
    )
    assert Goal.objects.get().words == "Karis"


def test_two_who_save_the_same_text_agree(cast, as_app):
    goal = factories.goal(cast.case, cast.maja, "Først")
    with as_app(cast.kari.actor):
        actions.revise_goal(cast.kari.actor, goal, words="Felles", version=1)
    with as_app(cast.maja.actor):
        assert isinstance(actions.revise_goal(cast.maja.actor, goal, words="Felles", version=1), Unchanged)


def test_a_measure_at_home_and_one_in_a_service(cast, as_app):
    goal = factories.goal(cast.case, cast.maja)
    with as_app(cast.kari.actor):
        actions.add_measure(cast.kari.actor, goal, words="Vi leser", **at_home(cast.kari))
    with as_app(cast.maja.actor):
        actions.add_measure(
            cast.maja.actor,
            goal,
            words="Bilder",
            place="service",
            responsible=cast.omar.position,
            start=TODAY(),
            due=soon(),
        )
    home, service = Measure.objects.order_by("agreed_at")
    assert (home.person_id, home.position_id) == (cast.kari.person, None)
    assert (service.person_id, service.position_id) == (None, cast.omar.position)
    assert home.kind == service.kind == Kind.EVERYDAY


@pytest.mark.parametrize("who", ["per", "vera", "otto", "liv", "idris"])
def test_nobody_who_cannot_see_the_goal_is_made_responsible(cast, as_app, who):
    goal, member = factories.goal(cast.case, cast.maja), cast.everybody()[who]
    where = (
        {"place": "service", "responsible": member.position}
        if member.position
        else {"place": "home", "responsible": member.person}
    )
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        actions.add_measure(cast.maja.actor, goal, words="x", **where, start=TODAY(), due=soon())
    assert fault.value.field == "responsible"


@pytest.mark.parametrize(
    ("start", "due", "field"), [(0, -1, "due"), (5, 2, "due"), (0, 900, "due"), (-900, 5, "start")]
)
def test_days_that_cannot_be_are_said_at_their_field(cast, as_app, start, due, field):
    goal = factories.goal(cast.case, cast.maja)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        actions.add_measure(cast.maja.actor, goal, words="x", **at_home(cast.kari, start=soon(start), due=soon(due)))
    assert fault.value.field == field


def test_a_measure_is_moved_and_rewritten_with_its_version(cast, as_app):
    measure = factories.measure(factories.goal(cast.case, cast.maja), cast.maja)
    with as_app(cast.maja.actor):
        actions.revise_measure(cast.maja.actor, measure, words="Nye bilder", version=1, due=soon(30))
    measure.refresh_from_db()
    assert (measure.words, measure.due, measure.version) == ("Nye bilder", soon(30), 2)
    with as_app(cast.kari.actor), pytest.raises(Stale):
        actions.revise_measure(cast.kari.actor, measure, words="Mine bilder", version=1)


@pytest.mark.parametrize(
    ("outcome", "ends"),
    [
        ("effect_done_close", True),
        ("effect_continue", False),
        ("no_effect_new_measures_same_level", True),
        ("no_effect_next_level", True),
    ],
)
def test_a_measure_is_evaluated_and_what_is_finished_is_locked(cast, as_app, outcome, ends):
    measure = factories.measure(factories.goal(cast.case, cast.maja), cast.maja)
    with as_app(cast.maja.actor):
        actions.evaluate(cast.maja.actor, measure, outcome=outcome, words="Sett", next_due=soon(20), **HEARD)
    measure.refresh_from_db()
    assert (measure.ended_at < FOREVER) is ends
    assert Goal.objects.get().ended_at == FOREVER
    if ends:
        assert measure.outcome == outcome
        with as_app(cast.kari.actor), pytest.raises(Refused):
            actions.revise_measure(cast.kari.actor, measure, words="Ny", version=1)
        with as_app(cast.kari.actor), pytest.raises(Refused):
            actions.evaluate(cast.kari.actor, measure, outcome=outcome, words="Igjen", **HEARD)
    else:
        assert measure.due == soon(20)


def test_a_goal_that_is_reached_is_finished_with_its_measures(cast, as_app):
    goal = factories.goal(cast.case, cast.maja)
    measure = factories.measure(goal, cast.maja)
    with as_app(cast.kari.actor):
        actions.evaluate(cast.kari.actor, goal, outcome="effect_done_close", words="Nådd", **HEARD)
    goal.refresh_from_db()
    measure.refresh_from_db()
    assert goal.ended_at == measure.ended_at < FOREVER
    assert goal.outcome == measure.outcome == "effect_done_close"


def test_a_measure_that_goes_on_needs_a_new_day(cast, as_app):
    measure = factories.measure(factories.goal(cast.case, cast.maja), cast.maja)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        actions.evaluate(cast.maja.actor, measure, outcome="effect_continue", words="Bra", **HEARD)
    assert fault.value.field == "next_due"


def test_an_evaluation_without_the_child_is_refused(cast, as_app):
    goal = factories.goal(cast.case, cast.maja)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        actions.evaluate(cast.maja.actor, goal, outcome="effect_continue", words="Bra", asked=False)
    assert fault.value.field == "how_asked"
    assert not Evaluation.objects.exists()


def test_a_proposed_next_level_is_told_and_moves_nothing(cast, as_app):
    goal = factories.goal(cast.case, cast.maja)
    with as_app(cast.omar.actor):
        actions.evaluate(cast.omar.actor, goal, outcome="no_effect_next_level", words="Ikke nok", **HEARD)
    assert (cast.maja.person, "worker") in told("plans.next_level_proposed")
    assert Case.objects.get().level == cast.case.level


@pytest.mark.parametrize(
    ("who", "voice", "how", "field"),
    [
        ("kari", "parent", "", None),
        ("kari", "child", "Vi tegnet", None),
        ("kari", "child", "", "how_asked"),
        ("kari", "worker", "", "voice"),
        ("sara", "child", "", None),
        ("sara", "parent", "", "voice"),
        ("maja", "worker", "", None),
        ("maja", "parent", "", "voice"),
    ],
)
def test_what_matters_is_told_in_the_own_voice_or_passed_on(cast, as_app, who, voice, how, field):
    actor = cast.everybody()[who].actor
    with as_app(actor):
        if field is None:
            actions.tell_what_matters(actor, cast.case, words="Hesten", voice=voice, how_asked=how)
            assert Matter.objects.get().voice == voice
        else:
            with pytest.raises(Invalid) as fault:
                actions.tell_what_matters(actor, cast.case, words="Hesten", voice=voice, how_asked=how)
            assert fault.value.field == field


def test_what_matters_is_never_overwritten(cast, as_app):
    with as_app(cast.kari.actor):
        actions.tell_what_matters(cast.kari.actor, cast.case, words="Hesten", voice="parent")
        again = actions.tell_what_matters(cast.kari.actor, cast.case, words="Hesten", voice="parent")
        actions.tell_what_matters(cast.kari.actor, cast.case, words="Hunden", voice="parent")
    assert isinstance(again, Unchanged)
    assert Matter.objects.count() == 2


def test_a_forbidden_worker_is_not_told_by_mistake(cast, as_app):
    Forbid.objects.create(child_id=cast.child, person_id=cast.omar.person, origin="conflict")
    with as_app(cast.kari.actor):
        actions.agree_goal(cast.kari.actor, cast.case, area="friends", words="Leke")
    with as_app(cast.omar.actor):
        assert not Notice.objects.exists()


def _written_by(cast):
    goal = factories.goal(cast.case, cast.maja, "Majas mål")
    measure = factories.measure(goal, cast.omar, "Omars tiltak", at_home=cast.kari)
    factories.evaluation(goal, cast.omar, words="Omars evaluering", parents_words="Mer ute")
    factories.matter(cast.case, cast.omar, words="Det Omar hørte", voice="worker")
    factories.matter(cast.case, cast.kari, words="Karis ord", voice="parent")
    return goal, measure


def lose(cast, service, kinds):
    Cover.objects.filter(service_id=service, kind__in=kinds).update(until=timezone.now() - timedelta(seconds=1))
    lost(cast, service, kinds)


def lost(cast, service, kinds):
    """The mother's act has taken these kinds from the service."""
    actor = cast.kari.actor
    with acting(actor):
        announce(CoverLost(actor=actor, child=cast.child, service=service, kinds=frozenset(kinds), request=cast.child))


def test_a_service_that_loses_its_cover_gets_back_its_own_words_and_nobody_elses(cast, as_app):
    goal, _measure = _written_by(cast)
    with as_app(cast.omar.actor):
        actions.revise_goal(cast.omar.actor, goal, words="Omars mål", version=1)
    lose(cast, cast.clinic, ["everyday"])
    back = OwnWords.objects.filter(owner_id=cast.omar.person)
    assert {one.words for one in back} == {
        "Omars mål",
        "Omars tiltak",
        "Omars evaluering\nGøy!\nVi tegnet sammen\nMer ute",
        "Det Omar hørte",
    }
    assert not OwnWords.objects.exclude(owner_id=cast.omar.person).exists()
    assert back.values("batch").distinct().count() == 1
    assert Notice.objects.filter(recipient_id=cast.omar.person, event="cases.own_words").count() == 1


def test_the_causer_may_be_the_mother_under_the_applications_role(cast, as_app):
    _written_by(cast)
    with as_app(cast.kari.actor):
        lose_now = Cover.objects.filter(service_id=cast.clinic, kind="everyday")
        lose_now.update(until=timezone.now() - timedelta(seconds=1))
        announce(
            CoverLost(
                actor=cast.kari.actor,
                child=cast.child,
                service=cast.clinic,
                kinds=frozenset({"everyday"}),
                request=cast.child,
            )
        )
    assert OwnWords.objects.filter(owner_id=cast.omar.person).count() == 3


def test_nothing_comes_back_while_a_cover_stands_or_of_another_kind(cast):
    _written_by(cast)
    lost(cast, cast.clinic, ["everyday"])
    lose(cast, cast.clinic, ["health"])
    assert not OwnWords.objects.exists()


def test_words_from_the_log_and_the_plan_come_back_together_with_one_message(cast):
    from laget.cases.models import Log

    Log.objects.create(
        case=cast.case,
        child_id=cast.child,
        sort="note",
        kind="everyday",
        words="Fra loggen",
        author_id=cast.omar.person,
        position_id=cast.omar.position,
        service_id=cast.clinic,
    )
    _written_by(cast)
    lose(cast, cast.clinic, ["everyday"])
    back = OwnWords.objects.filter(owner_id=cast.omar.person)
    assert back.count() == 4
    assert back.values("batch").distinct().count() == 1
    assert (
        Notice.objects.filter(recipient_id=cast.omar.person, capacity="worker", event__contains="own_words").count()
        == 1
    )


def test_the_database_refuses_words_whose_earlier_text_is_not_kept(cast, as_app):
    with as_app(cast.maja.actor):
        goal = actions.agree_goal(cast.maja.actor, cast.case, area="friends", words="Leke med andre").value
    for thing in (goal, factories.measure(goal, cast.maja)):
        refused = pytest.raises(IntegrityError, match="are not kept")
        with refused, as_app(cast.maja.actor), connection.cursor() as cursor:
            type(thing).objects.filter(pk=thing.pk).update(words="Noe annet")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_parent_is_told_of_what_a_child_says_itself(cast, as_app):
    from laget.notices.models import Notice
    from laget.plans.actions.matters import tell_what_matters

    with as_app(cast.sara.actor):
        tell_what_matters(cast.sara.actor, cast.case, words="Hunden.", voice="child")
    told = set(Notice.objects.filter(event="plans.matter_told").values_list("recipient_id", flat=True))
    assert cast.maja.person in told and cast.kari.person not in told
