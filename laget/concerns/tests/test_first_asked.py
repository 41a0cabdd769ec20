"""When a municipality asks a family first is a time to offer it: real models say it, and the notebook follows them."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import translation

from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.concerns import access, shown
from laget.concerns.actions import go_on_alone
from laget.concerns.rules import steps
from laget.concerns.rules.steps import Next, Note
from laget.concerns.tests.test_pages import DAY, again, at, main, typed, written
from laget.concerns.views import ending
from laget.consents.shown import asked_first
from laget.consents.views import asking
from laget.demo.cast import cover
from laget.guide.files import preset
from laget.guide.national import national
from laget.guide.reading import read_guide
from laget.guide.rules import Form, asked_by_now, asked_first_at
from laget.law.kinds import Kind
from laget.sight.models import Cover

NOTED = date(2026, 11, 24)


def model(name):
    return read_guide(preset(name), name)


def at_level(form):
    """The national model, asking first at the level with this form of cooperation."""
    one = national()
    code = next(level.code for level in one.levels if level.form is form)
    return replace(one, consent=replace(one.consent, first_asked=code, first_asked_when=None))


def note(**parts):
    found = Note().with_part("worry", {"seen": "x"}).with_part("safe", {"answer": "yes"})
    for name, fields in parts.items():
        found = found.with_part(name, fields)
    return found


TALKED = {"leader": {"on": "2026-11-24"}, "parents": {"on": "2026-11-24", "consent": "later"}}


@pytest.mark.parametrize(
    ("name", "form", "alone"),
    [
        ("hallingdal", Form.ONE_SERVICE, False),
        ("hemsedal", Form.ONE_SERVICE, False),
        ("aal", Form.ONE_SERVICE, False),
        ("sogndal", Form.ONE_SERVICE, False),
        ("kvinnherad", Form.ONE_SERVICE, False),
        ("sund", Form.TWO_SERVICES, True),
        ("overhalla", Form.TWO_SERVICES, True),
        ("national", Form.TWO_SERVICES, True),
    ],
)
def test_real_models_say_when(name, form, alone):
    guide = model(name)
    assert asked_first_at(guide) is form
    assert (steps.alone_at(guide) is not None) is alone
    assert steps.next_step(guide, note(**TALKED)) is Next.DECIDE
    assert [asked_by_now(guide, one) for one in Form] == [
        list(Form).index(one) >= list(Form).index(form) for one in Form
    ]


def test_what_a_model_says_of_it_is_told_in_its_own_words():
    with translation.override("nb"):
        assert asked_first(model("overhalla")).startswith("Hos dere blir familier spurt første gang på nivå B (")
        assert "einige om tiltak" in asked_first(model("sogndal"))
        assert asked_first(replace(national(), consent=replace(national().consent, first_asked=""))) == ""


def test_where_it_is_asked_in_the_talk_it_is_the_next_step_after_it():
    guide = at_level(Form.WONDER)
    assert steps.next_step(guide, note(leader=TALKED["leader"])) is Next.TALK
    assert steps.next_step(guide, note(**TALKED)) is Next.ASK
    said_no = {**TALKED, "parents": {**TALKED["parents"], "consent": "no"}}
    assert steps.next_step(guide, note(**said_no)) is Next.DECIDE
    unsafe = note(**TALKED, duty={"finding": ""}).with_part("safe", {"answer": "", "now": False})
    assert steps.next_step(guide, unsafe) is Next.DECIDE
    asked = note(**TALKED, asked={"on": "2026-11-24", "request": "x", "unshared": "no"})
    assert steps.next_step(guide, asked) is Next.DECIDE


@pytest.fixture
def under(monkeypatch):
    """The municipality asks first at this form of cooperation."""

    def put(form):
        guide = at_level(form)
        for where in (ending, shown, access, asking):
            monkeypatch.setattr(where, "current", lambda _day: guide)
        return guide

    return put


def talked(client):
    """A worry on which both talks are held."""
    worry = written(client)
    client.post(at("worry_leader", worry), {"on": DAY, "came_of_it": "Snakk med dem.", "version": 0})
    client.post(at("worry_parents", worry), {"on": DAY, "shared": "Det jeg så.", "consent": "later", "version": 0})
    return again(worry)


@pytest.fixture
def client(cast, visit):
    return visit(cast.maja)


def test_work_that_needs_no_consent_goes_on_where_it_is_asked_later(client, under):
    under(Form.TWO_SERVICES)
    worry = talked(client)
    ways = main(client.get(at("worry_decide", worry)))
    assert at("worry_alone", worry) in ways and at("worry_ask", worry) in ways
    assert ways.index("Gå videre i egen tjeneste") < ways.index("Spør foreldrene om samtykke")
    assert "spurt første gang på nivå 2" in ways
    empty = client.post(at("worry_alone", worry), {"reason": " "})
    assert empty.status_code == 422
    said = {"reason": "Vi prøver faste plasser i to uker."}
    assert client.post(at("worry_alone", worry), said)["Location"] == at("worry", worry)
    page = main(client.get(at("worry", worry)))
    for words in (
        "Du går videre i egen tjeneste",
        "Vi prøver faste plasser i to uker.",
        "Finn ut hva som trengs",
        "Spør foreldrene",
    ):
        assert words in page, words
    held = again(worry)
    assert held.is_open and held.kept_until == worry.kept_until, "it is deleted on the day it had"
    entry = Entry.objects.get(event="concerns.gone_on_alone")
    assert (entry.child, entry.details) == (None, {})
    assert "Du går videre i egen tjeneste" in main(client.get(reverse("home")))
    assert client.post(at("worry_alone", worry), said).status_code == 403, "once"
    assert client.get(at("worry_ask", worry)).status_code == 200, "asking is open all the time"


@pytest.mark.parametrize("form", [Form.WONDER, Form.ONE_SERVICE])
def test_where_it_is_asked_first_nobody_is_led_round_it(cast, client, under, as_app, form):
    under(form)
    worry = talked(client)
    page = main(client.get(at("worry", worry)))
    assert (f'href="{at("worry_ask", worry)}"' in page) is (form is Form.WONDER)
    ways = main(client.get(at("worry_decide", worry)))
    assert at("worry_alone", worry) not in ways and at("worry_ask", worry) in ways
    refused = client.post(at("worry_alone", worry), {"reason": "Likevel."})
    assert refused.status_code == 403 and "om samtykke før dere går videre" in refused.content.decode()
    with as_app(cast.maja.actor), pytest.raises(Refused):
        go_on_alone(cast.maja.actor, worry, reason="Likevel.")
    assert again(worry).note.part("alone") == {}


def test_a_duty_to_report_goes_before_going_on_alone(cast, client, under, monkeypatch):
    under(Form.TWO_SERVICES)
    worry = talked(client)
    monkeypatch.setattr(access, "must_report", lambda _note: True)
    assert client.post(at("worry_alone", worry), {"reason": "Vi ser det an."}).status_code == 403


def test_nobody_goes_on_with_anothers_note(cast, client, visit, under):
    under(Form.TWO_SERVICES)
    worry = talked(client)
    for name, member in cast.everybody().items():
        if name != "maja":
            assert visit(member).get(at("worry_alone", worry)).status_code == 404, name


@pytest.mark.parametrize("form", list(Form))
def test_the_one_who_asks_reads_when_and_that_it_may_be_earlier(client, under, form):
    under(form)
    page = main(client.get(reverse("ask")))
    assert "spurt første gang" in page and "uten et ja, uansett nivå" in page


def test_what_was_typed_is_kept(client, under):
    under(Form.TWO_SERVICES)
    worry = talked(client)
    number = typed()["seen"] + " " + "01010112345"
    answer = client.post(at("worry_alone", worry), {"reason": number})
    assert answer.status_code == 422 and "matpakke" in main(answer)


# A case that comes to the level at which a family is asked


@pytest.fixture
def cooperating(cast, monkeypatch):
    """How the level page leads on, when families are asked first at this form of cooperation."""

    def move(client, form, target):
        guide = at_level(form)
        monkeypatch.setattr(import_module("laget.cases.shown.team"), "guide_of", lambda _case: guide)
        code = next(level.code for level in guide.levels if level.form is target)
        said = {"level": code, "reason": "Flere må hjelpe."}
        return client.post(reverse("level", args=[cast.case.pk]), said)["Location"]

    return move


def test_a_case_that_comes_there_leads_on_to_the_question(cast, client, cooperating):
    Cover.objects.exclude(service_id=cast.kindergarten).delete()
    asks = reverse("ask_service", args=[cast.child])
    assert cooperating(client, Form.TWO_SERVICES, Form.TWO_SERVICES) == asks


def test_not_before_its_level_and_not_when_enough_services_have_a_yes(cast, client, cooperating):
    asks = reverse("ask_service", args=[cast.child])
    Cover.objects.exclude(service_id=cast.kindergarten).delete()
    assert cooperating(client, Form.SEVERAL_SERVICES, Form.TWO_SERVICES) != asks
    cover(cast.child, cast.clinic, (Kind.IDENTITY,))
    cover(cast.child, cast.school, (Kind.IDENTITY,))
    assert cooperating(client, Form.TWO_SERVICES, Form.SEVERAL_SERVICES) != asks
