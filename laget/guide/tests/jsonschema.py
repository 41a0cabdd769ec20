"""As much of JSON Schema as the published schema of a guide uses; a keyword it does not know is an error."""

import re
from datetime import date

from laget.guide.schema import schema

SCHEMA = schema()
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def problems(data):
    """Everything in which a file's tables go against the schema."""
    return list(_problems(data, SCHEMA, "file"))


def _problems(value, rule, place):
    for keyword, wanted in rule.items():
        yield from CHECKS[keyword](value, wanted, rule, place)


def _ref(value, wanted, rule, place):
    yield from _problems(value, SCHEMA["$defs"][wanted.rpartition("/")[2]], place)


def _type(value, wanted, rule, place):
    day = rule.get("format") == "date" and type(value) is date
    right = isinstance(value, TYPES[wanted]) and not (wanted == "integer" and isinstance(value, bool))
    if not right and not day:
        yield f"{place}: no {wanted}"


def _properties(value, wanted, rule, place):
    for name in wanted.keys() & (value.keys() if isinstance(value, dict) else set()):
        yield from _problems(value[name], wanted[name], f"{place}.{name}")


def _additional(value, wanted, rule, place):
    for name in (value.keys() if isinstance(value, dict) else set()) - rule.get("properties", {}).keys():
        if wanted is False:
            yield f"{place}.{name}: not known"
        elif wanted is not True:
            yield from _problems(value[name], wanted, f"{place}.{name}")


def _items(value, wanted, rule, place):
    for number, one in enumerate(value if isinstance(value, list) else []):
        yield from _problems(one, wanted, f"{place}[{number}]")


def _holds(test):
    def check(value, wanted, rule, place):
        try:
            sound = test(value, wanted)
        except TypeError:
            sound = True  # of another type, which `type` says
        if not sound:
            yield f"{place}: {wanted}"

    return check


def _nothing(value, wanted, rule, place):
    return ()


CHECKS = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "required": _holds(lambda value, wanted: set(wanted) <= set(value)),
    "enum": _holds(lambda value, wanted: value in wanted),
    "const": _holds(lambda value, wanted: value == wanted),
    "pattern": _holds(lambda value, wanted: re.search(wanted, value)),
    "minLength": _holds(lambda value, wanted: len(value) >= wanted),
    "maxLength": _holds(lambda value, wanted: len(value) <= wanted),
    "minItems": _holds(lambda value, wanted: len(value) >= wanted),
    "maxItems": _holds(lambda value, wanted: len(value) <= wanted),
    "minProperties": _holds(lambda value, wanted: len(value) >= wanted),
    "minimum": _holds(lambda value, wanted: value >= wanted),
    "maximum": _holds(lambda value, wanted: value <= wanted),
    "format": _nothing,
    "title": _nothing,
    "$schema": _nothing,
    "$defs": _nothing,
}
