"""A file is seen by whoever sees what it belongs to, as the rooms above say; its bytes only when it opens."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import WORKER, Function, Guard, Policy


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0008_which_human'),
        ('families', '0010_a_parent_added'),
        ('people', '0002_a_contact_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sort', models.CharField(max_length=12)),
                ('of', models.UUIDField()),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField(default=1)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('scanned', 'Scanned'), ('unscanned', 'Unscanned'), ('harmful', 'Harmful')], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
        ),
        migrations.CreateModel(
            name='Content',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='documents.file')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(fields=['of'], name='documents_f_of_3c4a51_idx'),
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(fields=['state'], name='documents_f_state_cccfe8_idx'),
        ),
    ]

    operations += [
        # No policy lets anybody read or write here: each room that has files opens its own sort.
        Guard("documents_file", app="SELECT, INSERT"),
        Guard("documents_content",
              Policy("of_a_file_that_opens", "SELECT", using="EXISTS (SELECT 1 FROM documents_file f "
                     "WHERE f.id = file_id AND f.state IN ('scanned', 'unscanned'))"),
              Policy("with_its_file", "INSERT", check="EXISTS (SELECT 1 FROM documents_file f "
                     "WHERE f.id = file_id AND f.by_id = (SELECT laget_person()))"),
              app="SELECT, INSERT"),
        # For the worker: what the scanner was silent about, and what it then answered.
        Function("documents_waiting()", "TABLE (file uuid, child uuid, sealed bytea)", """
            SELECT f.id, f.child_id, c.sealed FROM documents_file f JOIN documents_content c ON c.file_id = f.id
            WHERE f.state = 'waiting' ORDER BY f.at, f.id LIMIT 5
            """, to=WORKER),
        Function("documents_scanned(of_file uuid, says text)", "void", """
            UPDATE documents_content c SET sealed = '' FROM documents_file f
            WHERE f.id = of_file AND c.file_id = f.id AND f.state = 'waiting' AND says = 'harmful';
            UPDATE documents_file SET state = says
            WHERE id = of_file AND state = 'waiting' AND says IN ('scanned', 'harmful');
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
