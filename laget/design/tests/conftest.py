"""The kit is rendered by itself, in Norwegian, with only the addresses its layout posts to."""

import pytest
from django.urls import set_urlconf
from django.utils import translation

from laget.design.tests.sample import backend


@pytest.fixture(autouse=True)
def _norwegian():
    set_urlconf("laget.design.tests.urls")
    with translation.override("nb"):
        yield
    set_urlconf(None)


@pytest.fixture
def call():
    """Renders one expression with the kit at hand."""

    def render(source, **given):
        imports = (
            '{% import "design/form.html" as form with context %}{% import "design/parts.html" as kit with context %}'
            '{% import "design/pictures.html" as pictures %}'
        )
        return backend().env.from_string(imports + source).render(**given)

    return render
