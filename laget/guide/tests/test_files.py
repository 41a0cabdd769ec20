"""What a stranger may hand in instead of a guide: refused with one clear line, never a crash and never a long wait."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.guide.faults import GuideFaults
from laget.guide.files import LARGEST, decoded, parsed, preset, presets, read_file
from laget.guide.reading import read_file_guide, read_guide

GOOD = '[guide]\ncode = "x"\nname.nb = "Å"\nextends = "national"\nlanguages = ["nb"]\n'


def refused(content, tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(GuideFaults) as found:
        read_file_guide(path)
    assert len(found.value.faults) == 1
    said = str(found.value)
    assert "\n" not in said and said.startswith("own.toml: ")
    return said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * 5_000_000, "is 5000000 bytes; allowed: at most"),
        (GOOD.encode("latin-1"), "line 3, file: is not UTF-8 (perhaps Latin-1)"),
        (GOOD.encode("utf-16"), "UTF-16; allowed: UTF-8"),
        (GOOD.encode("utf-16-be"), "has a null byte"),
        (b'[guide]\ncode = "\x00"\n', "line 2, file: has a null byte"),
        (b"guide:\n  code: &a [1]\n  name: *a\n", "is not TOML"),
        (b'{"guide": {}}', "is not TOML"),
        (b"[guide\n", "line 1, file: is not TOML"),
        (b"[guide]\ncode = 1\ncode = 2\n", "is not TOML"),
        (b"a = " + b"[" * 3000, "is too deep"),
        (b"a = " + b"[" * 200 + b"]" * 200, "is too deep"),
        (b"a = " + b"{b = " * 100 + b"1" + b"}" * 100, "is too deep"),
        (b"[" + b".".join([b"a"] * 1500) + b"]\n", "more than 20 parts"),
        (b".".join([b"a"] * 1500) + b" = 1\n", "more than 20 parts"),
        (b"a = [" + b"1,\n" * 25_000 + b"]", "more than 20000 values"),
        (b"a = '" + b"x" * 5000 + b"'", "characters long"),
        (b"a = " + b"9" * 3999, "is not known"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_guide_is_refused_in_one_line(content, said, tmp_path):
    began = time.monotonic()
    if said == "is not known":
        with pytest.raises(GuideFaults):
            read_guide(content.decode())
    else:
        assert said in refused(content, tmp_path)
    assert time.monotonic() - began < 2


def test_a_mark_of_byte_order_is_no_fault(tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_file_guide(path).name.nb == "Å"


def test_a_folder_a_device_a_pipe_and_nothing_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    (tmp_path / "real.toml").write_text(GOOD)
    for path, said in (
        (tmp_path, "is no file"),
        (Path("/dev/zero"), "is no file"),
        (tmp_path / "pipe.toml", "is no file"),
        (tmp_path / "none.toml", "cannot be opened: No such file"),
        (tmp_path / "link.toml", "is a symbolic link"),
        (tmp_path / "a\x00b", "a name that no file can have"),
    ):
        with pytest.raises(GuideFaults) as found:
            read_file(path)
        assert said in str(found.value)


def test_a_file_builds_on_one_beside_it_and_never_on_one_elsewhere(tmp_path):
    (tmp_path / "region.toml").write_text(GOOD.replace('"x"', '"region"'))
    for extends, known in (("region.toml", True), ("../region.toml", False), ("/etc/passwd", False), ("nobody", False)):
        own = tmp_path / "own.toml"
        own.write_text(GOOD.replace('extends = "national"', f'extends = "{extends}"'))
        if known:
            assert read_file_guide(own).code == "x"
        else:
            with pytest.raises(GuideFaults) as found:
                read_file_guide(own)
            assert "line 4, guide.extends" in str(found.value) and "is not known" in str(found.value)


def test_a_ring_and_a_chain_without_end_are_refused(tmp_path):
    for name, on in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.toml").write_text(GOOD.replace("national", f"{on}.toml"))
    with pytest.raises(GuideFaults) as found:
        read_file_guide(tmp_path / "a.toml")
    assert "a.toml → b.toml → c.toml → a.toml" in str(found.value)
    for number in range(7):
        (tmp_path / f"n{number}.toml").write_text(GOOD.replace("national", f"n{number + 1}.toml"))
    with pytest.raises(GuideFaults) as found:
        read_file_guide(tmp_path / "n0.toml")
    assert "one layer too many" in str(found.value)


def test_a_preset_is_named_and_not_a_path():
    assert preset("national") and "overhalla" in presets()
    assert not any(preset(name) for name in ("../national", "data/national", "National", "", "national.toml"))


def test_the_size_counts_before_anything_is_read():
    with pytest.raises(GuideFaults):
        decoded(b"x" * (LARGEST + 1))


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_faults(content):
    try:
        read_guide(decoded(content))
    except GuideFaults as found:
        assert found.faults


PIECES = st.sampled_from(
    [
        "[guide]", "[[level]]", "[[step]]", "[variant.x]", "[[variant.x.step]]", "[word.team]", "[[deadline.instead]]",
        'code = "1"', "code = 1", 'level = "0"', "name.nb = 1", 'name = "x"', "remove = true", 'after = "1"',
        "replace = 3", 'extends = "national"', 'begin_anew = ["step/0"]', "begin_anew = 3", 'variant = "x"',
        "level = []", "level = [1]", "to = [[]]", "to = [{}]", "valid_from = 2027-01-01T00:00:00", "value = 1e400",
        "nb = [1]", "kinds = [[]]", "[consent]", "media = [{}]", "[[moved]]", 'rule = "E/15/nav"', "decided = 00:00:00",
        "[a.b.c]", "x = {y = {z = 1}}", 'written = "en"', "languages = []", "guide = 1", "step = {}", "[[guide]]",
        "[log]", "refusal = []",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_no_mix_of_tables_raises_anything_but_faults(pieces):
    for source in ("\n".join(pieces), GOOD + "\n".join(pieces)):
        try:
            read_guide(source)
        except GuideFaults as found:
            assert all(one.message for one in found.faults)


def test_a_plain_number_is_no_guide():
    with pytest.raises(GuideFaults):
        read_guide("guide = 1\n")
    assert parsed("a = 1") == {"a": 1}
