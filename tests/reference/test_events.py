"""docs/reference/events.md: what a room tells those above it, and what they do then."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from laget.kernel.events import Event, listeners
from tests.reference.conftest import Same, sentence, table

HEAD = """# Events

What a room tells those above it, in the same transaction. An event carries ids, never names or text. If a listener
fails, everything that led to the event is undone. Why: decision
[0013](../adr/0013-a-lower-room-announces-and-a-higher-room-listens.md). This page is made from the code by
`make reference`; a test compares.

"""
WHAT = """
Listeners run in the order in which their rooms are started, which is the order of `ROOMS` in `laget/site/settings.py`.

What they do:

"""
FOOT = """
Besides events, a higher room can answer a lower one's question by registering functions at start: `directory` says
which positions a person holds and whose account somebody signs in with, `sight` which kinds of information an actor may
know and whether there is anything here for a citizen who signs in, `guide` what things are called here, `cases` who may
ask a family for one more service, what a withdrawal would change, and which version of the guide a case follows.
"""


def events(above: type[Event] = Event) -> Iterator[type[Event]]:
    """Every kind of event as its module knows it: a class with slots is made twice, and the first stays behind."""
    for kind in above.__subclasses__():
        if is_ours(kind) and vars(sys.modules[kind.__module__]).get(kind.__name__) is kind:
            yield kind
        yield from events(kind)


def is_ours(kind: type[Event]) -> bool:
    module = kind.__module__
    return module.startswith("laget.") and ".tests" not in module and not kind.__name__.startswith("_")


def name(one: object) -> str:
    return f"{one.__module__}.{one.__name__}"


def page() -> str:
    known = sorted(events(), key=name)
    rows = [
        [f"`{name(kind)}`", sentence(kind.__doc__), ", ".join(f"`{name(one)}`" for one in who) or "nobody yet"]
        for kind in known
        for who in [listeners().get(kind, ())]
    ]
    what = [
        f"- `{name(one)}`, of {kind.__name__}: {sentence(one.__doc__)}.\n"
        for kind in known
        for one in listeners().get(kind, ())
    ]
    return HEAD + table(["event", "announced when", "listeners"], rows) + WHAT + "".join(what) + FOOT


def test_the_page_of_events(same: Same) -> None:
    same("docs/reference/events.md", page())


def test_every_event_and_listener_says_what_it_is() -> None:
    silent = [name(kind) for kind in events() if not sentence(kind.__doc__)]
    silent += [name(one) for who in listeners().values() for one in who if not sentence(one.__doc__)]
    assert not silent
