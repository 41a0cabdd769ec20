"""What every page must be, whoever asks for it: whole, labelled, silent about names, and nothing in it that runs."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as SENTENCES

POINTERS = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "headers",
    "list",
)
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
HEADING = re.compile(r"h([1-6])")
BREAKS = re.compile(r"§ \d")
UNFILLED = re.compile(r"%\(\w+\)[sd]|<lazy|object at 0x")
# What somebody typed is shown as it is; a browser draws nothing for a control character.
TYPED = {"invalid-codepoint"}
# What differs each time: the token of a form, keys and ids made for one page.
FRESH = re.compile(r"[0-9a-zA-Z]{64}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\bx[0-9a-f]{10}\b")


class Page:
    """One parsed page, and the questions that are asked of it."""

    def __init__(self, text: str) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self.root: Element = parser.parse(text)
        self.broken = [
            f"line {at[0]}: {SENTENCES[code] % data}" for at, code, data in parser.errors if code not in TYPED
        ]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        self.ids = [found.get("id", "") for found in self.root.iter() if found.get("id") is not None]

    def all(self, *tags: str) -> Iterator[Element]:
        return (found for found in self.root.iter() if found.tag in tags)

    def above(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    def words(self, element: Element) -> str:
        return " ".join("".join(element.itertext()).split())

    def name(self, element: Element) -> str:
        """What a screen reader would say this is."""
        pictures = [one.get("alt") or "" for one in element.iter("img")]
        return (
            self.words(element)
            or (element.get("aria-label") or "").strip()
            or "".join(pictures)
            or self._pointed(element)
        )

    def _pointed(self, element: Element) -> str:
        wanted = (element.get("aria-labelledby") or "").split()
        return " ".join(self.words(found) for found in self.root.iter() if found.get("id") in wanted)


def said(element: Element) -> str:
    """An element as it could be found in the template."""
    shown = " ".join(
        f'{name}="{value}"' for name, value in element.attrib.items() if name in ("id", "name", "href", "type")
    )
    return f"<{element.tag}{' ' if shown else ''}{shown}>"


def faults(text: str, people: Iterable[str] = (), *, fragment: bool = False) -> list[str]:
    """Every sentence that is not true of this page. `people` are names that its title may not hold."""
    return [*_shape(FRESH.sub("", text), text, fragment), *_title(text, people)]


_known: dict[tuple[bytes, bool], list[str]] = {}


def _shape(alike: str, text: str, fragment: bool) -> list[str]:
    """The same page but for its keys is parsed once."""
    key = hashlib.sha256(alike.encode()).digest()
    if (key, fragment) not in _known:
        page = Page(f"<!doctype html><title>x</title><body>{text}" if fragment else text)
        checks = PARTS if fragment else (*PARTS, *WHOLE)
        _known[key, fragment] = [*page.broken, *(fault for check in checks for fault in check(page))]
    return _known[key, fragment]


def _title(text: str, people: Iterable[str]) -> Iterator[str]:
    title = text.partition("<title>")[2].partition("</title>")[0]
    for one in _words_of(frozenset(people)) & set(re.findall(r"\w+", title)):
        yield f"the title holds a name: {one} in {title!r}"


@lru_cache(maxsize=64)
def _words_of(people: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word for name in people for word in re.findall(r"\w+", name) if len(word) > 2 and word[0].isupper()
    )


def one_of_each(page: Page) -> Iterator[str]:
    for tag in ("h1", "main", "title"):
        if (count := len(list(page.all(tag)))) != 1:
            yield f"{count} {tag}, not one"
    if not page.root.get("lang"):
        yield "html has no lang"
    for title in page.all("title"):
        if len(page.words(title).removesuffix("Laget").strip(" –")) < 2:
            yield "the title says nothing"


def ids_are_unique(page: Page) -> Iterator[str]:
    yield from (f"the id {name!r} stands {count} times" for name, count in Counter(page.ids).items() if count > 1)
    yield from ("an empty id" for name in page.ids if not name.strip())


def pointers_lead_somewhere(page: Page) -> Iterator[str]:
    known = set(page.ids)
    for found in page.root.iter():
        for attribute in POINTERS:
            for name in (found.get(attribute) or "").split():
                if name not in known:
                    yield f"{said(found)} has {attribute}={name!r}, which is not on the page"


def links_lead_somewhere(page: Page) -> Iterator[str]:
    for found in page.all("a"):
        address = (found.get("href") or "").strip()
        if not page.name(found):
            yield f"{said(found)} has no text"
        if address in ("", "#"):
            yield f"a link leads nowhere: {page.words(found)!r}"
        elif address.startswith("#") and address[1:] not in page.ids:
            yield f"{said(found)} leads to what is not on the page"
        if found.get("target") == "_blank" and "noopener" not in (found.get("rel") or ""):
            yield f"{said(found)} opens a window that could steer this one"


def controls_are_labelled(page: Page) -> Iterator[str]:
    labels = {found.get("for"): page.words(found) for found in page.all("label") if found.get("for")}
    for found in page.all("input", "select", "textarea"):
        if found.tag == "input" and (found.get("type") or "text") in NEEDS_NO_LABEL:
            continue
        around = any(above.tag == "label" and page.words(above) for above in page.above(found))
        if not (around or labels.get(found.get("id")) or found.get("aria-label") or page._pointed(found)):
            yield f"{said(found)} has no label"
        if not found.get("name"):
            yield f"{said(found)} has no name, so it is never sent"
    yield from (
        f"{said(found)} has no text"
        for found in page.all("button", "label", "legend", "option")
        if not page.name(found)
    )


def groups_have_a_legend(page: Page) -> Iterator[str]:
    sizes = Counter(
        (one.get("type"), one.get("name")) for one in page.all("input") if one.get("type") in ("radio", "checkbox")
    )
    for found in page.all("input"):
        if sizes[found.get("type"), found.get("name")] > 1:
            around = [
                above
                for above in page.above(found)
                if above.tag == "fieldset" or above.get("role") in ("group", "radiogroup")
            ]
            if not any(above.find("legend") is not None or page._pointed(above) for above in around):
                yield f"{said(found)} is one of several, with no question above them"


def headings_are_a_stair(page: Page) -> Iterator[str]:
    before = 0
    for found in page.root.iter():
        match = HEADING.fullmatch(found.tag) if isinstance(found.tag, str) else None
        if match is None:
            continue
        if not page.name(found):
            yield f"{said(found)} is empty"
        if before and int(match[1]) > before + 1:
            yield f"h{before} is followed by h{match[1]}: {page.words(found)!r}"
        before = int(match[1])


def the_first_heading_is_the_pages_own(page: Page) -> Iterator[str]:
    first = next(
        (found for found in page.root.iter() if isinstance(found.tag, str) and HEADING.fullmatch(found.tag)), None
    )
    if first is not None and first.tag != "h1":
        yield f"the first heading is {first.tag}: {page.words(first)!r}"


def tables_say_what_they_hold(page: Page) -> Iterator[str]:
    for found in page.all("table"):
        if found.find("caption") is None and not found.get("aria-label") and not page._pointed(found):
            yield "a table has no caption"
        if next(found.iter("th"), None) is None:
            yield "a table has no heading cells"
        yield from (
            "a th has no scope"
            for cell in found.iter("th")
            if cell.get("scope") not in ("col", "row", "colgroup", "rowgroup")
        )


def pictures_speak(page: Page) -> Iterator[str]:
    yield from (f"{said(found)} has no alt" for found in page.all("img") if found.get("alt") is None)
    for found in page.root.iter():
        if isinstance(found.tag, str) and found.tag.endswith("svg") and found.get("aria-hidden") != "true":
            titled = any(isinstance(one.tag, str) and one.tag.endswith("title") and page.words(one) for one in found)
            if not (titled or found.get("aria-label") or page._pointed(found)):
                yield "a picture says nothing, and is not hidden"


def nothing_runs(page: Page) -> Iterator[str]:
    for found in page.root.iter():
        for name, value in found.attrib.items():
            if str(name).lower().startswith("on") or "hx-on" in str(name):
                yield f"{said(found)} has {name}, which runs text as code"
            if name == "style":
                yield f"{said(found)} has a style of its own"
            if str(value).strip().lower().startswith(("javascript:", "js:", "vbscript:", "data:text")):
                yield f"{said(found)} has {name}={value!r}"
    yield from ("a style stands in the page" for _ in page.all("style"))
    yield from (
        f"{said(found)} does not belong here" for found in page.all("base", "object", "embed", "iframe", "marquee")
    )
    for found in page.all("script"):
        if page.words(found) or not (found.get("src") or "").startswith("/static/"):
            yield f"a script that is no file of ours: {found.get('src')}"


def the_keyboard_is_not_led_astray(page: Page) -> Iterator[str]:
    for found in page.root.iter():
        if (found.get("tabindex") or "0") not in ("0", "-1"):
            yield f"{said(found)} jumps the queue with tabindex {found.get('tabindex')}"
        if found.tag in ("a", "button") and any(above.tag in ("a", "button") for above in page.above(found)):
            yield f"{said(found)} stands inside another control"
        if found.tag == "meta" and found.get("http-equiv"):
            yield "a meta element does what a header should do"


def forms_can_be_sent(page: Page) -> Iterator[str]:
    for found in page.all("form"):
        if not any(one.get("type") != "button" for one in found.iter("button")) and not found.get("data-hx-trigger"):
            yield f"{said(found)} has no button"
        if (found.get("method") or "get").lower() == "post" and "csrfmiddlewaretoken" not in fields_of(found):
            yield f"{said(found)} to {found.get('action')} has no csrf token"


def fields_of(form: Element) -> set[str]:
    """The names that a form sends."""
    return {one.get("name", "") for one in form.iter() if one.get("name")}


def texts_are_filled_in(page: Page) -> Iterator[str]:
    for found in page.root.iter():
        for text in (found.text, found.tail):
            if isinstance(found.tag, str) and text and UNFILLED.search(text):
                yield f"a text was not filled in: {' '.join(text.split())[:80]!r}"


def sections_stay_on_one_line(page: Page) -> Iterator[str]:
    for found in page.root.iter():
        for text in ("" if found.tag == "textarea" else found.text, found.tail):
            if isinstance(found.tag, str) and text and BREAKS.search(text):
                yield f"a line may break after §: {' '.join(text.split())[:80]!r}"


PARTS = (
    ids_are_unique, pointers_lead_somewhere, links_lead_somewhere, controls_are_labelled, groups_have_a_legend,
    headings_are_a_stair, tables_say_what_they_hold, pictures_speak, nothing_runs, the_keyboard_is_not_led_astray,
    forms_can_be_sent, texts_are_filled_in, sections_stay_on_one_line,
)  # fmt: skip
WHOLE = (one_of_each, the_first_heading_is_the_pages_own)
