"""What a parent who asked to be told is answered, in words that are the same for all, and labels of what is noted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.law.information import APPEAL_WEEKS, Answer, Care, Withheld

RELATIONS = [
    ("mother", _("Mother")),
    ("father", _("Father")),
    ("co_mother", _("Co-mother")),
    ("guardian", _("Guardian")),
    ("other", _("Other")),
]
PROOFS = [
    ("register", _("The population register")),
    ("court", _("A court decision")),
    ("agreement", _("A written agreement")),
]
DECISIONS = [
    ("care_order", _("Child welfare has taken over the care (the Child Welfare Act section 5-1)")),
    ("emergency", _("An emergency order, or a ban on moving the child (sections 4-2 and 4-3)")),
    ("voluntary", _("The child lives elsewhere by the parents' own choice (section 3-2)")),
    ("unsure", _("I am not sure")),
]
SOURCES = [*PROOFS, ("declared", _("Only what I have been told"))]
IDENTITIES: dict[str, Any] = {
    "document": _("Passport or another document with a photograph, shown here"),
    "eid": _("Electronic identification, or secure digital post"),
    "known": _("I know the person from before"),
}
OUTCOMES: dict[str, Any] = {
    Answer.GIVEN: _("We tell what was asked"),
    Answer.PART: _("We tell some of it"),
    Answer.REFUSED: _("We tell nothing"),
    Answer.UNSAID: _("We do not say whether we know the child"),
}
GROUNDS: dict[str, Any] = {
    Withheld.CONFIDENTIAL: _("We have a duty of confidentiality towards parents about this"),
    Withheld.HARM: _("It can harm the child that this is told"),
    Withheld.OTHERS: _("It is about somebody else than the child"),
}
CARES: dict[str, Any] = {
    Care.YOUNG: _("The child is 16 or older, and decides alone who is told about its health. Ask the child first."),
    Care.FROM_12: _(
        "The child is between 12 and 16. If it has good reasons why a parent should not be told about its health, "
        "do not tell. Ask the child first."
    ),
}


def told(outcome: str) -> str:
    """The words of the answer, in the language of the one who answers. A refusal never says which ground it had."""
    said = {
        Answer.GIVEN: gettext("You have asked to be told about the child. Here is what you asked for."),
        Answer.PART: gettext("You have asked to be told about the child. Some of it we can't tell you."),
        Answer.REFUSED: gettext("You have asked to be told about the child. We can't tell you what you ask for."),
        Answer.UNSAID: gettext(
            "We can't say whether we know a child. The Children Act section 47 lets you ask the one who has parental "
            "responsibility, kindergarten, school, health and social services, and the police."
        ),
    }[Answer(outcome)]
    return f"{said}\n\n{refused()}" if outcome in (Answer.PART, Answer.REFUSED) else said


def refused() -> str:
    """The ground that is the same for all refusals, and the right of appeal (BL81 § 47, FVL67 § 29)."""
    return gettext(
        "The Children Act section 47 says that we do not tell what we must keep confidential from parents, or what can "
        "harm the child. You can appeal to the county governor within %(weeks)s weeks from when you got this answer. "
        "Send the appeal to us. We can help you write it."
    ) % {"weeks": APPEAL_WEEKS}
