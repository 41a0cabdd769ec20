"""The command line: bad input is one line and exit code 2; catalogues follow their sources."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from laget.site import catalogues, cli, environment
from laget.site.postgres_place import command_of


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "no command"),
        (["demo", "--port", "many"], "a port is a number from 1 to 65535"),
        (["messages", "check", "attic"], "no room attic"),
        (["messages", "sing"], "invalid choice"),
    ],
)
def test_bad_input_is_one_line(words, said, capsys):
    try:
        code = cli.main(words)
    except SystemExit as stopped:
        code = stopped.code
    told = capsys.readouterr().err
    assert code == 2
    assert said in told
    assert told.count("\n") == 1


def test_help_names_every_command(capsys):
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in cli.COMMANDS)


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "not base64!"])
def test_a_wrong_key_is_refused(text):
    with pytest.raises(environment.ImproperlyConfigured, match="LAGET_INDEX_KEY"):
        environment.key("LAGET_INDEX_KEY", text)


def test_a_misspelt_switch_is_not_off(monkeypatch):
    monkeypatch.setenv("LAGET_DEMO", "no")
    with pytest.raises(environment.ImproperlyConfigured, match="LAGET_DEMO must be 1 or 0"):
        environment.flag("LAGET_DEMO")


def test_an_address_becomes_djangos_entry(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:p%40ss@/laget?host=%2Frun%2Fx&sslmode=disable")
    entry = environment.database("DATABASE_URL", pool=True)
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("laget", "a", "p@ss", "/run/x")
    assert entry["OPTIONS"]["sslmode"] == "disable"
    assert entry["CONN_MAX_AGE"] == 0
    assert entry["OPTIONS"]["options"] == "-c jit=off"


def test_an_operators_own_settings_stay_beside(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@/laget?options=-c%20lock_timeout%3D9s")
    assert environment.database("DATABASE_URL", pool=False)["OPTIONS"]["options"] == "-c lock_timeout=9s -c jit=off"


def test_no_question_is_compiled(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_what_the_demo_started_ends_with_it_also_after_kill_9():
    code = (
        "import time; from laget.site.commands import demo\n"
        "print(demo.start(['sleep', '61.5']).pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert "61.5" in command_of(child)
        parent.kill()
    end = time.monotonic() + 10
    while "61.5" in command_of(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert "61.5" not in command_of(child)


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    made = tmp_path / "porch"
    (made / "templates" / "porch").mkdir(parents=True)
    (made / "__init__.py").write_text("")
    (made / "views.py").write_text('title = _("Porch")\n')
    (made / "templates" / "porch" / "page.html").write_text('{{ ngettext("%(num)s door", "%(num)s doors", n) }}')
    return made


def test_catalogues_follow_the_sources(room):
    catalogues.extract("porch")
    assert catalogues.faults(["porch"]) == ["porch: untranslated: '%(num)s door'", "porch: untranslated: 'Porch'"]
    path = catalogues.po("porch", "nb")
    text = path.read_text().replace('msgid "Porch"\nmsgstr ""', 'msgid "Porch"\nmsgstr "Veranda"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "%(num)s dør"').replace('msgstr[1] ""', 'msgstr[1] "%(num)s dører"')
    path.write_text(text)
    catalogues.extract("porch")
    assert catalogues.faults(["porch"]) == []
    catalogues.compile_all()
    assert path.with_suffix(".mo").exists()
    (room / "views.py").write_text("")
    catalogues.extract("porch")
    assert catalogues.faults(["porch"]) == ["porch: no longer used: 'Porch'"]
    (room / "views.py").write_text('title = _("Porch")\n')
    catalogues.extract("porch")
    assert catalogues.faults(["porch"]) == []
    (room / "views.py").write_text("")
    catalogues.extract("porch", prune=True)
    assert catalogues.faults(["porch"]) == []
