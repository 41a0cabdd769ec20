"""Who has had proven responsibility, and has it no more by what one has written, is told apart from who never had it."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("families", "0019_to_ask_is_no_care")]

    operations = [
        Replaced("laget.families.migrations.0001_initial", "families_responsible"),
        Function("families_responsible(of_child uuid)", "TABLE (person uuid, responsibility boolean, proven boolean, lost boolean)", """
            SELECT p.person_id, p.responsibility, p.responsibility AND p.source <> 'declared',
                   NOT (p.responsibility AND p.source <> 'declared') AND EXISTS (
                       SELECT 1 FROM families_parent x WHERE x.child_id = p.child_id AND x.person_id = p.person_id
                       AND x.responsibility AND x.source <> 'declared' AND x.until <= p.since)
            FROM families_parent p
            WHERE p.child_id = of_child AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
              AND of_child IN (SELECT sight_children())
            """),
    ]
