"""What tells where a protected child is: sealed, and held against all that leaves the house."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy

IN_CASE = "(SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_cases()))"


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
        ('protection', '0002_addresses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='sort',
            field=models.CharField(choices=[('end_restriction', 'End Restriction'), ('open_parent', 'Open Parent'), ('end_grading', 'End Grading'), ('release', 'Release'), ('other_alone', 'Other Alone')], max_length=20),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sort', models.CharField(max_length=12)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
        ),
    ]

    # The locks of these tables.
    operations += [
        Guard("protection_place",
              Policy("around", "SELECT", using=IN_CASE),
              Policy("seal", "INSERT", check=f"{IN_CASE} AND by_id = (SELECT laget_person())"),
              app="SELECT (id, child_id, sort, by_id, at), INSERT"),
        # Sealed, whoever asks: what opens it is outside the database. All of it, since a letter about one child can
        # tell where another lives.
        Function("protection_places()", "TABLE (sort text, sealed bytea)", """
            SELECT p.sort, p.sealed FROM protection_place p WHERE protection_protected(p.child_id) ORDER BY p.id
            """),
        Function("protection_released(content uuid)", "boolean", """
            SELECT EXISTS (SELECT 1 FROM protection_proposal q
                           WHERE q.sort = 'release' AND q.subject = content AND q.agreed)
            """),
    ]
