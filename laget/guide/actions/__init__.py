"""The only writers of the model: loading a file, working on a draft, and taking it into use. They only add."""

from laget.guide.actions.drafts import begin_draft, change_draft, end_draft
from laget.guide.actions.loading import load
from laget.guide.actions.proposals import confirm, propose, withdraw

__all__ = ["begin_draft", "change_draft", "confirm", "end_draft", "load", "propose", "withdraw"]
