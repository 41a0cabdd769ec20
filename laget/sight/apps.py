"""Tells `access` which kinds of information an actor may know, and whether there is anything here for a citizen."""

from django.apps import AppConfig


class SightConfig(AppConfig):
    name = "laget.sight"
    label = "sight"

    def ready(self) -> None:
        from laget.access.gate import Kinds, kinds_come_from
        from laget.access.oidc.recognising import families_come_from
        from laget.sight import listeners  # noqa: F401
        from laget.sight.access import all_kinds, has_family_here, kinds_beside, kinds_of_each

        kinds_come_from(Kinds(kinds_beside, all_kinds, kinds_of_each))
        families_come_from(has_family_here)
