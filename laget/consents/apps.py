"""Connects consents to what families announce, and tells the room of files who sees the scan of an answer on paper."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "laget.consents"
    label = "consents"

    def ready(self) -> None:
        from laget.consents import listeners  # noqa: F401
        from laget.consents.access import hold_paper, may_add_scan, visible_papers
        from laget.documents import rights

        rights.register("paper", visible_papers, may_add_scan, hold_paper)
