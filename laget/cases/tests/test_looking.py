"""What was written before a child had its place is closed to it until somebody has looked through it, in both locks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import Refused
from laget.cases import ground
from laget.cases.access import visible_entries
from laget.cases.actions import choose_readers, correct_entry, hold_back, look_through
from laget.cases.looking import older, to_look_through
from laget.cases.models import Case, Log, Readership
from laget.cases.reading import readers_of, text_of
from laget.cases.rules import Choice
from laget.cases.tests.factories import entry
from laget.demo.cast import make_cast
from laget.demo.clock import ago
from laget.families.models import Child, Parent
from laget.kernel.errors import Invalid
from laget.notices.models import Notice
from laget.participation.actions import Said, set_up
from laget.sight.models import Seat

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=90)


@pytest.fixture
def came(db, as_app):
    """Sara of twelve gets her page from Maja; three entries stand in the log before, one of them Omar's on health."""
    cast = make_cast(age=12)
    Seat.objects.filter(kind="child").delete()
    Parent.objects.filter(person_id=cast.per.person).update(responsibility=False)
    old = [
        entry(cast, cast.maja, words="Sara hadde en fin dag.", at=ago(9)),
        entry(cast, cast.maja, words="Onkel Tor er syk, og Kari er mye hos ham.", at=ago(8)),
        entry(cast, cast.omar, kind="health", words="Om helsen.", at=ago(7)),
    ]
    said = Said("known", "hand", "Siden 1. klasse.", "Vil selv.", (cast.child, cast.kari.person), cast.omar.position)
    with as_app(cast.maja.actor):
        set_up(cast.maja.actor, Child.objects.get(pk=cast.child), cast.child, said)
    return cast, old


def reads(as_app, member):
    """What somebody reads, by both locks, which agree."""
    by_python = set(visible_entries(member.actor).values_list("words", flat=True))
    with as_app(member.actor), connection.cursor() as cursor:
        cursor.execute("SELECT words FROM cases_log")
        assert {row[0] for row in cursor.fetchall()} == by_python
    return by_python


def looks(as_app, cast, member, *seen):
    with as_app(member.actor):
        case = Case.objects.get(pk=cast.case.pk)
        return look_through(member.actor, case, [one.pk for one in seen]).value


def test_the_child_reads_nothing_older_until_it_is_looked_through_and_its_mother_reads_as_before(came, as_app):
    cast, _old = came
    assert reads(as_app, cast.sara) == set()
    assert len(reads(as_app, cast.kari)) == 3
    new = entry(cast, cast.maja, words="Skrevet etterpå.")
    assert reads(as_app, cast.sara) == {new.words}


def test_each_opens_what_it_reads_and_no_more(came, as_app):
    cast, old = came
    assert looks(as_app, cast, cast.maja, *old) == 2, "health is not for the kindergarten"
    assert reads(as_app, cast.sara) == {old[0].words, old[1].words}
    with as_app(cast.sara.actor):
        assert ground.unlooked(cast.child)
    assert not Notice.objects.filter(event="cases.older_open").exists()
    assert looks(as_app, cast, cast.omar, old[2]) == 1
    assert len(reads(as_app, cast.sara)) == 3
    told = Notice.objects.get(event="cases.older_open")
    assert (told.recipient_id, told.capacity) == (cast.child, "citizen")
    with pytest.raises(Refused):
        looks(as_app, cast, cast.omar, old[2])


def test_what_was_not_on_the_page_stays_closed(came, as_app):
    cast, old = came
    assert looks(as_app, cast, cast.maja, old[0]) == 1
    assert reads(as_app, cast.sara) == {old[0].words}


