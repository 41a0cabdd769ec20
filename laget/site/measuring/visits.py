"""Who opens which page: many people with an ordinary working day, found by the database's owner, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, LiteralString
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg

CSRF = "measured" * 4
"""Any 32 letters or digits do, when cookie and form agree."""


@dataclass(frozen=True)
class Visit:
    """One request of one signed-in person."""

    page: str
    person: UUID
    capacity: str
    path: str
    form: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """The form as a browser sends it, with a fresh key; nothing for a page that is read."""
        if not self.form:
            return b""
        fields = {"csrfmiddlewaretoken": CSRF, "key": str(uuid4()), **self.form}
        return urlencode([(name, one) for name, value in fields.items() for one in value.split("\n")]).encode()


_DAY: LiteralString = """
    SELECT p.person_id, count(*) FROM cases_baton b JOIN directory_position p ON p.id = b.position_id
    WHERE b.until = timestamptz '9999-01-01 00:00+00' GROUP BY 1 ORDER BY abs(count(*) - 30), md5(p.person_id::text)
    LIMIT %s
"""
_CHILD: LiteralString = """
    SELECT p.person_id, b.case_id FROM cases_baton b JOIN directory_position p ON p.id = b.position_id
    WHERE b.until = timestamptz '9999-01-01 00:00+00' ORDER BY md5(b.case_id::text) LIMIT %s
"""
_FAMILY: LiteralString = """
    SELECT s.person_id, s.child_id FROM cases_case c
    JOIN sight_seat s ON s.child_id = c.child_id AND s.kind = 'parent' AND s.until > statement_timestamp()
    WHERE c.closed_at = timestamptz '9999-01-01 00:00+00'
      AND NOT EXISTS (SELECT FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id)
    ORDER BY md5(s.id::text) LIMIT %s
"""
_SEARCH: LiteralString = """
    SELECT DISTINCT ON (md5(h.person_id::text)) h.person_id, left(n.given, 3)
    FROM (SELECT p.person_id FROM cases_baton b JOIN directory_position p ON p.id = b.position_id
          WHERE b.until = timestamptz '9999-01-01 00:00+00' GROUP BY 1
          ORDER BY abs(count(*) - 30), md5(p.person_id::text) LIMIT %s) h
    JOIN sight_seat s ON s.person_id = h.person_id AND s.kind = 'service' AND s.until > statement_timestamp()
    JOIN people_name n ON n.person_id = s.child_id
    ORDER BY md5(h.person_id::text), md5(s.id::text)
"""
# Those who are the last to answer: a yes from them opens what was asked for.
_CONSENT: LiteralString = """
    SELECT p.person_id, r.id, array_to_string(r.kinds, ' ')
    FROM consents_request r JOIN consents_party p ON p.request_id = r.id AND p.role = 'parent'
    JOIN sight_seat s ON s.child_id = r.child_id AND s.person_id = p.person_id AND s.until > statement_timestamp()
    WHERE r.ended_at = timestamptz '9999-01-01 00:00+00' AND r.answer_by > statement_timestamp() AND NOT r.opens_case
      AND NOT EXISTS (SELECT FROM sight_cover v WHERE v.origin_id = r.id AND v.until > statement_timestamp())
      AND NOT EXISTS (SELECT FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id)
      AND NOT EXISTS (SELECT FROM consents_party o WHERE o.request_id = r.id AND o.person_id <> p.person_id
                      AND NOT EXISTS (SELECT FROM consents_answer a
                                      WHERE a.request_id = r.id AND a.person_id = o.person_id))
    ORDER BY md5(r.id::text) LIMIT %s
"""


Chain = tuple[Visit, ...]
"""Visits that are made one after the other."""


def find(owner: psycopg.Connection[Any], users: int) -> list[Chain]:
    """Chains for each page, `users` of each or as many as there are."""
    return [made(*row) for query, made in _PAGES.values() for row in owner.execute(query, [users]).fetchall()]


def _my_day(person: UUID, _held: int) -> Chain:
    return (Visit("my day", person, "worker", "/"),)


def _child(person: UUID, case: UUID) -> Chain:
    return (Visit("child's page", person, "worker", f"/cases/{case}/"),)


def _family(person: UUID, child: UUID) -> Chain:
    return (Visit("family's page", person, "citizen", f"/family/{child}/"),)


def _plan(person: UUID, case: UUID) -> Chain:
    return (Visit("the plan", person, "worker", f"/cases/{case}/plan/"),)


def _ledger(person: UUID, child: UUID) -> Chain:
    return (Visit("the consents", person, "citizen", f"/family/{child}/consents/"),)


def _search(person: UUID, part: str) -> Chain:
    return (Visit("search", person, "worker", "/search/", {"name": part}),)


def _consent(person: UUID, request: UUID, kinds: str) -> Chain:
    """Given, and then withdrawn: the database can be measured again."""
    subjects = "\n".join(kind for kind in kinds.split() if kind != "identity")
    form = {"answer": "yes", "kinds": subjects}
    return (
        Visit("consent given", person, "citizen", f"/consents/{request}/", form),
        Visit("consent withdrawn", person, "citizen", f"/consents/{request}/withdraw/", {"sure": "yes"}),
    )


_PAGES: dict[str, tuple[LiteralString, Callable[..., Chain]]] = {
    "my day": (_DAY, _my_day),
    "child": (_CHILD, _child),
    "plan": (_CHILD, _plan),
    "family": (_FAMILY, _family),
    "ledger": (_FAMILY, _ledger),
    "search": (_SEARCH, _search),
    "consent": (_CONSENT, _consent),
}
PAGES = (
    "my day", "child's page", "the plan", "family's page", "the consents", "search", "consent given",
    "consent withdrawn",
)  # fmt: skip
