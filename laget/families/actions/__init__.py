"""The only writers of the room, by subject."""

from laget.families.actions.children import Registered, link_siblings, record_birth, register_child

__all__ = ["Registered", "link_siblings", "record_birth", "register_child"]
