"""Tells `access` who is a young person that reads about itself, and about nobody else."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "laget.families"
    label = "families"

    def ready(self) -> None:
        from laget.access.database import Beside, asked_beside

        asked_beside(Beside.ALONE, "families_alone")
