"""The sample page and the error pages: whole, silent about names, pleasant for everybody."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from laget.design.tests.sample import backend, context, render
from laget.design.tests.shots import write
from laget.kernel.verdict import refuse
from tests.support.whole import faults

STATIC = Path(__file__).parent.parent / "static" / "design"
PAGES = ["work", "family", "403", "404", "409", "419", "500", "503", "not_made"]
CHROMIUM = Path("/usr/bin/chromium")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole(name):
    page = render(name, refusal=refuse("Nei"), family=name == "family")
    found = faults(page, ["Kari Nordmann", "Maja Lind"])
    # The faulty form of the sample shows only some of its fields, and lists the faults of all.
    assert [one for one in found if "#id_wrong_" not in one] == []
    assert 'lang="nb"' in page and 'id="main"' in page


@pytest.mark.parametrize("name", ["403", "404", "409", "419", "500", "503", "not_made"])
def test_an_error_page_asks_nothing_of_the_context(name):
    assert "<h1" in backend().env.get_template(f"design/{name}.html").render()


def test_an_error_page_needs_no_addresses():
    from django.urls import set_urlconf

    set_urlconf("django.conf.urls.i18n")
    assert "<h1" in backend().env.get_template("design/500.html").render()


def test_a_conflict_shows_both_texts_and_keeps_the_rest():
    page = render("409", yours="Min <b>", theirs="Deres", version=4, field="text", posted=[("title", "T")])
    assert "Min &lt;b&gt;" in page and "Deres" in page
    assert 'name="version" value="4"' in page and 'name="title" value="T"' in page and 'name="text"' in page


def test_only_families_get_help_numbers_and_a_quick_way_out():
    family, work = render("family", family=True), render("work", refusal=refuse("Nei"))
    assert "tel:116111" in family and "data-leave" in family and 'data-size="md"' in family
    assert "tel:116111" not in work and "data-leave" not in work
    assert "tel:116117" in family and "Barnevernvakta" not in family
    assert 'href="tel:55000000"' in render("family", family=True, emergency_line="55000000")


def test_the_layout_leaves_out_what_it_does_not_know():
    page = (
        backend()
        .env.from_string('{% extends "design/layout.html" %}{% block main %}<h1>Hei</h1>{% endblock %}')
        .render()
    )
    assert "Logg ut" not in page and "Hovedmeny" not in page and "oppdiktet" not in page


def test_the_number_of_unread_messages_may_be_lazy():
    from django.utils.functional import SimpleLazyObject

    page = render("work", refusal=refuse("Nei"), unread=SimpleLazyObject(lambda: 3))
    assert "3 uleste" in page
    assert "ulest" not in render("work", refusal=refuse("Nei"), unread=SimpleLazyObject(lambda: 0))


def test_every_page_works_in_english():
    from django.utils import translation

    with translation.override("en"):
        page = render("work", refusal=refuse("No"))
    assert 'lang="en"' in page and "Sign out" in page


def test_what_is_vendored_is_what_was_vendored():
    for entry in json.loads((STATIC / "vendor.json").read_text()):
        file = STATIC / entry["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert entry["name"] and entry["version"] and entry["licence"]
    known = {entry["file"] for entry in json.loads((STATIC / "vendor.json").read_text())}
    ours = {"laget.css", "laget.js", "mark.svg", "vendor.json", "licences/aksel-icons.txt"}
    assert {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()} == known | ours


def test_no_file_leads_to_another_that_is_missing():
    for path in STATIC.glob("*.[cj]s*"):
        text = path.read_text()
        assert "sourceMappingURL" not in text
        for address in re.findall(r'url\("([^"d#][^"]*)"\)', text):
            assert (path.parent / address).exists(), address


def test_the_saved_fragment_says_when():
    at = context()["at"]
    assert "Lagret som kladd kl.\N{NO-BREAK SPACE}12.30" in backend().env.get_template("design/_saved.html").render(
        at=at
    )
    assert "ikke lagret" in backend().env.get_template("design/_not_saved.html").render()


@pytest.mark.journey
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here")
def test_the_pages_are_pleasant_for_everybody(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    found = []
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        for path in write(tmp_path):
            width = 390 if "light" in path.name else 1280
            page = browser.new_page(viewport={"width": width, "height": 844})
            page.goto(path.as_uri())
            page.evaluate(axe)
            found += [(path.name, width, v["id"]) for v in page.evaluate("axe.run()")["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
            page.close()
        browser.close()
    assert not found
