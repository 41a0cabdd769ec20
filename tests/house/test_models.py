"""Every field says who it is for, no model can be reached backwards through a wall, and migrations say it all."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation


def models():
    return [model for model in apps.get_models() if model.__module__.startswith("laget.")]


def fields(model):
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def test_every_field_has_a_stated_audience():
    unsaid = {
        model._meta.label: difference
        for model in models()
        if (difference := {field.name for field in fields(model)} ^ set(model.__dict__.get("AUDIENCE", {})))
    }
    assert not unsaid


def test_no_audience_is_empty():
    assert not [
        f"{model._meta.label}.{name}"
        for model in models()
        for name, said in model.__dict__.get("AUDIENCE", {}).items()
        if not str(said).strip()
    ]


def test_no_reverse_relation_crosses_a_wall():
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in fields(model)
        if field.is_relation and field.related_model._meta.app_label != model._meta.app_label
        if not field.remote_field.hidden
    ]
    assert not crossing


def test_the_migrations_say_all_that_the_models_say():
    with translation.override(None):  # as Django's own command does: words are no part of a migration
        assert not unsaid_changes()


def unsaid_changes():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    questioner = NonInteractiveMigrationQuestioner(specified_apps=None, dry_run=True)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), questioner)
    return found.changes(graph=loader.graph)
