"""A parent whom nobody recognises is told nothing while the child is protected, or one whom nobody could recognise is kept away."""

from django.db import migrations

NOW = "statement_timestamp()"
UNKNOWN = f"""
                       OR (r.asker_id IS NULL AND NOT EXISTS (
                               SELECT 1 FROM families_parent p WHERE p.child_id = r.child_id AND p.person_id = shown.person_id
                               AND p.until > {NOW})
                           AND (protection_protected(r.child_id) OR EXISTS (
                               SELECT 1 FROM sight_forbid f WHERE f.child_id = r.child_id AND f.capacity IN ('', 'citizen')
                               AND f.since <= {NOW} AND f.until > {NOW}
                               AND NOT EXISTS (SELECT 1 FROM people_nationalnumber n WHERE n.person_id = f.person_id))))"""


def closed_to(more):
    """As families 0008 made it, and what stands here."""
    return f"""
        CREATE OR REPLACE FUNCTION families_closed_to(of_request uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = public, pg_temp AS $function$
            SELECT EXISTS (
                SELECT 1 FROM families_informationrequest r
                LEFT JOIN people_nationalnumber shown ON shown.index = r.mark
                LEFT JOIN people_nationalnumber own ON own.person_id = r.asker_id
                WHERE r.id = of_request AND (r.child_id, r.service_id) IN (SELECT a.child, a.service FROM families_asked_of() a)
                  AND (EXISTS (SELECT 1 FROM sight_forbid f
                               WHERE f.child_id = r.child_id AND f.person_id IN (r.asker_id, shown.person_id)
                               AND f.capacity IN ('', 'citizen')
                               AND f.since <= statement_timestamp() AND f.until > statement_timestamp())
                       OR (SELECT d.lost FROM families_informationright d
                           JOIN families_informationrequest o ON o.id = d.request_id
                           WHERE o.child_id = r.child_id AND (o.asker_id IN (r.asker_id, shown.person_id)
                                                              OR o.mark IN (r.mark, own.index))
                           ORDER BY d.decided_on DESC, d.at DESC LIMIT 1){more}))
        $function$"""


class Migration(migrations.Migration):

    dependencies = [("families", "0008_asked_to_be_told"), ("protection", "0006_letters")]

    operations = [migrations.RunSQL(closed_to(UNKNOWN), closed_to(""))]
