import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Guard, Policy


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_only_in_sight'),
        ('people', '0002_a_contact_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailWish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('capacity', models.CharField(max_length=10)),
                ('mail', models.CharField(max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'capacity', 'at'], name='notices_mai_person__012671_idx')],
            },
        ),
        Guard("notices_mailwish",
              Policy("own_wish", "SELECT", using="person_id = (SELECT laget_person()) AND capacity = (SELECT laget_capacity())"),
              Policy("wish", "INSERT", check="person_id = (SELECT laget_person()) AND capacity = (SELECT laget_capacity())"),
              Policy("sends_mail", "SELECT", using="true", to="laget_worker"),
              app="SELECT, INSERT", worker="SELECT"),
    ]
