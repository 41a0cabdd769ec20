"""Connects consents to what families announce."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "laget.consents"
    label = "consents"

    def ready(self) -> None:
        from laget.consents import listeners  # noqa: F401
