"""Somebody who reads a page and fills in the form on it, as a browser without script does."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from laget.demo.cast import Member


class Forms(HTMLParser):
    """Every form of a page: where it goes, and what it would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]], set[str]]] = []
        self._open: tuple[str, dict[str, list[str]], set[str]] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = (have.get("action", ""), {}, set())
            self.forms.append(self._open)
        elif self._open is not None and have.get("name") and tag in ("input", "select", "textarea", "button"):
            self._field(tag, have)

    def _field(self, tag: str, have: dict[str, str]) -> None:
        assert self._open is not None
        _action, values, names = self._open
        name, sort = have["name"], have.get("type", "")
        names.add(name)
        if tag == "textarea":
            self._area = name
            values[name] = [""]
        elif tag == "input" and (sort not in ("radio", "checkbox") or "checked" in have):
            values.setdefault(name, []).append(have.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open[1][self._area] = [self._open[1][self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._open = None


class Person:
    """One person's client. What was read and sent last stands in `body` and `path`."""

    def __init__(self, member: Member, visit: Callable[[Member], Client]) -> None:
        self.client = visit(member)
        self.body, self.path, self.status = "", "/", 0

    def reads(self, path: str) -> str:
        """The page at an address, and on through what it leads to."""
        self._took(self.client.get(path, follow=True), path)
        return self.body

    def sends(self, path: str = "", *, having: str = "", **fields: Any) -> str:
        """Fill in the form that has these fields (and `having`), leave the rest as it stands, and send it."""
        if path:
            self.reads(path)
        parsed = Forms()
        parsed.feed(self.body)
        wanted = {*fields, having} - {""}
        found = next((one for one in parsed.forms if wanted <= one[2]), None)
        assert found, f"{self.path} has no form with {wanted}: {self.body.partition('<main')[2]}"
        action, values, _names = found
        sent = {**values, **fields}
        self._took(self.client.post(action or self.path, sent, follow=True), action or self.path)
        return self.body

    def _took(self, response: Any, path: str) -> None:
        self.body, self.status = response.content.decode(), response.status_code
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
