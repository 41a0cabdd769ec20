"""docs/reference/who-sees-what.md: every address, asked by everybody of the cast."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Reading
from laget.demo.cast import Cast, Member, make_cast, seat, worker
from laget.demo.clock import ago
from laget.directory.models import Position, Unit
from laget.families.models import Child
from laget.kernel.actor import Capacity
from laget.sight.models import Forbid, SeatKind
from tests.matrix.examples import READY, without_example
from tests.matrix.planted import Address, every_address, plant
from tests.reference.conftest import Same, sentence, table
from tests.support.cast import signed_in

AGES = (5, 12, 15, 16, 18)
HEAD = """# Who sees what

Every address of Laget, asked by everybody of a cast of invented people, in a real database with both locks on. The page
is made by `make reference`, and a test compares it: a right that is widened, narrowed or forgotten is a changed line.

## Who they are

{people}
## What they got

| | |
| --- | --- |
| **200** | the page |
| **302** | let in, and led on to another page |
| 302 | not signed in: led to sign-in, having learnt nothing |
| **422** | let in; what was sent was empty, so the page says what is missing |
| 403 | they may know that this is here, but not do it: the page gives the reason, and nothing else |
| 404 | for them it does not exist: the same page as for an address that was never there |
| 405 | nothing can be sent here |
| 419 | not signed in: nothing is carried out |

GET is to look, POST is to send a form (here an empty one). `<case>` and the like stand for opaque ids, here those of
the first family. What one may do depends on how the case stands, so each address is asked where it can be used: a
closed case for taking one up again, a baton that fell for accepting it.

## Which kinds of information

What the pages about the child could show to each, as written in the record of readings. The database holds to the same.

