"""Who must consent, what all gave together and what an answer changes: each row of a decision is a test."""

from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest

from laget.consents.rules import (
    Asking,
    Cover,
    Hearing,
    InForce,
    Outcome,
    Standing,
    Wanted,
    answer_by,
    can_ask,
    change,
    common,
    complete,
    hearing_faults,
    last_day,
    offered,
    outcome,
    parties,
    period,
    turns,
    with_identity,
)
from laget.families.rules import ends
from laget.guide.national import current
from laget.kernel.period import BEGINNING

ON = date(2026, 11, 22)
GUIDE = current(ON)
CHILD, MOTHER, FATHER = UUID(int=1), UUID(int=2), UUID(int=3)
BOTH = ((MOTHER, True), (FATHER, True))
UNTIL = date(2027, 11, 22)
WANTED = Wanted(("identity", "everyday", "learning", "health"), "plan", UNTIL)


def asking(born, act="BHL", receiver=None, parents=BOTH):
    return Asking(ON, CHILD, born, act, receiver or act, parents)


@pytest.mark.parametrize(
    ("born", "act", "parents", "people"),
    [
        (date(2021, 5, 1), "BHL", BOTH, {MOTHER, FATHER}),
        (date(2021, 5, 1), "HOL", BOTH, {MOTHER, FATHER}),
        (date(2021, 5, 1), "BHL", ((MOTHER, True), (FATHER, False)), {MOTHER}),
        (None, "HOL", BOTH, {MOTHER, FATHER}),
        (date(2014, 5, 1), "OPPL", BOTH, {MOTHER, FATHER}),
        (date(2011, 5, 1), "OPPL", BOTH, {CHILD, MOTHER, FATHER}),
        (date(2011, 5, 1), "HOL", BOTH, {MOTHER, FATHER}),
        (date(2010, 5, 1), "HOL", BOTH, {CHILD}),
        (date(2010, 5, 1), "NAV", BOTH, {CHILD, MOTHER, FATHER}),
        (date(2008, 5, 1), "OPPL", BOTH, {CHILD}),
    ],
)
def test_who_is_asked(born, act, parents, people):
    found = parties(asking(born, act, parents=parents))
    assert ({person for person, _ in found.people}, found.blocked, found.enough) == (people, False, True)
    assert all((role == "child") == (person == CHILD) for person, role in found.people)


@pytest.mark.parametrize("parents", [(), ((MOTHER, False),)])
@pytest.mark.parametrize(("born", "act"), [(date(2021, 5, 1), "BHL"), (date(2011, 5, 1), "OPPL")])
def test_nobody_is_asked_until_responsibility_is_proven(born, act, parents):
    found = parties(asking(born, act, parents=parents))
    assert (found.people, found.enough, found.blocked) == ((), False, False)


@pytest.mark.parametrize(("act", "receiver"), [("KRIS", "KRIS"), ("BHL", "KRIS"), ("INT", "INT")])
def test_a_crisis_centre_blocks_and_an_unknown_act_cannot_ask(act, receiver):
    found = parties(asking(date(2021, 5, 1), act, receiver))
    assert found.blocked and not found.people


@pytest.mark.parametrize(("act", "may"), [("BHL", True), ("OPPL", True), ("KRIS", False), ("INT", False), ("", False)])
def test_which_services_ask(act, may):
    assert can_ask(act) is may


@pytest.mark.parametrize(
    ("born", "act", "day"),
    [
        (date(2021, 5, 1), "BHL", date(2027, 11, 22)),
        (None, "HOL", date(2027, 11, 22)),
        (date(2012, 3, 1), "OPPL", date(2027, 2, 28)),
        (date(2012, 3, 1), "HOL", date(2027, 11, 22)),
        (date(2011, 3, 1), "HOL", date(2027, 2, 28)),
        (date(2009, 3, 1), "NAV", date(2027, 2, 28)),
        (date(2000, 3, 1), "NAV", date(2027, 11, 22)),
    ],
)
def test_a_consent_lasts_no_longer_than_the_same_people_decide(born, act, day):
    assert last_day(GUIDE, asking(born, act)) == day


def test_the_days_of_the_guide():
    assert answer_by(GUIDE, ON) == datetime(2026, 12, 13, 23, tzinfo=UTC)
    assert offered(GUIDE, "health_clinic") == ("identity", "everyday", "health")
    assert offered(GUIDE, "unheard_of") == ("identity",)


