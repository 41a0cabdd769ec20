"""The door and the sight: the only way to declare a page, and what happens before and after its view is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import OperationalError, ProgrammingError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from psycopg.errors import InsufficientPrivilege

from laget.access import answers, drafts, receipts, sessions
from laget.access.database import Beside, acting, crossed, read_only, told_beside
from laget.access.prepared import prepared
from laget.audit.actions import read, read_several, record
from laget.design import speaking
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Refused, Stale
from laget.kernel.verdict import ALLOWED, Verdict


class Request(HttpRequest):
    """What a gated view receives: an ordinary request that knows who is acting."""

    actor: Actor
    page: str
    kinds: frozenset[str]
    kinds_of_each: dict[UUID, frozenset[str]]


_SHOWING = (200, 409, 422)
"""A page, the two texts of a conflict, or a form with what was wrong in it."""

View = Callable[..., HttpResponse]
Sight = Callable[[Actor], QuerySet[Any]]
Right = Callable[[Actor, Any], Verdict]
Gather = Callable[[Actor, HttpRequest], Sequence[Any]]


@dataclass(frozen=True)
class Kinds:
    """Which kinds of information an actor may know about children.

    beside: as a question to be asked with a row that is about a child; named is the column with the child.
    all_of: from what `beside` found. of_each: asked by itself, for each child.
    """

    beside: Callable[[Actor, str], QuerySet[Any, Any]]
    all_of: Callable[[Actor, Iterable[str]], frozenset[str]]
    of_each: Callable[[Actor, Iterable[UUID]], dict[UUID, frozenset[str]]]


_kinds: list[Kinds] = []


def kinds_come_from(source: Kinds) -> None:
    """A higher room says which kinds of information an actor may know about children (called once, at start)."""
    if source not in _kinds:
        _kinds.append(source)


Veil = Callable[[Actor, str, Sequence[UUID], HttpResponse], None]
_veils: list[Veil] = []


def veiled_by(veil: Veil) -> None:
    """A higher room takes out of an answer what its reader may not learn from any page (called once, at start).

    It is given the actor, the page, the children that the page is about, and the answer, which it may change.
    """
    if veil not in _veils:
        _veils.append(veil)


@dataclass(frozen=True)
class Gate:
    """What a page lets through. `public` pages see no actor and no content."""

    name: str
    public: bool = False
    sight: Sight | None = None
    needs: Right | None = None
    gathers: Gather | None = None
    key: str = ""
    capacities: frozenset[Capacity] = frozenset()
    methods: frozenset[str] = frozenset({"GET"})
    silent: bool = False
    known: Callable[[Actor], bool] | None = None

    def knows(self, actor: Actor) -> bool:
        """Whether there is such a page at all for this actor."""
        return actor.capacity in self.capacities and (self.known is None or self.known(actor))


def open_to_all(view: View) -> View:
    """A page for anybody, signed in or not: it may show nothing about any child."""
    view.gate = Gate(_name(view), public=True)  # type: ignore[attr-defined]
    return view


def page(  # noqa: PLR0913 - each word is one thing a reader of a view must know
    sight: Sight | None = None,
    *,
    needs: Right | None = None,
    gathers: Gather | None = None,
    key: str = "",
    only: Capacity | tuple[Capacity, ...] = (Capacity.WORKER, Capacity.CITIZEN),
    methods: tuple[str, ...] = ("GET",),
    silent: bool = False,
    known: Callable[[Actor], bool] | None = None,
) -> Callable[[View], View]:
    """Declare a page.

    sight: what the actor may see; the object named by the address's uuid (or `key`) is fetched within it, else 404.
    needs: the right to be here; a refusal is a 403 with its reason and nothing else.
    gathers: for a list or a search: the objects that will be shown (each with `child_id`), recorded as one reading.
    only: the capacities that know this page; to others it does not exist.
    silent: no reading is recorded (an object that is about nobody's child, or the reader's own).
    known: the actors that know this page (by a role, say); to others it does not exist.
    """
    capacities = (only,) if isinstance(only, Capacity) else only

    def declare(view: View) -> View:
        gate = Gate(
            _name(view), False, sight, needs, gathers, key, frozenset(capacities), frozenset(methods), silent, known
        )

        @wraps(view)
        def gated(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return _enter(gate, view, request, kwargs)

        gated.gate = gate  # type: ignore[attr-defined]
        return gated

    return declare


def _name(view: View) -> str:
    return f"{view.__module__.split('.')[1]}.{view.__name__}"


def _enter(gate: Gate, view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
    actor = sessions.actor(request)
    if actor is None:
        return _stopped(request)
    if not gate.knows(actor):
        return answers.not_found(request)
    if request.method not in gate.methods and not (request.method == "HEAD" and "GET" in gate.methods):
        return HttpResponseNotAllowed(sorted(gate.methods))
    try:
        with acting(actor):
            return _inside(gate, view, request, dict(kwargs), actor)
    except OperationalError as fault:
        if not crossed(fault):
            raise
    with acting(actor):  # nothing of the first attempt is left, and the other is done by now
        return _inside(gate, view, request, dict(kwargs), actor)


def _stopped(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in, or the session is locked: what was posted is kept for its owner, never carried out."""
    kept = False
    whose = sessions.identity(request)
    if request.method == "POST" and whose and sessions.state(request) is sessions.State.LOCKED:
        owner = Actor(*whose)
        with acting(owner):
            kept = drafts.keep(owner, request.path, request.POST)
    if request.method == "POST":
        return answers.signed_out(request, kept)
    return answers.to_sign_in(request)


