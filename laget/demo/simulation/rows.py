"""Lines for COPY, table by table; the columns are named here, and the database refuses when one is missing."""

from __future__ import annotations

from random import Random

NULL = "\\N"
_FACT = ("id", "child_id", "since", "until", "origin", "origin_id")
COLUMNS: dict[str, tuple[str, ...]] = {
    "people_person": ("id", "registered_at"),
    "people_name": ("person_id", "given", "family", "sort_key"),
    "people_nationalnumber": ("person_id", "sealed", "index"),
    "directory_service": ("id", "name", "act", "sort", "private"),
    "directory_unit": ("id", "service_id", "name"),
    "directory_position": (
        "id", "person_id", "unit_id", "title", "phone", "leads", "administers", "protects", "since", "until",
    ),
    "sight_seat": (*_FACT, "person_id", "kind", "position_id"),
    "sight_cover": (*_FACT, "service_id", "kind", "purpose", "log_from", "plan_from"),
    "sight_forbid": (*_FACT, "person_id", "capacity"),
    "notices_notice": ("id", "recipient_id", "capacity", "event", "address", "child", "at", "read_at"),
    "notices_dispatch": ("id", "notice_id", "state", "attempts", "made_at", "tried_at"),
    "families_child": ("person_id", "born", "expected", "registered_at", "registered_by"),
    "families_parent": (
        "id", "child_id", "person_id", "relation", "responsibility", "source", "language", "interpreter", "since",
        "until", "registered_by",
    ),
    "families_sibling": ("id", "child_id", "sibling_id", "since", "registered_by"),
    "consents_request": (
        "id", "child_id", "service_id", "purpose", "kinds", "reach", "until", "why", "text_version", "asked_by_id",
        "position_id", "asked_at", "answer_by", "ended_at", "opens_case", "typed", "first_words", "excluded", "rule",
        "guide", "heard", "view", "view_words",
    ),
    "consents_party": ("id", "request_id", "child_id", "person_id", "role", "told_at", "one_of", "ended_at"),
    "consents_answer": (
        "id", "request_id", "child_id", "person_id", "kinds", "reach", "until", "form", "withdraws", "joins", "at",
        "language", "interpreter", "child_heard", "text_version", "excluded",
    ),
    "cases_case": ("id", "child_id", "service_id", "level", "guide_version", "opened_at", "opened_by_id", "closed_at"),
    "cases_turn": ("id", "case_id", "child_id", "sort", "reason", "note", "at", "by_id"),
    "cases_step": ("id", "case_id", "child_id", "level", "reason", "at", "by_id"),
    "cases_baton": (
        "id", "case_id", "child_id", "position_id", "since", "until", "acting", "answer_by", "origin", "origin_id",
    ),
    "cases_offer": (
        "id", "case_id", "child_id", "giver_id", "receiver_id", "words", "made_at", "state", "answered_at",
        "answer_words",
    ),
    "cases_invitation": (
        "id", "case_id", "child_id", "position_id", "words", "made_by_id", "made_at", "state", "answered_at",
    ),
    "cases_log": (
        "id", "case_id", "child_id", "sort", "kind", "audience", "persons", "words", "how_asked", "author_id",
        "position_id", "service_id", "at",
    ),
    "plans_goal": (
        "id", "case_id", "child_id", "audience", "persons",
        "kind", "area", "words", "version", "agreed_at", "agreed_by_id", "ended_at",
        "outcome",
    ),
    "plans_measure": (
        "id", "goal_id", "child_id", "audience", "persons",
        "kind", "words", "version", "place", "position_id", "person_id", "agreed_at",
        "agreed_by_id", "start", "due", "ended_at", "outcome",
    ),
    "plans_evaluation": (
        "id", "child_id", "goal_id", "measure_id", "audience", "persons",
        "kind", "outcome", "words", "childs_words", "how_asked", "at",
        "by_id", "parents_words",
    ),
    "plans_matter": (
        "id", "case_id", "child_id", "audience", "persons", "kind", "voice", "words", "how_asked", "at", "by_id",
    ),
    "audit_entry": (
        "id", "at", "person", "capacity", "position", "event", "child", "object_id", "cause", "details",
    ),
    "audit_reading": (
        "id", "at", "person", "capacity", "position", "service", "page", "children", "object_id", "kinds", "ground",
    ),
}  # fmt: skip


class Rows:
    """What has been made and not yet written."""

    def __init__(self, random: Random) -> None:
        self._bits = random.getrandbits
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}

    def id(self) -> str:
        """A fresh id, of the form that `uuid4` gives."""
        bits = self._bits(128)
        return f"{bits & ~(0xF << 76) & ~(3 << 62) | 4 << 76 | 2 << 62:032x}"

    def add(self, table: str, *values: str) -> None:
        """One row: every value as COPY reads it, in the order of COLUMNS."""
        self.lines[table].append("\t".join(values))

    def taken(self) -> dict[str, list[str]]:
        """What has been made since last time, and forget it."""
        made, self.lines = self.lines, {table: [] for table in COLUMNS}
        return {table: lines for table, lines in made.items() if lines}
