"""Connects the plan's listeners."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "laget.plans"
    label = "plans"

    def ready(self) -> None:
        from laget.plans import listeners  # noqa: F401
