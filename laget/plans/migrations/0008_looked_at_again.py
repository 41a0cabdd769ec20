"""What of the plan is kept from a parent is looked at again: what stands under a goal with the goal's readers, with it."""

from django.db import migrations

from laget.audit.ground import WORKER, Function


class Migration(migrations.Migration):

    dependencies = [("plans", "0007_no_more_readers_than_the_goal"), ("cases", "0016_looked_at_again")]

    operations = [
        Function("plans_choices_due(by_day date)",
                 "TABLE (sort text, id uuid, child uuid, person uuid, since timestamptz)", """
            WITH due AS (SELECT * FROM cases_choices_due(by_day))
            SELECT 'goal', g.id, d.child, d.person, d.since FROM due d
            JOIN plans_goal g ON g.id = d."of" AND g.audience = d.audience
            UNION ALL
            SELECT 'measure', m.id, d.child, d.person, d.since FROM due d
            JOIN plans_measure m ON m.id = d."of" AND m.audience = d.audience
            JOIN plans_goal g ON g.id = m.goal_id AND (g.audience, g.persons) IS DISTINCT FROM (m.audience, m.persons)
            UNION ALL
            SELECT 'matter', t.id, d.child, d.person, d.since FROM due d
            JOIN plans_matter t ON t.id = d."of" AND t.audience = d.audience
            """, to=WORKER),
    ]
