"""The JSON Schema of a guide file, made by watching what the reader asks for: the two can't disagree.

A file may say as little as it likes, since what it leaves out is inherited: the schema asks for no more than what each
item is found again by. Whether the whole is complete and within the law is what `laget guide check` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from laget.guide.faults import Faults
from laget.guide.layers import KEYS
from laget.guide.reading.part import LONGEST_CODE, LONGEST_TEXT, Part
from laget.guide.reading.variants import SECTIONS
from laget.guide.reading.whole import WRITTEN, read_whole
from laget.guide.values import LANGUAGES, Text

_E = TypeVar("_E", bound=StrEnum)
Schema = dict[str, Any]

STRING: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
FORMS: Schema = {"type": "array", "items": STRING, "minItems": 3, "maxItems": 3}
LANGUAGE_KEYS = {"minProperties": 1, "additionalProperties": False}
_LINES: Schema = {one: {"$ref": "#/$defs/line"} for one in LANGUAGES}
TEXT: Schema = {"type": "object", "properties": _LINES, **LANGUAGE_KEYS}
DAY: Schema = {"type": "string", "format": "date"}
ANY_STRINGS: Schema = {"type": "array", "items": STRING}


class Recorder(Part):
    """Stands in for a table and writes down what it is asked for."""

    def __init__(self, place: str = "") -> None:
        super().__init__({}, place, Faults())
        self.properties: dict[str, Schema] = {}
        self.inner: dict[str, Recorder] = {}
        self.lists: dict[str, Recorder] = {}
        self.free: Recorder | None = None

    def schema(self) -> Schema:
        """What was asked for, as a schema of an object."""
        properties = {
            **self.properties,
            **{name: one.schema() for name, one in self.inner.items()},
            **{name: {"type": "array", "items": _item(name, one)} for name, one in self.lists.items()},
        }
        rest: Any = self.free.schema() if self.free else False
        return {"type": "object", "properties": dict(sorted(properties.items())), "additionalProperties": rest}

    def _note(self, name: str, schema: Schema) -> None:
        self.properties.setdefault(name, schema)

    def fault(self, name: str, message: str) -> None:
        pass

    def has(self, name: str) -> bool:
        return True

    def code(self, name: str = "code", length: int = LONGEST_CODE) -> str:
        self._note(name, {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": length})
        return "x"

    def words(self, name: str, optional: bool = False) -> str:
        self._note(name, {"$ref": "#/$defs/line"})
        return "https://x"

    def text(self, name: str) -> Text:
        self._note(name, {"$ref": "#/$defs/text"})
        return Text("x", "x")

    def number(self, name: str, least: int, most: int) -> int:
        self._note(name, {"type": "integer", "minimum": least, "maximum": most})
        return least

    def flag(self, name: str, default: bool | None = None) -> bool:
        self._note(name, {"type": "boolean"})
        return False

    def day(self, name: str) -> date:
        self._note(name, DAY)
        return date.min

    def days(self, name: str) -> tuple[date, ...]:
        self._note(name, {"type": "array", "items": DAY})
        return ()

    def choice(self, name: str, options: type[_E], default: _E | None = None) -> _E:
        self._note(name, {"enum": [one.value for one in options]})
        return next(iter(options))

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        self._note(name, {"enum": list(allowed)})
        return ""

    def some_of(self, name: str, allowed: Iterable[str], optional: bool = True) -> tuple[str, ...]:
        self._note(name, {"type": "array", "items": {"enum": list(allowed)}})
        return ()

    def ref(self, name: str, codes: Iterable[str], optional: bool = False) -> str:
        self._note(name, {"$ref": "#/$defs/line"})
        return ""

    def refs(self, name: str, codes: Iterable[str], optional: bool = True) -> tuple[str, ...]:
        self._note(name, ANY_STRINGS)
        return ()

    def names(self, name: str) -> tuple[str, ...]:
        self._note(name, ANY_STRINGS)
        return ()

    def texts(self, name: str) -> tuple[Text, ...]:
        self._note(name, {"type": "array", "items": {"$ref": "#/$defs/text"}})
        return ()

    def parts(self, name: str, optional: bool = False) -> list[Part]:
        return [self.lists.setdefault(name, Recorder(name))]

    def part(self, name: str) -> Part:
        return self.inner.setdefault(name, Recorder(name))

    def named(self) -> list[Part]:
        self.free = self.free or Recorder("x")
        return [self.free]

    def pairs(self) -> dict[str, Text]:
        self.free = _Texts()
        return {}

    def forms(self, language: str) -> tuple[str, str, str]:
        self._note(language, {"$ref": "#/$defs/forms"})
        return ("x", "x", "x")

    def done(self) -> None:
        pass


class _Texts(Recorder):
    """A table in which every key is a text."""

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


def _item(name: str, one: Recorder) -> Schema:
    """An item of a list, with what it is found again by and the marks of laying."""
    found = one.schema()
    marks = {"remove": {"const": True}, "replace": {"const": True}, "after": STRING}
    begin = {"begin_anew": ANY_STRINGS} if one.lists else {}
    found["properties"] = {**found["properties"], **marks, **begin}
    return {**found, "required": list(KEYS[name])}


def schema() -> Schema:
    """The schema of a guide file, as JSON Schema 2020-12."""
    whole = Recorder()
    read_whole(whole)
    found = whole.schema()
    about = found["properties"]["guide"]
    about["properties"] |= {
        "extends": STRING,
        "begin_anew": ANY_STRINGS,
        "languages": {"type": "array", "items": {"enum": list(LANGUAGES)}},
        "written": {"enum": list(WRITTEN)},
    }
    about["required"] = ["code", "name"]
    parts = {name: one for name, one in found["properties"].items() if name in SECTIONS}
    common = {"name": {"$ref": "#/$defs/text"}, "kinds": ANY_STRINGS, "begin_anew": ANY_STRINGS}
    variant = {"type": "object", "properties": {**common, **parts}, "additionalProperties": False}
    found["properties"]["variant"] = {"type": "object", "additionalProperties": variant}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A municipality's own model, as Laget reads it",
        **found,
        "required": ["guide"],
        "$defs": {"line": STRING, "text": TEXT, "forms": FORMS},
    }


def written() -> str:
    """The schema as the file that is published."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
