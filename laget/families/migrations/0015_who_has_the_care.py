"""Child welfare has taken over the care of a child: as registered by child welfare itself, and for no family."""

import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, Function, Guard, Policy

FOREVER = datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0001_initial"), ("people", "0001_initial"), ("sight", "0001_initial"),
        ("families", "0014_health_passes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CareOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("decided_on", models.DateField()),
                ("decided_by", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=100)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_on", models.DateField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(default=FOREVER)),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("position", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.position")),
                ("ended_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={"constraints": [
                models.UniqueConstraint(condition=models.Q(("ended_at", FOREVER)), fields=("child",), name="one_care_order_at_a_time"),
                models.CheckConstraint(condition=models.Q(models.Q(("decided_by", ""), _negated=True), models.Q(("reference", ""), _negated=True)), name="care_is_decided_somewhere"),
                models.CheckConstraint(condition=models.Q(
                    models.Q(("ended_at", FOREVER), ("ended_by", None), ("ended_on", None)),
                    models.Q(("ended_by__isnull", False), ("ended_on__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                    _connector="OR"), name="a_care_order_ends_by_somebody"),
            ]},
        ),
    ]

    # The locks of this table.
    operations += [
        # Whether the one who acts works in child welfare with a place around this child: in the case, or to answer for it.
        Function("families_cares_for(of_child uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM sight_held() h JOIN directory_service v ON v.id = h.service
                WHERE h.child = of_child AND v.act = 'BVL' AND (h.kind = 'asking' OR (h.kind = 'service' AND EXISTS (
                    SELECT 1 FROM sight_cover c WHERE c.child_id = h.child AND c.service_id = h.service
                    AND c.since <= statement_timestamp() AND c.until > statement_timestamp()))))
            """, to=APP),
        # For deciding who is asked, by one who knows the child; no page shows it to one who only asks.
        Function("families_in_care(of_child uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM families_careorder o WHERE o.child_id = of_child AND o.ended_at > statement_timestamp()
                AND o.child_id IN (SELECT sight_children()))
            """, to=APP),
        Guard("families_careorder",
              Policy("around", "SELECT", using="(SELECT laget_capacity()) = 'worker' "
                     "AND child_id = ANY (ARRAY(SELECT sight_cases()))"),
              Policy("written_by_me", "SELECT", using="(SELECT laget_capacity()) = 'worker' "
                     "AND by_id = (SELECT laget_person()) AND child_id = ANY (ARRAY(SELECT sight_children()))"),
              Policy("register", "INSERT", check="by_id = (SELECT laget_person()) AND families_cares_for(child_id)"),
              Policy("end", "UPDATE", using="families_cares_for(child_id) AND ended_at > statement_timestamp()",
                     check="families_cares_for(child_id) AND ended_by_id = (SELECT laget_person())"),
              app="SELECT, INSERT, UPDATE (ended_on, ended_why, ended_by_id, ended_at)"),
    ]
