"""The page of a child or a young person: what stands there, what it leaves out, and that it says so in few words."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Log, Offer
from laget.consents.models import Party, Request
from laget.consents.sweeps import run
from laget.demo.cast import cover, make_cast, make_family, seat
from laget.desk.tests.test_statements import MOST, offered, statements
from laget.guide.national import national
from laget.notices.models import Notice
from laget.participation.models import NotNow, Trusted
from laget.plans.models import Goal, Measure
from laget.sight.models import SeatKind
from tests.matrix.planted import addresses, plant

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[12, 16])
def young(request, db):
    """Sara at twelve and at sixteen."""
    return make_cast(age=request.param)


def page(cast):
    return reverse("family_page", args=[cast.child])


def body(cast, visit, member=None):
    return visit(member or cast.sara).get(page(cast)).content.decode()


def words_of(html):
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL))


def test_a_child_gets_its_own_page_and_its_mother_the_familys(young, visit):
    own, mothers = body(young, visit), body(young, visit, young.kari)
    assert "Hei, Sara" in own and "Hvem som er rundt meg" in own and "Hva de kan vite" in own
    assert "Hei, Sara" not in mothers and "En du stoler på" not in mothers
    for number in ("tel:112", "tel:113", "tel:116111", "tel:116117"):
        assert number in own and number in mothers
    assert reverse("leave") in own


def test_the_one_it_trusts_stands_there_and_nowhere_on_its_mothers_page(young, visit):
    assert "Du kan velge hvem du helst vil snakke med" in body(young, visit)
    Trusted.objects.create(child_id=young.child, position_id=young.omar.position, by_id=young.child)
    own, mothers = body(young, visit), body(young, visit, young.kari)
    assert "Denne stoler du mest på" in own and "Denne stoler du mest på" not in mothers
    Trusted.objects.create(child_id=young.child, position_id=None, by_id=young.child)
    assert "Du har ikke valgt noen nå" in body(young, visit)


def test_what_it_said_and_what_came_of_it(young, visit):
    assert "Du trenger ikke det" in body(young, visit)
    long_ago = timezone.now() - timedelta(days=3)
    said = Log.objects.create(
        case=young.case, child_id=young.child, sort="child_words", kind="everyday", words="Jeg vil ha hund.",
        author_id=young.child, at=long_ago,
    )  # fmt: skip
    Log.objects.create(
        case=young.case, child_id=young.child, sort="note", kind="everyday", words="Mor sin tekst",
        author_id=young.kari.person,
    )  # fmt: skip
    own = body(young, visit)
    assert "Jeg vil ha hund." in own and "Mor sin tekst" not in own and "Vi har ikke avtalt noe nytt" in own
    here = {"child_id": young.child, "kind": "everyday", "agreed_by_id": young.maja.person}
    goal = Goal.objects.create(case=young.case, words="Hund", **here)
    day = timezone.localdate()
    measure = Measure.objects.create(
        goal=goal, words="Låner naboens hund", place="home", person_id=young.kari.person, start=day, due=day, **here
    )
    assert "Låner naboens hund" in words_of(body(young, visit)).partition("Dette har vi avtalt")[2]
    Measure.objects.filter(pk=measure.pk).update(agreed_at=said.at - timedelta(days=1))
    assert "Dette har vi avtalt" not in body(young, visit)


def asked(cast):
    request = Request.objects.create(
        child_id=cast.child, service_id=cast.school, kinds=["identity", "everyday"], text_version="1",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, typed={},
        answer_by=timezone.now() + timedelta(days=9),
        asked_at=timezone.now() - timedelta(days=60), until=timezone.localdate() + timedelta(days=90),
    )  # fmt: skip
    Party.objects.create(request=request, child_id=cast.child, person_id=cast.child, role="child")
    return request


def test_not_now_is_enough_and_nobody_reminds(young, visit, monkeypatch):
    request = asked(young)
    client = visit(young.sara)
    consent = reverse("consent", args=[request.pk])
    assert "Jeg vil ikke svare nå" in client.get(consent).content.decode()
    assert f'href="{consent}"' in body(young, visit).partition("Hvem som er rundt meg")[0]
    said = client.post(reverse("not_now", args=[young.child]), {"subject": str(request.pk), "next": page(young)})
    assert said["Location"] == page(young)
    own = client.get(page(young)).content.decode()
    assert "Det er helt greit" in own
    assert f'href="{consent}"' not in own.partition("Hvem som er rundt meg")[0]
    assert f'href="{consent}"' in own.partition("Hvem som er rundt meg")[2]
    from laget.access import database

    monkeypatch.setattr(database, "assumed_role", "laget_worker")
    run()
    assert not Notice.objects.filter(event="consents.reminder", recipient_id=young.child).exists()
    NotNow.objects.all().delete()
    Request.objects.filter(pk=request.pk).update(reminded_at=None)
    run()
    assert Notice.objects.filter(event="consents.reminder", recipient_id=young.child).exists()


def test_the_words_are_short(young, visit):
    """LIX as Björnsson counts it: words a sentence, and the share of words of more than six letters."""
    Trusted.objects.create(child_id=young.child, position_id=young.omar.position, by_id=young.child)
    text = words_of(body(young, visit))
    words = re.findall(r"\w+", text)
    sentences = max(1, len(re.findall(r"[.!?:]|\n\s*\n", text)))
    lix = len(words) / sentences + 100 * sum(len(one) > 6 for one in words) / len(words)
    assert lix < 35, lix


def test_the_page_asks_the_database_little_however_many_are_around(young, visit):
    client = visit(young.sara)
    Trusted.objects.create(child_id=young.child, position_id=young.omar.position, by_id=young.child)
    few = statements(client, page(young))
    for member in (young.otto, young.liv):
        seat(young.child, member, SeatKind.SERVICE)
    cover(young.child, young.school)
    asked(young)
    assert statements(client, page(young))[0] == few[0] <= MOST
    offered(young)
    assert statements(client, page(young))[0] <= MOST + 1


def test_a_child_need_not_answer_who_is_to_lead(young, visit):
    offered(young)
    offer = Offer.objects.get()
    client = visit(young.sara)
    address = reverse("offer", args=[offer.pk])
    assert "Jeg vil ikke svare nå" in client.get(address).content.decode()
    assert "Jeg vil ikke svare nå" not in visit(young.kari).get(address).content.decode()
    client.post(reverse("not_now", args=[young.child]), {"subject": str(offer.pk), "next": page(young)})
    assert f'href="{address}"' in client.get(page(young)).content.decode().partition("Hvem som er rundt meg")[2]


def test_those_who_help_find_where_it_is_set_up(young, visit):
    team = visit(young.maja).get(reverse("case_team", args=[young.case.pk])).content.decode()
    assert reverse("ways_in", args=[young.child]) in team
    assert reverse("ways_in", args=[young.child]) not in body(young, visit, young.kari)


def test_what_it_writes_is_its_own_words_and_nobody_asks_how_it_was_asked(young, visit):
    form = visit(young.sara).get(reverse("write", args=[young.case.pk])).content.decode()
    assert 'name="sort" value="child_words"' in form
    assert "how_asked" not in form and "?sort=note" not in form
    mothers = visit(young.kari).get(reverse("write", args=[young.case.pk])).content.decode()
    assert "?sort=child_words" in mothers


READ_BY_THE_YOUNG = (
    "ledger",
    "consent",
    "case_log",
    "who_looked",
    "family_page",
    "offer",
    "birthdays",
    "my_sign_in",
    "trusted",
    "matter",
    "write",
)


@pytest.mark.parametrize("age", [12, 16])
def test_the_young_are_never_spoken_to_as_a_family(age, db, visit):
    """What is said to a family is said to one: du, and hvem du er; and the pages are easy to read."""
    cast = make_cast(age=age)
    ids = plant(cast)
    Offer.objects.filter(pk=ids["offer"]).update(state="offered")
    client, mothers = visit(cast.sara), visit(cast.kari)
    spoken = {}
    for name in READ_BY_THE_YOUNG:
        address = next(one for one in addresses() if one.name == name)
        page = reverse(name, kwargs={one: ids[one] for one in address.takes})
        text = words_of(client.get(page).content.decode())
        assert not re.search(r"\b(?:dere|deres|hvem barnet er)\b", text.casefold()), (name, text)
        words, sentences = re.findall(r"\w+", text), max(1, len(re.findall(r"[.!?:]|\n\s*\n", text)))
        lix = len(words) / sentences + 100 * sum(len(one) > 6 for one in words) / len(words)
        assert lix < 30, (name, lix)
        spoken[name] = text
    assert "Samtykkene dine" in spoken["ledger"] and "Hvem du er" in spoken["ledger"]
    ledger = reverse("ledger", args=[cast.child])
    assert "Samtykkene deres" in words_of(mothers.get(ledger).content.decode())


SPOKEN_TO_A_CHILD = (
    *READ_BY_THE_YOUNG, "case_plan", "case_team", "inbox", "mail", "why_looked", "team_tie", "goal_new", "measure_new",
    "evaluate", "evaluate_measure", "health_readers", "entry_readers",
)  # fmt: skip
AS_OF_ANOTHER = re.compile(r"\b(?:dere|deres|barnet|barnets|laget vårt|evaluer)\b", re.IGNORECASE)


def _without_the_guide(text):
    """The municipality's own description of its model is the same for everybody who reads it."""
    for area in national().areas:
        text = text.replace(area.hint.get("nb"), "")
    return text.partition("Slik samarbeider vi")[0]


