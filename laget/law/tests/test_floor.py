"""What the law says of a model: each breach is found, alone, and names a statute that the register knows."""

from dataclasses import replace
from datetime import date

import pytest

from laget.law.acts import section
from laget.law.consent import Ask
from laget.law.floor import Terms, Topic, breaches
from laget.law.roles import LEGAL_WORDS, legal_meaning, source

LAWFUL = Terms(
    heard=(7, 12), seat_until=18, moved=(("E/15/school", Ask.CHILD),), environment={"": 7}, report=None,
    advice=frozenset({"talk_first", "do_not_talk", "ask_first"}), parents_read="always",
    enders=frozenset({"parents", "holder"}), refusal="case_without_log", withdrawal="at_once",
    media=("written", "oral_recorded"), handover="accepted",
)  # fmt: skip
ON = date(2027, 3, 1)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"heard": (0, 7)},
        {"environment": {"": 1}},
        {"environment": {"": None}},
        {"environment": {"BHL": 14}},
        {"environment": {"HOL": 400}},
        {"report": 0},
        {"moved": (("E/16-17/nav", Ask.PARENTS),)},
        {"media": ()},
        {"refusal": "own_records"},
    ],
)
def test_what_is_as_good_as_the_law_or_better_stands(change):
    assert breaches(replace(LAWFUL, **change)) == ()


@pytest.mark.parametrize(
    ("change", "topic", "source"),
    [
        ({"heard": (8, 12)}, Topic.HEARD, "BL81 § 31"),
        ({"heard": (7, 13)}, Topic.HEARD, "BL81 § 31"),
        ({"seat_until": 19}, Topic.SEAT, "VGM § 8"),
        ({"moved": (("E/12-14/health", Ask.CHILD),)}, Topic.MOVED, "PBRL § 4-4"),
        ({"moved": (("E/15/health", Ask.CHILD),)}, Topic.MOVED, "HPL § 22"),
        ({"moved": (("E/0-6/nav", Ask.CHILD),)}, Topic.MOVED, "FVL67 § 13 a"),
        ({"moved": (("E/15/nav", Ask.NOBODY),)}, Topic.MOVED, "BL81 § 33"),
        ({"moved": (("nonsense", Ask.CHILD),)}, Topic.MOVED, "FVL67 § 13 a"),
        ({"environment": {"": 8}}, Topic.ENVIRONMENT, "OPPL § 12-4"),
        ({"environment": {"OPPL": 14}}, Topic.ENVIRONMENT, "OPPL § 12-6"),
        ({"environment": {"BHL": 15}}, Topic.ENVIRONMENT, "BHL § 42"),
        ({"report": 1}, Topic.REPORT, "BVL § 13-2"),
        ({"advice": frozenset({"talk_first", "ask_first"})}, Topic.FIRST_QUESTION, "BVL § 13-2"),
        ({"advice": frozenset({"talk_first", "do_not_talk"})}, Topic.FIRST_QUESTION, "BVL § 13-2"),
        ({"parents_read": "consented"}, Topic.PARENTS_READ, "BL81 § 47"),
        ({"enders": frozenset({"leader"})}, Topic.PARENTS_END, "FVL67 § 13 a"),
        ({"refusal": "no_help"}, Topic.REFUSAL, "FVL67 § 13 a"),
        ({"withdrawal": "after_a_month"}, Topic.WITHDRAWAL, "GDPR artikkel 7"),
        ({"media": ("written", "tacit")}, Topic.MEDIUM, "GDPR artikkel 4"),
        ({"handover": "announced"}, Topic.HANDOVER, "IP-REG § 3"),
    ],
)
def test_each_breach_is_found_and_names_its_statute(change, topic, source):
    (found,) = breaches(replace(LAWFUL, **change))
    assert found.topic is topic and source in found.sources
    assert source in str(found) and "allowed" in str(found)
    for one in found.sources:
        assert section(one, ON)


def test_words_of_law():
    assert legal_meaning(" Koordinator ") == "coordinator" and legal_meaning("stafettholder") == ""
    for word in LEGAL_WORDS:
        assert section(source(word), ON)
    assert source("bekymring") == ""
