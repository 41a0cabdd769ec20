"""What a text may hold, and which step a worry has come to."""

import signal
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.concerns.rules import steps
from laget.concerns.rules.steps import ADULT, Does, Next, Note, State
from laget.guide.national import national
from laget.guide.rules import Advice, Form, deadline
from laget.people.rules import synthetic_number
from laget.people.traces import excerpt, hints, national_numbers

GUIDE = national()
NOTED = date(2026, 11, 24)
NUMBER = synthetic_number(date(2021, 3, 14))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def d_number(number):
    """The same day with 40 added, and check digits that hold."""
    from laget.people.rules import _with_check_digits

    stem = f"{int(number[:2]) + 40:02}{number[2:6]}"
    return next(full for serial in range(500, 999) if (full := _with_check_digits(f"{stem}{serial}")))


SPELLINGS = [
    NUMBER,
    f"{NUMBER[:6]} {NUMBER[6:]}",
    " ".join(NUMBER),
    f"{NUMBER[:2]}.{NUMBER[2:4]}.{NUMBER[4:6]} {NUMBER[6:9]} {NUMBER[9:]}",
    f"{NUMBER[:6]}-{NUMBER[6:]}",
    f"{NUMBER[:6]}\u00a0{NUMBER[6:]}",
    f"{NUMBER[:6]}\u2009\u200b{NUMBER[6:]}",
    f"{NUMBER[:6]}\n{NUMBER[6:]}",
    f"{NUMBER[:6]}/{NUMBER[6:]}",
    NUMBER.translate(FULL_WIDTH),
    NUMBER.translate(ARABIC),
    "\u200b".join(NUMBER),
    d_number(NUMBER),
    "14032112345",  # a wrong check digit still tells who it is
    "14432112345",  # month + 40
    "14682112345",  # month + 65
]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("around", ["{}", "nr {}, sier mor", "Han er født{}.", "abc{}abc"])
def test_a_national_number_is_found_however_it_is_written(spelling, around):
    text = around.format(spelling)
    (hit,) = national_numbers(text)
    assert text[hit.start : hit.end] == spelling


