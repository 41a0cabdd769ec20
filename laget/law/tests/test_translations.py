"""What law says to people can be read by a parent in bokmål."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from laget.law.kinds import LABELS, MEANINGS, Kind


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_reads_as_bokmal(kind):
    with translation.override("nb"):
        assert gettext(LABELS[kind]) != LABELS[kind]
        meaning = gettext(MEANINGS[kind])
    assert meaning != MEANINGS[kind]
    words = re.findall(r"\w+", meaning)
    sentences = len(re.findall(r"[.:]", meaning))
    assert len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words) < 35
