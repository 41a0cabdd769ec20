"""National numbers, names and text as people type them."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.people import rules
from laget.people.rules import (
    InvalidNationalNumber,
    TextTooLong,
    clean_text,
    read_national_number,
    same_name,
    sort_key,
    synthetic_number,
    within_a_sentence,
)

TODAY = date(2026, 11, 1)
BIRTHS = st.dates(date(1900, 1, 1), date(2039, 12, 31))


def reason(text, today=TODAY):
    with pytest.raises(InvalidNationalNumber) as fault:
        read_national_number(text, today)
    assert not any(digit in str(fault.value) for digit in "0123456789")
    return fault.value.reason


def test_a_number_of_the_new_series_holds():
    assert read_national_number("30108299939", TODAY).born == date(1982, 10, 30)
    assert read_national_number("30108299920", TODAY).born == date(1982, 10, 30)
    assert read_national_number("02013299997", date(2032, 1, 2)).born == date(2032, 1, 2)


def test_each_fault_has_its_own_sentence():
    good = synthetic_number(date(2014, 5, 17))
    assert reason(good[:10]) == rules.WRONG_LENGTH
    assert reason(good + "1") == rules.WRONG_LENGTH
    assert reason("") == rules.MALFORMED
    assert reason("1705141234x") == rules.MALFORMED
    assert reason("١٧٠٥١٤١٢٣٤٥") == rules.MALFORMED
    assert reason("00000000000") == rules.IMPOSSIBLE_DATE
    assert reason("31029912345") == rules.IMPOSSIBLE_DATE
    assert reason("15507600333") == rules.IMPOSSIBLE_DATE
    assert reason(good[:-1] + str((int(good[-1]) + 1) % 10)) == rules.WRONG_CHECK_DIGITS
    assert reason("02013299997") == rules.NOT_BORN_YET
    assert reason(synthetic_number(TODAY + timedelta(days=1))) == rules.NOT_BORN_YET


def test_29_february_of_a_common_year_is_no_date():
    nine = "298201" + "012"
    with pytest.raises(InvalidNationalNumber):
        read_national_number(rules._with_check_digits(nine) or nine + "00", TODAY)


def test_spaces_are_allowed():
    digits = synthetic_number(date(2014, 5, 17))
    assert read_national_number(f" {digits[:6]} {digits[6:]} ", TODAY).digits == digits


def test_a_d_number_has_40_added_to_the_day():
    nine = next(f"57851450{last}" for last in range(10) if rules._with_check_digits(f"57851450{last}"))
    number = read_national_number(rules._with_check_digits(nine), TODAY)
    assert number.d_number and number.synthetic and number.born == date(2014, 5, 17)


def test_a_number_never_shows_its_digits_by_accident():
    digits = synthetic_number(date(2014, 5, 17))
    assert digits not in repr(read_national_number(digits, TODAY))


@given(BIRTHS, st.integers(0, 99))
def test_a_synthetic_number_is_read_back(born, serial):
    digits = synthetic_number(born, serial)
    number = read_national_number(digits, date(2039, 12, 31))
    assert number.synthetic and not number.d_number
    assert int(digits[2:4]) == born.month + 80
    assert number.born == born


@given(BIRTHS, st.integers(0, 99), st.integers(0, 99))
def test_serials_give_different_numbers(born, one, other):
    assert (synthetic_number(born, one) == synthetic_number(born, other)) == (one == other)


@given(BIRTHS, st.integers(0, 50), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_never_gives_the_same_person(born, serial, place, shift):
    digits = synthetic_number(born, serial)
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    try:
        assert read_national_number(wrong, date(2039, 12, 31)).digits != digits
    except InvalidNationalNumber as fault:
        assert fault.reason


@given(st.text(max_size=15))
def test_anything_is_answered_with_a_number_or_a_reason(text):
    try:
        assert len(read_national_number(text, TODAY).digits) == 11
    except InvalidNationalNumber as fault:
        assert fault.reason


def test_no_synthetic_number_outside_the_series():
    with pytest.raises(ValueError):
        synthetic_number(date(2040, 1, 1))
    with pytest.raises(ValueError):
        synthetic_number(date(2014, 5, 17), 500)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne-Marie Aas", "anne marie ås"),
        ("Åse", "Aase"),
        ("André", "Andre"),
        ("Björn Ærlig", "BJØRN ærlig"),
        ("O’Brien", "O Brien"),
        ("  Kari   Nordmann ", "Kari Nordmann"),
        ("Øyvind", unicodedata.normalize("NFD", "Øyvind")),
        ("Máret", "Maret"),
    ],
)
def test_the_same_name_in_other_spellings(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Åse", "Ase"), ("Bø", "Bo"), ("Kari", "Karin"), ("नीता", "नती")])
def test_other_names(one, other):
    assert not same_name(one, other)


def test_norwegian_order():
    names = ["Zara", "Ærlig", "Østby", "Åberg", "Aaberg", "Abel", "Zyta", "Éva", "Ås", "Eva B", "Wang"]
    assert sorted(names, key=lambda name: (sort_key(name), name)) == [
        "Abel", "Éva", "Eva B", "Wang", "Zara", "Zyta", "Ærlig", "Østby", "Aaberg", "Åberg", "Ås",
    ]  # fmt: skip


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_a_key_is_the_same_for_the_same_name(name):
    assert sort_key(name) == sort_key(name.upper() if name.upper().casefold() == name.casefold() else name)
    assert sort_key(f" {name} ") == sort_key(name)


def test_text_keeps_what_people_write():
    assert clean_text("Bra 👨‍👩‍👧 jobba!\r\n\tשלום ", 100) == "Bra 👨‍👩‍👧 jobba!\n\tשלום"
    assert clean_text("A\u030ase", 10) == "Åse"


def test_text_loses_what_deceives():
    assert clean_text("a\u202eb\u2066c\u2069d\x00e\x1bf\ufeff", 10) == "abcdef"


def test_text_over_the_limit_is_refused_and_not_cut():
    with pytest.raises(TextTooLong) as fault:
        clean_text("a" * 11, 10)
    assert (fault.value.limit, fault.value.length) == (10, 11)
    assert len(clean_text(" " + "a" * 10 + " ", 10)) == 10


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_cleaning_twice_changes_nothing_and_can_be_stored(text):
    once = clean_text(text, 500)
    assert clean_text(once, 500) == once
    once.encode("utf-8")
    assert "\x00" not in once and unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("title", "said"),
    [("Pedagogisk leder", "pedagogisk leder"), ("PP-rådgiver", "PP-rådgiver"), ("Ø", "ø"), ("", "")],
)
def test_a_title_is_written_as_inside_a_sentence(title, said):
    assert within_a_sentence(title) == said
