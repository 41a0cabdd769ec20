"""The only writers of this room."""

from laget.protection.actions.addresses import ask_to_lower, ask_to_open, ask_to_release, grade, know_places
from laget.protection.actions.deciding import answer
from laget.protection.actions.feeding import feed
from laget.protection.actions.holding import ask_to_send, put_away
from laget.protection.actions.restricting import ask_to_end, keep_away, look_again

__all__ = [
    "answer",
    "ask_to_end",
    "ask_to_lower",
    "ask_to_open",
    "ask_to_release",
    "ask_to_send",
    "feed",
    "grade",
    "keep_away",
    "know_places",
    "look_again",
    "put_away",
]
