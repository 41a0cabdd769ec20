"""What matters to the child is told: the newest is shown first, the older is kept."""

from __future__ import annotations

from uuid import uuid4

from django.utils.translation import gettext as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases.access import gripped
from laget.cases.models import Case
from laget.cases.rules import Choice
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.law.kinds import Kind
from laget.plans import rules
from laget.plans.access import may_tell_what_matters, visible_matters
from laget.plans.actions.common import tell_around, words
from laget.plans.actions.readers import TEAM, matter_addressed
from laget.plans.models import Matter
from laget.plans.rules import Voice


def _voice(actor: Actor, case: Case, code: str) -> Voice:
    allowed = rules.voices(family=actor.is_citizen, is_child=actor.person == case.child_id)
    if code not in allowed:
        raise Invalid(_("Choose whose words this is."), "voice")
    return Voice(code)


@action("plans.matter_told")
def tell_what_matters(  # noqa: PLR0913 - what was told, by whose voice, how it came to be known
    actor: Actor,
    case: Case,
    *,
    words: str,
    voice: str,
    how_asked: str = "",
    kind: str = Kind.EVERYDAY,
    to: Choice = TEAM,
) -> Done[Matter] | Unchanged[Matter]:
    """Tell what matters to the child, in the own voice or by passing on the child's words: then say how.

    to: whom it is for.
    """
    if kind not in {one.value for one in Kind if one is not Kind.IDENTITY}:
        raise Invalid(_("Choose what it is about."), "kind")
    case = gripped(actor, case.pk)
    require(may_tell_what_matters(actor, case, kind))
    said = _voice(actor, case, voice)
    must_say_how = rules.needs_how_asked(said, is_child=actor.person == case.child_id)
    text, how = _text(words), _how(how_asked, must_say_how)
    latest = visible_matters(actor).filter(child_id=case.child_id, by_id=actor.person).order_by("-at", "-id").first()
    told = latest and (latest.words, latest.voice, latest.kind, latest.how_asked, latest.addressing)
    if latest and told == (text, said, kind, how, to.to):
        return Unchanged(latest)
    matter = Matter(
        pk=uuid4(), case_id=case.pk, child_id=case.child_id, kind=kind, voice=said, words=text, how_asked=how,
        by_id=actor.person,
    )  # fmt: skip
    matter_addressed(actor, case, matter, to)
    matter.save(force_insert=True)
    record(actor, "plans.matter_told", child=case.child_id, object_id=matter.pk, details={"voice": said, "kind": kind})
    tell_around(actor, case.pk, matter, "plans.matter_told")
    return Done(matter)


def _text(given: str) -> str:
    return words(given, rules.WORDS_LIMIT)


def _how(given: str, required: bool) -> str:
    return words(given, rules.WORDS_LIMIT, "how_asked", required=required)