def test_held_back_is_held_from_the_child_alone_with_a_ground_and_a_reason(came, as_app):
    cast, old = came
    with as_app(cast.maja.actor):
        hold_back(cast.maja.actor, old[1], on="another_person", why="Tors sykdom er hans egen.", review_on=SOON)
    looks(as_app, cast, cast.maja, old[0])
    looks(as_app, cast, cast.omar, old[2])
    assert old[1].words not in reads(as_app, cast.sara)
    for member in (cast.kari, cast.maja, cast.omar):
        assert old[1].words in reads(as_app, member)
    kept = Readership.objects.get(of=old[1].pk)
    assert (kept.audience, kept.persons, kept.ground) == ("not_for", [cast.child], "another_person")
    assert kept.review_on == SOON
    with as_app(cast.sara.actor):
        assert not Readership.objects.exists() and not ground.unlooked(cast.child)
    with as_app(cast.kari.actor):
        assert not Readership.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": "child_asks"}, "ground"), ({"on": ""}, "ground"), ({"why": " "}, "why"),
        ({"review_on": timezone.localdate()}, "review_on"), ({"review_on": SOON + timedelta(days=600)}, "review_on"),
    ],
)  # fmt: skip
def test_nothing_is_held_back_without_a_ground_for_it(came, as_app, given, field):
    cast, old = came
    said = {"on": "danger", "why": "Farlig å lese.", "review_on": SOON} | given
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        hold_back(cast.maja.actor, old[1], **said)
    assert fault.value.field == field


@pytest.mark.parametrize(
    ("audience", "persons", "after"),
    [
        ("own_service", (), "named"),
        ("family", (), "named"),
        ("named", ("sara", "kari"), "named"),
        ("not_for", ("per",), "not_for"),
    ],
)
def test_whoever_else_read_it_reads_it_still(came, as_app, audience, persons, after):
    cast, _old = came
    everybody = cast.everybody()
    named = sorted(everybody[one].person for one in persons)
    one = entry(cast, cast.maja, audience=audience, persons=named, words="Smalt", at=ago(5))
    if audience == "family":
        Log.objects.filter(pk=one.pk).update(author_id=cast.maja.person)
    before = {name for name, member in everybody.items() if "Smalt" in reads(as_app, member)}
    if audience == "family":
        return  # no service reads it, so none looks through it
    with as_app(cast.maja.actor):
        hold_back(cast.maja.actor, one, on="danger", why="Farlig.", review_on=SOON)
    one.refresh_from_db()
    assert one.audience == after
    assert {name for name, member in everybody.items() if "Smalt" in reads(as_app, member)} == before - {"sara"}


def test_what_no_service_reads_is_said_to_wait_only_while_it_does(came, as_app):
    """A parent's words for the family alone: the child is not told for ever that something waits."""
    cast, old = came
    entry(cast, cast.kari, audience="family", words="Bare oss", at=ago(5))
    looks(as_app, cast, cast.maja, *old)
    looks(as_app, cast, cast.omar, *old)
    with as_app(cast.sara.actor):
        assert not ground.unlooked(cast.child)
    assert "Bare oss" not in reads(as_app, cast.sara)


def test_what_is_the_childs_own_waits_for_nobody(came, as_app):
    """A worker wrote it down for the child before it had a page: it is the child's, from the first day."""
    cast, _old = came
    own = {"sort": "child_words", "audience": "childs_own", "persons": [cast.maja.person], "at": ago(5)}
    entry(cast, cast.maja, words="Jeg vil bo hos mormor.", **own)
    entry(cast, cast.sara, words="Skrevet av meg før.", at=ago(5))
    assert reads(as_app, cast.sara) == {"Jeg vil bo hos mormor.", "Skrevet av meg før."}
    assert "Jeg vil bo hos mormor." not in reads(as_app, cast.kari)


def test_who_reads_it_is_told_truly_to_the_author(came, as_app):
    cast, old = came
    with as_app(cast.maja.actor):
        assert cast.child not in {one.person for one in readers_of(cast.child, text_of(old[0]))}
    looks(as_app, cast, cast.maja, old[0])
    old[0].refresh_from_db()
    with as_app(cast.maja.actor):
        assert cast.child in {one.person for one in readers_of(cast.child, text_of(old[0]))}


def test_a_correction_is_new_and_the_old_words_still_wait(came, as_app):
    cast, old = came
    with as_app(cast.maja.actor):
        correct_entry(cast.maja.actor, old[1], words="Kari er sliten.")
    assert reads(as_app, cast.sara) == {"Kari er sliten."}


def test_those_who_take_part_are_told_and_nobody_else(came):
    cast, _old = came
    told = set(Notice.objects.filter(event="cases.look_through").values_list("recipient_id", flat=True))
    assert told == {cast.maja.person, cast.omar.person}


