"""A prepared query gives what a fresh one gives, for any actor and fact, and says so when it can't be prepared."""

import gc
from dataclasses import fields, replace
from datetime import timedelta
from weakref import ref

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from laget.access.prepared import NotTheSame, prepared
from laget.kernel.actor import Place
from laget.people.models import Name, Person

pytestmark = pytest.mark.django_db


def test_the_real_values_are_put_in_each_time(cast):
    named = prepared(lambda person: Name.objects.filter(person_id=person))
    for member in (cast.maja, cast.omar, cast.kari):
        assert [one.full for one in named(member.person)] == [member.name]


def test_actors_of_another_shape_are_asked_about_anew(cast):
    own = prepared(lambda actor: Name.objects.filter(person_id=actor.person).values_list("given", flat=True))
    assert [own(one.actor) for one in (cast.maja, cast.kari, cast.vera)] == [["Maja"], ["Kari"], ["Vera"]]


def test_nothing_is_found_among_nothing(cast):
    among = prepared(lambda people: Person.objects.filter(pk__in=people))
    assert among(()) == []
    assert {one.pk for one in among((cast.maja.person, cast.omar.person))} == {cast.maja.person, cast.omar.person}


def test_a_query_that_computes_with_a_fact_is_refused(cast):
    since = prepared(lambda now: Person.objects.filter(registered_at__gt=now - timedelta(days=1)))
    with pytest.raises(NotTheSame):
        since(timezone.now())


def test_a_query_that_reads_a_clock_is_found_out(cast):
    since = prepared(lambda person: Person.objects.filter(pk=person, registered_at__lt=timezone.now()))
    with pytest.raises(NotTheSame):
        since(cast.maja.person)


@pytest.mark.parametrize("role", [one.name for one in fields(Place) if one.type == "bool"])
def test_what_is_prepared_for_a_role_is_never_asked_for_one_without_it(cast, role):
    all_or_own = prepared(
        lambda actor: Person.objects.all() if getattr(actor.places[0], role) else Person.objects.filter(pk=actor.person)
    )
    (place,) = cast.maja.actor.places
    with_it, without = (replace(cast.maja.actor, places=(replace(place, **{role: on}),)) for on in (True, False))
    assert len(all_or_own(with_it)) > 1
    assert [one.pk for one in all_or_own(without)] == [cast.maja.person]
    assert len(all_or_own(with_it)) > 1


def test_what_is_prepared_is_planned_once(cast):
    asked = prepared(lambda person: Name.objects.filter(person_id=person, given__gt="planned once"))
    for member in (cast.maja, cast.omar, cast.kari):
        asked(member.person)
    with connection.cursor() as cursor:
        kept = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement ~ %s"
        cursor.execute(kept, ['"given" > '])
        assert cursor.fetchall() == [(3,)]


def test_what_is_kept_is_not_the_tree_it_was_built_from(cast):
    """One query of the child's page held six megabytes of it."""
    trees = []

    def of_person(person):
        query = Name.objects.filter(person_id=person).annotate(known=Exists(Person.objects.filter(pk=OuterRef("pk"))))
        trees.append(ref(query.query))
        return query

    named = prepared(of_person)
    first, second = named(cast.kari.person), named(cast.kari.person)
    assert [(one.given, one.known) for one in first] == [(one.given, one.known) for one in second] == [("Kari", True)]
    gc.collect()
    assert trees
    assert not [one for one in trees if one() is not None]
