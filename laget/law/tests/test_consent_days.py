"""The table of consent on every day around a birthday, for each column and matter, against a table written by hand."""

from datetime import date, timedelta

import pytest

from laget.law.consent import Ask, Matter, Parent, Question, movable, movable_to, who_must_consent
from laget.law.consent.question import COLUMNS

PARENTS = (Parent("mother", True), Parent("father", True), Parent("stepfather", False))
PA, YOUTH, CHILD = ("mother", "father"), ("child", "mother", "father"), ("child",)

# From this age until the next: who must consent, by the sender's act.
WHOLE = {
    0: dict.fromkeys(("BHL", "OPPL", "PRIV", "HOL", "SPHL", "PHVL", "TANN", "BVL", "NAV", "SOTJ", "FAM"), PA),
    15: {**dict.fromkeys(("BHL", "OPPL", "PRIV", "BVL", "NAV", "SOTJ"), YOUTH),
         **dict.fromkeys(("HOL", "SPHL", "PHVL", "TANN", "FAM"), PA)},
    16: {**dict.fromkeys(("BHL", "OPPL", "PRIV", "BVL", "NAV", "SOTJ"), YOUTH),
         **dict.fromkeys(("HOL", "SPHL", "PHVL", "TANN", "FAM"), CHILD)},
    18: dict.fromkeys(COLUMNS, CHILD),
}  # fmt: skip
ROWS = {0: "0-6", 7: "7-11", 12: "12-14", 15: "15", 16: "16-17", 18: "18+"}
HEALTH = ("HOL", "SPHL", "PHVL", "TANN")
SCHOOL = ("OPPL", "PRIV")


def anniversary(born: date, years: int) -> date:
    """The birthday, counted here without the product's own help: 29 February turns on 1 March."""
    try:
        return date(born.year + years, born.month, born.day)
    except ValueError:
        return date(born.year + years, 3, 1)


BORN = (date(2012, 2, 29), date(2008, 2, 29), date(2011, 3, 1), date(2010, 2, 28), date(2009, 12, 31), date(2013, 1, 1),
        date(2012, 10, 28), date(2012, 3, 25))  # fmt: skip
DAYS = [
    (born, years, anniversary(born, years) + timedelta(days=days))
    for born in BORN
    for years in (7, 12, 15, 16, 18)
    for days in (-2, -1, 0, 1, 2)
]


def years_on(born: date, day: date) -> int:
    return max(years for years in range(60) if years == 0 or anniversary(born, years) <= day)


@pytest.mark.parametrize(("born", "years", "day"), DAYS, ids=lambda one: str(one))
def test_two_days_before_and_after_each_birthday(born, years, day):
    age = years_on(born, day)
    assert age == years or age == years - 1
    row = ROWS[max(one for one in ROWS if one <= age)]
    wanted = WHOLE[max(one for one in WHOLE if one <= age)]
    for service, column in COLUMNS.items():
        for matter in Matter:
            found = who_must_consent(Question(day, born, service, PARENTS, matter=matter))
            assert found.rule == f"E/{row}/{column}"
            if service == "KRIS" and age < 18:
                assert found.blocked and not found.must_consent and not found.any_of
            elif matter is Matter.DAILY_CARE and service in HEALTH and age < 16:
                assert found.any_of == ("mother", "father", "stepfather") and not found.must_consent
            elif matter is Matter.EDUCATION and service in SCHOOL and 15 <= age < 18:
                assert found.must_consent == CHILD
            else:
                assert found.must_consent == wanted[service] and not found.any_of
            assert ("child" in found.must_be_heard) == ("child" not in found.must_consent and not found.blocked)


@pytest.mark.parametrize("rule", movable())
def test_a_moved_cell_moves_alone_and_only_where_the_statutes_are_silent(rule):
    _table, row, column = rule.split("/")
    born = {"0-6": 3, "15": 15, "16-17": 17, "care-order": 15}[row]
    on = date(2027, 3, 1)
    services = {one: act for act, one in COLUMNS.items()}
    for ask in movable_to(rule):
        for act in COLUMNS:
            question = Question(on, date(on.year - born, 1, 1), act, PARENTS, care_order=row == "care-order")
            before, after = who_must_consent(question), who_must_consent(question, {rule: ask})
            if f"E/{row}/{COLUMNS[act]}" != rule:
                assert after == before
        question = Question(on, date(on.year - born, 1, 1), services[column], PARENTS, care_order=row == "care-order")
        after = who_must_consent(question, {rule: ask})
        asked = set(after.must_consent) | set(after.any_of)
        assert asked and "stepfather" not in asked
        assert not asked & set(after.cannot_consent) and asked >= ({"child_welfare"} if row == "care-order" else set())


def test_one_parent_is_enough_only_where_the_municipality_decided_so():
    moved = {"E/0-6/kindergarten": Ask.ONE_PARENT}
    small = Question(date(2027, 3, 1), date(2024, 1, 1), "BHL", PARENTS)
    found = who_must_consent(small, moved)
    assert found.any_of == ("mother", "father") and found.must_consent == () and found.cannot_consent == ("stepfather",)
    assert found.satisfied_by({"father"}) and not found.satisfied_by({"stepfather"})
    older = Question(date(2027, 3, 1), date(2020, 1, 1), "BHL", PARENTS)
    assert who_must_consent(older, moved).must_consent == ("mother", "father")
    nobody = who_must_consent(Question(date(2027, 3, 1), date(2024, 1, 1), "BHL", PARENTS[2:]), moved)
    assert nobody.needs_proof and not nobody.satisfied_by({"stepfather"})


def test_after_a_care_order_a_decision_says_who_joins_child_welfare_and_the_young_person_stays():
    moved = {"E/care-order/nav": Ask.WELFARE, "E/care-order/school": Ask.WELFARE}

    def asked(age: int, act: str) -> list[str]:
        question = Question(date(2027, 3, 1), date(2027 - age, 1, 1), act, PARENTS, care_order=True)
        return list(who_must_consent(question, moved).must_consent)

    assert asked(9, "NAV") == ["child_welfare"]
    assert asked(15, "NAV") == ["child", "child_welfare"]
    assert asked(9, "OPPL") == ["child_welfare", "carer"]  # by statute: no decision reaches it
    assert asked(15, "OPPL") == ["child", "child_welfare"]
