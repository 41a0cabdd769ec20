"""A child that gets its place reads the log from that moment on; what was written before is looked through first."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

BEFORE = import_module("laget.participation.migrations.0004_who_sees_a_paper_has_not_asked").BODY
SEAT = "INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id)"
GIVEN = "'set_up', made, 'child', of_child\n"


def with_reach() -> str:
    """As it was, but the seat begins to read the log when it begins."""
    assert SEAT in BEFORE and GIVEN in BEFORE
    body = BEFORE.replace(SEAT, SEAT.replace("person_id)", "person_id, reads_from)"))
    return body.replace(GIVEN, "'set_up', made, 'child', of_child, statement_timestamp()\n")


class Migration(migrations.Migration):

    dependencies = [("participation", "0004_who_sees_a_paper_has_not_asked"), ("sight", "0007_reads_from")]

    operations = [
        Replaced("laget.participation.migrations.0004_who_sees_a_paper_has_not_asked", "participation_set_up"),
        Function("participation_set_up(of_child uuid, from_position uuid, of_name bytea, of_letter bytea, "
                 "good_until timestamptz, said jsonb)", "uuid", with_reach(),
                 how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
