"""One who only asks for consent reads what was typed: a registered name would tell that the child was known before."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("sight", "0001_initial")]

    operations = [
        # Children whose registered name the actor may read: all whose identity the actor may know, but for those that
        # the actor only asks about. The one invited is told whose child it is.
        Function("sight_named()", "SETOF uuid", """
            SELECT h.child FROM sight_held() h
            WHERE h.kind IN ('parent', 'child', 'guardian')
               OR (h.kind = 'service' AND EXISTS (
                    SELECT 1 FROM sight_cover c WHERE c.child_id = h.child AND c.service_id = h.service
                    AND c.kind = 'identity' AND c.since <= statement_timestamp() AND c.until > statement_timestamp()))
               OR (h.kind = 'asking' AND EXISTS (
                    SELECT 1 FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                    WHERE s.child_id = h.child AND s.person_id = laget_person() AND s.kind = 'asking'
                      AND s.origin = 'invitation' AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
                      AND p.person_id = s.person_id AND p.since <= statement_timestamp() AND p.until > statement_timestamp()))
            """),
    ]
