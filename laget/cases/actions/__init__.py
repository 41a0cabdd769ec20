"""All that can be done with a case; each door is named by what the worker or the family says."""

from laget.cases.actions.behalf import say_what_was_meant, write_for
from laget.cases.actions.deputies import end_absence, name_deputy
from laget.cases.actions.family import answer_offer, note_view
from laget.cases.actions.following import follow_newer, mark_step
from laget.cases.actions.invitations import accept_invitation, decline_invitation, invite, take_back_invitation
from laget.cases.actions.keeping import accept_acting, close_case, reopen_case
from laget.cases.actions.levels import move_level
from laget.cases.actions.log import correct_entry, write_entry
from laget.cases.actions.looking import hold_back, look_through
from laget.cases.actions.offers import accept_baton, decline_baton, offer_baton, take_back_baton
from laget.cases.actions.opening import open_case
from laget.cases.actions.readers import choose_readers

__all__ = [
    "accept_acting",
    "accept_baton",
    "accept_invitation",
    "answer_offer",
    "choose_readers",
    "close_case",
    "correct_entry",
    "decline_baton",
    "decline_invitation",
    "end_absence",
    "follow_newer",
    "hold_back",
    "invite",
    "look_through",
    "mark_step",
    "move_level",
    "name_deputy",
    "note_view",
    "offer_baton",
    "open_case",
    "reopen_case",
    "say_what_was_meant",
    "take_back_baton",
    "take_back_invitation",
    "write_entry",
    "write_for",
]
