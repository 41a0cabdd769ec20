"""That something was looked through for a child is said at work, and by nobody of the family."""

from django.db import migrations

from laget.audit.ground import Function

SAYS = (
    'CREATE TRIGGER "looked_at_work" BEFORE UPDATE OF looked_at ON "{table}" FOR EACH ROW '
    "WHEN (OLD.looked_at IS DISTINCT FROM NEW.looked_at) EXECUTE FUNCTION cases_looked_at_work()"
)
UNSAYS = 'DROP TRIGGER IF EXISTS "looked_at_work" ON "{table}"'


class Migration(migrations.Migration):

    dependencies = [("cases", "0025_who_stood_in")]

    operations = [
        Function("cases_looked_at_work()", "trigger", """
            BEGIN
                IF laget_capacity() IS NOT DISTINCT FROM 'citizen' THEN
                    RAISE EXCEPTION 'looked through at work' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql STABLE"),
        migrations.RunSQL(SAYS.format(table="cases_log"), UNSAYS.format(table="cases_log")),
    ]
