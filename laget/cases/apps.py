"""Connects the relay to what consents and the directory announce, and answers what consents ask about cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "laget.cases"
    label = "cases"

    def ready(self) -> None:
        from laget.cases import listeners  # noqa: F401
        from laget.cases.access import visible_entries
        from laget.cases.answers import answer_lower_rooms, version_followed
        from laget.cases.rights import hold_entry, may_add_file_to
        from laget.documents import rights
        from laget.guide.words import versions_come_from

        rights.register("entry", visible_entries, may_add_file_to, hold_entry)
        answer_lower_rooms()
        versions_come_from(version_followed)
