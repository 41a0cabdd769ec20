"""The pages of the notebook, by subject."""

from laget.concerns.views.discussing import discussion, discussion_new, discussions
from laget.concerns.views.ending import (
    worry_alone,
    worry_ask,
    worry_close,
    worry_decide,
    worry_delete,
    worry_keep,
    worry_reported,
)
from laget.concerns.views.talking import (
    talks,
    worry_child,
    worry_duty,
    worry_environment,
    worry_leader,
    worry_leader_ask,
    worry_parents,
    worry_safe,
)
from laget.concerns.views.writing import notebook, worry, worry_new, worry_words

__all__ = [
    "discussion",
    "discussion_new",
    "discussions",
    "notebook",
    "talks",
    "worry",
    "worry_alone",
    "worry_ask",
    "worry_child",
    "worry_close",
    "worry_decide",
    "worry_delete",
    "worry_duty",
    "worry_environment",
    "worry_keep",
    "worry_leader",
    "worry_leader_ask",
    "worry_new",
    "worry_parents",
    "worry_reported",
    "worry_safe",
    "worry_words",
]
