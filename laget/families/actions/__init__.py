"""The only writers of the room, by subject."""

from laget.families.actions.children import Registered, link_siblings, record_birth, register_child
from laget.families.actions.information import Answered, Asked, answer_request, decide_right, take_request

__all__ = [
    "Answered",
    "Asked",
    "Registered",
    "answer_request",
    "decide_right",
    "link_siblings",
    "record_birth",
    "register_child",
    "take_request",
]
