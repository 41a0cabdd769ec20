"""The line of every place, also in files that are written in other ways than ours."""

import tomllib

import pytest

from laget.guide.faults import Faults
from laget.guide.files import preset, presets
from laget.guide.layers import canonical, keyed
from laget.guide.lines import lines_of

ODD = '''
# [not.a.table]
[ guide ]   # a table
"code" = "x"
name . nb = """
[[level]]
code = "no"
"""
words = [ # a list
  "[a]",
  "b = 1", ]
text = 'it # is "text"'

[[ level ]]
code = "0"
  name.nb = "indented"

[[level]]
code = "1"

[[deadline]]
code = "d"
[[deadline.instead]]
condition = "urgent"
[[deadline.instead]]
condition = "care_concern"
value = 1
[deadline.more]
x = { y = [ { z = 1 } ] }
after = 2
'''


def test_lines_of_an_odd_file():
    lines = lines_of(ODD)
    assert lines == {
        "guide": 3, "guide.code": 4, "guide.name.nb": 5, "guide.words": 9, "guide.text": 12,
        "level[0]": 14, "level[0].code": 15, "level[0].name.nb": 16, "level[1]": 18, "level[1].code": 19,
        "deadline[0]": 21, "deadline[0].code": 22, "deadline[0].instead[0]": 23,
        "deadline[0].instead[0].condition": 24, "deadline[0].instead[1]": 25,
        "deadline[0].instead[1].condition": 26, "deadline[0].instead[1].value": 27,
        "deadline[0].more": 28, "deadline[0].more.x": 29, "deadline[0].more.after": 30,
    }  # fmt: skip
    named = canonical(tomllib.loads(ODD), lines)
    assert named["deadline.d.instead.care_concern.value"] == 27 and named["level.1"] == 18


@pytest.mark.parametrize("name", presets())
def test_every_place_of_our_own_files_has_its_line(name):
    source = preset(name)
    data = tomllib.loads(source)
    lines = canonical(data, lines_of(source))
    said = source.splitlines()
    for place, key in _leaves(keyed(data, Faults())):
        assert place in lines, place
        assert key in said[lines[place] - 1]


def _leaves(layer, place=""):
    for key, value in layer.items():
        here = f"{place}.{key}" if place else key
        if isinstance(value, dict) and not {"question", "no"} <= set(value):
            yield from _leaves(value, here)
        else:
            yield here, key
