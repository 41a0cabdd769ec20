"""Decisions that keep a parent away, and what two people decide together; the facts of sight follow by triggers."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy, Trigger

NOW = "statement_timestamp()"
ME = "(SELECT laget_person())"
WORKS = "(SELECT laget_capacity()) = 'worker'"
IN_CASE = f"{WORKS} AND child_id = ANY (ARRAY(SELECT sight_cases()))"
NOT_KIN = "child_id <> ALL (ARRAY(SELECT protection_kin()))"
LED = "position_id = ANY (ARRAY(SELECT protection_positions_led()))"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
        ('sight', '0004_forbids_in_one_question'),
        ('audit', '0003_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('called', models.CharField(max_length=200)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('review_on', models.DateField()),
                ('reminded_on', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sort', models.CharField(choices=[('end_restriction', 'End Restriction')], max_length=20)),
                ('subject', models.UUIDField()),
                ('called', models.CharField(max_length=200)),
                ('child_called', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('agreed', models.BooleanField(null=True)),
                ('words', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='a_second_person_answers'), models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('agreed__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_by_somebody_at_some_time'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('sort', 'subject', 'person'), name='asked_once_at_a_time', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Why',
            fields=[
                ('restriction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='why', serialize=False, to='protection.restriction')),
                ('ground', models.CharField(max_length=20)),
                ('say', models.CharField(max_length=12)),
                ('paper', models.CharField(max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), fields=('child', 'person'), name='kept_away_once'),
        ),
    ]

    # The locks of these tables.
    operations += [
        # Children whom the actor has to do with in private, or must not know: of them one decides nothing.
        Function("protection_kin()", "SETOF uuid", f"""
            SELECT f.child_id FROM sight_forbid f
            WHERE f.person_id = laget_person() AND f.since <= {NOW} AND f.until > {NOW}
            UNION SELECT s.child_id FROM sight_seat s
                  WHERE s.person_id = laget_person() AND s.kind IN ('parent', 'child', 'guardian')
            """),
        # Positions in the units that the actor leads, also those that have ended: what was decided there is looked after.
        Function("protection_positions_led()", "SETOF uuid", f"""
            SELECT p.id FROM directory_position mine JOIN directory_position p ON p.unit_id = mine.unit_id
            WHERE laget_capacity() = 'worker' AND mine.person_id = laget_person() AND mine.leads
              AND mine.since <= {NOW} AND mine.until > {NOW}
            """),
        Function("protection_services_led()", "SETOF uuid", f"""
            SELECT u.service_id FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
            WHERE laget_capacity() = 'worker' AND p.person_id = laget_person() AND p.leads
              AND p.since <= {NOW} AND p.until > {NOW}
            """),
        # Those who may be kept away from a child in whose case the actor takes part: parents and guardians.
        Function("protection_family(of_child uuid)", "SETOF uuid", f"""
            SELECT f.person FROM (
                SELECT p.person_id FROM families_parent p WHERE p.child_id = of_child AND p.until > {NOW}
                UNION SELECT s.person_id FROM sight_seat s
                      WHERE s.child_id = of_child AND s.kind IN ('parent', 'guardian') AND s.until > {NOW}) f (person)
            WHERE laget_capacity() = 'worker' AND of_child IN (SELECT sight_cases())
            """),
        Guard("protection_restriction",
              Policy("around", "SELECT", using=IN_CASE),
              Policy("leads", "SELECT", using=f"{LED} AND {NOT_KIN}"),
              Policy("decide", "INSERT", check=f"{IN_CASE} AND by_id = {ME} "
                     "AND ended_at = timestamptz '9999-01-01 00:00+00' "
                     "AND person_id IN (SELECT protection_family(child_id))"),
              Policy("look_again", "UPDATE", using=IN_CASE),
              Policy("jobs", "ALL", using="true", check="true", to="laget_worker"),
              app="SELECT, INSERT, UPDATE (review_on)",
              worker="SELECT (id, child_id, by_id, position_id, review_on, reminded_on, ended_at), UPDATE (reminded_on)"),
        Guard("protection_why",
              Policy("around", "SELECT", using=f"{WORKS} AND child_id = ANY (ARRAY(SELECT p.child FROM sight_pairs() p "
                     "WHERE p.kind IN ('family_situation', 'child_welfare')))"),
              Policy("decided_here", "SELECT", using="EXISTS (SELECT 1 FROM protection_restriction r "
                     f"WHERE r.id = restriction_id AND (r.by_id = {ME} OR r.{LED}))"),
              Policy("decide", "INSERT", check="EXISTS (SELECT 1 FROM protection_restriction r "
                     f"WHERE r.id = restriction_id AND r.by_id = {ME} AND r.child_id = protection_why.child_id)"),
              app="SELECT, INSERT"),
        Guard("protection_proposal",
              Policy("asked", "SELECT", using=f"asked_by_id = {ME} AND {IN_CASE}"),
              Policy("leads", "SELECT", using="services && ARRAY(SELECT protection_services_led()) "
                     f"AND asked_by_id <> {ME} AND {NOT_KIN}"),
              Policy("ask", "INSERT", check=f"asked_by_id = {ME} AND {IN_CASE} AND answered_at IS NULL"),
              Policy("answer", "UPDATE", using="services && ARRAY(SELECT protection_services_led()) "
                     f"AND asked_by_id <> {ME} AND {NOT_KIN} AND answered_at IS NULL", check=f"answered_by_id = {ME}"),
              app="SELECT, INSERT, UPDATE (answered_by_id, answered_at, agreed, words)"),
        # A decision and its forbid are one: whoever writes the row has shut the parent out in the same statement.
        Function("protection_restricts()", "trigger", f"""
            BEGIN
                IF TG_OP = 'INSERT' AND NEW.ended_at > {NOW} THEN
                    INSERT INTO sight_forbid (id, child_id, since, until, origin, origin_id, person_id)
                    VALUES (gen_random_uuid(), NEW.child_id, {NOW}, timestamptz '9999-01-01 00:00+00', 'restricted',
                            NEW.id, NEW.person_id);
                ELSIF TG_OP = 'UPDATE' AND NEW.ended_at <= {NOW} THEN
                    UPDATE sight_forbid SET until = greatest(since, {NOW}) WHERE origin_id = NEW.id AND until > {NOW};
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
        Trigger("keeps_away", "protection_restriction", "AFTER INSERT OR UPDATE OF ended_at", "protection_restricts"),
        # What a second person has confirmed is carried out by the database, and by nothing else.
        Function("protection_carries_out()", "trigger", f"""
            BEGIN
                IF NEW.agreed AND OLD.agreed IS NULL AND NEW.sort = 'end_restriction' THEN
                    UPDATE protection_restriction SET ended_at = {NOW}
                    WHERE id = NEW.subject AND child_id = NEW.child_id AND ended_at > {NOW};
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
        Trigger("carries_out", "protection_proposal", "AFTER UPDATE OF agreed", "protection_carries_out"),
        # Leaders who may answer: others than the one who asked, with nothing to do with the child in private.
        Function("protection_confirmers(of_proposal uuid)", "SETOF uuid", f"""
            SELECT DISTINCT p.person_id FROM protection_proposal q
            JOIN directory_unit u ON u.service_id = ANY (q.services)
            JOIN directory_position p ON p.unit_id = u.id AND p.leads AND p.since <= {NOW} AND p.until > {NOW}
            WHERE q.id = of_proposal AND q.asked_by_id = laget_person() AND p.person_id <> q.asked_by_id
              AND NOT sight_forbidden(q.child_id, p.person_id)
              AND NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = q.child_id AND s.person_id = p.person_id
                              AND s.kind IN ('parent', 'child', 'guardian'))
            """),
        # Those of the family who are kept away now: ids, for workers in the child's case.
        Function("protection_kept_away(of_child uuid)", "SETOF uuid", f"""
            SELECT DISTINCT f.person_id FROM sight_forbid f
            WHERE f.child_id = of_child AND f.since <= {NOW} AND f.until > {NOW}
              AND f.person_id IN (SELECT protection_family(of_child))
            """),
        # Parents whose consent the law does not ask for, since the other decides alone: when another than the one who
        # decided has confirmed it, since it lets in on fewer people's yes.
        Function("protection_without_a_say(of_child uuid)", "SETOF uuid", f"""
            SELECT r.person_id FROM protection_restriction r JOIN protection_why w ON w.restriction_id = r.id
            WHERE r.child_id = of_child AND r.ended_at > {NOW} AND w.say = 'other_alone'
              AND EXISTS (SELECT 1 FROM protection_proposal q WHERE q.sort = 'other_alone' AND q.subject = r.id
                          AND q.child_id = r.child_id AND q.agreed AND q.answered_by_id <> r.by_id)
              AND of_child IN (SELECT sight_children())
            """),
    ]
