"""What a service's people get back of the plan when its cover is lost."""

from django.db import migrations

from laget.audit.ground import Function

TEXTS = """
    SELECT r.kind, r.words, r.agreed_at AS at, coalesce(b.replaced_by_id, g.agreed_by_id, m.agreed_by_id) AS author
    FROM plans_revision r
    LEFT JOIN plans_revision b ON b."of" = r."of" AND b.version = r.version - 1
    LEFT JOIN plans_goal g ON g.id = r."of"
    LEFT JOIN plans_measure m ON m.id = r."of"
    WHERE r.child_id = of_child
    UNION ALL
    SELECT g.kind, g.words, coalesce(b.replaced_at, g.agreed_at), coalesce(b.replaced_by_id, g.agreed_by_id)
    FROM plans_goal g LEFT JOIN plans_revision b ON b."of" = g.id AND b.version = g.version - 1
    WHERE g.child_id = of_child
    UNION ALL
    SELECT m.kind, m.words, coalesce(b.replaced_at, m.agreed_at), coalesce(b.replaced_by_id, m.agreed_by_id)
    FROM plans_measure m LEFT JOIN plans_revision b ON b."of" = m.id AND b.version = m.version - 1
    WHERE m.child_id = of_child
    UNION ALL
    SELECT e.kind, concat_ws(chr(10), e.words, nullif(e.childs_words, ''), nullif(e.how_asked, '')), e.at, e.by_id
    FROM plans_evaluation e WHERE e.child_id = of_child
    UNION ALL
    SELECT t.kind, concat_ws(chr(10), t.words, nullif(t.how_asked, '')), t.at, t.by_id
    FROM plans_matter t WHERE t.child_id = of_child
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("cases", "0001_initial"),
        ("sight", "0001_initial"),
        ("directory", "0001_initial"),
    ]

    operations = [
        # A service has lost its cover for some kinds: what its people typed in the plan comes back to each of them, with
        # dates, no more. It joins what the log gave back in the same transaction; only new batches are answered.
        Function("plans_give_back(of_child uuid, of_service uuid, lost text[])", "TABLE (owner uuid, batch uuid)", f"""
            WITH texts AS ({TEXTS}),
            theirs AS (
                SELECT t.* FROM texts t
                WHERE t.kind = ANY (lost)
                  AND EXISTS (
                    SELECT 1 FROM sight_seat s
                    JOIN directory_position p ON p.id = s.position_id
                    JOIN directory_unit u ON u.id = p.unit_id
                    WHERE s.child_id = of_child AND s.person_id = t.author AND s.kind = 'service'
                      AND u.service_id = of_service)
                  AND NOT EXISTS (
                    SELECT 1 FROM sight_cover c WHERE c.child_id = of_child AND c.service_id = of_service
                    AND c.kind = t.kind AND c.since <= statement_timestamp() AND c.until > statement_timestamp())),
            batches AS (
                SELECT a.author, b.known, coalesce(b.known, gen_random_uuid()) AS batch
                FROM (SELECT DISTINCT author FROM theirs) a
                LEFT JOIN LATERAL (
                    SELECT o.batch AS known FROM cases_ownwords o
                    WHERE o.owner_id = a.author AND o.service_id = of_service
                      AND o.given_back_at >= transaction_timestamp()
                    ORDER BY o.given_back_at DESC LIMIT 1) b ON true),
            given AS (
                INSERT INTO cases_ownwords (id, owner_id, service_id, batch, written_at, words, given_back_at)
                SELECT gen_random_uuid(), t.author, of_service, b.batch, t.at, t.words, statement_timestamp()
                FROM theirs t JOIN batches b ON b.author = t.author)
            SELECT b.author, b.batch FROM batches b WHERE b.known IS NULL
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
