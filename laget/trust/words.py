"""What each page is called when the family reads who has looked: the kind of information, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from laget.emergency.rules import REASONS, Reason
from laget.kernel.text import N_
from laget.law.kinds import LABELS, Kind
from laget.trust.rules.clock import State
from laget.trust.rules.control import Rule

PAGES: dict[str, str] = {
    "desk.home": N_("A list of the children that the person works with"),
    "desk.search": N_("A search among the children that the person works with"),
    "desk.child_page": N_("The child's page"),
    "ties.own_tie": N_("The page for telling of a tie to the family"),
    "ties.team_tie": N_("The page for saying that somebody in the team is too close"),
    "participation.ways_in": N_("Who in the family has a sign-in without electronic ID"),
    "participation.set_up": N_("The page for setting up a sign-in without electronic ID"),
    "participation.remark": N_("What was said when a sign-in was set up"),
    "participation.health_readers": N_("Who in the family reads about the health of a young person"),
    "participation.birthdays": N_("What changes when the child turns 12, 15, 16 and 18"),
    "families.born": N_("The page for telling that the child is born"),
    **dict.fromkeys(
        (
            "protection.protection",
            "protection.keep_away",
            "protection.kept_away",
            "protection.look_again",
            "protection.end",
            "protection.confirm",
            "protection.to_confirm",
            "protection.grade",
            "protection.places",
            "protection.held_mails",
            "protection.held_mail",
            "protection.put_away",
            "protection.release",
            "protection.released",
            "protection.open_parent",
            "protection.lower",
        ),
        N_("A page about who takes part"),
    ),
    **dict.fromkeys(
        (
            "families.parents",
            "families.parent_new",
            "families.responsibility",
            "families.claim",
            "families.claim_take_back",
            "families.claim_register",
        ),
        N_("Who has parental responsibility"),
    ),
    "families.information": N_("What has been asked and told about the child"),
    "families.information_new": N_("What has been asked and told about the child"),
    "families.information_request": N_("What has been asked and told about the child"),
    "families.information_answer": N_("What has been asked and told about the child"),
    "families.information_right": N_("What has been asked and told about the child"),
    "cases.case_log": N_("The log"),
    "cases.write": N_("The page for writing in the log"),
    "cases.write_for": N_("The page for writing in the log"),
    "cases.look_through": N_("The log"),
    "cases.hold_back": N_("The log"),
    "cases.entry_readers": N_("The log"),
    "cases.case_team": N_("Who is in the team, and the consents"),
    "cases.level": N_("The page about how many should help"),
    "cases.follow_newer": N_("The page about following a newer guide"),
    "cases.invite": N_("The page for inviting somebody to the team"),
    "cases.invitation": N_("An invitation to the team"),
    "cases.name_deputy": N_("The page for finding a deputy"),
    "cases.offer_baton": N_("The page for offering the baton"),
    "cases.offer": N_("An offer of the baton to somebody"),
    "cases.note_view": N_("The page for noting what the family says about who leads"),
    "cases.close_case": N_("The page for closing the case"),
    "cases.reopen_case": N_("The page for opening the case again"),
    "consents.asked": N_("The request for consent, and who has answered"),
    "consents.note_answer": N_("The page for noting an oral answer about consent"),
    **dict.fromkeys(
        ("consents.paper_form", "consents.register_paper", "consents.paper"), N_("An answer on paper about consent")
    ),
    **dict.fromkeys(
        ("consents.for_child_welfare", "consents.hand_say_on"),
        N_("The request for consent, for child welfare to answer"),
    ),
    "families.care": N_("Who has the care of the child"),
    "families.care_end": N_("Who has the care of the child"),
    "consents.renew": N_("The page for asking you again about a consent"),
    "consents.ask_service": N_("The page for asking you about a new service"),
    "cases.add_file": N_("The log"),
    "consents.scan": N_("An answer on paper about consent"),
    "documents.file": N_("A file"),
    "plans.case_plan": N_("The plan, with goals, measures and what matters to the child"),
    "plans.look_plan_through": N_("The plan, to look through it for the child"),
    "plans.hold_goal_back": N_("A goal"),
    "plans.hold_measure_back": N_("A measure"),
    "plans.hold_matter_back": N_("What matters to the child"),
    "plans.goal_readers": N_("A goal"),
    "plans.measure_readers": N_("A measure"),
    "plans.matter_readers": N_("What matters to the child"),
    "plans.goal_new": N_("The page for agreeing on a goal"),
    "plans.goal_edit": N_("A goal"),
    "plans.measure_new": N_("A goal, to add a measure"),
    "plans.measure_edit": N_("A measure"),
    "plans.evaluate": N_("A goal, to evaluate it"),
    "plans.evaluate_measure": N_("A measure, to evaluate it"),
    "plans.matter": N_("The page for telling what matters to the child"),
    "emergency.step_two": N_("That there is something about the child. Not what is written."),
    "emergency.opened": N_("Who the child is, who helps, and what is written in the log for the whole team"),
    "trust.question": N_("The question you asked about who has looked"),
    "trust.inquiry": N_("Who has looked, and who could look. Not what is written."),
    "trust.inquire_asked": N_("The question you asked about who has looked"),
}

INVITED = N_("Was invited to the team")
ASKED = N_("Asked you for consent")
OFFERED = N_("Was offered the baton, and may read while the offer stands")
ACTING = N_("Leads the team for the time being, since nobody else holds the baton")
DEPUTY = N_("Stands in for the one who leads the team, while that one is away")
CONSENT = N_("Has a place in the team, and you have said yes to the service")
UNKNOWN = N_("Had a place in the team then")

CONTROLLED = N_("The data protection officer controls who has looked")
ANSWERED = N_("Answers the question you asked")
GROUNDS_OF_PAGES = {"trust.inquiry": CONTROLLED, "trust.inquire_asked": CONTROLLED, "trust.question": ANSWERED}

HIDDEN_SORTS = frozenset({"crisis_centre", "child_welfare_institution"})
"""Services whose name tells where somebody lives or hides: shown to no family by name (domain of protection)."""

RULES: dict[str, tuple[str, str]] = {
    Rule.SAME_NAME: (
        N_("Same family name"),
        N_(
            "The one who looked has a family name in common with the child or a parent. Many do, without being related."
        ),
    ),
    Rule.RELATED: (
        N_("Registered as family"),
        N_("The one who looked is registered as family of the child, or as parent together with one of the parents."),
    ),
    Rule.SAME_HOME: (
        N_("Same address"),
        N_("The one who looked lives where the child lives, as the population register says."),
    ),
    Rule.NO_TRACE: (
        N_("Nothing to do with the child"),
        N_("Thirty days before and after there is no baton, measure, entry or other work by the one who looked."),
    ),
    Rule.NIGHT: (N_("At night"), N_("Looked between 23 at night and 6 in the morning.")),
    Rule.MANY: (N_("Very many children"), N_("Opened the pages of more than thirty children in one day.")),
    Rule.SEARCHED: (N_("Searched again and again"), N_("Searched for the same child five times or more in one day.")),
    Rule.EMPTY_SEARCHES: (N_("Searched in vain"), N_("Searched ten times or more in one day without finding anybody.")),
    Rule.LEFT: (N_("Lost the place shortly after"), N_("Lost the place around the child within a week after looking.")),
    Rule.SAMPLE: (N_("Drawn by lot"), N_("One of a hundred visits is drawn by lot. Nothing about it is striking.")),
}
FAMILY = N_("The family asks")

STATES: dict[str, tuple[str, str]] = {
    State.OPEN: (N_("Waits for an answer"), "info"),
    State.LATE: (N_("Past the deadline"), "warning"),
    State.PASSED_ON: (N_("With the data protection officer"), "warning"),
    State.EXPLAINED: (N_("Explained"), "success"),
    State.UNLAWFUL: (N_("Against the law"), "danger"),
}


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


def ground_of_reading(code: str) -> str:
    """The ground that the record itself names: an emergency; empty for other readings."""
    _, _, reason = code.partition("emergency.")
    if reason not in list(Reason):
        return ""
    return gettext("Opened it in an emergency. %(reason)s.") % {"reason": gettext(REASONS[Reason(reason)])}


def ground_of_page(page: str) -> str:
    """Why somebody could look who has no place around the child: control, or an answer; empty for other pages."""
    return gettext(GROUNDS_OF_PAGES[page]) if page in GROUNDS_OF_PAGES else ""


def rule(code: str) -> tuple[str, str]:
    """A rule of log control, and what it means."""
    name, meaning = RULES[code]
    return gettext(name), gettext(meaning)


def state(code: str) -> tuple[str, str]:
    """Where a question stands, in words, and its colour."""
    label, colour = STATES[code]
    return gettext(label), colour


def kinds(codes: Iterable[str]) -> str:
    """Kinds of information in the order of the law's list."""
    found = set(codes)
    return ", ".join(gettext(LABELS[kind]) for kind in Kind if kind in found)


def ground(kind: str, origin: str) -> str:
    """Why somebody could look, from the seat held at that moment: its kind and where it came from."""
    words = (
        {"invitation": INVITED}.get(origin, ASKED)
        if kind == "asking"
        else {"offer": OFFERED, "acting": ACTING, "deputy": DEPUTY}.get(origin, CONSENT)
    )
    return gettext(words)
