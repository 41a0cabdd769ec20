"""A municipality's own file is read whole or answered with every fault, its line and what is allowed."""

from importlib.resources import files

import pytest

from laget.guide.faults import GuideFaults
from laget.guide.lines import lines_of
from laget.guide.reading import read_guide
from laget.law.consent import Ask

NATIONAL = files("laget.guide").joinpath("data/national.toml").read_text(encoding="utf-8")


def faults(change, into, also=""):
    assert change in NATIONAL
    with pytest.raises(GuideFaults) as found:
        read_guide(NATIONAL.replace(change, into, 1) + also)
    return found.value.faults


@pytest.mark.parametrize(
    ("change", "into", "place", "said"),
    [
        ('form = "one_service"', 'form = "alone"', "level.1.form", "allowed: wonder, one_service"),
        ('colour = "info"', 'colour = "red"', "level.1.colour", "allowed: neutral"),
        ('name.en = "Wondering"\n', "", "level.0.name.en", "is missing"),
        ('name.nb = "Undring"', 'name.nb = " "', "level.0.name.nb", "is empty"),
        ('first_level = "1"', 'first_level = "7"', "log.first_level", "allowed: 0, 1, 2, 3"),
        ("paper_allowed = true", 'paper_allowed = "yes"', "log.paper_allowed", "true or false"),
        ('to = ["1", "3"]', 'to = ["9"]', "move.2.to", "has '9'"),
        ('who = ["holder"]', 'who = ["nobody"]', "step.2/invite.who", "allowed: any_worker"),
        ("value = 21", "value = -1", "deadline.asking_seat.value", "from 0 to 400"),
        ("value = 21", "value = true", "deadline.asking_seat.value", "whole number"),
        ('unit = "month"', 'unit = "moon"', "deadline.consent_period.unit", "day, working_day, week, month"),
        ('effect = "close"', 'effect = "vanish"', "outcome.effect_done_close.effect", "close, continue"),
        ('code = "moved"', 'code = "goal_reached"', "closing[1]", "is used before"),
        ('nb = ["sak", "saken", "saker"]', 'nb = ["sak"]', "word.case.nb", "three texts"),
        ("valid_from = 2022-08-01", 'valid_from = "soon"', "guide.valid_from", "a date such as"),
        ("paper_allowed = true", "paper_allowed = true\npaper = 1", "log.paper", "is not known"),
        ("seat_until_age = 18", "seat_until_age = 20", "family.seat_until_age", "from 18 to 18"),
    ],
)
def test_a_fault_is_said_with_its_line(change, into, place, said):
    found = faults(change, into)
    assert [one.place for one in found] == [place]
    assert said in found[0].message
    line = NATIONAL[: NATIONAL.index(change)].count("\n") + 1
    assert abs(found[0].line - line) <= 9 and str(found[0]).startswith(f"line {found[0].line}, {place}")


def test_a_level_code_is_text_and_never_a_number():
    found = faults('[[level]]\ncode = "1"\n', "[[level]]\ncode = 1\n")
    assert [one.place for one in found] == ["level.1.code"] and "a code in quotes" in found[0].message


def test_all_faults_are_said_at_once_in_order():
    source = NATIONAL.replace('colour = "info"', 'colour = "red"').replace("value = 21", "value = 900")
    with pytest.raises(GuideFaults) as found:
        read_guide(source)
    assert [one.place for one in found.value.faults] == ["level.1.colour", "deadline.asking_seat.value"]


def test_an_age_of_being_heard_cannot_be_over_the_law():
    assert "by law" in faults("age = 7\n", "age = 9\n")[0].message
    assert "by law" in faults("age = 12\n", "age = 13\n")[0].message


MOVED = """
[[moved]]
rule = "{rule}"
ask = "{ask}"
decided = 2027-01-01
reason.nb = "Vedtak"
reason.nn = "Vedtak"
reason.en = "Decision"
"""


def test_consent_is_moved_only_where_the_statutes_are_silent():
    guide = read_guide(NATIONAL + MOVED.format(rule="E/15/nav", ask="child"))
    assert guide.consent.moved == {"E/15/nav": Ask.CHILD}
    for rule, ask in (("E/12-14/health", "child"), ("E/15/health", "child"), ("E/15/nav", "nobody")):
        with pytest.raises(GuideFaults) as found:
            read_guide(NATIONAL + MOVED.format(rule=rule, ask=ask))
        assert "allowed" in str(found.value) and "by law" in str(found.value)


def test_evaluation_may_have_a_default():
    guide = read_guide(NATIONAL.replace("[evaluation]\n", "[evaluation]\ndefault_weeks = 8\n"))
    assert guide.evaluation_weeks == 8


def test_what_is_not_toml_is_answered_with_its_line():
    with pytest.raises(GuideFaults) as found:
        read_guide("[guide\n")
    assert "line 1" in str(found.value)


def test_an_empty_file_misses_everything_and_does_not_break():
    with pytest.raises(GuideFaults) as found:
        read_guide("")
    assert len(found.value.faults) > 20


def test_lines_follow_tables_and_items():
    lines = lines_of('[a]\nx = 1\n\n[[b]]\ny.nb = "1"\n[[b]]\ny.nb = "2"\n')
    assert lines == {"a": 1, "a.x": 2, "b[0]": 4, "b[0].y.nb": 5, "b[1]": 6, "b[1].y.nb": 7}
