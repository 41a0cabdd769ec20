"""One who asks about the own family is refused, and what was looked up is rolled back: the refusal counts as a look-up."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("ties", "0003_not_against_the_register"), ("audit", "0001_initial"), ("people", "0001_initial")]

    operations = [
        Function("ties_refusal_counts()", "trigger", """
            BEGIN
                INSERT INTO people_lookup (id, person, at) VALUES (gen_random_uuid(), NEW.person, statement_timestamp());
                RETURN NULL;
            END
            """, how="LANGUAGE plpgsql SECURITY DEFINER", to=""),
        # Nothing is called for any other row of the record.
        migrations.RunSQL(
            "CREATE TRIGGER \"a_refusal_counts\" AFTER INSERT ON \"audit_entry\" FOR EACH ROW "
            "WHEN (NEW.event = 'access.refused' AND NEW.cause = 'consents.ask_what' AND NEW.person IS NOT NULL) "
            "EXECUTE FUNCTION ties_refusal_counts()",
            "DROP TRIGGER IF EXISTS \"a_refusal_counts\" ON \"audit_entry\"",
        ),
    ]
