"""Why something is hidden from the family stands in the decision that hides it, and not in the row the family may read one day."""

from django.db import migrations, models

from laget.audit.ground import Function, Trigger


class Migration(migrations.Migration):

    dependencies = [("consents", "0020_who_is_too_close_sees_no_paper")]

    operations = [
        # What was shown before there were such decisions keeps its reason, as one that is over.
        migrations.RunSQL(
            """INSERT INTO consents_hiding (id, at, why, review_on, by_itself, by_id, child_id, disclosure_id)
            SELECT gen_random_uuid(), d.noted_at, d.hidden_why, d.noted_at::date, false, d.by_id, d.child_id, d.id
            FROM consents_disclosure d
            WHERE d.hidden_why <> '' AND NOT EXISTS (SELECT 1 FROM consents_hiding h WHERE h.disclosure_id = d.id)""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint("disclosure", "hidden_with_a_reason"),
        migrations.RemoveField("disclosure", "hidden_why"),
        Function("consents_hidden_with_a_reason()", "trigger", """
            BEGIN
                IF NEW.hidden AND NOT EXISTS (SELECT 1 FROM consents_hiding h WHERE h.disclosure_id = NEW.id) THEN
                    RAISE EXCEPTION 'nobody said why % is hidden', NEW.id USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        Trigger("hidden_with_a_reason", "consents_disclosure", "AFTER INSERT", "consents_hidden_with_a_reason", deferred=True),
    ]
