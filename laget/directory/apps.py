"""Tells `access` where a worker's positions are found, and whose account somebody signs in with."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "laget.directory"
    label = "directory"

    def ready(self) -> None:
        from laget.access.oidc.recognising import workers_come_from
        from laget.access.sessions import places_come_from
        from laget.directory.access import places_of
        from laget.directory.signing_in import signing_in

        places_come_from(places_of)
        workers_come_from(signing_in)
