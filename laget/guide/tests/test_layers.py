"""What one file says over another: by code, whole texts, explicit removal; from whichever end a chain is read."""

from hypothesis import given
from hypothesis import strategies as st

from laget.guide.faults import Faults
from laget.guide.layers import Keyed, is_text, keyed, lay, marks_stand, settle

CODES = st.sampled_from(["a", "b", "c"])
LEVELS = st.sampled_from(["0", "1"])
WORDS = st.sampled_from(["x", "y"])
TEXTS = st.one_of(st.fixed_dictionaries({"nb": WORDS}), st.fixed_dictionaries({"nb": WORDS, "en": WORDS}))


FIELDS = st.fixed_dictionaries({"code": CODES}, optional={"name": TEXTS})


def item(**keys):
    optional = {
        "name": TEXTS,
        "value": st.integers(1, 3),
        "remove": st.just(True),
        "replace": st.just(True),
        "after": CODES,
        "gate": st.fixed_dictionaries({}, optional={"no": WORDS, "question": TEXTS}),
        "field": st.lists(
            st.fixed_dictionaries({"code": CODES}, optional={"name": TEXTS}), max_size=2, unique_by=_code
        ),
    }
    return st.fixed_dictionaries(keys, optional=optional)


def _code(one):
    return (one.get("level", ""), one["code"])


LAYERS = st.fixed_dictionaries(
    {},
    optional={
        "role": st.lists(item(code=CODES), min_size=1, max_size=3, unique_by=_code),
        "step": st.lists(item(level=LEVELS, code=CODES), min_size=1, max_size=4, unique_by=_code),
        "log": st.fixed_dictionaries({}, optional={"start": WORDS, "offer": TEXTS}),
        "guide": st.fixed_dictionaries(
            {"begin_anew": st.lists(st.sampled_from(["role", "step", "step/0", "step/1"]), max_size=2)}
        ),
        "word": st.fixed_dictionaries({}, optional={"team": st.fixed_dictionaries({"nb": st.just(["x", "y", "z"])})}),
    },
).map(lambda table: keyed(table, Faults()))


@given(LAYERS, LAYERS, LAYERS)
def test_a_chain_gives_the_same_from_either_end(one, two, three):
    assert lay(lay(one, two), three) == lay(one, lay(two, three))
    assert settle(lay(lay(one, two), three)) == settle(lay(one, lay(two, three)))


@given(LAYERS, LAYERS)
def test_a_layer_laid_twice_is_laid_once(one, two):
    assert lay(two, two) == two
    assert lay(lay(one, two), two) == lay(one, two)


@given(LAYERS)
def test_an_empty_layer_changes_nothing(one):
    assert lay({}, one) == one == lay(one, {})


@given(LAYERS)
def test_what_is_settled_holds_no_mark(one):
    def marks(value):
        if isinstance(value, dict) and not is_text(value):
            yield from {"remove", "replace", "after"} & set(value) if not isinstance(value, Keyed) else ()
            for inner in value.values():
                yield from marks(inner)

    assert not list(marks(settle(one)))


def laid(*tables):
    found = {}
    for table in tables:
        found = lay(found, keyed(table, Faults()))
    return settle(found)


BASE = {
    "role": [{"code": "a", "name": {"nb": "x", "en": "x"}}, {"code": "b", "name": {"nb": "y", "en": "y"}}],
    "step": [
        {"level": "0", "code": "a", "who": ["a"]},
        {"level": "0", "code": "b", "who": ["b"]},
        {"level": "1", "code": "a", "who": ["a"]},
    ],
}


def test_an_item_is_changed_in_place_and_a_new_one_stands_last():
    found = laid(BASE, {"step": [{"level": "0", "code": "c"}, {"level": "0", "code": "a", "how": "so"}]})
    assert list(found["step"]) == ["0/a", "0/b", "1/a", "0/c"]
    assert found["step"]["0/a"] == {"level": "0", "code": "a", "who": ["a"], "how": "so"}


def test_after_puts_a_step_where_it_belongs():
    found = laid(BASE, {"step": [{"level": "0", "code": "c", "after": "a"}]})
    assert list(found["step"]) == ["0/a", "0/c", "0/b", "1/a"]


def test_remove_replace_and_begin_anew():
    assert list(laid(BASE, {"role": [{"code": "a", "remove": True}]})["role"]) == ["b"]
    assert laid(BASE, {"role": [{"code": "a", "replace": True, "x": 1}]})["role"]["a"] == {"code": "a", "x": 1}
    assert list(laid(BASE, {"guide": {"begin_anew": ["step/0"]}})["step"]) == ["1/a"]
    assert not laid(BASE, {"guide": {"begin_anew": ["role"]}})["role"]


def test_a_text_is_taken_whole_so_that_no_old_translation_stays():
    found = laid(BASE, {"role": [{"code": "a", "name": {"nb": "ny"}}]})
    assert found["role"]["a"]["name"] == {"nb": "ny"}


def test_marks_about_what_is_not_there_are_faults():
    faults = Faults()
    below = keyed(BASE, faults)
    marks_stand(below, keyed({"role": [{"code": "z", "remove": True}, {"code": "c", "after": "q"}]}, faults), faults)
    assert [str(one) for one in faults.found] == [
        "role.z: removes what is not there; allowed: a, b",
        "role.c.after: has 'q', which is not there",
    ]


def test_items_without_a_key_or_with_a_used_one_are_faults():
    faults = Faults()
    keyed({"role": [{"name": "x"}, {"code": "a"}, {"code": "a"}], "guide": {"begin_anew": ["rolle", "role/1"]}}, faults)
    assert [one.place for one in faults.found] == ["role[0]", "role[2]", "guide.begin_anew", "guide.begin_anew"]