def test_a_yes_to_anything_says_who_the_child_is_and_a_no_says_nothing():
    assert with_identity(["health"]) == ("identity", "health")
    assert with_identity([]) == ()


def said(person, *kinds, reach="plan", until=UNTIL, answered=True, joins=False):
    return Standing(person, "parent", answered, frozenset(with_identity(kinds)), reach, until, joins)


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (("everyday", "health"), ("everyday", "health"), {"identity", "everyday", "health"}),
        (("everyday", "health"), ("everyday",), {"identity", "everyday"}),
        (("everyday",), ("learning",), {"identity"}),
        (("everyday",), (), None),
        ((), (), None),
        (("economy",), ("economy",), {"identity"}),
    ],
)
def test_the_cover_is_what_all_gave(one, other, kinds):
    for order in permutations((said(MOTHER, *one), said(FATHER, *other))):
        cover = common(order, WANTED, ON)
        assert (cover.kinds if cover else None) == kinds


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        ((), "nobody is asked"),
        ((said(MOTHER, "everyday"), said(FATHER, answered=False)), "one has not answered"),
        ((said(MOTHER, "everyday", until=date(2026, 11, 21)),), "the last day is over"),
    ],
)
def test_nothing_is_shared_when(standing, why):
    assert common(standing, WANTED, ON) is None, why


def test_the_earliest_day_and_the_narrowest_reach_hold():
    standing = (said(MOTHER, "everyday", reach="all", until=date(2027, 3, 1)), said(FATHER, "everyday", reach="today"))
    assert common(standing, WANTED, ON) == Cover(frozenset({"identity", "everyday"}), "today", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("mother", "father", "shared"), [(True, True, True), (True, False, False), (False, False, False)]
)
def test_an_existing_case_is_joined_only_by_all(mother, father, shared):
    standing = (said(MOTHER, "everyday", joins=mother), said(FATHER, "everyday", joins=father))
    assert (common(standing, WANTED, ON, joining=True) is not None) is shared
    assert common(standing, WANTED, ON) is not None


def test_nobody_to_ask_is_never_complete():
    assert not complete(()) and complete((said(MOTHER),)) and not complete((said(MOTHER, answered=False),))


THEN = datetime(2026, 10, 1, tzinfo=UTC)


def row(kind, *, mine=True, until=UNTIL, log_from=THEN, plan_from=BEGINNING):
    return InForce(kind, ends(until), log_from, plan_from, mine)


def cover(*kinds, reach="plan", until=UNTIL):
    return Cover(frozenset(kinds), reach, until)


@pytest.mark.parametrize(
    ("before", "after", "end", "begin", "lost", "gained"),
    [
        ((), None, set(), set(), set(), set()),
        ((), cover("identity"), set(), {"identity"}, set(), {"identity"}),
        ((row("identity"),), cover("identity"), set(), set(), set(), set()),
        ((row("identity"), row("health")), cover("identity"), {"health"}, set(), {"health"}, set()),
        ((row("identity"),), None, {"identity"}, set(), {"identity"}, set()),
        ((row("identity"), row("identity", mine=False)), None, {"identity"}, set(), set(), set()),
        ((row("identity", mine=False),), cover("identity"), set(), {"identity"}, set(), set()),
        ((row("identity"),), cover("identity", until=date(2027, 1, 1)), {"identity"}, {"identity"}, set(), set()),
        ((row("identity"),), cover("identity", reach="all"), {"identity"}, {"identity"}, set(), set()),
    ],
)
def test_what_an_answer_changes(before, after, end, begin, lost, gained):
    found = change(before, after)
    assert (set(found.end), {one.kind for one in found.begin}) == (end, begin)
    assert (set(found.lost), set(found.gained)) == (lost, gained)
    assert bool(found) == bool(end or begin)


@pytest.mark.parametrize(
    ("reach", "log_from", "plan_from"),
    [("today", None, None), ("plan", None, BEGINNING), ("all", BEGINNING, BEGINNING)],
)
def test_how_far_back(reach, log_from, plan_from):
    (begun,) = change((), cover("health", reach=reach)).begin
    assert (begun.log_from, begun.plan_from) == (log_from, plan_from)


