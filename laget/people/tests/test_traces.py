"""What tells who somebody is: found in many spellings, and seldom where nothing is told."""

import time
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.people.anonymity import tells
from laget.people.rules import synthetic_number
from laget.people.tests import anonymous
from laget.people.traces import hints, national_numbers, strangers

TEAM = ("Kari Solberg", "Sara Solberg", "Maja Lind", "Omar Haddad")
ORDINARY = """
I dag lekte Sara ute hele formiddagen. Hun ville gjerne være med på turen til skogen.
Vi ble enige om å møtes på tirsdag klokka 14.30. Maja skriver referat, og Omar ringer helsestasjonen.
Kari forteller at søvnen er bedre. Sara sover nå fra 20 til 6.
Hun spiste to brødskiver til lunsj, og drakk 3 glass melk. Per dag er det omtrent det samme som før.
Avtalt: bilder på tavla hver morgen i 4 uker. Evaluering 12.03.
Vi prøver dette: først klær, så frokost, så tannpuss. Det tar 25 minutter.
Sara sier: «Jeg vil være med Maja.» Vi skrev det ned sammen.
PPT kommer på besøk i uke 14. Nav har svart, og BUP har fått henvisningen.
Familien skal til Oslo i påska. Etter ferien begynner vi på nytt.
Det gikk fint. Ingen gråt. Alle hjalp til. Kanskje prøver vi igjen i morgen.
Solberg-familien har fått nytt opplegg. Kari og Omar snakker sammen fredag.
Fjorten dager senere: Fortsatt bra. Sju av ti mål er nådd.
""".strip().splitlines()


@st.composite
def spelled(draw):
    """A synthetic national number as somebody might write it."""
    born = date(2005, 1, 1) + timedelta(days=draw(st.integers(0, 6000)))
    digits = synthetic_number(born, draw(st.integers(0, 20)))
    between = draw(st.sampled_from(["", " ", "-", ".", "\u00a0", "\u200b", " - "]))
    cut = draw(st.sampled_from([(6,), (2, 4, 6), (6, 9), tuple(range(1, 11))]))
    parts = [digits[start:end] for start, end in zip((0, *cut), (*cut, 11), strict=True)]
    zero = draw(st.sampled_from([ord("0"), 0xFF10, 0x0660]))
    return between.join(parts).translate({ord("0") + n: zero + n for n in range(10)})


@given(number=spelled(), before=st.sampled_from(ORDINARY), after=st.sampled_from(ORDINARY))
def test_a_national_number_is_found_in_every_spelling(number, before, after):
    found = national_numbers(f"{before} fnr {number}, {after}")
    assert [one.text for one in found] == [number]


@given(
    name=st.sampled_from(["Emil Strand", "Nils", "Åse-Marie", "Ibrahim", "Ingeborg Vik"]),
    shape=st.sampled_from(["Vi snakket med {} om det.", "Så kom {}s bror.", "Det sa {}: greit", "hos {} (naboen)"]),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_a_name_of_somebody_else_is_asked_about_in_every_shape(name, shape, form):
    text = unicodedata.normalize("NFC", unicodedata.normalize(form, shape.format(name)))
    found = strangers(hints(text, TEAM), TEAM, ())
    assert any(one.sort == "name" and name.split()[0] in one.text for one in found)


def test_ordinary_sentences_about_the_team_are_seldom_asked_about():
    asked = [one.text for line in ORDINARY for one in strangers(hints(line, TEAM), TEAM, ())]
    assert len(asked) <= len(ORDINARY) // 10, asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Helst Maja", []),
        ("Hos Omar er det stille.", []),
        ("Ingeborg Maja", ["Ingeborg Maja"]),
        ("Helst Solberg", ["Helst Solberg"]),
    ],
)
def test_a_sentence_that_begins_beside_a_name_known_here_is_not_somebody_else(text, asked):
    team = ["Maja Lind", "Omar Haddad", "Sara Solberg", "Kari Solberg"]
    assert [one.text for one in strangers(hints(text, team), team, ())] == asked


def test_the_other_parent_is_pointed_at_by_given_name_and_not_by_the_name_of_the_family():
    others = ("Nils Solberg",)
    text = "Nils sier nei. Kari Solberg sier ja, men Nils' bror vet ikke."
    found = strangers(hints(text, [*TEAM, *others]), TEAM, others)
    assert [(one.sort, one.text) for one in found] == [("parent", "Nils"), ("parent", "Nils")]


def test_telephone_address_and_birth_date_are_asked_about_whoever_they_belong_to():
    text = "Ring 41 23 45 67, hun bor i Storgata 12 b og er født 3.4.2019. Skriv til x@example.org."
    assert {one.sort for one in strangers(hints(text), TEAM, ())} == {"phone", "address", "birth", "email"}


# --- Anonymous texts ---


@pytest.mark.parametrize("text", anonymous.PASSES)
def test_an_ordinary_anonymous_text_passes(text):
    assert not tells(text)


@pytest.mark.parametrize("text", anonymous.TELLS)
def test_what_tells_who_it_is_does_not(text):
    assert tells(text)


def test_of_what_was_held_back_one_in_twenty_is_missed_and_nothing_refused_in_vain():
    """A rare name that begins a sentence is not seen: no list holds it, and every sentence begins with a capital."""
    assert len(anonymous.PASSES) == len(anonymous.TELLS) == 60
    assert [text for text in anonymous.HELD_BACK_PASSES if tells(text)] == []
    assert [text for text in anonymous.HELD_BACK_TELLS if not tells(text)] == ["Marwan slår de andre barna."]


def test_a_hostile_text_costs_no_more_than_its_length():
    for part in ("født er på i år den ", "a_" * 20, "A. ", "@a.", "12/345-", "Marte "):
        begun = time.process_time()
        tells(part * (4000 // len(part)))
        assert time.process_time() - begun < 1, part
