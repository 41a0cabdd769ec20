"""A parent whose responsibility one has registered as lost has no say any more once a leader has confirmed it."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
before = next(
    one for one in import_module("laget.protection.migrations.0001_initial").Migration.operations
    if isinstance(one, Function) and one.signature.startswith("protection_without_a_say(")
)
HELD = "x.responsibility AND x.source <> 'declared'"


class Migration(migrations.Migration):

    dependencies = [("protection", "0012_what_became_of_it"), ("families", "0020_a_say_ends_by_two")]

    operations = [
        Replaced("laget.protection.migrations.0001_initial", "protection_without_a_say"),
        # As before; and who has it no more, when another than the one who registered it has said so since it was held.
        Function(before.signature, before.returns, f"""{before.body}
            UNION
            SELECT p.person_id FROM families_parent p
            WHERE p.child_id = of_child AND p.since <= {NOW} AND p.until > {NOW}
              AND NOT (p.responsibility AND p.source <> 'declared')
              AND EXISTS (SELECT 1 FROM protection_proposal q WHERE q.sort = 'other_alone' AND q.subject = p.person_id
                          AND q.person_id = p.person_id AND q.child_id = p.child_id
                          AND q.agreed AND q.answered_by_id <> p.registered_by
                          AND q.answered_at >= (SELECT max(x.until) FROM families_parent x WHERE x.child_id = p.child_id
                                                AND x.person_id = p.person_id AND {HELD}))
              AND of_child IN (SELECT sight_children())
            """),
    ]
