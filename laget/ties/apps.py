"""Connects the ties to what the families and the directory announce."""

from django.apps import AppConfig


class TiesConfig(AppConfig):
    name = "laget.ties"
    label = "ties"

    def ready(self) -> None:
        from laget.ties import listeners  # noqa: F401
