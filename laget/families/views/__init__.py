"""The pages of the room, by subject."""

from laget.families.views.care import care, care_end
from laget.families.views.children import born, siblings
from laget.families.views.claims import claim, claim_register, claim_take_back
from laget.families.views.information import (
    information,
    information_answer,
    information_new,
    information_request,
    information_right,
)
from laget.families.views.responsibility import parent_new, parents, responsibility

__all__ = [
    "born",
    "care",
    "care_end",
    "claim",
    "claim_register",
    "claim_take_back",
    "information",
    "information_answer",
    "information_new",
    "information_request",
    "information_right",
    "parent_new",
    "parents",
    "responsibility",
    "siblings",
]
