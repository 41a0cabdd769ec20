"""A letter opens the children whom its maker helps, and none of the same person's others."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

before = import_module("laget.participation.migrations.0005_what_was_before_is_looked_through").with_reach
FAMILY = "kind IN ('parent', 'child', 'guardian')"
END = "RETURN made;"
OPENS = f"""IF of_letter IS NOT NULL THEN
                    UPDATE sight_seat s SET for_letter = coalesce(s.child_id = ANY (ARRAY(SELECT sight_cases())), false)
                    WHERE s.person_id = whom AND s.{FAMILY} AND s.until > statement_timestamp();
                END IF;
                {END}"""


def with_places() -> str:
    """As it was, and then the letter opens its places, anew for each letter."""
    assert before().count(END) == 1
    return before().replace(END, OPENS)


SHARED = import_module("laget.participation.migrations.0006_health_is_shared").Migration.operations[-1]
ANEW = (
    ("person_id, position_id, reads_from)", "person_id, position_id, reads_from, for_letter)"),
    ("with_person, NULL, held.reads_from)", "with_person, NULL, held.reads_from, held.for_letter)"),
)


def shared() -> str:
    """As it was; a place that begins anew opens by letter as the one before it."""
    body: str = SHARED.body
    for old, new in ANEW:
        assert body.count(old) == 1
        body = body.replace(old, new)
    return body


class Migration(migrations.Migration):

    dependencies = [
        ("participation", "0006_health_is_shared"), ("sight", "0011_what_a_letter_opens"),
    ]

    operations = [
        Replaced("laget.participation.migrations.0005_what_was_before_is_looked_through", "participation_set_up"),
        Function("participation_set_up(of_child uuid, from_position uuid, of_name bytea, of_letter bytea, "
                 "good_until timestamptz, said jsonb)", "uuid", with_places(),
                 how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
        Replaced("laget.participation.migrations.0006_health_is_shared", "participation_share_health"),
        Function(SHARED.signature, SHARED.returns, shared(), how=SHARED.how, to=SHARED.to),
        # Letters that are in use open the child they were made around.
        migrations.RunSQL(
            f"""UPDATE sight_seat s SET for_letter = true FROM participation_setup x
                WHERE x.child_id = s.child_id AND x.person_id = s.person_id AND x.until > statement_timestamp()
                AND s.{FAMILY} AND s.until > statement_timestamp()""",
            migrations.RunSQL.noop,
        ),
    ]
