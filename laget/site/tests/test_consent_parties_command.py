"""`laget consent-parties` as another program meets it: JSON in, JSON out, exit 2 and one line for a fault."""

import io
import json
import sys

import pytest

from laget.site import cli
from laget.site.commands import consent_parties as command

QUESTION = {
    "on": "2027-03-01", "child": {"born": "2012-05-02"}, "service": "HOL",
    "parents": [{"id": "mother", "parental_responsibility": True}, {"id": "father", "parental_responsibility": False}],
    "receivers": ["OPPL"], "care_order": False, "matter": "sharing",
}  # fmt: skip


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Django stands already in a test."""
    monkeypatch.setattr(command, "_set_up", lambda _needs: None)


def asked(tmp_path, what, *words):
    path = tmp_path / "question.json"
    path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return cli.main(["consent-parties", str(path), *words])


def test_the_published_example(tmp_path, capsys):
    assert asked(tmp_path, QUESTION) == 0
    answer = json.loads(capsys.readouterr().out)
    said = answer.pop("notes")
    assert answer == {
        "must_consent": ["mother"], "any_of": [], "must_be_heard": ["child"], "cannot_consent": ["father"],
        "blocked": False, "rule": "E/12-14/health", "sources": ["HPL § 22", "PBRL § 4-4"],
    }  # fmt: skip
    assert said and all(isinstance(one, str) for one in said)


def test_notes_are_in_the_callers_language(tmp_path, capsys):
    asked(tmp_path, QUESTION)
    bokmaal = json.loads(capsys.readouterr().out)["notes"]
    asked(tmp_path, QUESTION, "--lang", "en")
    english = json.loads(capsys.readouterr().out)["notes"]
    assert len(bokmaal) == len(english) and not set(bokmaal) & set(english)


def test_an_array_gives_an_array_and_standard_input_is_read(monkeypatch, capsys):
    both = json.dumps([QUESTION, {**QUESTION, "service": "KRIS"}]).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(both)))
    assert cli.main(["consent-parties", "-"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["must_consent"] == ["mother"] and second["blocked"] and second["must_consent"] == []


def test_what_the_municipality_decided_counts_only_when_it_is_asked_for(tmp_path, capsys):
    young = {**QUESTION, "child": {"born": "2012-01-02"}, "service": "NAV"}
    asked(tmp_path, young)
    assert json.loads(capsys.readouterr().out)["must_consent"] == ["child", "mother"]
    assert asked(tmp_path, young, "--guide", "kvinnherad") == 0
    assert json.loads(capsys.readouterr().out)["must_consent"] == ["child"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "nested too deep"),
        ("[3]", "[0] question: must be an object"),
        ([QUESTION, {**QUESTION, "service": "PBRL"}], "[1] service: 'PBRL' cannot be asked here; allowed: BHL"),
        ({**QUESTION, "on": "20270301"}, "on: must be a date such as 2027-03-01"),
        ({**QUESTION, "on": "2027-02-29"}, "on: must be a date"),
        ({**QUESTION, "child": {"born": "2012-05-02", "name": "x"}}, "child.name: not known; allowed: born"),
        ({**QUESTION, "child": {"expected": "2027-05-02"}}, "child.expected: not known; allowed: born"),
        ({**QUESTION, "parents": [{"id": "", "parental_responsibility": True}]}, "parents[0].id: must not be empty"),
        ({**QUESTION, "parents": [QUESTION["parents"][0]] * 2}, "parents: every id must be its own"),
        ({**QUESTION, "matter": ["sharing"]}, "matter: must be one of sharing, education, daily_care"),
        ({**QUESTION, "on": 1}, "on: must be a date"),
    ],
)  # fmt: skip
def test_a_fault_is_one_line_and_two_and_no_answer(tmp_path, capsys, what, said):
    assert asked(tmp_path, what) == 2
    found = capsys.readouterr()
    assert said in found.err and found.err.count("\n") == 1 and not found.out


def test_a_file_that_is_not_there_or_no_text(tmp_path, capsys):
    assert cli.main(["consent-parties", str(tmp_path / "none.json")]) == 2
    (tmp_path / "raw.json").write_bytes(b"\xff\xfe\x00")
    assert cli.main(["consent-parties", str(tmp_path / "raw.json")]) == 2
    assert cli.main(["consent-parties", str(tmp_path)]) == 2
    assert asked(tmp_path, QUESTION, "--guide", str(tmp_path / "none.toml")) == 2
    assert capsys.readouterr().err.count("\n") == 4


def test_it_runs_on_its_own_without_a_database(tmp_path):
    import subprocess

    path = tmp_path / "question.json"
    path.write_text(json.dumps(QUESTION))
    bare = {"PATH": "/usr/bin:/bin", "LAGET_VAR": str(tmp_path)}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "laget", "consent-parties", str(path)],
        capture_output=True,
        text=True,
        env=bare,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rule"] == "E/12-14/health"
