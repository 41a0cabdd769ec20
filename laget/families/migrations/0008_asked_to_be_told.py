"""A parent without a place here asks to be told about the child: request, answer, and the county governor's decisions."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import APP, Function, Guard, Policy

OF_OURS = (
    "child_id = ANY (ARRAY(SELECT sight_cases())) "
    "AND (child_id, service_id) IN (SELECT child, service FROM families_asked_of())"
)
OURS = "request_id IN (SELECT r.id FROM families_informationrequest r)"
BY_ME = " AND by_id = (SELECT laget_person())"


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_changes'),
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
        ('sight', '0005_at_work_and_in_an_emergency'),
    ]

    operations = [
        migrations.CreateModel(
            name='InformationRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mark', models.BinaryField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('asked_on', models.DateField()),
                ('words', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
            ],
        ),
        migrations.CreateModel(
            name='InformationAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('identity', models.CharField(max_length=12)),
                ('outcome', models.CharField(max_length=8)),
                ('given', models.TextField(blank=True)),
                ('withheld', models.TextField(blank=True)),
                ('ground', models.CharField(blank=True, max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('told', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='families.informationrequest')),
            ],
        ),
        migrations.CreateModel(
            name='InformationRight',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lost', models.BooleanField()),
                ('decided_on', models.DateField()),
                ('reference', models.CharField(max_length=100)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='families.informationrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='informationrequest',
            index=models.Index(fields=['child', 'service', 'at'], name='families_in_child_i_6af472_idx'),
        ),
        migrations.AddConstraint(
            model_name='informationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('asker__isnull', False), ('mark__isnull', False), _connector='OR'), name='asker_can_be_recognised'),
        ),
        migrations.AddConstraint(
            model_name='informationanswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('given', 'part')), ('given', ''), _connector='OR'), name='refused_gives_nothing'),
        ),
    ]

    # The locks of these tables: those of the service that was asked, who take part in the child's case. Never a family.
    operations += [
        Function("families_asked_of()", "TABLE (child uuid, service uuid)", """
            SELECT h.child, h.service FROM sight_held() h
            WHERE h.kind = 'service' AND EXISTS (
                SELECT 1 FROM sight_cover c WHERE c.child_id = h.child AND c.service_id = h.service
                AND c.since <= statement_timestamp() AND c.until > statement_timestamp())
            """, to=APP),
        Guard("families_informationrequest",
              Policy("of_ours", "SELECT", using=OF_OURS),
              Policy("write_down", "INSERT", check=OF_OURS + BY_ME),
              app="SELECT, INSERT"),
        # Whether nothing may be told to the one who asks: kept away from the child, or the right is lost. Asked about a
        # request that stands, so that nobody tries one person after another. Never says which of them it was. Who is
        # kept away at work only is asked about as a parent, and is none of the two.
        Function("families_closed_to(of_request uuid)", "boolean", """
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
                           ORDER BY d.decided_on DESC, d.at DESC LIMIT 1)))
            """, to=APP),
        Guard("families_informationanswer",
              Policy("of_ours", "SELECT", using=OURS),
              Policy("answer", "INSERT",
                     check=OURS + BY_ME + " AND (outcome NOT IN ('given', 'part') OR NOT families_closed_to(request_id))"),
              app="SELECT, INSERT"),
        Guard("families_informationright",
              Policy("of_ours", "SELECT", using=OURS),
              Policy("note", "INSERT", check=OURS + BY_ME),
              app="SELECT, INSERT"),
    ]