def _inside(gate: Gate, view: View, request: Any, kwargs: dict[str, Any], actor: Actor) -> HttpResponse:
    request.actor, request.page, request.kinds = actor, gate.name, frozenset()
    before = receipts.earlier(actor, request.POST.get("key", "")) if request.method == "POST" else None
    if before is not None:
        return answers.again(before)
    subject = _fetch(gate, actor, kwargs) if gate.sight is not None else None
    if gate.sight is not None and subject is None:
        return answers.not_found(request)
    with speaking.about(subject, to_one=_about_itself(actor, subject)):
        return _let_in(gate, view, request, kwargs, actor, subject)


def _about_itself(actor: Actor, subject: Model | None) -> bool:
    """Whether a young person reads about itself: then a text says du, and not dere. Also where it is about nobody."""
    if subject is None:
        return told_beside(Beside.ALONE)
    child = getattr(subject, "child_id", None) or getattr(subject, "person_id", None)
    return actor.is_citizen and child == actor.person


def _let_in(  # noqa: PLR0913 - what has been found out at the door
    gate: Gate, view: View, request: Any, kwargs: dict[str, Any], actor: Actor, subject: Model | None
) -> HttpResponse:
    verdict = gate.needs(actor, subject) if gate.needs is not None else ALLOWED
    if not verdict:
        return _refused(request, actor, gate, subject, verdict)
    arguments: list[Any] = [] if gate.sight is None else [subject]
    if gate.gathers is not None:
        arguments.append(gate.gathers(actor, request))
    request.kinds_of_each = _kinds_of(gate, actor, arguments)
    request.kinds = frozenset[str]().union(*request.kinds_of_each.values())
    if request.method == "POST":
        response = _post(gate, view, request, kwargs, arguments)
    else:
        _note_reading(gate, request, arguments)
        read_only()
        response = view(request, *arguments, **kwargs)
        if _is_file(response) and not _still(gate, request, subject):
            transaction.set_rollback(True)  # nothing was given out: no reading stands of it
            return answers.not_found(request)
    for veil in _veils:
        veil(actor, gate.name, _children_shown(gate, arguments), response)
    return response


def _is_file(response: HttpResponse) -> bool:
    """Whether it is carried away, and may have taken long to make."""
    return "Content-Disposition" in response.headers


def _still(gate: Gate, request: Any, subject: Model | None) -> bool:
    """Asked anew when a file is made: whether its reader is still who came in, and may still have it.

    Each statement sees what is committed, by its own clock: a withdrawal that came while the file was made counts.
    """
    actor: Actor = request.actor
    if not sessions.stands(request, actor):
        return False
    if gate.sight is not None:
        subject = None if subject is None else next(iter(_seen(gate.sight, gate.silent)(actor, subject.pk)), None)
        if subject is None:
            return False
    return gate.needs is None or bool(gate.needs(actor, subject))


def _fetch(gate: Gate, actor: Actor, kwargs: dict[str, Any]) -> Model | None:
    assert gate.sight is not None
    key = gate.key or next(name for name, value in kwargs.items() if isinstance(value, UUID))
    return next(iter(_seen(gate.sight, gate.silent)(actor, kwargs.pop(key))), None)


