"""Plans for tests, made by the owner of the database."""

from datetime import timedelta

from django.utils import timezone

from laget.law.kinds import Kind
from laget.plans.models import Evaluation, Goal, Matter, Measure


def goal(case, by, words="Sara kan si hva hun vil leke med", kind=Kind.EVERYDAY, area="friends", **more):
    return Goal.objects.create(
        case_id=case.pk, child_id=case.child_id, kind=kind, area=area, words=words, agreed_by_id=by.person, **more
    )


def measure(of, by, words="Bilder på tavlen hver morgen", *, at_home=None, days=14, **more):
    who = (
        {"place": "home", "person_id": at_home.person} if at_home else {"place": "service", "position_id": by.position}
    )
    today = timezone.localdate()
    more = {"start": today, "due": today + timedelta(days=days), **more}
    return Measure.objects.create(
        goal=of, child_id=of.child_id, kind=of.kind, words=words, agreed_by_id=by.person, **who, **more
    )


def evaluation(of, by, measure=None, words="Det går bedre", **more):
    return Evaluation.objects.create(
        goal=of,
        measure=measure,
        child_id=of.child_id,
        kind=of.kind,
        outcome="effect_continue",
        words=words,
        childs_words="Gøy!",
        how_asked="Vi tegnet sammen",
        by_id=by.person,
        **more,
    )


def matter(case, by, words="Hesten min", voice="child", kind=Kind.EVERYDAY, **more):
    return Matter.objects.create(
        case_id=case.pk, child_id=case.child_id, kind=kind, voice=voice, words=words, by_id=by.person, **more
    )
