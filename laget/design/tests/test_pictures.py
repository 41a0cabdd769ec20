"""Pictures keep their words inside, apart and beside a table."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from laget.design import pictures
from laget.design.shapes import width_of, wrap
from laget.design.tests.sample import TODAY, context
from laget.kernel.period import FOREVER

NAMES = st.text(st.characters(categories=["L", "N", "Zs", "Pd"]), min_size=1, max_size=70)
SIZES = {"pic-name": 17.0, "pic-code-text": 17.0, "pic-initials": 16.0}


def boxes(picture):
    """Left, top, right and bottom of every piece of text."""
    for s in picture.shapes:
        if s.kind == "text":
            bold = "pic-text" not in s.look and "pic-quiet" not in s.look
            size = SIZES.get(s.look.split()[0], 15.0)
            width = width_of(s.text, size, bold)
            left = s.x - (width / 2 if s.anchor == "middle" else 0)
            yield left, s.y - size * 0.75, left + width, s.y + size * 0.2


def check(picture):
    found = list(boxes(picture))
    for left, top, right, bottom in found:
        assert left >= -0.5 and top >= -0.5 and right <= picture.width + 0.5 and bottom <= picture.height + 0.5
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_the_sample_pictures_fit():
    it = context()
    check(pictures.relay(it["legs"], TODAY))
    check(pictures.ladder(it["levels"], "3"))
    check(pictures.team("Nora, 5 år", it["members"]))
    check(pictures.progress(it["goals"]))


@given(st.lists(st.tuples(NAMES, NAMES, NAMES, st.booleans(), st.booleans()), max_size=9))
def test_every_team_fits(members):
    picture = pictures.team("Nora", members)
    check(picture)
    assert len(picture.rows) == len(members)


@given(st.lists(st.tuples(NAMES, NAMES, st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.booleans()), max_size=6))
def test_every_relay_fits(legs):
    picture = pictures.relay([(who, what, since, None, acting) for who, what, since, acting in legs], TODAY)
    check(picture)


@given(
    st.lists(st.tuples(st.just("1"), NAMES, NAMES), max_size=6),
    st.lists(st.tuples(NAMES, NAMES, st.floats(0, 100)), max_size=5),
)
def test_every_ladder_and_progress_fits(levels, goals):
    check(pictures.ladder(levels, "1"))
    check(pictures.progress(goals))


def test_time_without_a_holder_is_a_gap():
    found = pictures.stretches(context()["legs"], TODAY)
    assert [one.gap for one in found] == [False, False, True, False]
    assert (found[2].start, found[2].end) == (date(2027, 1, 10), date(2027, 1, 24))


def test_a_baton_laid_down_is_a_gap_until_today():
    found = pictures.stretches([("A", "S", date(2027, 1, 1), date(2027, 2, 1), False)], TODAY)
    assert found[-1].gap and found[-1].end is None
    assert pictures.relay([("A", "S", date(2027, 1, 1), date(2027, 2, 1), False)], TODAY).rows[0][0] == (
        "Ingen holder stafettpinnen"
    )


def test_an_acting_holder_inside_a_leg_is_no_gap():
    legs = [
        ("A", "S", date(2027, 1, 1), None, False),
        ("B", "S", date(2027, 1, 10), date(2027, 1, 20), True),
        ("C", "S", date(2027, 2, 1), None, False),
    ]
    assert not any(one.gap for one in pictures.stretches(legs, TODAY))


def test_for_ever_is_still_running_and_moments_count_in_oslo():
    found = pictures.stretches([("A", "S", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), FOREVER, False)], TODAY)
    assert (found[0].start, found[0].end) == (date(2027, 1, 1), None)


def test_pictures_without_anything_are_pictures():
    for picture in (
        pictures.relay([], TODAY),
        pictures.ladder([], ""),
        pictures.team("Nora", []),
        pictures.progress([]),
    ):
        assert picture.height > 0


def test_colour_is_never_the_only_sign():
    it = context()
    said = [s.text for s in pictures.ladder(it["levels"], "3").shapes if s.kind == "text"]
    assert "Her er vi nå" in said
    assert "Stafettholder" in [s.text for s in pictures.team("Nora", it["members"]).shapes if s.kind == "text"]
    assert any("vikar" in cell for row in pictures.relay(it["legs"], TODAY).rows for cell in row)


@given(NAMES, st.floats(40, 300))
def test_wrapping_loses_nothing(text, room):
    lines = wrap(text, room, 15)
    joined = "".join(lines).replace(" ", "").replace("-", "")
    assert joined == "".join(text.split()).replace("-", "")
