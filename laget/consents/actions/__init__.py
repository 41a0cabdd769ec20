"""The only writers of consents: asking, answering and withdrawing, each settled at once; and what goes without."""

from laget.consents.actions.answering import Oral, answer, note_oral_answer, withdraw
from laget.consents.actions.asking import Wish, ask, ask_for_service
from laget.consents.actions.care import answer_for_welfare, hand_on
from laget.consents.actions.disclosing import Shared, disclose, keep_hidden, show
from laget.consents.actions.paper import (
    Signed,
    confirm_paper,
    note_paper_no,
    refuse_paper,
    register_paper,
    take_back_paper,
)
from laget.consents.actions.renewing import ask_again, longest, renew

__all__ = [
    "Oral",
    "Shared",
    "Signed",
    "Wish",
    "answer",
    "answer_for_welfare",
    "ask",
    "ask_again",
    "ask_for_service",
    "confirm_paper",
    "disclose",
    "hand_on",
    "keep_hidden",
    "longest",
    "note_oral_answer",
    "note_paper_no",
    "refuse_paper",
    "register_paper",
    "renew",
    "show",
    "take_back_paper",
    "withdraw",
]
