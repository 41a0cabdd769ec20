"""Tells the guide where its versions stand, as soon as Django is ready."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "laget.guide"

    def ready(self) -> None:
        from laget.guide import access, versions

        versions.connect(versions.Source(access.rows, access.text))
