"""Tells `access` where a worker's positions are found."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "laget.directory"
    label = "directory"

    def ready(self) -> None:
        from laget.access.sessions import places_come_from
        from laget.directory.access import places_of

        places_come_from(places_of)
