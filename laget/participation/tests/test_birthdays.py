"""Before a birthday on which something passes to the child, those concerned are told once, and read what changes."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.demo.cast import make_cast
from laget.families.models import Child
from laget.law.ages import birthday
from laget.law.birthdays import BIRTHDAYS
from laget.notices.delivery import run as deliver
from laget.notices.models import Dispatch, Notice
from laget.participation import sweeps
from laget.people.models import Contact, NationalNumber
from laget.sight.models import Seat
from tests.support.same import as_read

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
EVENT = "participation.birthday"
LEAP = date(2012, 2, 29)


@pytest.fixture
def sweep(monkeypatch):
    """One round at noon of a day in Norway, as the worker's login; what it made is moved to that moment."""

    def run(day, hour=12):
        noon = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
        before = list(Notice.objects.values_list("pk", flat=True))
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(noon)
        fresh = Notice.objects.filter(event=EVENT).exclude(pk__in=before)
        told = set(fresh.values_list("recipient_id", flat=True))
        assert fresh.count() == len(told), "nobody is told twice in one round"
        fresh.update(at=noon)
        return told

    return run


def born(cast, day):
    Child.objects.filter(pk=cast.child).update(born=day)


def those_told(cast):
    return {cast.maja.person, cast.kari.person, cast.child}


@pytest.mark.parametrize("years", BIRTHDAYS)
@pytest.mark.parametrize("when", [LEAP, date(2011, 3, 28), date(2011, 10, 31), date(2012, 1, 1)])
def test_each_is_told_once_sixty_and_fourteen_days_before(years, when, sweep):
    """29 February, the nights of summer time, and a year that turns: the holder, the mother and the young person."""
    cast = make_cast(age=11)
    born(cast, when)
    day = birthday(when, years)
    for before, told in (
        (61, set()),
        (60, those_told(cast)),
        (59, set()),
        (15, set()),
        (14, those_told(cast)),
        (13, set()),
    ):
        assert sweep(day - timedelta(days=before)) == told, before
        assert sweep(day - timedelta(days=before), hour=23) == set()
    for after in range(-2, 3):
        assert sweep(day + timedelta(days=after)) == set(), after


def test_who_was_away_on_the_day_is_told_as_soon_as_it_is_back(cast, sweep):
    born(cast, date(2012, 6, 10))
    day = birthday(date(2012, 6, 10), 15)
    assert sweep(day - timedelta(days=31)) == those_told(cast)
    assert sweep(day - timedelta(days=3)) == those_told(cast)
    assert sweep(day - timedelta(days=1)) == set()


def test_a_worker_that_slept_through_both_tells_once(cast, sweep):
    born(cast, date(2012, 6, 10))
    assert sweep(date(2027, 6, 8)) == those_told(cast)
    assert sweep(date(2027, 6, 9)) == set()
    assert sweep(date(2027, 6, 10)) == set()


def test_nobody_is_told_who_is_kept_away_or_has_no_place_or_cant_sign_in(cast, sweep):
    born(cast, date(2012, 6, 10))
    Seat.objects.filter(kind="child").delete()
    NationalNumber.objects.filter(person_id=cast.kari.person).delete()
    assert sweep(date(2027, 5, 1)) == {cast.maja.person}


def test_the_mail_says_nothing_and_the_young_gets_none(cast, sweep, settings, mailoutbox):
    settings.LAGET_MAIL = True
    born(cast, date(2012, 6, 10))
    for member in (cast.kari, cast.sara, cast.maja):
        Contact.objects.create(person_id=member.person, sort="email", value=f"{member.name.split()[0]}@example.org")
    sweep(date(2027, 5, 1))
    Dispatch.objects.filter(notice__event=EVENT).update(made_at=timezone.now())
    deliver()
    assert sorted(one.to[0] for one in mailoutbox) == ["Kari@example.org", "Maja@example.org"]
    for one in mailoutbox:
        assert not re.search(r"Sara|15|barn|fyller|Solbakken", one.subject + one.body)


