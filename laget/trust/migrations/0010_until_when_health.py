"""Who could see a child's health is answered with until when a parent's place let know it."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("trust", "0009_texts_with_readers"), ("sight", "0009_health_until")]

    operations = [
        Replaced("laget.trust.migrations.0003_asking", "trust_seats"),
        # As before, with that.
        Function("trust_seats(of_inquiry uuid)",
                 "TABLE (id uuid, person uuid, called text, kind text, since timestamptz, until timestamptz, origin text, "
                 "service uuid, organisation text, title text, works_since timestamptz, works_until timestamptz, "
                 "health_until timestamptz)", """
            SELECT s.id, s.person_id, trim(n.given || ' ' || n.family), s.kind, s.since, s.until, s.origin,
                   u.service_id, v.name, p.title, p.since, p.until,
                   s.health_until
            FROM trust_open(of_inquiry) i
            JOIN sight_seat s ON s.child_id = i.child_id AND s.since < i.ends AND s.until > i.begins
            LEFT JOIN people_name n ON n.person_id = s.person_id
            LEFT JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            LEFT JOIN directory_service v ON v.id = u.service_id
            WHERE s.position_id IS NULL OR p.id IS NOT NULL
            ORDER BY s.since, s.id
            """, to="laget_app"),
    ]
