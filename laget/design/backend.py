"""Lets Jinja2 templates lie where every room keeps its pages, and sets what they show as text is set."""

from __future__ import annotations

from typing import Any

from django.template.backends import jinja2

from laget.design.words import unbroken_page


class Template(jinja2.Template):
    """A template whose page keeps on one line what belongs together."""

    def render(self, context: Any = None, request: Any = None) -> Any:
        return unbroken_page(super().render(context, request))


class Templates(jinja2.Jinja2):
    """Django's Jinja2 backend, looking in `templates/` instead of `jinja2/`."""

    app_dirname = "templates"

    def get_template(self, template_name: str) -> Any:
        found = super().get_template(template_name)
        return Template(found.template, self)

    def from_string(self, template_code: str) -> Any:
        return Template(self.env.from_string(template_code), self)
