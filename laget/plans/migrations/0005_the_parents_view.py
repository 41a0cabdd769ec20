"""An evaluation has room for the parents' view, which some guides do not let it do without."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_what_was_is_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='evaluation',
            name='parents_words',
            field=models.TextField(blank=True),
        ),
    ]
