"""The readability index of the kernel, against figures counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.kernel.reading import lix, minutes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vi deler. Du ser.", 2.0),
        ("Dere bestemmer.", 2 + 100 / 2),
        ("En to tre fire fem seks syv åtte ni ti", 10.0),
        ("Hun er 7 år. Han er 12.", 7 / 2),
        ("Første linje\nAndre linje", 2.0),
        ("", 0.0),
        ("… !", 0.0),
    ],
)
def test_by_hand(text, wanted):
    assert lix(text) == pytest.approx(wanted)


@given(st.text(max_size=300))
def test_any_text_has_a_figure(text):
    assert 0 <= lix(text) <= 100 + len(text)
    assert minutes(text) >= 1


def test_longer_words_and_longer_sentences_are_harder():
    easy = "Vi spør dere. Dere svarer. Vi hører."
    assert lix(easy) < lix(easy.replace(". ", " og "))
    assert lix(easy) < lix(easy.replace("spør", "konsulterer"))


def test_minutes_are_counted_slowly():
    assert minutes("ord " * 150) == 1
    assert minutes("ord " * 450) == 3
