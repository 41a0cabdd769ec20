"""Days, names and what people wrote, in Norwegian and English."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from laget.design import words
from laget.kernel.period import FOREVER, FOREVER_DAY

DAY = date(2027, 3, 2)
AT = datetime(2027, 3, 2, 11, 30, tzinfo=UTC)


def test_a_day_is_said_as_people_say_it():
    assert words.date(DAY) == "tirsdag 2. mars 2027"
    assert words.short_date(DAY) == "2. mars 2027"
    with translation.override("en"):
        assert words.date(DAY) == "Tuesday 2 March 2027"


def test_a_moment_is_said_in_oslo():
    assert words.datetime(AT) == "tirsdag 2. mars 2027 kl.\N{NO-BREAK SPACE}12.30"
    assert words.datetime(datetime(2027, 7, 1, 22, 30, tzinfo=UTC)) == "fredag 2. juli 2027 kl.\N{NO-BREAK SPACE}00.30"
    assert words.date(datetime(2027, 7, 1, 22, 30, tzinfo=UTC)) == "fredag 2. juli 2027"
    assert words.datetime(DAY) == words.date(DAY)
    assert words.machine(AT) == "2027-03-02T12:30+01:00"
    with translation.override("en"):
        assert words.datetime(AT) == "Tuesday 2 March 2027 at\N{NO-BREAK SPACE}12:30"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        words.date(datetime(2027, 3, 2))


def test_nothing_and_for_ever():
    assert words.date(None) == words.datetime(None) == words.time(None) == words.machine(None) == ""
    assert words.date(FOREVER) == words.short_date(FOREVER_DAY) == words.datetime(FOREVER) == "inntil videre"
    assert words.machine(FOREVER_DAY) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "i dag"), (1, "i morgen"), (-1, "i går"), (3, "om 3 dager"), (-2, "for 2 dager siden")],
)
def test_how_long_until(days, said):
    assert words.until(DAY + timedelta(days), DAY) == said


def test_days_are_counted_in_oslo():
    assert words.until(datetime(2027, 3, 2, 23, 30, tzinfo=UTC), DAY) == "i morgen"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nora Hansen", "NH"),
        ("Øyvind", "Ø"),
        ("Hanne-Kristine Dahl", "HD"),
        ("", "?"),
        ("(vikar)", "?"),
        ("\u202eAb", "A"),
    ],
)
def test_initials(name, said):
    assert words.initials(name) == said


def test_what_a_person_wrote_is_harmless():
    shown = words.paragraphs("<script>x</script>\u202e\x00\r\nlinje\n\n\nnytt")
    assert shown == (
        '<p class="ds-paragraph" dir="auto">&lt;script&gt;x&lt;/script&gt;<br>linje</p>'
        '<p class="ds-paragraph" dir="auto">nytt</p>'
    )
    assert words.paragraphs("   ") == ""
    assert words.person("<b>") == "<bdi>&lt;b&gt;</bdi>"


@given(st.text())
def test_no_text_turns_the_page_around(text):
    shown = words.paragraphs(text)
    assert not set(shown) & set("\x00\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert "<script" not in shown


def test_phone():
    assert words.phone("22334455") == words.phone("+47 22 33 44 55") == "22\u00a033\u00a044\u00a055"
    assert words.tel("+47 22 33 44 55") == "+4722334455"
    assert words.phone("116 111") == "116 111"


def test_a_missing_answer_is_said_in_our_own_words():
    with translation.override("nb"):
        assert [translation.gettext(said) for said in words.OVER_DJANGO] == ["Fyll ut her."]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("barnevernsloven § 13-2, bokstav a", "barnevernsloven §_13-2, bokstav a"),
        ("FVL67 § 13 b og § 29 a.", "FVL67 §_13_b og §_29_a."),
        ("§§ 16, 22 og 22 a", "§§_16, 22 og 22 a"),
        ("§ 13 i loven", "§_13_i loven"),  # one letter may be a word: no harm, it only stays on the line
        ("§ 12 av loven, § tolv, 5 § 3", "§_12 av loven, § tolv, 5 §_3"),
        ("§ 3-4 a-b", "§_3-4 a-b"),
    ],
)
def test_a_section_stays_on_one_line(written, said):
    assert words.unbroken(written) == said.replace("_", "\u00a0")
    assert words.unbroken(words.unbroken(written)) == words.unbroken(written)


def test_a_page_is_set_and_what_somebody_typed_is_left():
    page = engines["backend"].from_string(
        '<p title="§ 1">{{ law }}</p><input value="{{ law }}">'
        '<textarea name="x">{{ law }}\n{{ law }}</textarea>{{ law }}'
    )
    told = page.render({"law": "Etter § 13-2 <b>"})
    shown, typed = 'Etter <span class="one-line">§\u00a013-2</span> &lt;b&gt;', "Etter § 13-2 &lt;b&gt;"
    assert told == (
        f'<p title="§ 1">{shown}</p><input value="{typed}"><textarea name="x">{typed}\n{typed}</textarea>{shown}'
    )


@pytest.mark.parametrize("tag", ["title", "option", "text"])
def test_what_holds_plain_text_only_gets_no_markup(tag):
    assert words.unbroken_page(f"<{tag}>§ 4-2</{tag}>") == f"<{tag}>§\u00a04-2</{tag}>"


def test_a_number_with_a_hyphen_beside_a_section_stays_whole_too():
    kept = '<b><span class="one-line">§\u00a04-2</span> og <span class="one-line">4-3</span></b>'
    assert words.unbroken_page("<b>§ 4-2 og 4-3</b>") == kept
    assert words.unbroken_page("<b>2026-11-25</b> § 1") == "<b>2026-11-25</b> §\u00a01"
