import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Open, Trigger


class Migration(migrations.Migration):

    dependencies = [
        ('guide', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('begun_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
            options={
                'ordering': ('-begun_at',),
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('part', models.CharField(max_length=20)),
                ('own', models.TextField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.UUIDField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guide.draft')),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('draft', 'number'), name='guide_wording_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('begins', models.DateField()),
                ('against', models.CharField(max_length=20)),
                ('two', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.UUIDField()),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guide.wording')),
            ],
            options={
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ruling', serialize=False, to='guide.proposal')),
                ('outcome', models.CharField(choices=[('taken', 'taken'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.UUIDField()),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guide.version')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'taken'), ('version__isnull', False)), models.Q(('outcome', 'withdrawn'), ('version__isnull', True)), _connector='OR'), name='guide_ruling_whole')],
            },
        ),
    ]

    # The locks of these tables: they name no child and no family, and what was said or decided is only added.
    operations += [
        Open("guide_draft", app="SELECT, INSERT, UPDATE (ended_at, ended_by)"),
        Open("guide_wording", app="SELECT, INSERT"),
        Open("guide_proposal", app="SELECT, INSERT"),
        Open("guide_ruling", app="SELECT, INSERT"),
        Function("guide_ruling_is_due()", "trigger",
                 """
                 DECLARE proposed guide_proposal; said guide_wording;
                 BEGIN
                   SELECT * INTO STRICT proposed FROM guide_proposal WHERE id = NEW.proposal_id;
                   SELECT * INTO STRICT said FROM guide_wording WHERE id = proposed.wording_id;
                   IF NEW.outcome = 'taken' AND proposed.two AND proposed."by" = NEW."by" THEN
                     RAISE EXCEPTION 'another administrator than the one who proposed must confirm';
                   END IF;
                   IF NEW.outcome = 'taken' AND EXISTS (
                       SELECT 1 FROM guide_wording WHERE draft_id = said.draft_id AND number > said.number) THEN
                     RAISE EXCEPTION 'the draft was changed after it was proposed';
                   END IF;
                   RETURN NEW;
                 END
                 """,
                 how="LANGUAGE plpgsql", to=""),
        Trigger("guide_ruling_is_due", "guide_ruling", "BEFORE INSERT", "guide_ruling_is_due"),
        Function("guide_said_stands()", "trigger",
                 " BEGIN RAISE EXCEPTION 'what was said of the guide is never changed'; END ",
                 how="LANGUAGE plpgsql", to=""),
        Trigger("guide_wording_stands", "guide_wording", "BEFORE UPDATE OR DELETE", "guide_said_stands"),
        Trigger("guide_proposal_stands", "guide_proposal", "BEFORE UPDATE OR DELETE", "guide_said_stands"),
        Trigger("guide_ruling_stands", "guide_ruling", "BEFORE UPDATE OR DELETE", "guide_said_stands"),
    ]
