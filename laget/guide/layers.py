"""Lays a guide file over the one it builds on, by code, and keeps what each layer says apart from what comes out.

A layer is a table in which every list of coded tables is a `Keyed`: its items by key. Laying is associative, and laying
a layer over itself changes nothing, so a chain of any length can be read from either end. The rules, as people are told
them, stand in docs/reference/guide.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from laget.guide.faults import Faults
from laget.guide.values.text import LANGUAGES

KEYS: dict[str, tuple[str, ...]] = {
    "access": ("code",),
    "archive": ("code",),
    "area": ("code",),
    "closing": ("code",),
    "cohort": ("code",),
    "criterion": ("code",),
    "deadline": ("code",),
    "entry": ("code",),
    "field": ("code",),
    "first_answer": ("code",),
    "form": ("code",),
    "heading": ("code",),
    "heard": ("age",),
    "help": ("code",),
    "holder": ("level",),
    "instead": ("condition",),
    "level": ("code",),
    "meeting": ("code",),
    "member": ("code",),
    "move": ("from",),
    "moved": ("rule",),
    "outcome": ("code",),
    "principle": ("code",),
    "profession": ("code",),
    "reach": ("code",),
    "role": ("code",),
    "scope": ("code",),
    "service_kind": ("code",),
    "step": ("level", "code"),
    "target": ("code",),
    "task": ("code",),
    "team": ("code",),
    "term": ("code",),
    "tool": ("code",),
    "transition": ("code",),
}
"""The lists whose items are found again by a key."""

REMOVE, REPLACE, AFTER = "remove", "replace", "after"

Layer = dict[str, Any]


class Keyed(dict[str, Any]):
    """A list of coded tables by key. `fresh`: nothing is inherited; `cleared`: nothing at these levels is."""

    def __init__(self, items: Mapping[str, Any] | None = None, *, fresh: bool = False, cleared: tuple[str, ...] = ()):
        super().__init__(items or {})
        self.fresh, self.cleared = fresh, cleared

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Keyed)
            and _orders(self) == _orders(other)
            and dict(self) == dict(other)
            and (self.fresh, sorted(set(self.cleared))) == (other.fresh, sorted(set(other.cleared)))
        )

    __hash__ = None


def _orders(items: Keyed) -> dict[str, list[str]]:
    """The order of keys, level by level: steps of different levels stand in no order to each other."""
    found: dict[str, list[str]] = {}
    for key in items:
        found.setdefault(key.partition("/")[0] if "/" in key else "", []).append(key)
    return found


def is_text(value: Any) -> bool:
    """Whether a table is a text: taken whole, so that no language of it is left behind from the layer below."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(LANGUAGES)


def key_of(name: str, item: Mapping[str, Any]) -> str:
    """What an item is found again by; empty when the file does not say it."""
    found = [item.get(one) for one in KEYS[name]]
    sound = all(isinstance(one, str | int) and not isinstance(one, bool) and one != "" for one in found)
    return "/".join(str(one) for one in found) if sound else ""


def keyed(table: Mapping[str, Any], faults: Faults, place: str = "") -> Layer:
    """A layer from parsed TOML. Notes items without a key and keys used twice."""
    found: Layer = {}
    for name, value in table.items():
        here = f"{place}.{name}" if place else name
        if name in KEYS and _is_tables(value):
            found[name] = _items(name, value, faults, here)
        elif isinstance(value, Mapping) and not is_text(value):
            found[name] = keyed(value, faults, here)
        else:
            found[name] = value
    _begin_anew(found, faults, place)
    return found


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _items(name: str, value: list[Mapping[str, Any]], faults: Faults, place: str) -> Keyed:
    items = Keyed()
    for number, item in enumerate(value):
        key = key_of(name, item)
        if not key:
            faults.add(f"{place}[{number}]", f"needs {' and '.join(KEYS[name])}, to be found again by")
        elif key in items:
            faults.add(f"{place}[{number}]", f"{' '.join(KEYS[name])} {key!r} is used before; allowed: every one once")
        else:
            items[key] = keyed(item, faults, f"{place}.{key}")
    return items


def _begin_anew(layer: Layer, faults: Faults, place: str) -> None:
    """Carries out `begin_anew = ["move", "step/0"]`: these lists, or these levels' steps, inherit nothing."""
    if place == "guide":
        return None
    holder = layer if place else layer.get("guide", {})
    names = holder.pop("begin_anew", []) if isinstance(holder, dict) else []
    here = f"{place or 'guide'}.begin_anew"
    if not isinstance(names, list):
        return faults.add(here, "is not allowed; allowed: a list of names of lists")
    for one in names:
        name, _, level = str(one).partition("/")
        if name not in KEYS or (level and name != "step"):
            faults.add(here, f"has {one!r}; allowed: {', '.join(KEYS)}, and step/LEVEL")
            continue
        layer.setdefault(name, Keyed())
        if isinstance(layer[name], Keyed):
            _mark(layer[name], level)
    return None


def _mark(items: Keyed, level: str) -> None:
    if level:
        items.cleared = (*items.cleared, level)
    else:
        items.fresh = True


