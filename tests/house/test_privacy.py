"""docs/privacy.md holds a row for every model: why it is kept, by what right, who sees it and for how long."""

import re

from django.apps import apps

from tests.house import tree

ROW = re.compile(r"^\| `(\w+\.\w+)` \|(.*)\|$", re.MULTILINE)
COLUMNS = 4


def rows():
    return ROW.findall((tree.ROOT / "docs" / "privacy.md").read_text())


def test_every_model_is_explained_once():
    models = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("laget.") or model._meta.app_label == "sessions"
    }
    explained = [name for name, _ in rows()]
    assert sorted(explained) == sorted(models)


def test_no_cell_is_empty():
    for name, rest in rows():
        cells = [cell.strip() for cell in rest.split("|")]
        assert len(cells) == COLUMNS, name
        assert all(cells), name
