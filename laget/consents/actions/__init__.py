"""The only writers of consents: asking, answering and withdrawing, each settled at once; and what goes without."""

from laget.consents.actions.answering import Oral, answer, note_oral_answer, withdraw
from laget.consents.actions.asking import Wish, ask, ask_for_service
from laget.consents.actions.disclosing import Shared, disclose, show
from laget.consents.actions.renewing import ask_again, renew

__all__ = [
    "Oral",
    "Shared",
    "Wish",
    "answer",
    "ask",
    "ask_again",
    "ask_for_service",
    "disclose",
    "note_oral_answer",
    "renew",
    "show",
    "withdraw",
]