@cache
def _seen(sight: Sight, silent: bool) -> Callable[[Actor, UUID], list[Any]]:
    """One object within what an actor may see, with the kinds of information that its page may show.

    Without a LIMIT: beside subqueries that look costly, it makes PostgreSQL prefer what begins soonest, a whole scan.
    """

    def one(actor: Actor, key: UUID) -> QuerySet[Any]:
        found = sight(actor).filter(pk=key)
        child = _column_of_child(found.model) if _kinds and not silent else None
        return found if child is None else found.annotate(**{_BESIDE: ArraySubquery(_kinds[0].beside(actor, child))})

    return prepared(one)


_BESIDE = "kinds_beside"


def _column_of_child(model: type[Model]) -> str | None:
    """The column of a model's rows with the child they are about; a row that is the child has it as its key."""
    if any(getattr(one, "attname", "") == "child_id" for one in model._meta.get_fields()):
        return "child_id"
    return "pk" if isinstance(getattr(model, "child_id", None), property) else None


def _children_shown(gate: Gate, arguments: list[Any]) -> list[UUID]:
    """The children that a page with these arguments is about."""
    if not arguments or gate.silent:
        return []
    things = arguments[-1] if gate.gathers is not None else [arguments[0]]
    return list(dict.fromkeys(child for child in (getattr(thing, "child_id", None) for thing in things) if child))


def _kinds_of(gate: Gate, actor: Actor, arguments: list[Any]) -> dict[UUID, frozenset[str]]:
    """Which kinds the actor may know about each child that the page is about."""
    children = _children_shown(gate, arguments)
    if not children or not _kinds:
        return dict.fromkeys(children, frozenset())
    beside = getattr(arguments[0], _BESIDE, None) if gate.gathers is None else None
    return _kinds[0].of_each(actor, children) if beside is None else {children[0]: _kinds[0].all_of(actor, beside)}


def _note_reading(gate: Gate, request: Any, arguments: list[Any]) -> None:
    """What a page that gathers could show of one child says nothing of another: a row for those with the same kinds."""
    if gate.gathers is not None:
        some: dict[frozenset[str], list[UUID]] = {}
        for child, kinds in request.kinds_of_each.items():
            some.setdefault(kinds, []).append(child)
        read_several(request.actor, gate.name, some)
    elif _children_shown(gate, arguments):
        single = arguments[0]
        # An object may open more than the reader's place does, and on another ground: it says so itself.
        kinds, ground = getattr(single, "kinds_of_reading", request.kinds), getattr(single, "ground_of_reading", "")
        children = _children_shown(gate, arguments)
        read(request.actor, gate.name, children=children, object_id=single.pk, kinds=kinds, ground=ground)


def _post(gate: Gate, view: View, request: Any, kwargs: dict[str, Any], arguments: list[Any]) -> HttpResponse:
    """Carry out; a refusal is answered and recorded, and a newer text is shown beside the one that was typed.

    What comes back as a page instead of leading on shows what a page that is read shows, and is recorded like one.
    """
    try:
        response = _once(view, request, kwargs, arguments)
    except Refused as refusal:
        return _refused(request, request.actor, gate, arguments[0] if arguments else None, refusal.verdict)
    except Stale as stale:
        drafts.keep(request.actor, request.path, request.POST)  # for the one who goes back, or elsewhere
        response = answers.conflict(request, stale)
    except ProgrammingError as fault:
        if not isinstance(fault.__cause__, InsufficientPrivilege):
            raise
        return answers.not_found(request)  # sight ended between the fetch and the write: the database refused it
    if response.status_code in _SHOWING:
        _note_reading(gate, request, arguments)
    return response


def _once(view: View, request: Any, kwargs: dict[str, Any], arguments: list[Any]) -> HttpResponse:
    """The form's key goes first into a receipt; a request that changed nothing leaves none."""
    actor, key = request.actor, request.POST.get("key", "")
    with transaction.atomic():
        before = receipts.take(actor, key)
        if before is not None:
            return answers.again(before)
        response = view(request, *arguments, **kwargs)
        if response.status_code >= 400:
            transaction.set_rollback(True)
        elif response.status_code in (302, 303):
            receipts.finish(actor, key, response["Location"])
            drafts.drop(actor, request.path)
    return response


def _refused(request: HttpRequest, actor: Actor, gate: Gate, subject: Any, verdict: Verdict) -> HttpResponse:
    record(
        actor,
        "access.refused",
        child=getattr(subject, "child_id", None),
        object_id=getattr(subject, "pk", None),
        cause=gate.name,
    )
    return answers.refused(request, verdict)
