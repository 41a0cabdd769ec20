"""A day that is moved keeps what it was, and words are not rewritten unless the earlier ones are kept."""

from django.db import migrations

from laget.audit.ground import Function, Kept, Trigger


class Migration(migrations.Migration):

    dependencies = [("plans", "0003_words_back"), ("audit", "0003_changes")]

    operations = [
        Kept("plans_measure", "due"),
        # The earlier words are a row of their own (plans_revision): without it, the commit is refused.
        Function("plans_earlier_is_kept()", "trigger", """
            BEGIN
                IF NEW.words <> OLD.words AND NOT EXISTS (
                    SELECT 1 FROM plans_revision r
                    WHERE r."of" = OLD.id AND r.version = OLD.version AND r.words = OLD.words) THEN
                    RAISE EXCEPTION 'the earlier words of % are not kept', OLD.id USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        Trigger("earlier_is_kept", "plans_goal", "AFTER UPDATE OF words", "plans_earlier_is_kept", deferred=True),
        Trigger("earlier_is_kept", "plans_measure", "AFTER UPDATE OF words", "plans_earlier_is_kept", deferred=True),
    ]
