"""The keys of the demo: made once, kept, and joined by those that a newer version needs."""

import json

from laget.audit.rules import public_of
from laget.site import environment, local


def test_keys_are_kept_and_missing_ones_are_added(tmp_path):
    first = local._kept_keys(tmp_path)
    assert local._kept_keys(tmp_path) == first
    path = tmp_path / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    older = {name: value for name, value in first.items() if "SEAL" not in name} | {"LAGET_SECRET_KEY": "kept" * 10}
    path.write_text(json.dumps(older))
    found = local._kept_keys(tmp_path)
    assert {name: found[name] for name in older} == older
    private = environment.key("private", found["LAGET_SEAL_KEY"])
    assert environment.key("public", found["LAGET_SEAL_PUBLIC_KEYS"]) == public_of(private)
    assert local._kept_keys(tmp_path) == found
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]
