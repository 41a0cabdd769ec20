"""Which ties disqualify, by the table of the law."""

import pytest

from laget.ties.rules import BY_LAW, LABELS, Outcome, Relation, State, by_law, state

DECIDED = ("household", "kin", "close", "earlier", "superior", "other")


@pytest.mark.parametrize("relation", [one.value for one in Relation])
def test_section_six_says_which_are_out_without_a_decision(relation):
    assert by_law(relation) == (relation not in DECIDED)
    assert Relation(relation) in LABELS


def test_what_somebody_else_says_waits_for_the_leader():
    for relation in BY_LAW:
        assert state(relation, "raised", []) is State.WAITING
        assert state(relation, "declared", []) is State.OUT
        assert state(relation, "register", []) is State.OUT
    assert state("close", "declared", []) is State.WAITING


def test_the_last_word_holds():
    assert state("close", "declared", [Outcome.UNABLE, Outcome.ABLE]) is State.ABLE
    assert state("line", "register", [Outcome.ABLE, Outcome.UNABLE]) is State.OUT
