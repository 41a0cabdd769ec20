"""A place for seeing one signed paper opens no child's own page: whoever has it has asked nobody."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

BEFORE = "laget.participation.migrations.0003_a_page_without_a_letter"
WAS = next(one for one in import_module(BEFORE).Migration.operations if isinstance(one, Function))
BODY = WAS.body.replace("AND s.kind = ANY (CASE", "AND s.origin <> 'paper' AND s.kind = ANY (CASE")
assert BODY != WAS.body


class Migration(migrations.Migration):

    dependencies = [("participation", "0003_a_page_without_a_letter")]

    operations = [
        Replaced(BEFORE, "participation_set_up"),
        Function(WAS.signature, WAS.returns, BODY, how=WAS.how, to=APP),
    ]
