"""The only writers of the room, by subject."""

from laget.families.actions.care import Decision, end_care_order, register_care_order
from laget.families.actions.children import Registered, link_siblings, record_birth, register_child
from laget.families.actions.claims import answer_claim, claim_responsibility, register_claimed, take_back
from laget.families.actions.information import Answered, Asked, answer_request, decide_right, take_request
from laget.families.actions.responsibility import add_parent, lets_in, register_responsibility

__all__ = [
    "Answered",
    "Asked",
    "Decision",
    "Registered",
    "add_parent",
    "answer_claim",
    "answer_request",
    "claim_responsibility",
    "decide_right",
    "end_care_order",
    "lets_in",
    "link_siblings",
    "record_birth",
    "register_care_order",
    "register_child",
    "register_claimed",
    "register_responsibility",
    "take_back",
    "take_request",
]