def test_a_child_without_a_log_waits_for_nothing(db, as_app):
    cast = make_cast(age=12)
    Seat.objects.filter(kind="child").delete()
    Parent.objects.filter(person_id=cast.per.person).update(responsibility=False)
    said = Said("known", "hand", "Siden 1. klasse.", "Vil selv.", (cast.child, cast.kari.person), None)
    with as_app(cast.maja.actor):
        set_up(cast.maja.actor, Child.objects.get(pk=cast.child), cast.child, said)
        assert not ground.unlooked(cast.child)
    assert not Notice.objects.filter(event="cases.look_through").exists()


def test_the_page_points_out_others_and_one_press_opens_the_rest(came, visit, as_app):
    cast, old = came
    client = visit(cast.maja)
    home = client.get(reverse("child_page", args=[cast.case.pk])).content.decode()
    page = reverse("look_through", args=[cast.case.pk])
    assert f'href="{page}"' in home
    body = client.get(page).content.decode()
    assert "Sara hadde en fin dag." in body and "Om helsen." not in body
    assert "Navn eller steder som gjelder andre" in body and "Tor" in body and "Kari" in body
    hold = reverse("hold_back", args=[old[1].pk])
    wrong = client.post(hold, {"ground": "another_person", "why": "", "review_on": SOON.isoformat()})
    assert wrong.status_code == 422 and SOON.isoformat() in wrong.content.decode()
    client.post(hold, {"ground": "another_person", "why": "Hans eget.", "review_on": SOON.isoformat()})
    answer = client.post(page, {"seen": [str(old[0].pk)]}, follow=True).content.decode()
    assert "Barnet kan lese det du har gått gjennom" in answer
    assert client.get(page).status_code == 403
    assert reads(as_app, cast.sara) == {old[0].words}


def test_the_child_is_told_that_more_is_coming_and_how_much_it_is_not(came, visit, as_app):
    cast, old = came
    page = reverse("case_log", args=[cast.case.pk])
    before = visit(cast.sara).get(page).content.decode()
    assert "Noen går gjennom det som ble skrevet før du kom hit" in before and "Onkel" not in before
    assert "Noen går gjennom" not in visit(cast.kari).get(page).content.decode()
    looks(as_app, cast, cast.maja, *old)
    looks(as_app, cast, cast.omar, *old)
    assert "Noen går gjennom" not in visit(cast.sara).get(page).content.decode()


def test_only_those_who_take_part_for_a_service_look_through(came, visit):
    cast, old = came
    page, hold = reverse("look_through", args=[cast.case.pk]), reverse("hold_back", args=[old[1].pk])
    for member in (cast.kari, cast.sara, cast.per, cast.otto, cast.ada, cast.vera, cast.idris):
        for address in (page, hold):
            assert visit(member).get(address).status_code == 404, member.name
            assert visit(member).post(address, {"seen": [str(old[0].pk)]}).status_code == 404
    assert not Log.objects.exclude(looked_at=None).exists()


def test_the_marks_are_found_by_the_page_alone(came, as_app):
    cast, _old = came
    with as_app(cast.maja.actor):
        found = older(cast.maja.actor, Case.objects.get(pk=cast.case.pk))
        assert to_look_through(cast.maja.actor).count() == 2
    assert [bool(one.about) for one in found] == [False, True]


def test_what_a_held_back_entry_corrects_opens_with_it_when_the_hold_ends(came, as_app):
    """Its earlier words have been looked through with it: nobody has to find them again."""
    cast, old = came
    first = entry(cast, cast.maja, words="Kari er syk.", at=ago(8))
    second = entry(cast, cast.maja, words="Kari er sliten.", at=ago(6), corrects=first)
    with as_app(cast.maja.actor):
        hold_back(cast.maja.actor, second, on="another_person", why="Hennes eget.", review_on=SOON)
    assert "Kari er syk." not in reads(as_app, cast.sara)
    second.refresh_from_db()
    with as_app(cast.maja.actor):
        choose_readers(cast.maja.actor, second, choice=Choice("team", why="Kari har fortalt det."))
    assert {"Kari er syk.", "Kari er sliten."} <= reads(as_app, cast.sara)
    assert old[0].words not in reads(as_app, cast.sara), "the rest still waits"
