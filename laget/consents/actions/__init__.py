"""The only writers of consents: asking, answering, withdrawing, and settling what follows."""

from laget.consents.actions.answering import Oral, answer, note_oral_answer, withdraw
from laget.consents.actions.asking import Wish, ask, ask_for_service
from laget.consents.actions.settling import settle

__all__ = ["Oral", "Wish", "answer", "ask", "ask_for_service", "note_oral_answer", "settle", "withdraw"]
