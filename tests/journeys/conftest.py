"""A whole demo of its own and a real browser, for the few sentences that are told from end to end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from laget.site import postgres
from tests.journeys.people import DESKTOP, PHONE, Crowd
from tests.support.database import ROOT, VAR

OWN = VAR / "journeys"
BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
OURS = ("DATABASE_URL", "LAGET_", "DJANGO_", "PYTEST_", "PORT")


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def town():
    """The address of a fresh demo: server, worker and database, stopped afterwards. LAGET_TOWN names one that runs."""
    if os.environ.get("LAGET_TOWN"):
        yield os.environ["LAGET_TOWN"]
        return
    if (OWN / "keys.json").exists():
        postgres.stop(postgres.cluster(OWN))
    shutil.rmtree(OWN, ignore_errors=True)
    OWN.mkdir(parents=True)
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with (OWN / "demo.log").open("w") as log:
        demo = subprocess.Popen(
            [sys.executable, "-m", "laget", "demo", "--port", str(port)],
            cwd=ROOT, env={**environment, "LAGET_VAR": str(OWN)}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(demo, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(60)


def wait_for(demo, address):
    end = time.monotonic() + 180
    while time.monotonic() < end and demo.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the demo did not start:\n" + (OWN / "demo.log").read_text()[-3000:])


@pytest.fixture(scope="session")
def chromium():
    """A browser that is on this machine; the journeys are skipped when there is none."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in BROWSERS if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium was found; name one with CHROMIUM=/path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])  # root in CI
        yield browser
        browser.close()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["phone without script", "desk with script"])
def everybody(request, chromium, town):
    """Told twice: on a phone without script, and at a desk with it, where axe looks at each page too."""
    size, script = request.param
    crowd = Crowd(chromium, town, size, script)
    yield crowd
    crowd.leaves()
    assert crowd.barriers == []


@pytest.fixture
def page(town, chromium):
    """A page in a fresh, Norwegian browser; `page.goto("/")` is within the town. Any script error fails the journey."""
    context = chromium.new_context(base_url=town, locale="nb-NO", timezone_id="Europe/Oslo")
    opened = context.new_page()
    faults = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert not faults
