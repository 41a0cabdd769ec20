"""The pages of the room, by subject."""

from laget.families.views.children import born, siblings

__all__ = ["born", "siblings"]
