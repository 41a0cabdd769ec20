"""Who knows a child, its parents and that it is expected."""

from laget.families.access import may_record_birth, visible_children, visible_parents
from laget.families.models import Child, Parent

KNOWS = {"maja", "omar", "kari", "sara"}


def test_each_of_the_cast_knows_what_it_may(cast, as_app):
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            knows = visible_children(member.actor).filter(pk=cast.child).exists()
            assert knows == Child.objects.filter(pk=cast.child).exists() == (name in KNOWS), name
            parents = visible_parents(member.actor).filter(child_id=cast.child).count()
            assert parents == Parent.objects.filter(child_id=cast.child).count() == (2 if name in KNOWS else 0), name


def test_those_around_the_child_may_say_that_it_is_born(cast, as_app):
    child = Child.objects.get(pk=cast.child)
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            verdict = may_record_birth(member.actor, child)
            assert bool(verdict) == (name in KNOWS), name
            assert verdict or str(verdict.reason)
