"""Each kind of information has a label and a meaning people can read."""

from laget.law.kinds import LABELS, MEANINGS, SENSITIVE, Kind, is_sensitive


def test_every_kind_is_explained():
    assert list(Kind) == ["identity", "everyday", "learning", "health", "family_situation", "economy", "child_welfare"]
    assert set(LABELS) == set(MEANINGS) == set(Kind)


def test_health_is_sensitive_and_everyday_life_is_not():
    assert is_sensitive(Kind.HEALTH) and not is_sensitive(Kind.EVERYDAY)
    assert Kind.LEARNING not in SENSITIVE
