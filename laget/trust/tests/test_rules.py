"""The rules of control, of the clock, and of who could see: the last by the thousand against a naive model."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from laget.kernel.period import BEGINNING, FOREVER, Period
from laget.sight.rules import WHOLE_TEAM, Addressing, Audience, Text
from laget.trust.rules import clock, control
from laget.trust.rules.clock import State
from laget.trust.rules.control import Busy, Rule, Visit
from laget.trust.rules.could import Asked, Cover, Forbid, Seat, could_see, unexplained, without
from laget.trust.rules.texts import Chosen, could_read, spans

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=OSLO)
EVERY = frozenset(Rule)


def visit(**known):
    return Visit(
        **{"reader": uuid4(), "child": uuid4(), "day": DAY, "times": (NOON,), "traces": ((NOON, NOON),)} | known
    )


def met(one, rules=EVERY - {Rule.SAMPLE}):
    return control.broken(one, rules, b"seed")


def test_an_ordinary_visit_is_not_asked_about():
    assert met(visit()) == []


@pytest.mark.parametrize(
    ("known", "rules"),
    [
        ({"shares_name": True}, [Rule.SAME_NAME]),
        ({"related": True}, [Rule.RELATED]),
        ({"traces": ()}, [Rule.NO_TRACE]),
        ({"times": (NOON.replace(hour=23),)}, [Rule.NIGHT]),
        ({"times": (NOON.replace(hour=22, minute=59),)}, []),
        ({"times": (NOON.replace(hour=5, minute=59),)}, [Rule.NIGHT]),
        ({"times": (NOON.replace(hour=6),)}, []),
        ({"searches": 5}, [Rule.SEARCHED]),
        ({"searches": 4}, []),
        ({"times": (), "searches": 5, "shares_name": True, "traces": ()}, [Rule.SEARCHED]),
        ({"left": NOON + timedelta(days=7)}, [Rule.LEFT]),
        ({"left": NOON + timedelta(days=7, seconds=1)}, []),
        ({"left": NOON - timedelta(seconds=1)}, []),
        ({"left": FOREVER}, []),
    ],
)
def test_each_rule_by_its_edges(known, rules):
    assert met(visit(**known)) == rules


@pytest.mark.parametrize(("days", "met_it"), [(30, False), (31, True)])
def test_a_trace_counts_thirty_days_before_and_after(days, met_it):
    for way in (1, -1):
        at = NOON + way * timedelta(days=days)
        assert control.without_trace(visit(traces=((at, at),))) is met_it


def test_a_baton_that_is_held_is_a_trace_however_old():
    assert not control.without_trace(visit(traces=((NOON - timedelta(days=900), FOREVER),)))


@pytest.mark.parametrize(("children", "empty", "rules"), [
    (30, 9, []), (31, 0, [Rule.MANY]), (0, 10, [Rule.EMPTY_SEARCHES]), (31, 10, [Rule.MANY, Rule.EMPTY_SEARCHES]),
])  # fmt: skip
def test_a_whole_day(children, empty, rules):
    busy = Busy(reader=uuid4(), day=DAY, children=children, empty_searches=empty)
    assert control.broken_in_a_day(busy) == rules


def test_the_lot_falls_on_one_of_a_hundred_and_on_the_same_ones_again():
    random = Random(7)  # noqa: S311 - visits are not secrets
    visits = [visit(reader=UUID(int=random.getrandbits(128)), child=UUID(int=random.getrandbits(128)))
              for _ in range(20_000)]  # fmt: skip
    drawn = [control.drawn(b"november", one) for one in visits]
    assert 150 <= sum(drawn) <= 250
    assert drawn == [control.drawn(b"november", one) for one in visits]
    assert drawn != [control.drawn(b"december", one) for one in visits]


def test_days_due_begin_with_yesterday_and_catch_up():
    assert control.days_due(None, DAY) == [DAY - timedelta(days=1)]
    assert control.days_due(DAY - timedelta(days=1), DAY) == []
    assert len(control.days_due(DAY - timedelta(days=5), DAY)) == 4
    assert len(control.days_due(DAY - timedelta(days=500), DAY)) == 31


def test_ten_working_days_go_round_weekends_and_holidays():
    assert clock.due(date(2026, 11, 2)) == date(2026, 11, 16)
    assert clock.due(date(2026, 12, 18)) == date(2027, 1, 5)  # Christmas Day and New Year's Day
    assert clock.due(date(2027, 3, 22)) == date(2027, 4, 8)  # Easter


@pytest.mark.parametrize(("outcomes", "days", "escalated", "state"), [
    ([], 0, False, State.OPEN), ([], 1, False, State.LATE), ([], 0, True, State.PASSED_ON),
    (["passed_on"], 0, True, State.PASSED_ON), (["passed_on"], 1, True, State.LATE),
    (["passed_on", "unlawful"], 9, True, State.UNLAWFUL),
    (["explained"], 9, True, State.EXPLAINED),
])  # fmt: skip
def test_where_a_question_stands(outcomes, days, escalated, state):
    assert clock.state(outcomes, DAY, escalated, DAY + timedelta(days=days)) is state


def test_figures_hold_no_names():
    due = DAY
    asked = [
        clock.Asked("night", due, due), clock.Asked("night", due, due + timedelta(days=1)),
        clock.Asked("night", due - timedelta(days=9), None), clock.Asked("sample", due, None),
    ]  # fmt: skip
    assert clock.figures(asked, DAY) == [
        clock.Figures("night", 3, in_time=1, answered_late=1, overdue=1), clock.Figures("sample", 1, waiting=1),
    ]  # fmt: skip


# Who could see: time is counted in hours from START, so that a naive model can ask of each hour by itself.

START = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = 24
KINDS = ("identity", "everyday", "health")
PEOPLE = tuple(UUID(int=number) for number in range(1, 5))
SERVICES = tuple(UUID(int=number) for number in range(11, 14))


def hour(number):
    return FOREVER if number >= HOURS else BEGINNING if number < 0 else START + timedelta(hours=number)


def span(random):
    first = random.randrange(-1, HOURS)
    return Period(hour(first), hour(random.randrange(max(first, 0) + 1, HOURS + 2)))


def world(random):
    seats = []
    for _ in range(random.randrange(1, 7)):
        kind = random.choice(("service", "service", "asking", "parent", "child"))
        at_work = kind in ("service", "asking")
        seats.append(
            Seat(
                UUID(int=random.getrandbits(100)), random.choice(PEOPLE), kind, span(random), "w",
                random.choice(SERVICES) if at_work else None, span(random) if at_work else None,
            )
        )  # fmt: skip
    covers = [
        Cover(
            UUID(int=random.getrandbits(100)), random.choice(SERVICES), random.choice(KINDS), span(random), "consent",
            None, hour(random.randrange(-1, HOURS)), hour(random.randrange(-1, HOURS)),
        )
        for _ in range(random.randrange(0, 8))
    ]  # fmt: skip
    forbids = [Forbid(random.choice(PEOPLE), span(random)) for _ in range(random.randrange(0, 3))]
    written = random.choice((None, None, hour(random.randrange(HOURS))))
    kinds = frozenset(random.sample(KINDS, random.randrange(1, 4)))
    return seats, covers, forbids, Asked(span(random), kinds, written, random.choice(("", "log", "plan")))


def naive(seats, covers, forbids, asked, person, kind, at):
    """As the locks of sight ask it of one moment."""
    if not asked.window.holds(at) or kind not in asked.kinds:
        return False
    if any(one.person == person and one.period.holds(at) for one in forbids):
        return False
    for seat in seats:
        if seat.person != person or not seat.period.holds(at) or not (seat.works is None or seat.works.holds(at)):
            continue
        if seat.kind in ("parent", "child", "guardian") or (seat.kind == "asking" and kind == "identity"):
            return True
        for cover in covers if seat.kind == "service" else ():
            back = {"log": cover.log_from, "plan": cover.plan_from, "": min(cover.log_from, cover.plan_from)}
            reaches = asked.written is None or back[asked.part] <= asked.written
            if cover.service == seat.service and cover.kind == kind and cover.period.holds(at) and reaches:
                return True
    return False


def test_who_could_see_agrees_with_a_naive_model_in_every_hour_of_three_thousand_worlds():
    random, yes, no = Random(20261124), 0, 0  # noqa: S311
    for _ in range(3000):
        facts = world(random)
        found = could_see(*facts)
        for number in range(HOURS):
            at = hour(number) + timedelta(minutes=30)
            said = {(one.person, one.kind) for one in found if one.period.holds(at)}
            true = {(who, kind) for who in PEOPLE for kind in KINDS if naive(*facts, who, kind, at)}
            assert said == true
            yes, no = yes + len(true), no + len(PEOPLE) * len(KINDS) - len(true)
    assert yes > 20_000
    assert no > 100_000


def test_each_answer_names_a_seat_and_a_cover_that_gave_it():
    random = Random(5)  # noqa: S311
    for _ in range(500):
        seats, covers, forbids, asked = world(random)
        for one in could_see(seats, covers, forbids, asked):
            assert one.seat in seats
            assert one.seat.period.start <= one.period.start < one.period.end <= one.seat.period.end
            assert (one.cover in covers and one.cover.kind == one.kind) if one.seat.kind == "service" else not one.cover


def test_taking_away_leaves_what_is_around():
    whole = Period(hour(2), hour(20))
    holes = [Period(hour(1), hour(3)), Period(hour(5), hour(7)), Period(hour(6), hour(8)), Period(hour(19), FOREVER)]
    assert without(whole, holes) == [Period(hour(3), hour(5)), Period(hour(8), hour(19))]
    assert without(whole, [Period(BEGINNING)]) == []
    assert without(whole, [Period(hour(20))]) == [whole]


def test_a_reading_outside_every_place_is_found():
    seat = Seat(uuid4(), PEOPLE[0], "parent", Period(hour(2), hour(4)), "parent")
    found = could_see([seat], [], [], Asked(Period(hour(0), hour(9)), frozenset(KINDS)))
    times = [(PEOPLE[0], hour(2)), (PEOPLE[0], hour(4)), (PEOPLE[1], hour(3))]
    assert unexplained(times, found) == {(PEOPLE[0], hour(4)), (PEOPLE[1], hour(3))}


# Texts with readers of their own


def history(random):
    """A text and what was chosen about it: as the rows say, and as a list of (from hour, addressing) to ask naively."""
    written = random.randrange(HOURS // 2)
    to = addressing(random)
    said, rows = [(written, to)], []
    for at in sorted(random.sample(range(written + 1, HOURS), random.randrange(0, 4))):
        before, to = to, addressing(random)
        rows.append(Chosen(hour(at), to, before))
        said.append((at, to))
    if random.random() < 0.5:  # who chose when it was written, is a row too
        rows.insert(0, Chosen(hour(written), said[0][1]))
    text = Text(WHOLE_TEAM, random.choice(PEOPLE), random.choice(KINDS), random.choice(SERVICES), hour(written),
                random.random() < 0.5)  # fmt: skip
    return text, rows, said


def addressing(random):
    return Addressing(random.choice(list(Audience)), frozenset(random.sample(PEOPLE, random.randrange(0, 3))))


def naively_reads(seats, covers, forbids, text, to, person, at):
    """As the locks of a text ask it of one moment: seat, cover and audience, each by itself."""
    if any(one.person == person and one.period.holds(at) for one in forbids):
        return False
    for seat in seats:
        works = seat.works is None or seat.works.holds(at)
        if seat.person != person or not seat.period.holds(at) or not works or seat.kind == "asking":
            continue
        family, mine, named = seat.kind != "service", person == text.author, person in to.persons
        back = {True: "plan_from", False: "log_from"}[text.plan]
        known = family or any(
            one.service == seat.service and one.kind == text.kind and one.period.holds(at)
            and getattr(one, back) <= text.at for one in covers
        )  # fmt: skip
        held = {
            "team": True, "own_service": not text.plan and (family or seat.service == text.service), "family": family,
            "services": not family or mine, "named": named or mine, "childs_own": seat.kind == "child" or named or mine,
            "not_for": bool(to.persons) and not named,
        }[to.audience]  # fmt: skip
        if known and held:
            return True
    return False


def test_who_could_read_a_text_agrees_with_a_naive_model_in_every_hour_of_two_thousand_worlds():
    random, yes, no = Random(20261125), 0, 0  # noqa: S311
    for _ in range(2000):
        seats, covers, forbids, _asked = world(random)
        could = could_see(seats, covers, forbids, Asked(Period(BEGINNING, FOREVER), frozenset(KINDS)))
        text, rows, said = history(random)
        found = [
            (one.person, one.period)
            for period, to in spans(text.at, said[-1][1], rows)
            for one in could_read(could, replace(text, to=to), period)
        ]
        for number in range(HOURS):
            at = hour(number) + timedelta(minutes=30)
            now = [to for begins, to in said if begins <= number]
            true = {who for who in PEOPLE if now and naively_reads(seats, covers, forbids, text, now[-1], who, at)}
            assert {who for who, period in found if period.holds(at)} == true
            yes, no = yes + len(true), no + len(PEOPLE) - len(true)
    assert yes > 5_000 and no > 50_000
