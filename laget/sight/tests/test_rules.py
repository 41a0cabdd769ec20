"""Who reads a text, by rule alone: what an audience lets through, what narrows it, and what two together do."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from laget.sight.rules import Addressing, Audience, Reader, Text, meet, narrows, reads, who_reads

CHILD, MOTHER, FATHER, NURSE, TEACHER = (UUID(int=number) for number in range(1, 6))
CLINIC, SCHOOL = UUID(int=11), UUID(int=12)
LONG_AGO, NOW = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
AROUND = [
    Reader(CHILD, family=True, child=True),
    Reader(MOTHER, family=True),
    Reader(FATHER, family=True),
    Reader(NURSE, family=False, position=UUID(int=21), service=CLINIC, kinds={"health": (NOW, LONG_AGO)}),
    Reader(TEACHER, family=False, position=UUID(int=22), service=SCHOOL, kinds={"health": (LONG_AGO, NOW)}),
]
PEOPLE = [one.person for one in AROUND]
addressings = st.builds(
    Addressing, st.sampled_from([*Audience, "unknown"]), st.frozensets(st.sampled_from(PEOPLE), max_size=3)
)


def read_by(to: Addressing, author: UUID | None = None, service: UUID | None = None) -> set[UUID]:
    return {one.person for one in who_reads(AROUND, Text(to, author, "health", service))}


def test_each_audience_by_an_example():
    everybody = set(PEOPLE)
    assert read_by(Addressing()) == everybody
    assert read_by(Addressing(Audience.OWN_SERVICE), service=CLINIC) == everybody - {TEACHER}
    assert read_by(Addressing(Audience.FAMILY)) == {CHILD, MOTHER, FATHER}
    assert read_by(Addressing(Audience.SERVICES)) == {NURSE, TEACHER}
    assert read_by(Addressing(Audience.SERVICES), author=MOTHER) == {NURSE, TEACHER, MOTHER}
    assert read_by(Addressing(Audience.NAMED, frozenset({NURSE})), author=MOTHER) == {NURSE, MOTHER}
    assert read_by(Addressing(Audience.CHILDS_OWN, frozenset({NURSE})), author=CHILD) == {NURSE, CHILD}
    assert read_by(Addressing(Audience.NOT_FOR, frozenset({FATHER}))) == everybody - {FATHER}


def test_not_for_nobody_and_an_unknown_audience_let_nobody_read():
    assert read_by(Addressing(Audience.NOT_FOR)) == read_by(Addressing("unknown")) == set()


def test_a_forbidding_audience_beats_having_written_it():
    assert FATHER not in read_by(Addressing(Audience.NOT_FOR, frozenset({FATHER})), author=FATHER)


def test_how_far_back_one_may_know_is_its_own_for_log_and_plan():
    nurse, teacher = AROUND[3], AROUND[4]
    old = datetime(2025, 1, 1, tzinfo=UTC)
    assert not nurse.knows("health", old) and nurse.knows("health", old, plan=True)
    assert teacher.knows("health", old) and not teacher.knows("health", old, plan=True)
    assert not nurse.knows("economy")


@given(before=addressings, after=addressings, author=st.sampled_from(PEOPLE), service=st.sampled_from([CLINIC, None]))
def test_what_narrows_never_lets_one_more_read(before, after, author, service):
    now = read_by(before, author, service)
    if narrows(before, after, now, CHILD):
        assert read_by(after, author, service) <= now | {author, CHILD}
        if after.audience != Audience.CHILDS_OWN:
            assert read_by(after, author, service) <= now | {author}


@given(outer=addressings, inner=addressings, service=st.sampled_from([CLINIC, SCHOOL, None]))
def test_what_stands_under_something_narrowed_is_read_by_nobody_who_cannot_read_both(outer, inner, service):
    both = read_by(outer, service=service) & read_by(inner, service=service)
    assert read_by(meet(outer, inner, both), service=service) <= both | {CHILD}


@given(to=addressings)
def test_who_does_not_know_the_kind_is_let_in_by_no_audience(to):
    assert not any(reads(one, Text(to, NURSE, "economy")) for one in AROUND[3:])
