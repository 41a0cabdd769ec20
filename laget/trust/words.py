"""What each page is called when the family reads who has looked: the kind of information, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext

from laget.kernel.text import N_

PAGES: dict[str, str] = {
    "desk.home": N_("A list of the children that the person works with"),
    "desk.search": N_("A search among the children that the person works with"),
    "desk.child_page": N_("The child's page"),
    "families.born": N_("The page for telling that the child is born"),
    "cases.case_log": N_("The log"),
    "cases.write": N_("The page for writing in the log"),
    "cases.case_team": N_("Who is in the team, and the consents"),
    "cases.level": N_("The page about how many should help"),
    "cases.invite": N_("The page for inviting somebody to the team"),
    "cases.invitation": N_("An invitation to the team"),
    "cases.offer_baton": N_("The page for offering the baton"),
    "cases.offer": N_("An offer of the baton to somebody"),
    "cases.note_view": N_("The page for noting what the family says about who leads"),
    "cases.close_case": N_("The page for closing the case"),
    "cases.reopen_case": N_("The page for opening the case again"),
    "consents.asked": N_("The request for consent, and who has answered"),
    "consents.note_answer": N_("The page for noting an oral answer about consent"),
    "consents.ask_service": N_("The page for asking you about a new service"),
    "plans.case_plan": N_("The plan, with goals, measures and what matters to the child"),
    "plans.goal_new": N_("The page for agreeing on a goal"),
    "plans.goal_edit": N_("A goal"),
    "plans.measure_new": N_("A goal, to add a measure"),
    "plans.measure_edit": N_("A measure"),
    "plans.evaluate": N_("A goal, to evaluate it"),
    "plans.evaluate_measure": N_("A measure, to evaluate it"),
    "plans.matter": N_("The page for telling what matters to the child"),
}

INVITED = N_("Was invited to the team")
ASKED = N_("Asked you for consent")
OFFERED = N_("Was offered the baton, and may read while the offer stands")
ACTING = N_("Leads the team for the time being, since nobody else holds the baton")
CONSENT = N_("Has a place in the team, and you have said yes to the service")
UNKNOWN = N_("Had a place in the team then")


class Unnamed(LookupError):
    """A page has no words, so the family could not be told what was read."""


def named(page: str) -> str:
    """The page in the reader's language. Raises Unnamed."""
    if page not in PAGES:
        raise Unnamed(page)
    return gettext(PAGES[page])


def shown(page: str) -> str:
    """As `named`, but a page that exists no more is still shown as something."""
    try:
        return named(page)
    except Unnamed:
        return gettext("Another page about the child")


def ground(kind: str, origin: str) -> str:
    """Why somebody could look, from the seat held at that moment: its kind and where it came from."""
    words = (
        {"invitation": INVITED}.get(origin, ASKED)
        if kind == "asking"
        else {"offer": OFFERED, "acting": ACTING}.get(origin, CONSENT)
    )
    return gettext(words)