def test_it_is_found_inside_a_longer_row_of_digits():
    assert national_numbers(f"kl. 12 {NUMBER}") and national_numbers(f"{NUMBER} 3 ganger")
    assert len(national_numbers(f"{NUMBER} og {NUMBER}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "", "12 ganger", "kl. 12.30 til 14.15", "41 00 01 23", "3. mars 2027 og 4. april 2028 hadde han ikke mat",
        "99887766554", "1234.56.78903", "uke 12, 13, 14 og 15",
    ],
)  # fmt: skip
def test_other_figures_are_no_national_number(text):
    assert not national_numbers(text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_around_it_hides_a_number(before, after):
    text = f"{before} x{NUMBER}x {after}"
    assert any(NUMBER in text[hit.start : hit.end] for hit in national_numbers(text))


def found(text, known=()):
    return [(one.sort, one.text) for one in hints(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Han sa at Emil slo ham.", [("name", "Emil")]),
        ("Emil sover ofte.", [("name", "Emil")]),
        ("Emils mor ringte.", [("name", "Emils")]),
        ("Jeg så Emil Strand der.", [("name", "Emil Strand")]),
        ("Så kom Zebulon Kvammen bort.", [("name", "Zebulon Kvammen")]),
        ("Zebulon Kvammen kom.", [("name", "Zebulon Kvammen")]),
        ("Ring mor på 41 23 45 67 i dag.", [("phone", "41 23 45 67")]),
        ("ring +47 41234567", [("phone", "+47 41234567")]),
        ("skriv til mor.mi@example.org", [("email", "mor.mi@example.org")]),
        ("de bor i storgata 12 b nå", [("address", "storgata 12 b")]),
        ("Han bor i Solbergveien 4.", [("address", "Solbergveien 4")]),
        ("han er født 14.3.2021", [("birth", "født 14.3.2021")]),
    ],
)
def test_what_may_tell_who_it_is_is_pointed_at(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gutten har ikke matpakke. Han sier at han er sulten. Mandag og tirsdag gråt han.",
        "«Jeg vil ikke hjem», sa han. Det skjedde kl. 12.30 og 14.15, uke 45-47.",
        "Vi har snakket med PPT, BUP og Nav. SFO ser det samme.",
        "- Han er trøtt\n- Hun trøster ham\n3. mars var det bedre",
        "Det gikk fint i uke 12. Liv og røre!",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert found(text) == []


def test_a_name_the_writer_may_see_is_found_where_a_sentence_begins():
    assert found("Zebulon sover.") == []
    assert found("Zebulon sover.", ["Zebulon"]) == [("name", "Zebulon")]


HOSTILE = [
    "-" * 10_000 + "Ab " * 3_400, "- " * 5_000 + "Ab " * 3_400, "«" * 10_000 + "Ab " * 3_400, "a-" * 10_000,
    "a@" * 10_000, "a@" + "a." * 10_000, ("a" * 60 + "@" + "b." * 120 + "1 ") * 66, "a veien " * 2_500,
    "veien" * 4_000, "født " * 4_000, "f." + " " * 20_000, "2 " * 10_000, "\u200b1" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_a_hostile_text_of_full_length_is_looked_through_at_once(text):
    def late(*_args):
        raise AssertionError("more than five seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(5)
    try:
        assert hints(text[:20_000]) is not None and national_numbers(text[:20_000]) is not None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_the_place_is_shown_with_a_little_around_it():
    text = f"Mor heter noe annet og nummeret er {NUMBER} sier læreren på skolen i går"
    (hit,) = national_numbers(text)
    shown = excerpt(text, hit)
    assert shown.hit == NUMBER and shown.before.endswith("er ") and len(shown.after) <= 24


# --- The steps ---


def code(effect):
    return next(one.code for one in GUIDE.first_question.answers if one.effect is effect)


def note(effect=Advice.TALK_FIRST, variant="", **parts):
    made = Note().with_part("worry", {"seen": "x", "variant": variant}).with_part("safe", {"answer": code(effect)})
    for name, fields in parts.items():
        made = made.with_part(name, fields)
    return made


ON = {"on": "2026-11-25"}
MUST = {**ON, "finding": "must_report", "grounds": ["a"]}


@pytest.mark.parametrize(
    ("given_note", "expected"),
    [
        (note(), Next.SHARE),
        (note(leader=ON), Next.TALK),
        (note(leader=ON, parents=ON), Next.DECIDE),
        (note(parents=ON), Next.SHARE),
        (note(Advice.DO_NOT_TALK), Next.CALL),
        (note(Advice.ASK_FIRST), Next.CALL),
        (note(Advice.DO_NOT_TALK, duty=ON), Next.SHARE),
        (note(Advice.DO_NOT_TALK, duty=ON, leader=ON), Next.DECIDE),
        (note(leader=ON, parents=ON, asked=ON), Next.WAIT),
        (note(outcome=ON), Next.NOTHING),
        (note(duty=MUST), Next.REPORT),
        (note(Advice.DO_NOT_TALK, duty=MUST), Next.REPORT),
        (note(leader=ON, parents=ON, asked=ON, duty=MUST), Next.REPORT),
        (note(duty=MUST, outcome=ON), Next.NOTHING),
        (note(variant=ADULT), Next.SHARE),
    ],
)
def test_there_is_one_next_step(given_note, expected):
    assert steps.next_step(GUIDE, given_note) is expected


@pytest.mark.parametrize("effect", [Advice.DO_NOT_TALK, Advice.ASK_FIRST])
def test_when_it_is_not_safe_the_talk_is_not_now(effect):
    talk = next(one for one in steps.steps_now(GUIDE, note(effect), NOTED) if one.does is Does.TALK)
    assert talk.state is State.NOT_NOW
    assert not steps.may_talk(GUIDE, note(effect))


def test_only_a_recorded_change_makes_it_safe():
    unsafe = note(Advice.DO_NOT_TALK)
    now = unsafe.with_part("safe", {**unsafe.part("safe"), "now": True, "reason": "Råd fra barnevernet"})
    assert steps.may_talk(GUIDE, now)


@pytest.mark.parametrize(("grounds", "anew"), [(("a",), True), (("e",), True), (("b", "c"), False), ((), False)])
def test_safe_is_asked_anew_when_somebody_may_harm_the_child(grounds, anew):
    before = note()
    after = before.with_part("duty", {**ON, "asks_anew": steps.asks_anew(before, grounds)})
    assert steps.may_talk(GUIDE, after) is not anew
    settled = after.with_part("safe", {"answer": "yes", "now": True, "reason": "Råd fra barnevernet"})
    assert steps.may_talk(GUIDE, settled)
    again = settled.with_part("duty", {**ON, "asks_anew": steps.asks_anew(settled, grounds)})
    assert steps.may_talk(GUIDE, again), "the same answers once more ask nothing"


def test_not_safe_is_never_made_milder_by_the_duty():
    unsafe = note(Advice.DO_NOT_TALK)
    after = unsafe.with_part("duty", {**MUST, "asks_anew": steps.asks_anew(unsafe, ("a",))})
    assert steps.advice(GUIDE, after) is Advice.DO_NOT_TALK


def test_an_answer_the_guide_does_not_know_is_no_yes():
    assert not steps.may_talk(GUIDE, Note().with_part("safe", {"answer": "unheard_of"}))
    assert not steps.may_talk(GUIDE, Note())


def test_the_days_come_from_the_guide():
    shown = {one.does: one.due for one in steps.steps_now(GUIDE, note(), NOTED)}
    assert shown[Does.SHARE] == deadline(GUIDE, "share_with_leader", NOTED) == date(2026, 11, 26)
    assert shown[Does.TALK] == deadline(GUIDE, "talk_with_parents", NOTED) == NOTED + timedelta(weeks=4)
    assert steps.kept_until(GUIDE, NOTED) == date(2027, 5, 24)
    assert steps.kept_after_end(GUIDE, NOTED) == date(2026, 12, 22)
    assert steps.kept_longer(GUIDE, date(2027, 5, 24)) == date(2027, 8, 24)


def test_an_environment_case_has_a_day_of_its_own():
    begun = note(leader=ON, environment={"on": "2026-11-24"})
    assert steps.next_due(GUIDE, begun, NOTED) == date(2026, 12, 1)
    handled = begun.with_part("environment", {"on": "2026-11-24", "handled": "2026-11-25"})
    assert steps.environment_due(GUIDE, handled) is None


def test_the_steps_are_those_of_the_guide():
    assert steps.wonder(GUIDE).form is Form.WONDER
    ordinary, adult = steps.way(GUIDE, ""), steps.way(GUIDE, ADULT)
    assert {one.code for one in ordinary}.isdisjoint(one.code for one in adult)
    assert steps.way(GUIDE, "unheard_of") == ordinary
    assert [one.does for one in steps.steps_now(GUIDE, note(variant=ADULT), NOTED)] == [
        Does.WRITE, Does.WRITE, Does.SHARE, Does.TALK, Does.DECIDE
    ]  # fmt: skip


def test_the_names_of_steps_and_levels_are_free():
    from dataclasses import replace

    renamed = replace(
        GUIDE,
        levels=tuple(replace(one, code=f"L{one.code}") for one in GUIDE.levels),
        moves={f"L{k}": tuple(f"L{v}" for v in vs) for k, vs in GUIDE.moves.items()},
        steps=tuple(replace(one, code=f"s{n}", level=f"L{one.level}") for n, one in enumerate(GUIDE.steps)),
        consent=replace(GUIDE.consent, first_asked=f"L{GUIDE.consent.first_asked}"),
    )
    assert steps.next_step(renamed, note(leader=ON)) is Next.TALK
    assert [one.does for one in steps.steps_now(renamed, note(), NOTED)] == [
        one.does for one in steps.steps_now(GUIDE, note(), NOTED)
    ]
    assert steps.alone_at(renamed).code == "L1"


def test_a_guide_without_a_talk_with_the_leader_goes_straight_on():
    from dataclasses import replace

    bare = replace(GUIDE, steps=tuple(one for one in GUIDE.steps if one.deadline != steps.SHARE))
    assert steps.next_step(bare, note()) is Next.TALK
    assert steps.talk_due(bare, "", NOTED) is None
