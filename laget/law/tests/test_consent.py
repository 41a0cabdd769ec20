"""Every row of the table of consent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.law.acts import section
from laget.law.ages import birthday
from laget.law.consent import Ask, Column, Matter, Parent, Question, movable, who_must_consent
from laget.law.consent.question import COLUMNS, RECEIVERS
from laget.law.consent.reading import read_question, write_answer

ON = date(2027, 3, 1)
MOTHER, FATHER = Parent("mother", True), Parent("father", True)
ABSENT = Parent("father", False)
PARENTS = ["mother", "father"]
YOUTH = ["child", "mother", "father"]
SERVICES = {
    "kindergarten": "BHL", "school": "OPPL", "health": "HOL", "child-welfare": "BVL",
    "nav": "NAV", "family-counselling": "FAM", "crisis-centre": "KRIS",
}  # fmt: skip


def born(years):
    return date(ON.year - years, 1, 15)


def ask(years, service, parents=(MOTHER, FATHER), moved=None, **more):
    return who_must_consent(Question(on=ON, born=born(years), service=service, parents=parents, **more), moved)


BY_AGE = [
    *[(age, column, PARENTS, ["child"]) for age in (0, 3, 6, 7, 11, 12, 14)
      for column in ("kindergarten", "school", "health", "child-welfare", "nav", "family-counselling")],
    *[(age, column, YOUTH, []) for age in (15, 16, 17) for column in ("school", "child-welfare", "nav")],
    (15, "health", PARENTS, ["child"]),
    (15, "family-counselling", PARENTS, ["child"]),
    *[(age, column, ["child"], []) for age in (16, 17) for column in ("health", "family-counselling")],
    *[(18, column, ["child"], []) for column in SERVICES],
]  # fmt: skip


@pytest.mark.parametrize(("years", "column", "must", "heard"), BY_AGE)
def test_by_age(years, column, must, heard):
    parties = ask(years, SERVICES[column])
    row = {0: "0-6", 3: "0-6", 6: "0-6", 7: "7-11", 11: "7-11", 12: "12-14", 14: "12-14", 15: "15", 18: "18+"}
    assert list(parties.must_consent) == must
    assert list(parties.must_be_heard) == heard
    assert parties.rule == f"E/{row.get(years, '16-17')}/{column}"
    assert not parties.blocked and not parties.any_of and not parties.needs_proof


CARE = [
    (5, "kindergarten", ["child_welfare", "carer"]),
    (9, "school", ["child_welfare", "carer"]),
    (13, "health", ["child_welfare", "carer"]),
    (13, "child-welfare", ["child_welfare"]),
    (13, "nav", ["child_welfare", "carer"]),
    (13, "family-counselling", ["child_welfare"]),
    (15, "school", ["child", "child_welfare", "carer"]),
    (15, "health", ["child_welfare", "carer"]),
    (16, "health", ["child"]),
    (15, "child-welfare", ["child", "child_welfare"]),
    (17, "nav", ["child", "child_welfare"]),
    (15, "family-counselling", ["child_welfare"]),
    (16, "family-counselling", ["child"]),
]


@pytest.mark.parametrize(("years", "column", "must"), CARE)
def test_after_a_care_order_the_parents_are_not_asked(years, column, must):
    parties = ask(years, SERVICES[column], care_order=True)
    assert list(parties.must_consent) == must
    assert list(parties.cannot_consent) == PARENTS
    assert parties.rule == f"E/care-order/{column}"
    assert ("child" in parties.must_consent) != ("child" in parties.must_be_heard)


def test_a_care_order_ends_at_18():
    assert ask(18, "BVL", care_order=True).rule == "E/18+/child-welfare"


def test_the_published_example():
    question = {
        "on": "2027-03-01", "child": {"born": "2012-05-02"}, "service": "HOL",
        "parents": [
            {"id": "mother", "parental_responsibility": True},
            {"id": "father", "parental_responsibility": False},
        ],
        "receivers": ["OPPL"], "care_order": False, "matter": "sharing",
    }  # fmt: skip
    answer = write_answer(who_must_consent(read_question(question)))
    notes = answer.pop("notes")
    assert notes
    assert answer == {
        "must_consent": ["mother"], "any_of": [], "must_be_heard": ["child"], "cannot_consent": ["father"],
        "blocked": False, "rule": "E/12-14/health", "sources": ["HPL § 22", "PBRL § 4-4"],
    }  # fmt: skip


def test_daily_health_care_needs_one_parent_also_without_parental_responsibility():
    parties = ask(4, "HOL", parents=(MOTHER, ABSENT), matter=Matter.DAILY_CARE)
    assert parties.must_consent == () and list(parties.any_of) == PARENTS and parties.cannot_consent == ()
    assert parties.satisfied_by({"father"}) and not parties.satisfied_by({"child"})


def test_daily_care_is_a_rule_for_health_only():
    assert ask(4, "BHL", matter=Matter.DAILY_CARE).must_consent == ask(4, "BHL").must_consent
    assert list(ask(16, "HOL", matter=Matter.DAILY_CARE).must_consent) == ["child"]


@pytest.mark.parametrize("service", ["OPPL", "PRIV"])
@pytest.mark.parametrize("care_order", [False, True])
def test_from_15_the_pupil_decides_about_the_education(service, care_order):
    assert list(ask(15, service, matter=Matter.EDUCATION, care_order=care_order).must_consent) == ["child"]
    assert "child" not in ask(14, service, matter=Matter.EDUCATION, care_order=care_order).must_consent


@pytest.mark.parametrize("years", [0, 7, 12, 15, 16, 17])
@pytest.mark.parametrize("care_order", [False, True])
@pytest.mark.parametrize("way", ["sender", "receiver"])
@pytest.mark.parametrize("matter", list(Matter))
def test_a_crisis_centre_blocks_the_question_before_anyone_is_asked(years, care_order, way, matter):
    service, receivers = ("KRIS", ("OPPL",)) if way == "sender" else ("HOL", ("OPPL", "KRIS"))
    parties = ask(years, service, receivers=receivers, care_order=care_order, matter=matter)
    assert parties.blocked
    assert parties.must_consent == parties.any_of == parties.must_be_heard == ()
    assert not parties.satisfied_by({"mother", "father", "child"})


def test_an_adult_decides_also_about_a_crisis_centre():
    assert not ask(18, "KRIS").blocked
    assert not ask(18, "HOL", receivers=("KRIS",)).blocked


@pytest.mark.parametrize("parents", [(), (ABSENT,)])
def test_unproven_parental_responsibility_is_never_guessed(parents):
    parties = ask(5, "BHL", parents=parents)
    assert parties.must_consent == () and parties.needs_proof
    assert any("proven" in note for note in parties.notes)
    youth = ask(15, "NAV", parents=parents)
    assert list(youth.must_consent) == ["child"] and youth.needs_proof and not youth.satisfied_by({"child"})
    assert ask(5, "HOL", parents=(), matter=Matter.DAILY_CARE).needs_proof


def test_a_birthday_on_29_february_counts_on_1_march():
    child = date(2012, 2, 29)
    day_before = Question(on=date(2027, 2, 28), born=child, service="OPPL", parents=(MOTHER,), matter=Matter.EDUCATION)
    on_day = Question(on=ON, born=child, service="OPPL", parents=(MOTHER,), matter=Matter.EDUCATION)
    assert who_must_consent(day_before).rule == "E/12-14/school"
    assert who_must_consent(on_day).rule == "E/15/school"


def test_a_municipality_moves_only_what_the_statutes_leave_open():
    assert "E/15/nav" in movable() and "E/15/health" not in movable()
    assert list(ask(15, "NAV", moved={"E/15/nav": Ask.CHILD}).must_consent) == ["child"]
    assert list(ask(16, "NAV", moved={"E/15/nav": Ask.CHILD}).must_consent) == YOUTH
    for rule, to in (("E/15/health", Ask.CHILD), ("E/7-11/school", Ask.CHILD), ("E/15/nav", Ask.NOBODY)):
        with pytest.raises(ValueError, match=rule):
            ask(15, "NAV", moved={rule: to})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"service": "INT"}, "allowed: BHL"),
        ({"service": "PBRL"}, "service"),
        ({"receivers": ["XYZ"]}, "receivers"),
        ({"on": "soon"}, "on: must be a date"),
        ({"child": {}}, "child.born"),
        ({"matter": "all"}, "matter: must be one of sharing"),
        ({"parents": [{"id": "a"}]}, "parents[0].parental_responsibility"),
        ({"parents": [{"id": "child", "parental_responsibility": True}]}, "parents"),
        ({"child": {"born": "2030-01-01"}}, "child.born"),
        ({"care_order": "no"}, "care_order"),
        ({"colour": 1}, "colour: not known"),
    ],
)
def test_a_fault_is_said_plainly(change, said):
    question = {"on": "2027-03-01", "child": {"born": "2012-05-02"}, "service": "HOL", **change}
    with pytest.raises(ValueError) as fault:
        read_question(question)
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


@given(
    st.dates(date(2005, 1, 1), ON),
    st.sampled_from(sorted(COLUMNS)),
    st.lists(st.sampled_from(sorted(RECEIVERS)), max_size=3),
    st.booleans(),
    st.sampled_from(list(Matter)),
    st.lists(st.booleans(), max_size=3),
)
def test_always_an_answer_that_cites_the_law_and_is_safe(day, service, receivers, care_order, matter, responsible):
    parents = tuple(Parent(f"p{place}", held) for place, held in enumerate(responsible))
    parties = who_must_consent(
        Question(ON, day, service, parents, tuple(receivers), care_order=care_order, matter=matter)
    )
    assert parties.rule.split("/")[2] == COLUMNS[service]
    for source in parties.sources:
        assert section(source, ON).code == source
    asked = {*parties.must_consent, *parties.any_of}
    assert not asked & set(parties.cannot_consent)
    assert not asked & set(parties.must_be_heard)
    grown = birthday(day, 18) <= ON
    assert not (grown and (parties.blocked or asked != {"child"}))
    if not asked:
        assert parties.blocked or parties.needs_proof
    assert not parties.satisfied_by(set())


def test_every_column_has_a_service():
    assert set(COLUMNS.values()) == set(Column)
