"""The only writers of consents: asking, answering and withdrawing, each settled at once."""

from laget.consents.actions.answering import Oral, answer, note_oral_answer, withdraw
from laget.consents.actions.asking import Wish, ask, ask_for_service

__all__ = ["Oral", "Wish", "answer", "ask", "ask_for_service", "note_oral_answer", "withdraw"]
