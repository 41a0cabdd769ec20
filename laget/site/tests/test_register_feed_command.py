"""`laget register-feed`: each line is taken or the file is refused, and nothing of it is printed."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from laget.access import database
from laget.access.sealing import index, seal
from laget.people.models import NationalNumber
from laget.people.rules import synthetic_number
from laget.protection.models import Heard, HomeCheck
from laget.site.commands import register_feed
from laget.site.fault import Fault

HOME = "Storgata 4, 0155 Oslo"
SOMEBODY = synthetic_number(timezone.localdate() - timedelta(days=50))


def row(number, **other):
    return {"number": number, "level": "ungraded", "seen": timezone.now().isoformat(), "homes": [HOME]} | other


@pytest.fixture
def numbered(cast):
    """The child and a worker, with national numbers."""
    found = {}
    for serial, person in enumerate((cast.child, cast.omar.person)):
        number = synthetic_number(timezone.localdate() - timedelta(days=3000 + serial))
        NationalNumber.objects.update_or_create(
            person_id=person, defaults={"sealed": seal(number.encode(), str(person)), "index": index(number)}
        )
        found[person] = number
    return found


@pytest.fixture
def feed(tmp_path, monkeypatch):
    def run(*lines):
        file = tmp_path / "feed.jsonl"
        file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines))
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            return register_feed.run(type("Given", (), {"file": str(file)}))

    return run


def test_a_file_is_taken(cast, numbered, feed, capsys):
    stranger = synthetic_number(timezone.localdate() - timedelta(days=9000))
    assert feed(*(row(number) for number in (*numbered.values(), stranger)), "") == 0
    assert capsys.readouterr().out == "compared 1, marked 1, same 2, unknown 1\n"
    assert HomeCheck.objects.get().sharers == [cast.omar.person] and Heard.objects.count() == 2


@pytest.mark.parametrize(("wrong", "said"), [
    ("{", "line 2: is not JSON"), ("[]", "line 2: is to be an object"), (row("12345678901"), "line 2: number"),
    ({"seen": "2026-11-25T06:00:00+01:00"}, "line 2: is to be an object"),
    (row(SOMEBODY, seen="i dag"), "line 2: seen"), (row(SOMEBODY, seen="2026-11-25T06:00"), "line 2: seen"),
    (row(SOMEBODY, level="secret"), "line 2: level"), (row(SOMEBODY, homes=HOME), "line 2: homes"),
    (row(SOMEBODY, name="X"), "line 2: is to be an object"),
])  # fmt: skip
def test_one_fault_and_nothing_is_taken(cast, numbered, feed, wrong, said):
    with pytest.raises(Fault, match=said) as fault:
        feed(row(numbered[cast.child]), wrong)
    told = str(fault.value)
    assert "12345678901" not in told and HOME not in told and "\n" not in told
    assert not Heard.objects.exists()


def test_the_addresses_stand_nowhere(cast, numbered, feed):
    feed(*(row(number) for number in numbered.values()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', ["%storg%"])
            assert cursor.fetchone() == (0,), table
