"""A child's registered name is not opened by asking about it, and registering has one way in."""

from django.db import migrations

REGISTER = "families_register(uuid, jsonb, timestamptz, timestamptz)"


def names(of: str) -> list[str]:
    return [
        'DROP POLICY "children_have_names" ON "people_name"',
        'CREATE POLICY "children_have_names" ON "people_name" FOR SELECT TO laget_app '
        f"USING (person_id = ANY (ARRAY(SELECT {of}())))",
    ]


class Migration(migrations.Migration):

    dependencies = [("families", "0003_a_number_and_a_name"), ("sight", "0002_named")]

    operations = [
        migrations.RunSQL(names("sight_named"), names("sight_children")),
        # families_take asks whether number and name agree; what it leans on is called by nobody else.
        migrations.RunSQL(
            f"REVOKE EXECUTE ON FUNCTION {REGISTER} FROM laget_app, laget_worker",
            f"GRANT EXECUTE ON FUNCTION {REGISTER} TO laget_app, laget_worker",
        ),
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION families_take(uuid, jsonb, timestamptz, timestamptz), families_seat_child(uuid) "
            "FROM laget_worker",
            "GRANT EXECUTE ON FUNCTION families_take(uuid, jsonb, timestamptz, timestamptz), families_seat_child(uuid) "
            "TO laget_worker",
        ),
    ]
