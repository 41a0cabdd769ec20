"""A worker writes down what one of the family said, and that one says what was meant: both rows stand."""

import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import Function, Trigger


class Migration(migrations.Migration):

    dependencies = [("cases", "0014_somebody_stands_in")]

    operations = [
        migrations.AddField("log", "spoken_for", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
        migrations.AddField("log", "spoken", models.CharField(blank=True, db_default="", default="", max_length=12)),
        migrations.AddField("log", "meant", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.log")),
        migrations.AddConstraint("log", models.CheckConstraint(
            condition=models.Q(models.Q(('spoken', ''), ('spoken_for', None)), models.Q(('spoken_for__isnull', False), models.Q(('spoken', ''), _negated=True)), _connector='OR'), name="spoken_for_says_how")),
        # One writes for another as a worker, for one of the child's family who is not kept away; and only the one for whom
        # it was written says what was meant.
        Function("cases_speaks_for()", "trigger", """
            BEGIN
                IF laget_capacity() IS NULL THEN RETURN NEW; END IF;
                IF NEW.spoken_for_id IS NOT NULL AND (laget_capacity() <> 'worker'
                   OR NOT cases_family_ids(NEW.child_id) ? NEW.spoken_for_id::text) THEN
                    RAISE EXCEPTION 'a worker writes for one of the family' USING ERRCODE = 'insufficient_privilege';
                END IF;
                IF NEW.meant_id IS NOT NULL AND (laget_capacity() <> 'citizen' OR NOT EXISTS (
                    SELECT 1 FROM cases_log m WHERE m.id = NEW.meant_id AND m.child_id = NEW.child_id
                    AND m.spoken_for_id = laget_person())) THEN
                    RAISE EXCEPTION 'only the one it was written for' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
            """, how="LANGUAGE plpgsql SECURITY DEFINER", to=""),
        Trigger("who_speaks_for_whom", "cases_log", "BEFORE INSERT", "cases_speaks_for"),
    ]
