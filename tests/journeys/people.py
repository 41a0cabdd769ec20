"""Somebody in a browser of their own, who does what a person does: follow, type, tick, press and read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
LAST = Path(__file__).resolve().parents[2] / "var" / "journeys"
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Somebody:
    """One person's browser. With script, every new kind of page is also asked for barriers."""

    page: Page
    town: str
    script: bool
    checked: set[str]
    barriers: list[str]
    breaches: list[str] = field(default_factory=list)
    steps: int = 0
    """Links followed and buttons pressed."""

    def goes(self, path: str) -> int:
        answer = self.page.goto(self.town + path)
        self._check()
        return answer.status if answer else 0

    def follows(self, part: str) -> None:
        """Press the first link whose address holds this."""
        self._clicks(self.page.locator(f"main a[href*='{part}'], nav a[href*='{part}']").first)

    def _clicks(self, what: Locator) -> None:
        self.steps += 1
        what.click()
        self._check()

    def opens_case(self, child: str) -> str:
        """From my day to the page of a child one works with; its address."""
        self.goes("/")
        self._clicks(self.page.locator("main a[href^='/cases/']", has_text=child).first)
        return self.path

    def has_link(self, part: str) -> bool:
        return self.page.locator(f"main a[href*='{part}']").count() > 0

    def types(self, **fields: str) -> None:
        for name, words in fields.items():
            self.page.locator(f"input[name='{name}']:not([type=hidden]), textarea[name='{name}']").first.fill(words)

    def ticks(self, name: str, *values: str) -> None:
        for value in values:
            self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def ticks_only(self, name: str, *values: str) -> None:
        for box in self.page.locator(f"input[name='{name}']").all():
            box.set_checked(box.get_attribute("value") in values)

    def picks(self, name: str, words: str) -> None:
        """Choose the option whose text holds the words."""
        options = self.page.locator(f"select[name='{name}'] option").all()
        value = next(one.get_attribute("value") for one in options if words in (one.text_content() or ""))
        self.page.locator(f"select[name='{name}']").select_option(value)

    def offers(self, name: str) -> str:
        """Everything that may be chosen in a field, as one text."""
        return " ".join(self.page.locator(f"[name='{name}'] option").all_text_contents())

    def presses(self, words: str) -> None:
        self._clicks(self.page.get_by_role("button", name=words, exact=True).first)

    def opens(self, words: str) -> None:
        """Follow the first link in main that says this."""
        self._clicks(self.page.locator("main").get_by_role("link", name=words).first)

    def sends(self, name: str | None = None, value: str | None = None) -> None:
        """Press the form's own button: the first in main that is not a way out."""
        wanted = f"main form button[name='{name}'][value='{value}']" if name else "main form button[type=submit]"
        self._clicks(self.page.locator(wanted).first)

    def reads(self) -> str:
        """What stands on the page, as it is read: a space where no line may break is a space."""
        return self.page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.town)

    def _check(self) -> None:
        self.page.wait_for_load_state()
        place = IDS.sub("…", self.path.partition("?")[0])
        if not self.script or place in self.checked:
            return
        self.checked.add(place)
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        self.barriers += [f"{place}: {one['id']} {one['nodes'][0]['target']}" for one in found.response["violations"]]


@dataclass
class Crowd:
    """Everybody in one run: a phone or a desk, with or without script."""

    browser: Browser
    town: str
    size: dict[str, int]
    script: bool
    checked: set[str] = field(default_factory=set)
    barriers: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def comes(self) -> Somebody:
        """Somebody who is not signed in, in a browser of their own."""
        context = self.browser.new_context(viewport=self.size, java_script_enabled=self.script, locale="nb-NO")
        self.contexts.append(context)
        somebody = Somebody(context.new_page(), self.town, self.script, self.checked, self.barriers)
        somebody.page.set_default_timeout(10_000)
        return somebody

    def opens(self, who: str) -> Somebody:
        """Sign in at the demo's door: one of the cast by name, or anybody by a synthetic national number."""
        somebody = self.comes()
        somebody.goes("/demo/")
        if who.isdigit():
            somebody.types(who=who)
            somebody.page.locator("form:has(input[name=who]) button[type=submit]").last.click()
        else:
            somebody.page.locator(f"button[name=who][value='{who}']").click()
        somebody._check()
        return somebody

    def leaves(self) -> None:
        """Close, after keeping what each saw last, for the one who wonders why a journey stopped."""
        for number, context in enumerate(self.contexts):
            for page in context.pages:
                page.screenshot(path=LAST / f"{self.size['width']}-{number}.png", full_page=True)
            context.close()