def lay(below: Mapping[str, Any], above: Mapping[str, Any]) -> Layer:
    """The upper layer over the lower one: what the upper says counts, and what it does not mention is inherited."""
    found: Layer = dict(below)
    for name, value in above.items():
        under = found.get(name)
        if isinstance(value, Keyed):
            found[name] = _lay_items(under if isinstance(under, Keyed) else Keyed(), value)
        elif isinstance(value, Mapping) and isinstance(under, Mapping) and not (is_text(value) or is_text(under)):
            found[name] = lay(under, value)
        else:
            found[name] = value
    return found


def _lay_items(below: Keyed, above: Keyed) -> Keyed:
    if above.fresh:
        return Keyed(above, fresh=True, cleared=above.cleared)
    kept = {key: one for key, one in below.items() if key.partition("/")[0] not in above.cleared}
    found = Keyed(kept, fresh=below.fresh, cleared=(*below.cleared, *above.cleared))
    for key, item in above.items():
        found[key] = _lay_item(found.get(key), item)
    return found


def _lay_item(under: Mapping[str, Any] | None, item: Mapping[str, Any]) -> Mapping[str, Any]:
    if under is None or item.get(REMOVE) or item.get(REPLACE):
        return item
    if under.get(REMOVE):
        return {**item, REPLACE: True}
    return lay(under, item)


def settle(layer: Mapping[str, Any]) -> Layer:
    """What comes out when nothing more is laid on top: without marks, in order."""
    found: Layer = {}
    for name, value in layer.items():
        if isinstance(value, Keyed):
            found[name] = _settled(value)
        elif isinstance(value, Mapping) and not is_text(value):
            found[name] = settle(value)
        else:
            found[name] = value
    return found


def _settled(items: Keyed) -> Keyed:
    left = {key: one for key, one in items.items() if not one.get(REMOVE)}
    order = list(left)
    for key, one in left.items():
        before = _beside(key, one.get(AFTER))
        if before in left and before != key:
            order.remove(key)
            order.insert(order.index(before) + 1, key)
    marks = {REMOVE, REPLACE, AFTER}
    return Keyed({key: settle({k: v for k, v in left[key].items() if k not in marks}) for key in order})


def _beside(key: str, after: Any) -> str:
    """The key of the item named by `after`: a step stands after a step of its own level."""
    level, slash, _ = key.partition("/")
    return f"{level}/{after}" if slash else str(after)


def marks_stand(below: Mapping[str, Any], above: Mapping[str, Any], faults: Faults, place: str = "") -> None:
    """Notes what a layer removes, or puts after something, that the layers below do not have."""
    for name, value in above.items():
        here = f"{place}.{name}" if place else name
        under = below.get(name)
        if isinstance(value, Keyed):
            _marks_of_items(under if isinstance(under, Keyed) else Keyed(), value, faults, here)
        elif isinstance(value, Mapping) and not is_text(value):
            marks_stand(under if isinstance(under, Mapping) else {}, value, faults, here)


def _marks_of_items(below: Keyed, above: Keyed, faults: Faults, place: str) -> None:
    known = () if above.fresh else tuple(below)
    for key, item in above.items():
        if item.get(REMOVE) and key not in known:
            faults.add(f"{place}.{key}", f"removes what is not there; allowed: {', '.join(known) or 'nothing'}")
        if AFTER in item and _beside(key, item[AFTER]) not in {*known, *above}:
            faults.add(f"{place}.{key}.{AFTER}", f"has {item[AFTER]!r}, which is not there")
        if not item.get(REMOVE):
            inner = below.get(key, {}) if not above.fresh else {}
            marks_stand(inner, item, faults, f"{place}.{key}")


def marked(layer: Mapping[str, Any]) -> Layer:
    """A layer that is still to be laid on another, with its marks as a file says them."""
    found: Layer = {}
    anew: list[str] = []
    for name, value in layer.items():
        if isinstance(value, Keyed):
            anew += [name] if value.fresh else [f"{name}/{level}" for level in value.cleared]
            found |= {name: Keyed({key: marked(one) for key, one in value.items()})} if value else {}
        elif isinstance(value, Mapping) and not is_text(value):
            found[name] = marked(value)
        else:
            found[name] = value
    return {**({"begin_anew": anew} if anew else {}), **found}


def canonical(table: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, int]:
    """Lines by place as people name it too: `step.0/talk.who` beside `step[3].who`. Of two alike the first counts."""
    named: dict[str, int] = {}
    for found, line in lines.items():
        named.setdefault(_place(table, found), line)
    return {**{found: line for found, line in lines.items() if "[" in found}, **named}


def _place(table: Any, found: str) -> str:
    said: list[str] = []
    for token in found.split("."):
        name, _, number = token.partition("[")
        table = table.get(name) if isinstance(table, Mapping) else None
        said.append(token)
        if number and isinstance(table, list) and name in KEYS:
            table = table[int(number.rstrip("]"))]
            key = key_of(name, table) if isinstance(table, Mapping) else ""
            said[-1] = f"{name}.{key}" if key else token
    return ".".join(said)


def is_day(value: Any) -> bool:
    """A date, and not a moment."""
    return type(value) is date
