"""A consent says what is excluded, how the child was heard, by which rule it was asked, and where one yes is enough."""

import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import APP, Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("consents", "0005_first_words_only_leave")]

    operations = [
        migrations.AddField("request", "excluded", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("request", "rule", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("request", "guide", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField(
            "request", "heard",
            models.CharField(
                blank=True, default="", max_length=12,
                choices=[("talk", "Talk"), ("other_way", "Other Way"), ("by_others", "By Others"),
                         ("not_yet_able", "Not Yet Able"), ("not_heard", "Not Heard")],
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "request", "view",
            models.CharField(
                blank=True, default="", max_length=10,
                choices=[("wants", "Wants"), ("against", "Against"), ("no_answer", "No Answer")],
            ),
            preserve_default=False,
        ),
        migrations.AddField("request", "view_words", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("party", "one_of", models.BooleanField(default=False)),
        migrations.AddField("answer", "excluded", models.TextField(blank=True, default=""), preserve_default=False),
    ]

    operations += [
        Replaced("laget.consents.migrations.0001_initial", "consents_standing"),
        # The latest answer of each who is asked, for the rule that makes the cover: the pages show only the result.
        Function("consents_standing(of_request uuid)",
                 "TABLE (person uuid, role text, answered boolean, kinds text[], reach text, until date, joins boolean, "
                 "one_of boolean, withdraws boolean)", """
            SELECT p.person_id, p.role, a.id IS NOT NULL, coalesce(a.kinds::text[], ARRAY[]::text[]), a.reach, a.until,
                   coalesce(a.joins, false), p.one_of, coalesce(a.withdraws, false)
            FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            LEFT JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND r.child_id IN (SELECT sight_children())
            ORDER BY p.person_id
            """),
        # What those who say yes do not want shared, for the one who asked: the words, never whose they are.
        Function("consents_excluded(of_request uuid)", "SETOF text", """
            SELECT a.excluded FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND r.asked_by_id = laget_person() AND laget_capacity() = 'worker'
              AND a.excluded <> '' AND cardinality(a.kinds) > 0 AND r.child_id IN (SELECT sight_children())
            ORDER BY a.excluded
            """, to=APP),
    ]
