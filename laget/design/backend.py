"""Lets Jinja2 templates lie where every room keeps its pages: in `templates/`."""

from __future__ import annotations

from django.template.backends.jinja2 import Jinja2


class Templates(Jinja2):
    """Django's Jinja2 backend, looking in `templates/` instead of `jinja2/`."""

    app_dirname = "templates"
