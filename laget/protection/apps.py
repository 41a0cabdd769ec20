"""Tells `families` whose consent is not asked for."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "laget.protection"
    label = "protection"

    def ready(self) -> None:
        from laget.families import ground as families
        from laget.protection.ground import without_a_say

        families.without_a_say_come_from(without_a_say)
