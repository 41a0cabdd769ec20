"""Connects the notebook to what consents announce."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "laget.concerns"
    label = "concerns"

    def ready(self) -> None:
        from laget.concerns import listeners  # noqa: F401
