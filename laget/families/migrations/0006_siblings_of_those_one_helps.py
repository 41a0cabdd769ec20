"""That two children are siblings is known to those who take part around both: asking about one of them tells nothing."""

from django.db import migrations

KNOWN = "{} = ANY (ARRAY(SELECT sight_children()))"
HELPED = KNOWN + " AND {} = ANY (ARRAY(SELECT sight_cases()))"


def both(each: str) -> str:
    return " AND ".join(each.format(*[column] * each.count("{}")) for column in ("child_id", "sibling_id"))


def policies(each: str) -> list[str]:
    return [
        'DROP POLICY "see_both" ON "families_sibling"',
        'DROP POLICY "link_both" ON "families_sibling"',
        f'CREATE POLICY "see_both" ON "families_sibling" FOR SELECT TO laget_app USING ({both(each)})',
        f'CREATE POLICY "link_both" ON "families_sibling" FOR INSERT TO laget_app WITH CHECK ({both(each)})',
    ]


class Migration(migrations.Migration):

    dependencies = [("families", "0005_named_at_birth")]

    operations = [migrations.RunSQL(policies(HELPED), policies(KNOWN))]
