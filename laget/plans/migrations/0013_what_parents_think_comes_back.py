"""What somebody wrote down of the parents' view comes back with the rest of an evaluation when a cover is lost."""

from importlib import import_module

from django.db import migrations

BACK = import_module("laget.plans.migrations.0002_own_words").Migration.operations[0]
LAST = "nullif(e.how_asked, '')"
ANEW = BACK.body.replace(LAST, f"{LAST}, nullif(e.parents_words, '')")
assert BACK.body.count(LAST) == 1


def replaced(body):
    return ("CREATE OR REPLACE FUNCTION plans_words_back(of_child uuid, of_service uuid, lost text[]) "
            f"RETURNS {BACK.returns} {BACK.how} SET search_path = public, pg_temp AS $function${body}$function$")


class Migration(migrations.Migration):

    dependencies = [("plans", "0012_own_words_stay")]

    operations = [migrations.RunSQL(replaced(ANEW), replaced(BACK.body))]
