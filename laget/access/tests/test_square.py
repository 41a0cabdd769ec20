"""The square code of a sign-in by letter holds the address of the link beside it, drawn so that a camera finds it."""

import re

import segno

from laget.access.letter.codes import QUIET, key_address, new_key, square

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def drawn(side, path):
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    assert re.fullmatch(r"(?:M\d+ \d+h1v1h-1z)+", path)
    return [[int((x, y) in dark) for x in range(side)] for y in range(side)]


def test_the_square_is_that_of_the_address_with_room_around_it():
    address = key_address(new_key())
    side, path = square(address)
    rows = drawn(side, path)
    bare = [row[QUIET : side - QUIET] for row in rows[QUIET : side - QUIET]]
    assert bare == [[int(one) for one in row] for row in segno.make(address, error="m", micro=False).matrix]
    edge = [*rows[:QUIET], *rows[-QUIET:], *(row[:QUIET] + row[-QUIET:] for row in rows)]
    assert not any(any(row) for row in edge)


def test_a_camera_finds_its_three_corners():
    side, path = square(key_address(new_key()))
    rows = drawn(side, path)
    for top, left in ((QUIET, QUIET), (QUIET, side - QUIET - 7), (side - QUIET - 7, QUIET)):
        found = tuple("".join(map(str, row[left : left + 7])) for row in rows[top : top + 7])
        assert found == FINDER


def test_each_key_has_its_own():
    assert square(key_address(new_key()))[1] != square(key_address(new_key()))[1]
