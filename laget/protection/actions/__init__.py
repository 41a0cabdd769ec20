"""The only writers of this room."""

from laget.protection.actions.deciding import answer
from laget.protection.actions.restricting import ask_to_end, keep_away, look_again

__all__ = ["answer", "ask_to_end", "keep_away", "look_again"]
