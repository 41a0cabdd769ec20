"""What two people release is kept word for word, so that the second one reads it and nothing else leaves."""

import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import APP, Function, Guard, Policy

SEEN = "EXISTS (SELECT 1 FROM protection_proposal q WHERE q.id = proposal_id)"
MINE = ("EXISTS (SELECT 1 FROM protection_proposal q WHERE q.id = proposal_id AND q.sort = 'release' "
        "AND q.asked_by_id = (SELECT laget_person()) AND q.answered_at IS NULL AND q.child_id = protection_letter.child_id)")


class Migration(migrations.Migration):

    dependencies = [("protection", "0005_opened_to_a_holder")]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("proposal", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="letter", serialize=False, to="protection.proposal")),
                ("sealed", models.BinaryField()),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
            ],
        ),
        # As what is asked: the one who asks, and the leaders who may answer.
        Guard("protection_letter",
              Policy("with_the_proposal", "SELECT", using=SEEN),
              Policy("ask", "INSERT", check=MINE),
              app="SELECT, INSERT"),
        # Sort and sealed value of what tells where this child is, for the second person who reads the letter. Whoever
        # asks gets none: by asking again and again one would learn what is known.
        Function("protection_places_in(of_proposal uuid)", "TABLE (sort text, sealed bytea)", """
            SELECT p.sort, p.sealed FROM protection_proposal q JOIN protection_place p ON p.child_id = q.child_id
            WHERE q.id = of_proposal AND q.sort = 'release' AND laget_capacity() = 'worker'
              AND q.asked_by_id <> laget_person() AND q.services && ARRAY(SELECT protection_services_led())
            ORDER BY p.id
            """, to=APP),
    ]
