"""Whoever may end a place or a cover ends it, and does not begin one again by it."""

from django.db import migrations

ENDS = "until <= greatest(since, statement_timestamp())"


class Migration(migrations.Migration):

    dependencies = [("sight", "0011_what_a_letter_opens")]

    # Not whether the row is in sight still: the one who ends the last place sees it no more.
    operations = [
        migrations.RunSQL(
            [f'ALTER POLICY "end_around" ON "sight_seat" WITH CHECK ({ENDS})',
             f'ALTER POLICY "end" ON "sight_cover" WITH CHECK ({ENDS})'],
            ['ALTER POLICY "end_around" ON "sight_seat" WITH CHECK (true)',
             'ALTER POLICY "end" ON "sight_cover" WITH CHECK (true)'],
        ),
    ]
