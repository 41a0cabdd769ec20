"""What stood in the plan before a child had its place is closed to it until somebody has looked through it, as in the log."""

from django.db import migrations, models

from laget.audit.ground import APP, Function
from laget.sight.addressed import CAPACITY, ME, knows, lets

# Table, when it was written, and by whom.
TABLES = (
    ("goal", "agreed_at", "agreed_by_id"),
    ("measure", "agreed_at", "agreed_by_id"),
    ("revision", "agreed_at", "replaced_by_id"),
    ("evaluation", "at", "by_id"),
    ("matter", "at", "by_id"),
)
NOW = "statement_timestamp()"
WAITING = " UNION ALL ".join(
    f"SELECT t.child_id, t.kind, t.{when} AS at, t.audience, t.persons FROM plans_{name} t WHERE t.looked_at IS NULL"
    f" AND t.child_id = of_child" for name, when, _author in TABLES
)
# Something that the child would read, older than its place, that somebody is there to look through.
OLDER = f"""EXISTS (
    SELECT 1 FROM sight_seat own JOIN ({WAITING}) t ON t.child_id = own.child_id AND t.at < own.reads_from
    WHERE own.child_id = of_child AND own.person_id = of_child AND own.kind = 'child'
      AND own.since <= {NOW} AND own.until > {NOW}
      AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = t.child_id AND c.kind = t.kind
                  AND c.since <= {NOW} AND c.until > {NOW} AND t.at >= c.plan_from)
      AND CASE t.audience WHEN 'team' THEN true WHEN 'named' THEN of_child = ANY (t.persons)
            WHEN 'not_for' THEN t.persons <> '{{}}' AND NOT of_child = ANY (t.persons) ELSE false END)"""


def locks(name, when, author):
    table = f"plans_{name}"
    looked = f"""(({table}.looked_at IS NOT NULL OR {table}.audience = 'childs_own' OR {table}.{author} = {ME})
        AND {CAPACITY} = 'citizen' AND {table}.child_id = {ME})"""

    def seen(known):
        return f"""ALTER POLICY "kind_and_reach" ON "{table}" USING (
            child_id = ANY (ARRAY(SELECT sight_cases())) AND {known} AND {lets(table, author)})"""

    yield migrations.AddField(model_name=name, name="looked_at", field=models.DateTimeField(null=True))
    known = knows(table, when, "plan_from")
    yield migrations.RunSQL(seen(f"({known} OR {looked})"), seen(known))
    yield migrations.RunSQL(
        f"GRANT UPDATE (looked_at) ON {table} TO laget_app", f"REVOKE UPDATE (looked_at) ON {table} FROM laget_app"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0009_nobody_is_kept_from_their_own_words"),
        ("sight", "0010_the_plan_too"),
        ("cases", "0023_health_is_the_youngs"),
    ]

    operations = [
        *(operation for table in TABLES for operation in locks(*table)),
        # For those in the child's case.
        Function("plans_unlooked(of_child uuid)", "boolean",
                 f"SELECT {OLDER} AND of_child IN (SELECT sight_cases())"),
        # Those of the services who take part, for whoever has just opened the child's page; ids that no page shows.
        Function("plans_lookers(of_child uuid)", "SETOF uuid", f"""
            SELECT DISTINCT s.person_id FROM sight_seat s
            JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
                 AND p.since <= {NOW} AND p.until > {NOW}
            JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.child_id = of_child AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}
              AND NOT sight_barred(s.child_id, s.person_id, 'worker')
              AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = s.child_id AND c.service_id = u.service_id
                          AND c.since <= {NOW} AND c.until > {NOW})
              AND {OLDER} AND laget_capacity() = 'worker' AND of_child IN (SELECT sight_children())
            """, to=APP),
    ]