def test_what_was_seen_under_the_same_consent_stays_seen():
    (begun,) = change((row("health"),), cover("health", until=date(2027, 1, 1))).begin
    assert (begun.log_from, begun.plan_from) == (THEN, BEGINNING)


YES, NO = frozenset({"identity", "everyday"}), frozenset()


@pytest.mark.parametrize(
    ("answers", "shared", "over", "wanted"),
    [
        ([YES, YES], True, False, Outcome.GIVEN),
        ([YES, None], False, False, Outcome.WAITING),
        ([None, None], False, False, Outcome.WAITING),
        ([NO, NO], False, False, Outcome.REFUSED),
        ([NO], False, False, Outcome.REFUSED),
        ([YES, NO], False, False, Outcome.DISPUTED),
        ([NO, None], False, True, Outcome.ENDED),
        ([], False, False, Outcome.WAITING),
    ],
)
def test_what_has_become_of_a_question(answers, shared, over, wanted):
    said = [
        Standing(UUID(int=place + 1), "parent", kinds is not None, kinds or frozenset())
        for place, kinds in enumerate(answers)
    ]
    assert outcome(said, shared=shared, over=over) is wanted
    assert outcome(reversed(said), shared=shared, over=over) is wanted


def test_a_yes_that_is_taken_back_is_no_dispute():
    back = Standing(MOTHER, "parent", True, withdraws=True)
    assert outcome([back, Standing(FATHER, "parent", True, YES)], shared=False, over=False) is Outcome.WITHDRAWN
    assert outcome([back], shared=False, over=True) is Outcome.WITHDRAWN


def test_one_yes_is_enough_where_it_is_so_and_never_for_those_who_must():
    one = [Standing(MOTHER, "parent", True, YES, one_of=True), Standing(FATHER, "parent", False, one_of=True)]
    assert complete(one) and common(one, WANTED, ON).kinds == YES
    against = [one[0], Standing(FATHER, "parent", True, one_of=True)]
    assert common(against, WANTED, ON).kinds == YES
    nobody = [Standing(who, "parent", True, one_of=True) for who in (MOTHER, FATHER)]
    assert complete(nobody) and common(nobody, WANTED, ON) is None
    assert not complete([Standing(MOTHER, "parent", True, one_of=True), Standing(FATHER, "parent", False, one_of=True)])
    youth = [*one, Standing(CHILD, "child", False)]
    assert not complete(youth) and common(youth, WANTED, ON) is None


HEARD = Hearing("talk", "wants", "")


@pytest.mark.parametrize(
    ("years", "hearing", "fields"),
    [
        (None, Hearing(), []),
        (6, Hearing(), []),
        (7, Hearing(), ["heard"]),
        (7, Hearing("not_yet_able"), ["heard"]),
        (7, Hearing("talk"), ["view"]),
        (7, HEARD, []),
        (7, Hearing("talk", "no_answer"), []),
        (7, Hearing("talk", "against"), []),
        (12, Hearing("talk", "against"), ["view_words"]),
        (12, Hearing("talk", "against", " "), ["view_words"]),
        (12, Hearing("talk", "against", "Vi må hindre at det blir verre."), []),
        (14, Hearing("not_heard"), ["view_words"]),
        (14, Hearing("not_heard", words="Ville ikke møte noen."), []),
    ],
)
def test_a_child_is_heard_before_its_parents_are_asked(years, hearing, fields):
    assert [field for field, _reason in hearing_faults(hearing, years, GUIDE)] == fields


def test_the_birthdays_on_which_others_are_asked():
    born = date(2012, 2, 29)
    assert turns(born, date(2027, 2, 28)) and not turns(born, date(2027, 3, 1)) and not turns(born, date(2026, 2, 28))
    assert turns(born, date(2028, 2, 28)) and turns(born, date(2030, 2, 28))
    assert not turns(None, date(2027, 2, 28))


def test_a_guide_without_a_period_still_has_an_end():
    from dataclasses import replace

    rule = GUIDE.deadline_rule("consent_period")
    none = replace(GUIDE, deadlines=tuple(replace(one, value=None) if one is rule else one for one in GUIDE.deadlines))
    assert period(none, ON) is None and period(GUIDE, ON) == UNTIL
    assert last_day(none, asking(date(2021, 5, 1))) == date(2029, 11, 22)
    assert last_day(none, asking(date(2012, 5, 1), "NAV")) == date(2027, 4, 30)
