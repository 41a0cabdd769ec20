"""Log control asks of each visit whether the reader lives where the child lives, and says of how many it could not know."""

from django.db import migrations, models

from laget.audit.ground import Function, Replaced

VISITS = "r.capacity = 'worker' AND r.at >= begins AND r.at < ends AND r.page NOT LIKE 'trust.%'"


class Migration(migrations.Migration):

    dependencies = [("protection", "0009_same_home"), ("trust", "0010_until_when_health")]

    operations = [
        migrations.AddField(model_name="round", name="compared", field=models.PositiveIntegerField(null=True)),
        Replaced("laget.trust.migrations.0004_log_control", "trust_visits"),
        # As before, with the home.
        Function("trust_visits(begins timestamptz, ends timestamptz)",
                 "TABLE (reader uuid, child uuid, reading uuid, looked_at timestamptz, page text, kinds text[], unit uuid, "
                 "moments timestamptz[], searches integer, shares_name boolean, related boolean, traces tstzrange[], "
                 "left_at timestamptz, same_home boolean)", f"""
            WITH seen AS MATERIALIZED (
                SELECT r.id, r.person, c.child, r.at, r.page, r.kinds, r.position,
                       r.page <> 'desk.search' AND cardinality(r.children) = 1 AS opened
                FROM audit_reading r CROSS JOIN LATERAL unnest(r.children) c (child)
                WHERE {VISITS} AND r.page <> 'desk.home'),
            visit AS MATERIALIZED (
                SELECT s.person, s.child,
                       (array_agg(s.id ORDER BY s.at DESC))[1] AS reading, max(s.at) AS last,
                       (array_agg(s.page ORDER BY s.at DESC))[1] AS page,
                       (array_agg(s.position ORDER BY s.at DESC))[1] AS position,
                       array_agg(s.at ORDER BY s.at) FILTER (WHERE s.opened) AS moments,
                       (count(*) FILTER (WHERE s.page = 'desk.search'))::integer AS searches
                FROM seen s GROUP BY s.person, s.child),
            known AS MATERIALIZED (
                SELECT s.person, s.child, coalesce(array_agg(DISTINCT kind) FILTER (WHERE kind <> ''), '{{}}') AS kinds
                FROM seen s LEFT JOIN LATERAL unnest(s.kinds) kind ON true GROUP BY s.person, s.child)
            SELECT v.person, v.child, v.reading, v.last, v.page, k.kinds,
                   trust_unit_at(v.person, v.child, v.last, v.position),
                   coalesce(v.moments, '{{}}'), v.searches,
                   trust_shares_name(v.person, v.child), trust_related(v.person, v.child),
                   trust_traces(v.person, v.child, v.last), trust_left(v.person, v.child),
                   protection_same_home(v.person, v.child, v.last)
            FROM visit v JOIN known k ON k.person = v.person AND k.child = v.child
            WHERE v.moments IS NOT NULL OR v.searches > 0
            ORDER BY v.person, v.child
            """, to="laget_worker"),
    ]
