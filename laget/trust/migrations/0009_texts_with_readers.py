"""The officer sees of an inquiry which texts had readers of their own, from when to when, and by whom: never what they say."""

from django.db import migrations

from laget.audit.ground import Function

TEXTS = "\n            UNION ALL ".join(
    f"SELECT '{sort}' AS sort, x.id, x.child_id, x.kind, x.{at} AS at, x.{author} AS author, {service} AS service, "
    f"x.audience, x.persons FROM {table} x"
    for sort, table, at, author, service in (
        ("log", "cases_log", "at", "author_id", "x.service_id"),
        ("goal", "plans_goal", "agreed_at", "agreed_by_id", "NULL::uuid"),
        ("measure", "plans_measure", "agreed_at", "agreed_by_id", "NULL::uuid"),
        ("revision", "plans_revision", "agreed_at", "replaced_by_id", "NULL::uuid"),
        ("evaluation", "plans_evaluation", "at", "by_id", "NULL::uuid"),
        ("matter", "plans_matter", "at", "by_id", "NULL::uuid"),
    )
)


class Migration(migrations.Migration):

    dependencies = [
        ("trust", "0008_whole"), ("cases", "0016_looked_at_again"), ("plans", "0008_looked_at_again"),
    ]

    operations = [
        Function("trust_texts(of_inquiry uuid)",
                 "TABLE (id uuid, sort text, kind text, at timestamptz, author uuid, called text, service uuid, "
                 "audience text, persons uuid[], chosen jsonb)", f"""
            SELECT t.id, t.sort, t.kind, t.at, t.author, trim(n.given || ' ' || n.family), t.service,
                   t.audience, t.persons, c.chosen
            FROM trust_open(of_inquiry) i
            JOIN ({TEXTS}) t ON t.child_id = i.child_id AND t.kind = ANY (i.kinds) AND t.at < i.ends
            LEFT JOIN people_name n ON n.person_id = t.author
            CROSS JOIN LATERAL (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'at', r.at, 'audience', r.audience, 'persons', r.persons, 'audience_before', r.audience_before,
                    'persons_before', r.persons_before, 'ground', r.ground,
                    'by', trim(m.given || ' ' || m.family)) ORDER BY r.at), '[]') AS chosen
                FROM cases_readership r LEFT JOIN people_name m ON m.person_id = r.by_id
                WHERE r."of" = t.id) c
            WHERE t.audience <> 'team' OR c.chosen <> '[]'
            ORDER BY t.at, t.id
            """, to="laget_app"),
    ]
