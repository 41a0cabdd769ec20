"""Listens to `families`, tells it whose consent is not asked for, and looks at all that others let leave."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "laget.protection"
    label = "protection"

    def ready(self) -> None:
        from laget.access.database import Beside, asked_beside
        from laget.access.gate import veiled_by
        from laget.families import ground as families
        from laget.notices import leaving
        from laget.protection import listeners  # noqa: F401
        from laget.protection.actions.holding import keep
        from laget.protection.ground import without_a_say
        from laget.protection.leaving import watch
        from laget.protection.veil import veil

        families.without_a_say_come_from(without_a_say)
        leaving.watched_by(watch)
        leaving.kept_by(keep)
        veiled_by(veil)
        asked_beside(Beside.HIDES, "protection_hides_from")
