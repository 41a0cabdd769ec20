"""The only writers of the room, by subject."""

from laget.families.actions.children import Registered, link_siblings, record_birth, register_child
from laget.families.actions.information import Answered, Asked, answer_request, decide_right, take_request
from laget.families.actions.responsibility import add_parent, register_responsibility

__all__ = [
    "Answered",
    "Asked",
    "Registered",
    "add_parent",
    "answer_request",
    "decide_right",
    "link_siblings",
    "record_birth",
    "register_child",
    "register_responsibility",
    "take_request",
]
