"""Lets Jinja2 templates lie where every room keeps its pages, in `templates/`, and speak the municipality's words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.safestring import SafeString, mark_safe

from laget.design.speaking import spoken


class Speaking:
    """A template whose marked words are said as they are said here."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.origin = template.origin

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        made = self.template.render(context, request)
        return mark_safe(spoken(made, request, html=True))  # noqa: S308 - what is put in is escaped


class Templates(Jinja2):
    """Django's Jinja2 backend, looking in `templates/` instead of `jinja2/`."""

    app_dirname = "templates"

    def from_string(self, template_code: str) -> Any:
        return Speaking(super().from_string(template_code))

    def get_template(self, template_name: str) -> Any:
        return Speaking(super().get_template(template_name))
