"""A question about health that a young person decides alone, and what is shared of it, is not its parents' to read."""

from django.db import migrations

from laget.audit.ground import APP, Function

CITIZEN = "(SELECT laget_capacity()) = 'citizen'"
FAMILY = f"{CITIZEN} AND child_id = ANY (ARRAY(SELECT sight_cases()))"
TELLS = """(NOT 'health' = ANY (kinds) OR EXISTS (
    SELECT 1 FROM sight_pairs() t WHERE t.child = {table}.child_id AND t.kind = 'health')"""
ASKED = f"{FAMILY} AND {TELLS.format(table='consents_request')} OR consents_asked_me(id))"
SHARED = f"NOT hidden AND {FAMILY}"


def altered(table, using):
    return f'ALTER POLICY "my_family" ON "{table}" USING ({using})'


class Migration(migrations.Migration):

    dependencies = [
        ("consents", "0022_who_answers_after_the_one_who_left"),
        ("families", "0014_health_passes"),
    ]

    operations = [
        # Whether the one who acts is, or was, asked in this.
        Function("consents_asked_me(of_request uuid)", "boolean", """
            SELECT EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = laget_person())
            """, to=APP),
        migrations.RunSQL(altered("consents_request", ASKED), altered("consents_request", FAMILY)),
        migrations.RunSQL(
            altered("consents_disclosure", f"{SHARED} AND {TELLS.format(table='consents_disclosure')})"),
            altered("consents_disclosure", SHARED),
        ),
    ]
