"""What the one who reports does with a report; nobody else does anything."""

from laget.exchange.actions.delivering import delete_report, make_version, mark_sent, note_answers
from laget.exchange.actions.writing import begin_report, write_part

__all__ = ["begin_report", "delete_report", "make_version", "mark_sent", "note_answers", "write_part"]
