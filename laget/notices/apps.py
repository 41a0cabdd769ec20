"""Listens to the directory, which stands below and can tell nobody itself."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "laget.notices"
    label = "notices"

    def ready(self) -> None:
        from laget.notices import listeners  # noqa: F401