def page(cast):
    return reverse("birthdays", args=[cast.child])


def nearly(years, days=60):
    """A birth date by which the birthday is so many days ahead."""
    day = timezone.localdate() + timedelta(days=days)
    return day.replace(year=day.year - years) if (day.month, day.day) != (2, 29) else day - timedelta(days=1)


def body(cast, visit, member):
    return as_read(visit(member).get(page(cast)))


@pytest.mark.parametrize("years", BIRTHDAYS)
def test_each_reads_it_in_own_words(years, visit):
    cast = make_cast(age=years - 1)
    born(cast, nearly(years))
    young, mother, holder = (body(cast, visit, who) for who in (cast.sara, cast.kari, cast.maja))
    assert f"Du fyller {years}<" in young and all(", om 60 dager<" in one for one in (young, mother, holder))
    assert f"Sara fyller {years}<" in mother and f"Sara fyller {years}<" in holder
    assert "Dette får du" in young and "Dette går over til Sara" in mother and "Før dagen kommer" in holder
    assert "Før dagen kommer" not in young + mother
    assert ("Dette tar slutt for de hjemme" in young) == ("Dette tar slutt for dere" in mother)
    for at in BIRTHDAYS:
        assert (f"{at} år</summary>" in young) == (at > years)


def test_sixteen_reads_that_health_is_its_own_and_the_law_stands_there(visit):
    cast = make_cast(age=15)
    born(cast, nearly(16, 14))
    young = body(cast, visit, cast.sara)
    assert "Du bestemmer selv over helsen din" in young
    assert "pasient- og brukerrettighetsloven §\N{NO-BREAK SPACE}4-3" in young
    assert "Foreldrene får vite om helsen bare når ungdommen vil det" in body(cast, visit, cast.kari)


def test_at_eighteen_there_is_nothing_left_and_an_expected_child_has_no_birthdays(visit):
    cast = make_cast(age=19)
    assert "Mer endrer seg ikke" in body(cast, visit, cast.sara)
    Child.objects.filter(pk=cast.child).update(born=None, expected=timezone.localdate())
    assert "Mer endrer seg ikke" in body(cast, visit, cast.kari)


def test_only_those_around_the_child_read_it(cast, visit):
    for member in (cast.maja, cast.omar, cast.kari, cast.sara):
        assert visit(member).get(page(cast)).status_code == 200
    for member in (cast.per, cast.vera, cast.idris, cast.otto, cast.ada, cast.liv):
        answer = visit(member).get(page(cast))
        assert answer.status_code == 404 and "Sara" not in answer.content.decode()


@pytest.mark.parametrize("years", BIRTHDAYS)
def test_the_page_of_the_young_is_easy_to_read(years, visit):
    cast = make_cast(age=years - 1)
    html = body(cast, visit, cast.sara)
    main = html.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"<[^>]+>", " ", re.sub(r'<span class="quiet">.*?</span>|<svg.*?</svg>', " ", main, flags=re.DOTALL))
    words = re.findall(r"\w+", text)
    sentences = len(re.findall(r"[.!?:]|\n\s*\n", text))
    lix = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
    assert lix < 30, lix
    assert not re.search(r"\b(?:dere|deres)\b", text.casefold())


def test_the_way_there_stands_on_each_ones_page(visit):
    cast = make_cast(age=15)
    home = reverse("family_page", args=[cast.child])
    for member, address in (
        (cast.sara, home),
        (cast.kari, home),
        (cast.maja, reverse("case_team", args=[cast.case.pk])),
    ):
        assert f'href="{page(cast)}"' in visit(member).get(address).content.decode()


def test_a_small_childs_family_is_not_told_of_what_lies_years_ahead(cast, visit):
    assert page(cast) not in visit(cast.kari).get(reverse("family_page", args=[cast.child])).content.decode()
