"""A sign-in as kept in the session: who, in which capacity, how strongly, when; with its idle and absolute limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone

from laget.kernel.actor import LETTER, Actor, Capacity, Place

IDLE = {Capacity.CITIZEN: timedelta(minutes=15), Capacity.WORKER: timedelta(minutes=30)}
ABSOLUTE = {Capacity.CITIZEN: timedelta(minutes=60), Capacity.WORKER: timedelta(hours=8)}
SHORTER = timedelta(minutes=10), timedelta(minutes=30)
"""Idle and absolute, for whoever came in that way."""
LOCKED_FOR = timedelta(hours=24)
TOUCH_EVERY = timedelta(minutes=1)

_KEY = "sign_in"
_LAST = "last_here"


class State(StrEnum):
    """What a session is good for now."""

    NONE = "none"
    LIVE = "live"
    LOCKED = "locked"


_places: list[Callable[[UUID], tuple[Place, ...]]] = []


def places_come_from(source: Callable[[UUID], tuple[Place, ...]]) -> None:
    """A higher room says where a worker's positions are found (called once, at start)."""
    if source not in _places:
        _places.append(source)


def sign_in(
    request: HttpRequest,
    person: UUID,
    capacity: Capacity,
    strength: str,
    last: datetime | None = None,
    proved: datetime | None = None,
) -> None:
    """Begin a session for one identity, under a new key; whatever another identity left in it is thrown away.

    The same person keeps the session and its forms; anybody else begins with nothing, and with a new token for forms.
    last: when the person came in the time before, shown to that person.
    """
    same = identity(request) == (person, capacity)
    language = request.session.get("language")
    if same:
        request.session.cycle_key()
    else:
        request.session.flush()
        request.session.create()
        rotate_token(request)
    now = timezone.now().isoformat()
    request.session[_KEY] = {
        "person": str(person), "capacity": capacity.value, "strength": strength, "at": now, "seen": now,
        "proved": proved.isoformat() if proved else "",
    }  # fmt: skip
    if last:
        request.session[_LAST] = last.isoformat()
    if language:
        request.session["language"] = language


def sign_out(request: HttpRequest) -> None:
    request.session.flush()


def ask_anew(response: HttpResponse) -> None:
    """For a day, whoever signs in from this browser proves anew who they are. The mark says nothing of anybody."""
    response.set_cookie(
        _anew(), "1", max_age=int(LOCKED_FOR.total_seconds()), secure=not settings.INSECURE_COOKIES, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def must_prove(request: HttpRequest) -> bool:
    """Whether a new proof is demanded from this browser: the session is locked, or somebody left quickly."""
    return state(request) is State.LOCKED or _anew() in request.COOKIES


def _anew() -> str:
    return "laget-anew" if settings.INSECURE_COOKIES else "__Host-laget-anew"


def state(request: HttpRequest) -> State:
    """Live, locked (idle or too long, within a day), or none."""
    kept = request.session.get(_KEY)
    if not kept:
        return State.NONE
    now, capacity = timezone.now(), Capacity(kept["capacity"])
    idle, age = now - _time(kept["seen"]), now - _time(kept["at"])
    most_idle, oldest = SHORTER if kept["strength"] == LETTER else (IDLE[capacity], ABSOLUTE[capacity])
    if idle <= most_idle and age <= oldest:
        return State.LIVE
    return State.LOCKED if idle <= LOCKED_FOR else State.NONE


def last_here(request: HttpRequest) -> datetime | None:
    """When the same person came in the time before this session, if ever."""
    session = getattr(request, "session", None)
    kept = session.get(_LAST) if session is not None else None
    return _time(kept) if kept else None


def identity(request: HttpRequest) -> tuple[UUID, Capacity] | None:
    """Whose session this is, also when it is locked."""
    kept = request.session.get(_KEY)
    return (UUID(kept["person"]), Capacity(kept["capacity"])) if kept else None


def actor(request: HttpRequest) -> Actor | None:
    """The actor of a live session, with the positions held at this moment; or None."""
    if state(request) is not State.LIVE:
        return None
    kept = request.session[_KEY]
    now = timezone.now()
    if now - _time(kept["seen"]) >= TOUCH_EVERY:
        request.session[_KEY] = {**kept, "seen": now.isoformat()}
    capacity = Capacity(kept["capacity"])
    person = UUID(kept["person"])
    places = _places[0](person) if capacity is Capacity.WORKER and _places else ()
    return Actor(person, capacity, places, kept["strength"], _time(kept["at"]), _proved(kept))


def stands(request: HttpRequest, actor: Actor) -> bool:
    """Whether the session is not ended meanwhile, and the actor still holds all positions it came in with."""
    if not request.session.exists(request.session.session_key or ""):
        return False
    return set(actor.places) <= set(_places[0](actor.person) if actor.is_worker and _places else ())


def _proved(kept: dict[str, str]) -> datetime | None:
    return _time(kept["proved"]) if kept.get("proved") else None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
