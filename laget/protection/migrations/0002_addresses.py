"""Protected addresses: they follow the household, shut parents out by themselves, and are loosened by two only."""

import datetime
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy, Replaced, Trigger

IN_CASE = "(SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_cases()))"
NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
        ('protection', '0001_initial'),
        ('sight', '0005_at_work_and_in_an_emergency'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.person')),
                ('level', models.CharField(max_length=30)),
                ('rank', models.PositiveSmallIntegerField()),
                ('seen', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='proposal',
            name='sort',
            field=models.CharField(choices=[('end_restriction', 'End Restriction'), ('open_parent', 'Open Parent'), ('end_grading', 'End Grading')], max_length=20),
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protection.proposal')),
            ],
        ),
        migrations.CreateModel(
            name='Grading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('decision', models.UUIDField()),
                ('level', models.CharField(max_length=30)),
                ('rank', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=14)),
                ('paper', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('review_on', models.DateField(null=True)),
                ('reminded_on', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'ended_at'], name='protection__child_i_cfafca_idx')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('child', models.UUIDField()),
                ('unit', models.UUIDField(null=True)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('page', models.CharField(max_length=60)),
                ('times', models.PositiveIntegerField(default=1)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'child', 'day'), name='looked_once_a_day')],
            },
        ),
    ]

    # The locks of these tables.
    operations += [
        Function("protection_protects()", "boolean", f"""
            SELECT laget_capacity() IS NOT DISTINCT FROM 'worker' AND EXISTS (
                SELECT 1 FROM directory_position p WHERE p.person_id = laget_person() AND p.protects
                AND p.since <= {NOW} AND p.until > {NOW})
            """),
        Function("protection_protected(of_child uuid)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM protection_grading g WHERE g.child_id = of_child AND g.rank > 0
                           AND g.at <= {NOW} AND g.ended_at > {NOW})
            """, to=""),
        # Whether the places around a child are hidden from the one who reads: from everybody of the family.
        Function("protection_hides(of_child uuid)", "boolean",
                 "SELECT laget_capacity() IS NOT DISTINCT FROM 'citizen' AND protection_protected(of_child)"),
        Function("protection_parents(of_child uuid)", "uuid[]", f"""
            SELECT array_agg(DISTINCT p.person_id ORDER BY p.person_id) FROM families_parent p
            WHERE p.child_id = of_child AND p.until > {NOW}
            """, to=""),
        # The children whom a protected address covers: the person's own, the person itself, and siblings who have the
        # same parents. A half sibling may live with the one whom the family hides from, and does not follow.
        Function("protection_household(of_person uuid)", "SETOF uuid", f"""
            SELECT c.person_id FROM families_child c WHERE c.person_id = of_person
            UNION SELECT p.child_id FROM families_parent p WHERE p.person_id = of_person AND p.until > {NOW}
            UNION SELECT c.person_id FROM families_child c
                  WHERE protection_parents(c.person_id) = protection_parents(of_person)
                    AND EXISTS (SELECT 1 FROM families_parent p JOIN families_parent q ON q.person_id = p.person_id
                                WHERE p.child_id = of_person AND q.child_id = c.person_id)
            """, to=""),
        # No parent and no guardian sees a protected child, but for those it was opened for.
        Function("protection_shut(of_child uuid)", "void", f"""
            INSERT INTO sight_forbid (id, child_id, since, until, origin, origin_id, person_id)
            SELECT gen_random_uuid(), of_child, {NOW}, {FOREVER}, 'protected', g.id, f.person
            FROM (SELECT p.person_id FROM families_parent p WHERE p.child_id = of_child AND p.until > {NOW}
                  UNION SELECT s.person_id FROM sight_seat s
                        WHERE s.child_id = of_child AND s.kind IN ('parent', 'guardian') AND s.until > {NOW}) f (person)
            CROSS JOIN LATERAL (SELECT g.id FROM protection_grading g WHERE g.child_id = of_child AND g.rank > 0
                                AND g.ended_at > {NOW} ORDER BY g.rank DESC, g.at, g.id LIMIT 1) g
            WHERE NOT EXISTS (SELECT 1 FROM protection_opening o WHERE o.child_id = of_child AND o.person_id = f.person
                              AND o.until > {NOW})
              AND NOT EXISTS (SELECT 1 FROM sight_forbid x WHERE x.child_id = of_child AND x.person_id = f.person
                              AND x.origin = 'protected' AND x.until > {NOW})
            """, to="", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
        # A level that is registered covers the household, and one that is stronger than before closes what was opened.
        Function("protection_graded()", "trigger", f"""
            BEGIN
                IF NEW.decision = NEW.id THEN
                    INSERT INTO protection_grading (id, child_id, person_id, decision, level, rank, source, paper, by_id,
                                                    position_id, at, review_on, ended_at)
                    SELECT gen_random_uuid(), h, NEW.person_id, NEW.id, NEW.level, NEW.rank, NEW.source, NEW.paper,
                           NEW.by_id, NEW.position_id, NEW.at, NEW.review_on, NEW.ended_at
                    FROM protection_household(NEW.person_id) h WHERE h <> NEW.child_id;
                END IF;
                IF NEW.rank > 0 AND NEW.ended_at > {NOW} THEN
                    IF NOT EXISTS (SELECT 1 FROM protection_grading g WHERE g.child_id = NEW.child_id AND g.id <> NEW.id
                                   AND g.rank >= NEW.rank AND g.ended_at > {NOW}) THEN
                        UPDATE protection_opening SET until = greatest(since, {NOW})
                        WHERE child_id = NEW.child_id AND until > {NOW};
                    END IF;
                    PERFORM protection_shut(NEW.child_id);
                END IF;
                RETURN NULL;
            END
            """, to="", how=DEFINER),
        Trigger("covers_household", "protection_grading", "AFTER INSERT", "protection_graded"),
        # Whoever becomes family of a protected child is born shut out, whoever gave the place; and a child that gets a
        # parent, or the same parents as somebody, is covered by the levels of these.
        Function("protection_new_family()", "trigger", f"""
            BEGIN
                IF TG_TABLE_NAME = 'families_parent' THEN
                    INSERT INTO protection_grading (id, child_id, person_id, decision, level, rank, source, paper, by_id,
                                                    position_id, at, review_on, ended_at)
                    SELECT DISTINCT ON (g.decision) gen_random_uuid(), NEW.child_id, g.person_id, g.decision, g.level, g.rank,
                           g.source, g.paper, g.by_id, g.position_id, {NOW}, g.review_on, g.ended_at
                    FROM protection_grading g
                    WHERE g.ended_at > {NOW} AND NEW.child_id IN (SELECT protection_household(g.person_id))
                      AND NOT EXISTS (SELECT 1 FROM protection_grading x
                                      WHERE x.child_id = NEW.child_id AND x.decision = g.decision)
                    ORDER BY g.decision, g.id;
                ELSE
                    INSERT INTO sight_forbid (id, child_id, since, until, origin, origin_id, person_id)
                    SELECT gen_random_uuid(), NEW.child_id, min(f.since), {FOREVER}, 'stale', NULL, NEW.person_id
                    FROM sight_forbid f WHERE f.child_id = NEW.child_id AND f.origin = 'stale' AND f.until > {NOW}
                      AND NOT EXISTS (SELECT 1 FROM sight_forbid x WHERE x.child_id = NEW.child_id
                                      AND x.person_id = NEW.person_id AND x.origin = 'stale' AND x.until > {NOW})
                    HAVING count(*) > 0;
                END IF;
                PERFORM protection_shut(NEW.child_id);
                RETURN NULL;
            END
            """, to="", how=DEFINER),
        Trigger("born_shut_out", "families_parent", "AFTER INSERT", "protection_new_family"),
        migrations.RunSQL(
            'CREATE TRIGGER "born_shut_out" AFTER INSERT ON "sight_seat" FOR EACH ROW '
            "WHEN (NEW.kind IN ('parent', 'guardian')) EXECUTE FUNCTION protection_new_family()",
            'DROP TRIGGER IF EXISTS "born_shut_out" ON "sight_seat"',
        ),
        Guard("protection_grading",
              Policy("around", "SELECT", using=IN_CASE),
              Policy("grade", "INSERT", check=f"{IN_CASE} AND by_id = (SELECT laget_person()) AND decision = id "
                     f"AND ended_at = {FOREVER} AND person_id IN "
                     "(SELECT protection_family(child_id) UNION SELECT child_id)"),
              Policy("jobs", "ALL", using="true", check="true", to="laget_worker"),
              app="SELECT, INSERT",
              worker="SELECT (id, child_id, by_id, position_id, review_on, reminded_on, ended_at), UPDATE (reminded_on)"),
        Guard("protection_opening", Policy("around", "SELECT", using=IN_CASE), app="SELECT"),
        Guard("protection_heard"),
        Guard("protection_look",
              Policy("controls", "SELECT", using="(SELECT protection_protects()) "
                     "AND child <> ALL (ARRAY(SELECT protection_kin()))"),
              app="SELECT"),
        migrations.RunSQL(
            'DROP TRIGGER "carries_out" ON "protection_proposal"',
            'CREATE TRIGGER "carries_out" AFTER UPDATE OF agreed ON "protection_proposal" '
            "FOR EACH ROW EXECUTE FUNCTION protection_carries_out()",
        ),
        Replaced("laget.protection.migrations.0001_initial", "protection_carries_out"),
        # What a second person has confirmed is carried out by the database, and by nothing else. What was asked before a
        # stronger level came is asked anew, as what was opened before it is closed by it.
        Function("protection_carries_out()", "trigger", f"""
            BEGIN
                IF NOT (NEW.agreed AND OLD.agreed IS NULL) THEN
                    RETURN NULL;
                END IF;
                IF NEW.sort = 'end_restriction' THEN
                    UPDATE protection_restriction SET ended_at = {NOW}
                    WHERE id = NEW.subject AND child_id = NEW.child_id AND ended_at > {NOW};
                ELSIF NEW.sort = 'open_parent' THEN
                    IF EXISTS (SELECT 1 FROM protection_grading g WHERE g.child_id = NEW.child_id AND g.rank > 0
                               AND g.at > NEW.asked_at AND g.ended_at > {NOW}
                               AND NOT EXISTS (SELECT 1 FROM protection_grading x WHERE x.child_id = g.child_id
                                               AND x.at <= NEW.asked_at AND x.rank >= g.rank AND x.ended_at > {NOW})) THEN
                        RAISE EXCEPTION 'the protection is stronger than when this was asked' USING ERRCODE = 'restrict_violation';
                    END IF;
                    INSERT INTO protection_opening (id, child_id, person_id, proposal_id, since, until)
                    VALUES (gen_random_uuid(), NEW.child_id, NEW.person_id, NEW.id, {NOW}, {FOREVER});
                    UPDATE sight_forbid SET until = greatest(since, {NOW}) WHERE child_id = NEW.child_id
                    AND person_id = NEW.person_id AND origin = 'protected' AND until > {NOW};
                ELSIF NEW.sort = 'end_grading' THEN
                    UPDATE protection_grading SET ended_at = {NOW}
                    WHERE id = NEW.subject AND child_id = NEW.child_id AND ended_at > {NOW};
                    IF NOT protection_protected(NEW.child_id) THEN
                        UPDATE sight_forbid SET until = greatest(since, {NOW})
                        WHERE child_id = NEW.child_id AND origin = 'protected' AND until > {NOW};
                        UPDATE protection_opening SET until = greatest(since, {NOW})
                        WHERE child_id = NEW.child_id AND until > {NOW};
                    END IF;
                END IF;
                RETURN NULL;
            END
            """, to="", how=DEFINER),
        Trigger("carries_out", "protection_proposal", "AFTER UPDATE OF agreed", "protection_carries_out"),
        Replaced("laget.protection.migrations.0001_initial", "protection_confirmers", "protection_kept_away"),
        # As before; a leader who is too close to the family at work is no second person.
        Function("protection_confirmers(of_proposal uuid)", "SETOF uuid", f"""
            SELECT DISTINCT p.person_id FROM protection_proposal q
            JOIN directory_unit u ON u.service_id = ANY (q.services)
            JOIN directory_position p ON p.unit_id = u.id AND p.leads AND p.since <= {NOW} AND p.until > {NOW}
            WHERE q.id = of_proposal AND q.asked_by_id = laget_person() AND p.person_id <> q.asked_by_id
              AND NOT sight_barred(q.child_id, p.person_id, 'worker')
              AND NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = q.child_id AND s.person_id = p.person_id
                              AND s.kind IN ('parent', 'child', 'guardian'))
            """),
        # As before; a parent who works here and is kept away at work is not kept away as a parent.
        Function("protection_kept_away(of_child uuid)", "SETOF uuid", f"""
            SELECT DISTINCT f.person_id FROM sight_forbid f
            WHERE f.child_id = of_child AND f.since <= {NOW} AND f.until > {NOW} AND f.capacity IN ('', 'citizen')
              AND f.person_id IN (SELECT protection_family(of_child))
            """),
        # One row of a feed. It can shut out and keep shut; all it can give back is what its own silence took.
        Function("protection_feed(of_person uuid, new_level text, new_rank integer, heard_at timestamptz, fresh interval)",
                 "text", f"""
            DECLARE
                held integer;
                first uuid;
                new_id uuid := gen_random_uuid();
            BEGIN
                INSERT INTO protection_heard (person_id, level, rank, seen)
                VALUES (of_person, new_level, new_rank, heard_at)
                ON CONFLICT (person_id) DO UPDATE SET level = EXCLUDED.level, rank = EXCLUDED.rank, seen = EXCLUDED.seen
                WHERE protection_heard.seen < EXCLUDED.seen;
                IF NOT FOUND THEN
                    RETURN 'old';
                END IF;
                -- What has not begun is put off; what has begun ends, and begins anew when this too has grown old.
                UPDATE sight_forbid SET since = greatest(heard_at + fresh, {NOW})
                WHERE child_id = of_person AND origin = 'stale' AND until > {NOW} AND since > {NOW};
                UPDATE sight_forbid SET until = {NOW}
                WHERE child_id = of_person AND origin = 'stale' AND until > {NOW} AND since <= {NOW};
                INSERT INTO sight_forbid (id, child_id, since, until, origin, person_id)
                SELECT DISTINCT ON (f.person) gen_random_uuid(), of_person, greatest(heard_at + fresh, {NOW}), {FOREVER},
                       'stale', f.person
                FROM (SELECT p.person_id FROM families_parent p WHERE p.child_id = of_person AND p.until > {NOW}
                      UNION SELECT s.person_id FROM sight_seat s
                            WHERE s.child_id = of_person AND s.kind IN ('parent', 'guardian') AND s.until > {NOW}) f (person)
                WHERE NOT EXISTS (SELECT 1 FROM sight_forbid x WHERE x.child_id = of_person AND x.person_id = f.person
                                  AND x.origin = 'stale' AND x.until > {NOW});
                SELECT max(g.rank) INTO held FROM protection_grading g WHERE g.person_id = of_person AND g.ended_at > {NOW};
                IF new_rank > coalesce(held, 0) THEN
                    SELECT h INTO first FROM protection_household(of_person) h ORDER BY h = of_person DESC, h LIMIT 1;
                    IF first IS NOT NULL THEN
                        INSERT INTO protection_grading (id, child_id, person_id, decision, level, rank, source, paper, at, ended_at)
                        VALUES (new_id, first, of_person, new_id, new_level, new_rank, 'register', '', {NOW}, {FOREVER});
                    END IF;
                    RETURN 'narrowed';
                END IF;
                RETURN CASE WHEN new_rank < coalesce(held, 0) THEN 'lower' ELSE 'same' END;
            END
            """, to="laget_worker", how=DEFINER),
        # Who is told that the register says less than what holds: those with a place around the children it covers.
        Function("protection_around(of_person uuid)", "TABLE (child uuid, person uuid)", f"""
            SELECT DISTINCT g.child_id, s.person_id FROM protection_grading g
            JOIN sight_seat s ON s.child_id = g.child_id AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}
            WHERE g.person_id = of_person AND g.ended_at > {NOW} AND NOT sight_barred(s.child_id, s.person_id, 'worker')
            """, to="laget_worker"),
        # Levels of which the register says less: for workers in the child's case.
        Function("protection_register_says(of_child uuid)", "TABLE (grading uuid, level text, seen timestamptz)", f"""
            SELECT g.id, h.level, h.seen FROM protection_grading g JOIN protection_heard h ON h.person_id = g.person_id
            WHERE g.child_id = of_child AND g.ended_at > {NOW} AND h.rank < g.rank AND h.seen > g.at
              AND laget_capacity() = 'worker' AND of_child IN (SELECT sight_cases())
            """),
        # Who has opened a page about a protected child since a moment, one row for each day; answers how many are new.
        Function("protection_note_looks(since_at timestamptz)", "integer", """
            WITH told AS (
                INSERT INTO protection_look (id, reader_id, child, unit, day, at, page, times)
                SELECT gen_random_uuid(), r.person, c.child,
                       (SELECT p.unit_id FROM directory_position p WHERE p.id = (array_agg(r.position ORDER BY r.at DESC))[1]),
                       (r.at AT TIME ZONE 'Europe/Oslo')::date, max(r.at), (array_agg(r.page ORDER BY r.at DESC))[1], count(*)
                FROM audit_reading r CROSS JOIN LATERAL unnest(r.children) c (child)
                WHERE r.at >= since_at AND r.capacity = 'worker'
                  AND r.children && ARRAY(SELECT g.child_id FROM protection_grading g WHERE g.rank > 0)
                  AND EXISTS (SELECT 1 FROM protection_grading g WHERE g.child_id = c.child AND g.rank > 0
                              AND g.at <= r.at AND g.ended_at > r.at)
                GROUP BY r.person, c.child, (r.at AT TIME ZONE 'Europe/Oslo')::date
                ON CONFLICT (reader_id, child, day) DO UPDATE SET times = EXCLUDED.times, at = EXCLUDED.at, page = EXCLUDED.page
                WHERE protection_look.at < EXCLUDED.at
                RETURNING xmax = 0 AS fresh)
            SELECT count(*) FILTER (WHERE fresh)::integer FROM told
            """, to="laget_worker", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
