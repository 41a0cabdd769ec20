"""What only a browser shows of sign-in: policies on forms and cookies, two tabs, and the way out through the provider.

An administrator of the demo writes what Maja signs in with; then the same town is served as in production, with a real
provider on this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from laget.demo.fjordvik import EVERYBODY
from tests.journeys.conftest import OURS, OWN, free_port, wait_for
from tests.journeys.people import DESKTOP, PHONE, Crowd, Somebody
from tests.signin.test_provider import OURS as OUR_KEY
from tests.signin.test_provider import READY, Running
from tests.support.database import ROOT

pytestmark = pytest.mark.skipif(not READY, reason="node or its package oidc-provider is missing")
MAJA = "maja.lind@fjordvik.example"
SERVE = """
import sys
from laget.site import cli, local
local.enter()
sys.exit(cli.main(["serve", "--port", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def real(town: str) -> Iterator[tuple[str, dict[str, Running]]]:
    """The demo's people without the demo's door: its address, and the providers."""
    if os.environ.get("LAGET_TOWN"):
        pytest.skip("the town is somebody else's")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    running = {name: Running(name, base) for name in ("citizens", "staff")}
    said = {"LAGET_VAR": str(OWN), "LAGET_DEMO": "0", "LAGET_BASE_URL": base, "LAGET_STAFF_AMR": "mfa"}
    for name, one in running.items():
        said[f"LAGET_{name.upper()}_ISSUER"] = one.issuer
        said[f"LAGET_{name.upper()}_CLIENT_ID"] = one.client_id
        said[f"LAGET_{name.upper()}_KEYS"] = json.dumps(OUR_KEY.as_dict(private=True))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with (OWN / "serve.log").open("w") as log:
        served = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)], cwd=ROOT, env={**environment, **said}, stdout=log, stderr=log
        )
        try:
            wait_for(served, base)
            yield base, running
        finally:
            served.terminate()
            served.wait(30)
            for one in running.values():
                one.stop()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["phone without script", "desk with script"])
def browser(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    size, script = request.param
    context = chromium.new_context(viewport=size, java_script_enabled=script, locale="nb-NO")
    yield context
    context.close()


def somebody(browser: BrowserContext, base: str, script: bool = False) -> Somebody:
    one = Somebody(browser.new_page(), base, script, set(), [])
    one.page.set_default_timeout(10_000)
    return one


def test_a_mother_comes_in_goes_on_in_two_tabs_and_out_through_the_provider(
    real: tuple[str, dict[str, Running]], browser: BrowserContext
) -> None:
    base, running = real
    running["citizens"].next_comes(
        {"sub": "hodan", "acr": "idporten-loa-high", "amr": ["BankID"], "claims": {"pid": EVERYBODY["hodan"].number}}
    )
    mother = somebody(browser, base)
    mother.goes("/sign-in/")
    mother.follows("/sign-in/citizens/")
    assert mother.path.startswith("/family/")
    token = mother.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    again = somebody(browser, base)
    again.goes("/sign-in/citizens/")  # the same person, in another tab: the first tab's forms still hold
    mother.page.get_by_role("button", name="English").click()
    assert mother.page.locator("html").get_attribute("lang") == "en" and token
    mother.page.get_by_role("button", name="Norsk").click()
    mother.page.get_by_role("button", name="Logg ut").first.click()
    mother.page.wait_for_url("**/session/end*")
    mother.page.locator("button").first.click()
    mother.page.wait_for_url("**/signed-out/")
    assert "Du er logget ut" in mother.reads()
    again.goes("/")
    assert again.path.startswith("/sign-in/")


def test_a_worker_comes_in_with_what_an_administrator_has_written(
    real: tuple[str, dict[str, Running]], town: str, chromium: Browser, browser: BrowserContext
) -> None:
    base, running = real
    crowd = Crowd(chromium, town, DESKTOP, True)
    ada = crowd.opens("ada")
    ada.goes("/directory/")
    ada.page.get_by_role("link", name="Innlogging Maja Lind").click()
    ada.types(account=MAJA)
    ada.presses("Neste")
    assert "Endre hva Maja Lind logger inn med?" in ada.reads()
    ada.presses("Endre og logg ut")
    assert ada.path == "/directory/"
    assert crowd.barriers == []
    crowd.leaves()
    running["staff"].next_comes({"sub": "maja", "amr": ["pwd", "mfa"], "claims": {"preferred_username": MAJA.upper()}})
    maja = somebody(browser, base)
    maja.goes("/directory/")
    maja.follows("/sign-in/staff/")
    assert maja.path == "/directory/"
    assert "Innlogging" not in maja.reads()
