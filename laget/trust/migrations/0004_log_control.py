"""What log control looks at, day by day: each visit to a child's pages with the facts that the rules weigh."""

from django.db import migrations

from laget.audit.ground import Function

NEAR = "interval '60 days'"
# A list of one's own children is no visit; what the officer and answering leaders read is no subject of control.
VISITS = "r.capacity = 'worker' AND r.at >= begins AND r.at < ends AND r.page NOT LIKE 'trust.%'"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_changes"), ("trust", "0003_asking"), ("plans", "0003_words_back"), ("cases", "0005_closed_is_asked_anew")]

    operations = [
        # The parts of a family name that can tell a relative, as they are stored for sorting: one spelling of each.
        Function("trust_surnames(of_person uuid)", "text[]", """
            SELECT coalesce(array_agg(part), '{}') FROM people_name n
            CROSS JOIN LATERAL unnest(string_to_array(split_part(n.sort_key, '|', 1), ' ')) part
            WHERE n.person_id = of_person AND length(part) > 2
            """, to=""),
        Function("trust_shares_name(of_reader uuid, of_child uuid)", "boolean", """
            SELECT trust_surnames(of_reader) && (
                SELECT trust_surnames(of_child) || coalesce(array_agg(part), '{}') FROM families_parent p
                CROSS JOIN LATERAL unnest(trust_surnames(p.person_id)) part WHERE p.child_id = of_child)
            """, to=""),
        # A tie that is registered: to the child, to a sibling, or a child in common with a parent.
        Function("trust_related(of_reader uuid, of_child uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM trust_kin(of_reader) own WHERE own = of_child
                OR EXISTS (SELECT 1 FROM families_sibling s WHERE (s.child_id, s.sibling_id) IN ((own, of_child), (of_child, own)))
                OR EXISTS (SELECT 1 FROM families_parent mine JOIN families_parent theirs ON theirs.person_id = mine.person_id
                           WHERE mine.child_id = own AND theirs.child_id = of_child))
            """, to=""),
        # When the reader had to do with the child: what was written, agreed, held, asked, offered or joined.
        Function("trust_traces(of_reader uuid, of_child uuid, around timestamptz)", "tstzrange[]", f"""
            SELECT coalesce(array_agg(tstzrange(t.begins, greatest(t.begins, t.ends), '[]')), '{{}}') FROM (
                SELECT l.at, l.at FROM cases_log l WHERE l.child_id = of_child AND l.author_id = of_reader
                UNION ALL SELECT s.at, s.at FROM cases_step s WHERE s.child_id = of_child AND s.by_id = of_reader
                UNION ALL SELECT c.at, c.at FROM cases_turn c WHERE c.child_id = of_child AND c.by_id = of_reader
                UNION ALL SELECT b.since, b.until FROM cases_baton b JOIN directory_position p ON p.id = b.position_id
                          WHERE b.child_id = of_child AND p.person_id = of_reader
                UNION ALL SELECT o.made_at, least(o.answered_at, o.made_at + {NEAR}) FROM cases_offer o
                          JOIN directory_position p ON p.id IN (o.giver_id, o.receiver_id)
                          WHERE o.child_id = of_child AND p.person_id = of_reader
                UNION ALL SELECT v.made_at, least(v.answered_at, v.made_at + {NEAR}) FROM cases_invitation v
                          JOIN directory_position p ON p.id = v.position_id
                          WHERE v.child_id = of_child AND of_reader IN (p.person_id, v.made_by_id)
                UNION ALL SELECT q.asked_at, q.asked_at FROM consents_request q
                          WHERE q.child_id = of_child AND q.asked_by_id = of_reader
                UNION ALL SELECT g.agreed_at, g.agreed_at FROM plans_goal g
                          WHERE g.child_id = of_child AND g.agreed_by_id = of_reader
                UNION ALL SELECT m.start::timestamptz, least(m.ended_at, m.due + interval '1 day') FROM plans_measure m
                          LEFT JOIN directory_position p ON p.id = m.position_id
                          WHERE m.child_id = of_child AND of_reader IN (p.person_id, m.agreed_by_id)
                UNION ALL SELECT e.at, e.at FROM plans_evaluation e WHERE e.child_id = of_child AND e.by_id = of_reader
                UNION ALL SELECT w.at, w.at FROM plans_matter w WHERE w.child_id = of_child AND w.by_id = of_reader
                UNION ALL SELECT s.since, s.since FROM sight_seat s
                          WHERE s.child_id = of_child AND s.person_id = of_reader AND s.position_id IS NOT NULL
            ) t (begins, ends)
            WHERE t.begins < around + {NEAR} AND greatest(t.begins, t.ends) > around - {NEAR}
            """, to=""),
        # When the last place ended; not when everybody left together because the case was closed.
        Function("trust_left(of_reader uuid, of_child uuid)", "timestamptz", """
            SELECT gone.at FROM (
                SELECT max(least(s.until, p.until)) AS at FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                WHERE s.child_id = of_child AND s.person_id = of_reader) gone
            WHERE NOT EXISTS (SELECT 1 FROM cases_turn t WHERE t.child_id = of_child AND t.sort = 'closed'
                              AND t.at BETWEEN gone.at - interval '1 minute' AND gone.at + interval '1 minute')
            """, to=""),
        Function("trust_visits(begins timestamptz, ends timestamptz)",
                 "TABLE (reader uuid, child uuid, reading uuid, looked_at timestamptz, page text, kinds text[], unit uuid, "
                 "moments timestamptz[], searches integer, shares_name boolean, related boolean, traces tstzrange[], "
                 "left_at timestamptz)", f"""
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
                   trust_traces(v.person, v.child, v.last), trust_left(v.person, v.child)
            FROM visit v JOIN known k ON k.person = v.person AND k.child = v.child
            WHERE v.moments IS NOT NULL OR v.searches > 0
            ORDER BY v.person, v.child
            """, to="laget_worker"),
        Function("trust_busy(begins timestamptz, ends timestamptz)",
                 "TABLE (reader uuid, reading uuid, looked_at timestamptz, unit uuid, children integer, empty_searches integer)",
                 f"""
            WITH day AS (
                SELECT r.person, (array_agg(r.id ORDER BY r.at DESC))[1] AS reading, max(r.at) AS last,
                       (array_agg(r.position ORDER BY r.at DESC))[1] AS position,
                       count(DISTINCT r.children[1]) FILTER (
                           WHERE cardinality(r.children) = 1 AND r.page NOT IN ('desk.home', 'desk.search')) AS children,
                       count(*) FILTER (WHERE r.page = 'desk.search' AND cardinality(r.children) = 0) AS empty
                FROM audit_reading r WHERE {VISITS} GROUP BY r.person)
            SELECT d.person, d.reading, d.last, trust_unit_at(d.person, NULL, d.last, d.position),
                   d.children::integer, d.empty::integer
            FROM day d ORDER BY d.person
            """, to="laget_worker"),
    ]
