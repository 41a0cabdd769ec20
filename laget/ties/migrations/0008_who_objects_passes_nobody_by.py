"""What an objection may say stands in the one policy by which it is written."""

from django.db import migrations

from laget.audit.ground import APP

ME = "(SELECT laget_person())"
WORKS = "(SELECT laget_capacity()) = 'worker'"
BEFORE = (
    f"by_id = {ME} AND {WORKS} AND EXISTS (SELECT 1 FROM ties_tie t "
    f"WHERE t.id = tie_id AND t.worker_id = {ME} AND t.seated AND t.found = 'register') "
    "AND NOT EXISTS (SELECT 1 FROM ties_ruling r WHERE r.tie_id = ties_objection.tie_id)"
)
# Whoever objects does not choose who decides: no unit is passed by beforehand.
PASSES_NOBODY_BY = "units = '{}' AND reminded_on IS NULL"


def written(check: str) -> str:
    return f'ALTER POLICY "object" ON "ties_objection" WITH CHECK ({check})'


class Migration(migrations.Migration):

    dependencies = [("ties", "0007_late_goes_to_the_next")]

    operations = [
        migrations.RunSQL(written(f"{BEFORE} AND {PASSES_NOBODY_BY}"), written(BEFORE)),
        migrations.RunSQL(
            'DROP POLICY "passes_nobody_by" ON "ties_objection"',
            f"""CREATE POLICY "passes_nobody_by" ON "ties_objection" AS RESTRICTIVE FOR INSERT TO {APP}
                WITH CHECK ({PASSES_NOBODY_BY})""",
        ),
    ]
