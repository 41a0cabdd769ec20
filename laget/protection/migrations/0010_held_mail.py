"""E-mail that was held is kept sealed for those in the child's case; two people let it leave, and one puts it away."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy, Replaced

NOW = "statement_timestamp()"
ME = "(SELECT laget_person())"
IN_CASE = "(SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_cases()))"
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
LETTER = ("EXISTS (SELECT 1 FROM protection_proposal q WHERE q.id = proposal_id AND q.sort {sorts} "
          "AND q.asked_by_id = (SELECT laget_person()) AND q.answered_at IS NULL AND q.child_id = protection_letter.child_id)")


class Migration(migrations.Migration):

    dependencies = [("protection", "0009_same_home"), ("notices", "0004_held_while_it_is_sent")]

    operations = [
        migrations.AlterField("proposal", "sort", models.CharField(choices=[('end_restriction', 'End Restriction'), ('open_parent', 'Open Parent'), ('end_grading', 'End Grading'), ('release', 'Release'), ('other_alone', 'Other Alone'), ('mail', 'Mail')], max_length=20)),
        migrations.CreateModel(
            name="HeldMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dispatch", models.UUIDField()),
                ("content", models.UUIDField()),
                ("capacity", models.CharField(max_length=10)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
                ("ended_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("near", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("dispatch", "child"), name="held_once_for_each_child")]},
        ),
    ]

    # The locks of this table, and what two people decide about it.
    operations += [
        Guard("protection_heldmail",
              Policy("around", "SELECT", using=IN_CASE),
              Policy("put_away", "UPDATE", using=f"{IN_CASE} AND outcome = ''",
                     check=f"outcome = 'put_away' AND ended_by_id = {ME}"),
              app="SELECT, UPDATE (outcome, ended_by_id, ended_at)"),
        # Whom it is to is kept only when that is somebody around the child: that others have a place here is not told.
        Function("protection_keep_held(of_child uuid, of_dispatch uuid, recipient uuid, as_what text, of_content uuid, kept bytea)",
                 "boolean", f"""
            DECLARE
                first boolean := NOT EXISTS (SELECT 1 FROM protection_heldmail h WHERE h.child_id = of_child AND h.outcome = '');
            BEGIN
                INSERT INTO protection_heldmail (id, child_id, dispatch, content, near_id, capacity, sealed, at, outcome)
                SELECT gen_random_uuid(), of_child, of_dispatch, of_content,
                       CASE WHEN EXISTS (SELECT 1 FROM families_parent p WHERE p.child_id = of_child AND p.person_id = recipient
                                         AND p.until > {NOW})
                              OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = recipient
                                         AND s.until > {NOW}) THEN recipient END,
                       as_what, kept, {NOW}, '' WHERE laget_capacity() = 'system'
                ON CONFLICT (dispatch, child_id) DO NOTHING;
                RETURN first AND laget_capacity() = 'system';
            END
            """, how=DEFINER, to=f"{APP}, {WORKER}"),
        Function("protection_around_child(of_child uuid)", "SETOF uuid", f"""
            SELECT DISTINCT s.person_id FROM sight_seat s
            WHERE laget_capacity() = 'system' AND s.child_id = of_child AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}
              AND NOT sight_barred(s.child_id, s.person_id, 'worker')
              AND EXISTS (SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                          JOIN sight_cover c ON c.service_id = u.service_id AND c.child_id = s.child_id
                          WHERE p.id = s.position_id AND c.since <= {NOW} AND c.until > {NOW})
            """, to=f"{APP}, {WORKER}"),
        # Sent again only when nobody else's place holds it: every child it was held for has been released or put away by
        # nobody. What was put away for one child is never sent.
        Function("protection_send_released()", "TABLE (held uuid, child uuid, dispatch uuid)", f"""
            WITH let AS (
                UPDATE protection_heldmail h SET outcome = 'sent', ended_at = {NOW}
                WHERE laget_capacity() = 'system' AND h.outcome = '' AND EXISTS (SELECT 1 FROM protection_proposal q WHERE q.sort = 'mail'
                                                 AND q.subject = h.content AND q.child_id = h.child_id AND q.agreed)
                RETURNING h.id, h.child_id, h.dispatch),
            again AS (
                UPDATE notices_dispatch d SET state = 'waiting', tried_at = NULL, attempts = 0 FROM let
                WHERE d.id = let.dispatch AND d.state = 'held'
                  AND NOT EXISTS (SELECT 1 FROM protection_heldmail o WHERE o.dispatch = d.id AND o.outcome = 'put_away'))
            SELECT let.id, let.child_id, let.dispatch FROM let
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
        migrations.RunSQL(
            f"""ALTER POLICY "ask" ON "protection_letter" WITH CHECK ({LETTER.format(sorts="IN ('release', 'mail')")})""",
            f"""ALTER POLICY "ask" ON "protection_letter" WITH CHECK ({LETTER.format(sorts="= 'release'")})""",
        ),
        Replaced("laget.protection.migrations.0008_released_for_its_child", "protection_released"),
        # The children for whom two people have let exactly this content leave.
        Function("protection_released(content uuid)", "SETOF uuid", """
            SELECT q.child_id FROM protection_proposal q
            WHERE q.sort IN ('release', 'mail') AND q.subject = content AND q.agreed
            """),
        Replaced("laget.protection.migrations.0006_letters", "protection_places_in"),
        Function("protection_places_in(of_proposal uuid)", "TABLE (sort text, sealed bytea)", """
            SELECT p.sort, p.sealed FROM protection_proposal q JOIN protection_place p ON p.child_id = q.child_id
            WHERE q.id = of_proposal AND q.sort IN ('release', 'mail') AND laget_capacity() = 'worker'
              AND q.asked_by_id <> laget_person() AND q.services && ARRAY(SELECT protection_services_led())
            ORDER BY p.id
            """, to=APP),
    ]
