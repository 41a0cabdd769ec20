"""Makes the one Jinja2 environment: what every template may call, and how values become words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from laget.design import controls, icons, pictures, words

FILTERS = {
    "date": words.date,
    "datetime": words.datetime,
    "time": words.time,
    "short_date": words.short_date,
    "until": words.until,
    "machine": words.machine,
    "initials": words.initials,
    "person": words.person,
    "paragraphs": words.paragraphs,
    "phone": words.phone,
    "tel": words.tel,
    "clean": words.clean,
}
OWN_NAMES = {"nb": "Norsk", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, args=args, kwargs=kwargs)


def language() -> str:
    """The reader's language, as in `<html lang>`."""
    return (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]


def languages() -> list[tuple[str, str]]:
    """Every language there is, each by its own name."""
    return [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES]


def new_key() -> str:
    """A key for one sending of one form: a double click is recognised by it."""
    return str(uuid4())


def new_id() -> str:
    """An id for one element of one page."""
    return "x" + uuid4().hex[:10]


def environment(**options: Any) -> Environment:
    """Django's backend calls this with its own options."""
    options["undefined"] = StrictUndefined
    options.setdefault("autoescape", True)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    made = Environment(**options, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701 - autoescape is in the options
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(
        url=url,
        static=static,
        icon=icons.icon,
        language=language,
        languages=languages,
        new_key=new_key,
        new_id=new_id,
        control=controls.control,
        drawing=pictures,
    )
    return made
