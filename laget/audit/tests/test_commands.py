"""`laget seal` and `laget verify-audit`: what they say, and the code they end with."""

from __future__ import annotations

import argparse
import json
import random
from datetime import timedelta

import pytest
from django.conf import settings

from laget.audit.models import Entry
from laget.audit.tests.factories import fill
from laget.site.commands import seal, verify_audit
from laget.site.fault import Fault

pytestmark = pytest.mark.django_db


def said(command, capsys, *words):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    code = command.run(parser.parse_args(words))
    return code, capsys.readouterr().out.strip()


def test_sealing_and_verifying(capsys):
    fill(random.Random(1), 3, 2)
    code, words = said(verify_audit, capsys)
    assert (code, words.splitlines()[1]) == (0, "not sealed yet: 5, the oldest for 0 seconds")
    assert said(seal, capsys) == (0, "sealed: 5 rows")
    assert said(verify_audit, capsys) == (0, "holds: seals 1, entries 3, readings 2\nnot sealed yet: 0")
    code, words = said(verify_audit, capsys, "--json")
    assert (code, json.loads(words)["seals"], json.loads(words)["ok"]) == (0, 1, True)


def test_the_first_thing_that_does_not_hold_is_named(capsys):
    fill(random.Random(1), 3, 2)
    said(seal, capsys)
    row = Entry.objects.first()
    Entry.objects.filter(pk=row.pk).update(cause="another")
    words = f"entry {row.pk}, in seal 1, is not as it was sealed"
    assert said(verify_audit, capsys) == (1, f"does not hold (edited): {words}")
    code, answer = said(verify_audit, capsys, "--json")
    assert (code, json.loads(answer)) == (1, {"ok": False, "kind": "edited", "what": words})


def test_bad_input_is_one_line(capsys, settings, tmp_path):
    with pytest.raises(Fault, match="is not a folder"):
        said(verify_audit, capsys, "--folder", str(tmp_path / "nowhere"))
    with pytest.raises(Fault, match="needs the reason"):
        said(seal, capsys, "--accept", "  ")
    settings.LAGET_SEAL_PUBLIC_KEYS = ()
    with pytest.raises(Fault, match="LAGET_SEAL_PUBLIC_KEYS must be set"):
        said(verify_audit, capsys)
    with pytest.raises(Fault, match="must stand last in LAGET_SEAL_PUBLIC_KEYS"):
        said(seal, capsys)


def test_a_folder_that_cannot_be_used_is_one_line(capsys):
    settings.LAGET_SEAL_FOLDER.write_text("a file")
    with pytest.raises(Fault, match="LAGET_SEAL_FOLDER can't be used"):
        said(seal, capsys)


def test_the_public_half_is_printed(capsys):
    code, words = said(seal, capsys, "--public-key")
    assert code == 0
    from laget.site import environment

    assert environment.key("it", words) == settings.LAGET_SEAL_PUBLIC_KEYS[-1]


def test_a_restore_is_said_in_words(capsys):
    fill(random.Random(1), 1, 1)
    said(seal, capsys)
    text = next(settings.LAGET_SEAL_FOLDER.iterdir())
    assert said(seal, capsys, "--accept", "tried")[1].startswith("anchored: seal 2\nsealed: 1 rows")
    assert "seal 2 is an anchor" in said(verify_audit, capsys)[1]
    text.write_text(text.read_text().splitlines(keepends=True)[0])
    assert said(seal, capsys) == (
        1, "nothing is sealed: the database ends with seal 3, and the folder outside with seal 1: its end is missing",
    )  # fmt: skip


def test_rows_from_before_are_named_in_a_file(capsys, tmp_path):
    fill(random.Random(1), 1, 1)
    said(seal, capsys)
    fill(random.Random(2), 2, 0, before=timedelta(hours=2))
    code, words = said(seal, capsys, "--accept", "tried")
    assert code == 1 and words.startswith("nothing is accepted: 2 rows are dated before all was sealed")
    ids = tmp_path / "late"
    ids.write_text("\n".join(words.splitlines()[1:]) + "\n")
    code, words = said(seal, capsys, "--accept", "loaded from the old system", "--late", str(ids))
    assert (code, words.splitlines()[0]) == (0, "anchored: seal 2; 2 rows from before are sealed with it")
    assert "named one by one in these anchors: 2 rows" in said(verify_audit, capsys)[1]
