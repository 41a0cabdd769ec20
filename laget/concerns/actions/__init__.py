"""What the owner of a worry does with it; nobody else does anything."""

from laget.concerns.actions.discussing import delete_discussion, note_discussion
from laget.concerns.actions.ending import (
    delete_worry,
    end_worry,
    go_on_alone,
    keep_longer,
    report_worry,
)
from laget.concerns.actions.talking import (
    ask_for_talk,
    check_duty,
    note_acute,
    note_child_talk,
    note_environment,
    note_leader_talk,
    note_parents_talk,
    note_safe,
)
from laget.concerns.actions.writing import Words, rewrite_worry, write_worry

__all__ = [
    "Words",
    "ask_for_talk",
    "check_duty",
    "delete_discussion",
    "delete_worry",
    "end_worry",
    "go_on_alone",
    "keep_longer",
    "note_acute",
    "note_child_talk",
    "note_discussion",
    "note_environment",
    "note_leader_talk",
    "note_parents_talk",
    "note_safe",
    "report_worry",
    "rewrite_worry",
    "write_worry",
]