@pytest.mark.parametrize("age", [12, 16])
def test_no_page_speaks_of_the_young_as_of_another(age, db, visit):
    """Also what stands around the page, and pages that are about nobody: whoever reads only about itself is du."""
    cast = make_cast(age=age)
    ids = plant(cast)
    Offer.objects.filter(pk=ids["offer"]).update(state="offered")
    client, spoken = visit(cast.sara), {}
    for name in SPOKEN_TO_A_CHILD:
        address = next(one for one in addresses() if one.name == name)
        answer = client.get(reverse(name, kwargs={one: ids[one] for one in address.takes}))
        text = re.sub(r"<[^>]+>", " ", answer.content.decode())
        assert answer.status_code in (200, 403), name
        own = _without_the_guide(text)
        spoken[name] = [own[max(0, one.start() - 40) : one.end() + 40] for one in AS_OF_ANOTHER.finditer(own)]
    assert not any(spoken.values()), {name: found for name, found in spoken.items() if found}
    mothers = visit(cast.kari).get(reverse("inbox")).content.decode()
    assert "Laget vårt" in mothers and "Laget mitt" in client.get(reverse("inbox")).content.decode()


def test_a_young_mother_is_spoken_to_as_a_family(cast, visit):
    """She is registered as a child here herself, and has a child: a page that is about nobody does not guess."""
    assert "Laget mitt" in visit(cast.sara).get(reverse("mail")).content.decode()
    seat(make_family(cast.maja.person).child, cast.sara, SeatKind.PARENT)
    assert "Laget vårt" in visit(cast.sara).get(reverse("mail")).content.decode()
