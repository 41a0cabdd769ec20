"""Tells the guide where its versions stand, and the kit what things are called here, as soon as Django is ready."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "laget.guide"

    def ready(self) -> None:
        from laget.design.speaking import words_come_from
        from laget.guide import access, versions
        from laget.guide.words import own_word

        words_come_from(own_word)
        versions.connect(versions.Source(access.rows, access.text))
