"""The steps of the guide are marked by the holder, and a case goes over to a newer version on purpose."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import following, rules
from laget.cases.access import gripped, visible_marks
from laget.cases.models import Case, Crossing, Mark, Said
from laget.cases.rights import may_follow_newer, may_mark
from laget.cases.telling import tell_family, tell_team
from laget.cases.typed import kept
from laget.guide.rules import steps_of
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged


@action("cases.step_marked")
def mark_step(actor: Actor, case: Case, *, level: str, step: str, said: str) -> Done[Mark] | Unchanged[Mark]:
    """The holder says that a step is done, is not after all, or that the question after it was answered no.

    `level` is the one that was on the page, so that nothing is marked on a level one has left meanwhile.
    """
    case = gripped(actor, case.pk)
    require(may_mark(actor, case))
    known = steps_of(following.guide_where_held(case), case.level)
    chosen = next((one for one in known if one.code == step), None)
    if level != case.level or chosen is None:
        raise Invalid(_("The case has moved on. Look at the step once more."))
    if said not in Said.values or (said == Said.NO and chosen.gate is None):
        raise Invalid(_("Choose what has happened with the step."))
    mine = visible_marks(actor).filter(case=case, guide_version=case.guide_version, level=level, step=step)
    latest = mine.order_by("-at", "-id").first()
    decided = case.steps.order_by("-at", "-id").values_list("at", flat=True).first()
    if latest is not None and latest.said == said and (decided is None or latest.at >= decided):
        return Unchanged(latest)
    made = Mark(
        case=case, child_id=case.child_id, guide_version=case.guide_version, level=level, step=step, said=said,
        by_id=actor.person,
    )  # fmt: skip
    made.save(force_insert=True)
    details = {"step": step, "level": level, "said": said}
    record(actor, "cases.step_marked", child=case.child_id, object_id=made.pk, details=details)
    return Done(made)


@action("cases.guide_followed")
def follow_newer(actor: Actor, case: Case, *, version: str, reason: str) -> Done[Case] | Unchanged[Case]:
    """The case goes over to the version that holds now; its level becomes the one with the same form of cooperation.

    `version` is the one whose preview was read.
    """
    case = gripped(actor, case.pk)
    require(may_follow_newer(actor, case))
    if version == case.guide_version:
        return Unchanged(case)
    newer = following.newer_guide(case, timezone.localdate())
    landing = following.landing(case, newer) if newer else None
    if newer is None or landing is None or newer.code != version:
        raise Invalid(_("Another version holds now. Look once more at what would change."))
    why = kept(reason, "reason", rules.SHORT_WORDS, missing=_("Write why. The family reads it too."))
    old, level = case.guide_version, landing.after.code
    touched(Case.objects.filter(pk=case.pk).update(guide_version=newer.code, level=level), "case")
    made = Crossing(
        case=case, child_id=case.child_id, before=old, after=newer.code, level_before=case.level, level_after=level,
        reason=why, by_id=actor.person,
    )  # fmt: skip
    made.save(force_insert=True)
    details = {"from": old, "to": newer.code, "level_from": case.level, "level_to": level}
    record(actor, "cases.guide_followed", child=case.child_id, object_id=made.pk, details=details)
    tell_family(actor, case, "cases.guide_followed")
    tell_team(actor, case, "cases.guide_followed")
    case.guide_version, case.level = newer.code, level
    return Done(case)
