"""What a service's people typed in the plan comes back by the act of somebody who had a place around the child."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function

TYPES = "uuid, uuid, text[]"
BOTH = f"{APP}, {WORKER}"


class Migration(migrations.Migration):

    dependencies = [("plans", "0002_own_words"), ("sight", "0003_had_a_place")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER FUNCTION plans_give_back({TYPES}) RENAME TO plans_words_back",
                f"REVOKE EXECUTE ON FUNCTION plans_words_back({TYPES}) FROM {BOTH}",
            ],
            [
                f"ALTER FUNCTION plans_words_back({TYPES}) RENAME TO plans_give_back",
                f"GRANT EXECUTE ON FUNCTION plans_give_back({TYPES}) TO {BOTH}",
            ],
        ),
        Function("plans_give_back(of_child uuid, of_service uuid, lost text[])", "TABLE (owner uuid, batch uuid)", """
            BEGIN
                IF sight_had_place(of_child) THEN
                    RETURN QUERY SELECT w.owner, w.batch FROM plans_words_back(of_child, of_service, lost) w;
                END IF;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