{kinds}"""
PEOPLE = {
    "Maja": "holds the baton; her kindergarten may know who the child is, everyday life and learning",
    "Omar": "has a seat; his health clinic may know who the child is, everyday life and health",
    "Vera": "has a seat, but no consent covers her school",
    "Idris": "had a seat until yesterday",
    "Otto": "works in Maja's kindergarten, without a seat",
    "Ada": "administers services and positions",
    "Liv": "leads Maja's unit, without a seat",
    "Eir": "is the data protection officer",
    "Egil": "has a seat in Maja's kindergarten, and is forbidden: a conflict of interest",
    "Kari": "is the mother",
    "Per": "is the father, and restricted: he may not know",
    **{f"Sara {age}": "is the child, at that age" for age in AGES},
    "nobody": "is not signed in",
}
OPENED = (200, 302, 422)


@dataclass
class Reader:
    """One column. `age` sets the child's age before anything is asked."""

    label: str
    member: Member | None
    age: int = AGES[0]
    client: Client = field(init=False)
    cookies: str = field(init=False)

    def __post_init__(self) -> None:
        self.client = signed_in(self.member) if self.member else Client(HTTP_ACCEPT_LANGUAGE="nb")
        self.cookies = self.client.cookies.output()

    def asks(self, method: str, address: str) -> HttpResponse:
        """With the browser as it was: to sign out is one of the things that are asked."""
        self.client.cookies = SimpleCookie(self.cookies.replace("Set-Cookie: ", ""))
        return self.client.generic(method, address, content_type="application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Answer:
    status: int
    kinds: tuple[str, ...] = ()
    to_sign_in: bool = False

    def __str__(self) -> str:
        return f"**{self.status}**" if self.status in OPENED and not self.to_sign_in else str(self.status)


Answers = dict[tuple[str, str], dict[str, Answer]]


def officer() -> Member:
    """The one whom the planted questions and inquiries await."""
    position = Position.objects.get(protects=True)
    return Member(position.person_id, "Eir", Capacity.WORKER, position.pk)


def readers(cast: Cast) -> Iterator[Reader]:
    """In the order of the columns; each is yielded when the child has the age that belongs to it."""
    for name in PEOPLE:
        if name == "Egil":
            yield Reader(name, forbidden(cast))
        elif name == "Eir":
            yield Reader(name, officer())
        elif name == "nobody":
            yield Reader(name, None)
        elif name.startswith("Sara"):
            yield Reader(name, cast.sara, int(name.split()[1]))
        else:
            yield Reader(name, getattr(cast, name.lower()))


def forbidden(cast: Cast) -> Member:
    made = worker("Egil", "Nes", Unit.objects.get(service_id=cast.kindergarten), "Barnehagelærer")
    seat(cast.child, made, SeatKind.SERVICE)
    since = ago(20)
    Forbid.objects.create(child_id=cast.child, person_id=made.person, origin="conflict", since=since)
    return made


def methods(one: Address) -> Iterator[str]:
    """What the gate takes; of a page open to all, whatever is answered with more than that it takes nothing."""
    for method in ("GET", "POST"):
        if one.view.gate.public:
            if Client().generic(method, f"/{one.route}").status_code != 405:
                yield method
        elif method in one.view.gate.methods:
            yield method


def ask(reader: Reader, one: Address, method: str, cast: Cast, ids: dict[str, Any]) -> Answer:
    """What is answered, and which kinds of information the reading says that it showed. Nothing of it stays."""
    with transaction.atomic():
        given = dict(ids)
        READY.get(one.name, lambda cast, ids: None)(cast, given)
        before = Reading.objects.count()
        address = reverse(one.name, kwargs={name: given[name] for name in one.takes}) + given.get("?", "")
        response = reader.asks(method, address)
        reading = Reading.objects.order_by("-at").first() if Reading.objects.count() > before else None
        transaction.set_rollback(True)
    to_sign_in = response.headers.get("Location", "").startswith(f"{reverse('sign_in')}?")
    return Answer(response.status_code, tuple(reading.kinds) if reading else (), to_sign_in)


def everything(cast: Cast, ids: dict[str, Any]) -> Answers:
    found: Answers = defaultdict(dict)
    rows = [(one, method) for one in every_address() for method in methods(one)]
    for reader in readers(cast):
        today = timezone.localdate()
        Child.objects.filter(pk=cast.child).update(born=today.replace(year=today.year - reader.age, day=1))
        for one, method in rows:
            found[one.name, method][reader.label] = ask(reader, one, method, cast, ids)
    return found


def shown(route: str) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", route)


def what(one: Address) -> str:
    """In words what the page is: the first paragraph of its view."""
    words = sentence(one.view.__doc__)
    return words if words.endswith("?") else f"{words}."


def room_of(one: Address) -> str:
    return one.view.gate.name.partition(".")[0]


def chapters(found: Answers) -> Iterator[str]:
    in_order = sorted(every_address(), key=lambda one: (room_of(one), one.route))
    for room, group in groupby(in_order, room_of):
        pages = list(group)
        yield f"\n## {room}: {sentence(import_module(f'laget.{room}').__doc__)}\n\n"
        yield "".join(f"- `{shown(one.route)}`: {what(one)}\n" for one in pages)
        rows = [
            [f"{method} `{shown(one.route)}`", *(str(answer) for answer in found[one.name, method].values())]
            for one in pages
            for method in ("GET", "POST")
            if (one.name, method) in found
        ]
        yield "\n" + table(["", *PEOPLE], rows)


def kinds(found: Answers) -> str:
    """Which kinds of information a reader's pages may hold; the same on every page, unless a line says otherwise."""
    seen: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for (name, _), answers in sorted(found.items()):
        for reader, answer in answers.items():
            if answer.kinds:
                seen[reader][answer.kinds].append(name)
    rows = []
    for reader in PEOPLE:
        for which, pages in seen[reader].items():
            where = "every page" if len(seen[reader]) == 1 else ", ".join(dict.fromkeys(pages))
            rows.append([reader, ", ".join(which), where])
    nothing = [reader for reader in PEOPLE if not seen[reader]]
    return table(["", "kinds of information", "where"], [*rows, [", ".join(nothing), "none", "every page"]])


def page(found: Answers) -> str:
    people = "".join(f"- **{name}** {words}.\n" for name, words in PEOPLE.items())
    return HEAD.format(people=people, kinds=kinds(found)) + "".join(chapters(found))


@pytest.fixture
def scene(db: None) -> tuple[Cast, dict[str, Any]]:
    cast = make_cast()
    return cast, plant(cast)


def test_the_page_of_who_sees_what(scene: tuple[Cast, dict[str, Any]], same: Same) -> None:
    same("docs/reference/who-sees-what.md", page(everything(*scene)))


def test_every_address_has_an_example(scene: tuple[Cast, dict[str, Any]]) -> None:
    assert not without_example(list(every_address()), scene[1]), "plant one in tests/matrix/planted.py"
    assert set(READY) <= {one.name for one in every_address()}


def test_every_page_says_what_it_is() -> None:
    assert not [one.name for one in every_address() if not one.view.__doc__]
