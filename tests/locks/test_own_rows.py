"""Every policy that lets the application read leans on the facts of sight, or is named here with the reason."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.locks]

OWN = {
    "access_draft.own_draft": "what one is typing oneself",
    "access_receipt.own_receipt": "what one has sent oneself",
    "audit_entry.own_deeds": "what one has done oneself",
    "audit_reading.own_readings": "what one has looked at oneself",
    "consents_party.with_the_request": "whoever sees the request, whose own policy leans on the facts",
    "people_contact.own_contact": "one's own address",
    "people_name.families_have_names": "whoever sees the tie to a child, whose own policy leans on the facts",
    "people_name.own_name": "one's own name",
    "people_name.workers_have_names": "those who work for the municipality, by name",
    "people_person.opaque": "an id and nothing else",
    "sight_forbid.concerns_me": "read only to deny",
}


def test_a_policy_that_leans_on_no_fact_of_sight_has_a_reason():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename || '.' || policyname FROM pg_policies WHERE 'laget_app' = ANY (roles) "
            "AND cmd IN ('SELECT', 'ALL') AND coalesce(qual, '') NOT LIKE '%sight\\_%'"
        )
        assert {name for (name,) in cursor.fetchall()} == set(OWN)
