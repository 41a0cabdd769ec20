"""`laget guide` as an operator meets it: exit 2 and one line for each fault, nothing half loaded."""

import pytest

from laget.guide import versions
from laget.guide.models import Version
from laget.site import cli
from laget.site.commands import guide as command

OWN = '[guide]\ncode = "own-1"\nname.nb = "Vår"\nextends = "national"\nwritten = "nb"\nlanguages = ["nb"]\n'


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    return path


def test_check_needs_no_database(own, capsys):
    assert cli.main(["guide", "check", str(own)]) == 0
    assert "no faults. Vår: 4 levels, 26 steps" in capsys.readouterr().out
    assert cli.main(["guide", "check", "overhalla"]) == 0


def test_check_says_every_fault_in_a_line_of_its_own(own, capsys):
    own.write_text(OWN + '[log]\npaper_allowed = "yes"\nminutes = "never"\n')
    assert cli.main(["guide", "check", str(own)]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "laget guide: own.toml: line 8, log.paper_allowed: is not allowed; allowed: true or false",
        "laget guide: own.toml: line 9, log.minutes: is 'never'; allowed: replaces, short_minutes_in_log, separate, "
        "holder_decides",
    ]
    assert not said.out


@pytest.mark.parametrize(
    "words", [[], ["check"], ["fly"], ["load", "x"], ["load", "x", "--from", "soon"], ["diff", "a"]]
)
def test_a_wrong_call_is_one_line_and_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["guide", *words])
    assert ended.value.code == 2 and capsys.readouterr().err.count("\n") == 1


def test_show_a_file_and_one_level_of_one_service(capsys):
    assert cli.main(["guide", "show", "aal", "--variant", "kindergarten", "--level", "1", "--lang", "nn"]) == 0
    said = capsys.readouterr().out
    assert "Drøft undring og tiltak med dei føresette" in said and "Nivå 0" not in said
    assert cli.main(["guide", "show", "aal", "--level", "9"]) == 2
    assert "9 is not in this guide" in capsys.readouterr().err
    assert cli.main(["guide", "show", "aal", "--toml"]) == 0
    assert "extends" not in capsys.readouterr().out


def test_diff_marks_what_touches_consent(own, capsys):
    own.write_text(OWN + '[consent]\nfirst_asked = "1"\n[log]\nminutes = "separate"\n')
    assert cli.main(["guide", "diff", "national", str(own)]) == 0
    said = capsys.readouterr().out
    assert "! consent.first_asked: 2 → 1" in said and "  log.minutes: replaces → separate" in said


def test_load_and_show_on_a_day(own, db, capsys, monkeypatch):
    monkeypatch.setattr(command, "_set_up", lambda: None)
    from laget.guide import access

    versions.connect(versions.Source(access.rows, access.text))
    try:
        assert cli.main(["guide", "load", str(own), "--from", "2027-08-01"]) == 0
        assert "loaded as own-1, from 2027-08-01" in capsys.readouterr().out
        versions.forget()
        assert cli.main(["guide", "show", "--on", "2027-08-01"]) == 0
        assert capsys.readouterr().out.startswith("Vår\n")
        assert cli.main(["guide", "show", "--on", "2027-07-31"]) == 0
        assert capsys.readouterr().out.startswith("Nasjonal grunnmodell\n")
        assert cli.main(["guide", "show", "--on", "2027-08-01", "--toml"]) == 0
        assert 'code = "own-1"' in capsys.readouterr().out
        own.write_text(OWN.replace("own-1", "own-2"))
        assert cli.main(["guide", "load", str(own), "--from", "2027-08-01"]) == 2
        assert "the first day of another version" in capsys.readouterr().err
        own.write_text(OWN + "[log]\nx = 1\n")
        assert cli.main(["guide", "load", str(own), "--from", "2027-09-01"]) == 2
        assert Version.objects.count() == 1
    finally:
        versions.connect(None)
