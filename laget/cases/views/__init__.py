"""The pages of the relay, by subject."""

from laget.cases.views.behalf import spoken_for, write_for
from laget.cases.views.closing import close_case, reopen_case
from laget.cases.views.deputies import deputies, end_absence, name_deputy
from laget.cases.views.files import add_file
from laget.cases.views.following import follow_newer, mark_step
from laget.cases.views.log import case_log, own_words, write
from laget.cases.views.looking import hold_back, look_through
from laget.cases.views.offers import note_view, offer, offer_baton
from laget.cases.views.readers import entry_readers
from laget.cases.views.team import accept_acting, case_team, invitation, invite, level, open_case

__all__ = [
    "accept_acting",
    "add_file",
    "case_log",
    "case_team",
    "close_case",
    "deputies",
    "end_absence",
    "entry_readers",
    "follow_newer",
    "hold_back",
    "invitation",
    "invite",
    "level",
    "look_through",
    "mark_step",
    "name_deputy",
    "note_view",
    "offer",
    "offer_baton",
    "open_case",
    "own_words",
    "reopen_case",
    "spoken_for",
    "write",
    "write_for",
]
