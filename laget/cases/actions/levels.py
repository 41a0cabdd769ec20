"""A case moves between levels with a reason; the steps stay as its history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import rules
from laget.cases.access import gripped
from laget.cases.following import guide_of
from laget.cases.models import Case, Step
from laget.cases.rights import may_move_level
from laget.cases.telling import tell_family, tell_team
from laget.cases.typed import kept
from laget.consents.actions import ask_again
from laget.guide.rules import Again
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged


@action("cases.level_moved")
def move_level(actor: Actor, case: Case, *, level: str, reason: str) -> Done[Case] | Unchanged[Case]:
    """The cooperation takes another form, as far as the guide lets it, and the reason is kept."""
    case = gripped(actor, case.pk)
    require(may_move_level(actor, case))
    if level == case.level:
        return Unchanged(case)
    if not rules.may_move(guide_of(case), case.level, level):
        raise Invalid(_("The case cannot move there from this level."), "level")
    why = kept(reason, "reason", rules.SHORT_WORDS, missing=_("Write why. The family reads it too."))
    old = case.level
    touched(Case.objects.filter(pk=case.pk).update(level=level), "case")
    Step(case=case, child_id=case.child_id, level=level, reason=why, by_id=actor.person).save(force_insert=True)
    record(actor, "cases.level_moved", child=case.child_id, object_id=case.pk, details={"from": old, "to": level})
    tell_family(actor, case, "cases.level_moved")
    tell_team(actor, case, "cases.level_moved")
    case.level = level
    ask_again(actor, case.child_id, Again.NEW_LEVEL, guide_of(case))
    return Done(case)
