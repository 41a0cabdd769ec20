"""Who gets 200, 403 and 404 on the main pages, and what stands in them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Invitation, Step
from laget.consents.models import Request
from laget.demo.cast import cover, seat, service, worker
from laget.demo.clock import ahead
from laget.desk.tests.test_statements import MOST, statements
from laget.families.models import Child
from laget.plans.models import Goal, Measure
from laget.protection.actions import grade
from laget.protection.tests.test_keeping_away import keep_away
from laget.sight.models import Cover, SeatKind

PAGES = {
    "home": lambda cast: reverse("home"),
    "child_page": lambda cast: reverse("child_page", args=[cast.case.pk]),
    "family_page": lambda cast: reverse("family_page", args=[cast.child]),
    "search": lambda cast: reverse("search"),
}
WORKERS = ("maja", "omar", "vera", "idris", "otto", "ada", "liv")
TABLE = {
    "home": dict.fromkeys(WORKERS, 200) | {"kari": 302, "per": 200, "sara": 302},
    "child_page": dict.fromkeys(WORKERS, 404) | {"maja": 200, "omar": 200, "kari": 404, "per": 404, "sara": 404},
    "family_page": dict.fromkeys(WORKERS, 404) | {"kari": 200, "per": 404, "sara": 200},
    "search": dict.fromkeys(WORKERS, 200) | {"kari": 404, "per": 404, "sara": 404},
}


@pytest.mark.parametrize(("where", "who", "status"), [(w, k, s) for w, row in TABLE.items() for k, s in row.items()])
def test_who_opens_what(cast, visit, where, who, status):
    response = visit(getattr(cast, who)).get(PAGES[where](cast))
    assert response.status_code == status
    if status == 404 or who in {"vera", "idris", "otto", "ada", "liv", "per"}:
        assert "Solberg" not in response.content.decode().replace("Per Solberg", "")


@pytest.mark.parametrize("where", PAGES)
def test_nobody_is_sent_to_sign_in(cast, client, where):
    response = client.get(PAGES[where](cast))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))


def test_what_was_agreed_before_the_level_was_decided_does_not_show_a_step_as_done(cast, visit):
    page = reverse("child_page", args=[cast.case.pk])
    goal = Goal.objects.create(
        case=cast.case, child_id=cast.child, kind="everyday", words="Rolig start", agreed_by_id=cast.maja.person
    )
    day = timezone.localdate() + timedelta(days=20)
    Measure.objects.create(
        goal=goal, child_id=cast.child, kind="everyday", words="Hilse i døra", place="service",
        position_id=cast.maja.position, agreed_by_id=cast.maja.person, start=timezone.localdate(), due=day,
    )  # fmt: skip
    assert "Gjort, ser vi i saken" in visit(cast.maja).get(page).content.decode()
    Step.objects.create(case=cast.case, child_id=cast.child, level="1", reason="Anew", by_id=cast.maja.person)
    assert "Gjort, ser vi i saken" not in visit(cast.maja).get(page).content.decode()


def test_who_does_not_hold_the_baton_reads_the_steps_and_marks_none(cast, visit):
    page = reverse("child_page", args=[cast.case.pk])
    assert "Merk som gjort" in visit(cast.maja).get(page).content.decode()
    body = visit(cast.omar).get(page).content.decode()
    assert "Avtal mål og tiltak" in body and "Merk som gjort" not in body
    assert visit(cast.omar).post(reverse("mark_step", args=[cast.case.pk]), {"said": "done"}).status_code == 403


def taken_back(cast, service):
    """As the withdrawal leaves it: the covers have ended, the seat and the question stand."""
    Cover.objects.filter(child_id=cast.child, service_id=service).update(until=timezone.now())


def test_whoever_is_no_longer_covered_is_not_in_the_picture_of_the_team(cast, visit):
    pages = (
        (cast.kari, reverse("family_page", args=[cast.child])),
        (cast.maja, reverse("child_page", args=[cast.case.pk])),
    )
    for who, page in pages:
        assert "Omar Haddad" in visit(who).get(page).content.decode()
    taken_back(cast, cast.clinic)
    for who, page in pages:
        assert "Omar Haddad" not in visit(who).get(page).content.decode(), page


def test_a_yes_that_was_taken_back_is_not_shown_as_a_question_that_waits(cast, visit):
    asked = Request.objects.create(
        child_id=cast.child, service_id=cast.clinic, kinds=["identity"], text_version="1", asked_by_id=cast.maja.person,
        position_id=cast.maja.position, answer_by=ahead(7),
    )  # fmt: skip
    assert "Familien har tatt tilbake sitt ja" not in visit(cast.maja).get("/").content.decode()
    Cover.objects.filter(service_id=cast.clinic).update(origin_id=asked.pk)
    taken_back(cast, cast.clinic)
    assert "Familien har tatt tilbake sitt ja" in visit(cast.maja).get("/").content.decode()


def test_whoever_helps_reads_first_who_may_not_be_told_and_the_family_never(cast, visit, as_app):
    page, before = PAGES["child_page"](cast), statements(visit(cast.omar), PAGES["child_page"](cast))[0]
    assert "stengt ute" not in visit(cast.omar).get(page).content.decode()
    keep_away(cast, who=cast.per, as_app=as_app)
    with as_app(cast.maja.actor):
        later = timezone.localdate() + timedelta(days=90)
        grade(cast.maja.actor, Child.objects.get(pk=cast.child), cast.child, "confidential", "police", later, "Sak 1")
    for who in (cast.maja, cast.omar):
        body = visit(who).get(page).content.decode()
        assert "Per Solberg er stengt ute" in body and "En adresse her er beskyttet" in body
        assert reverse("protection", args=[cast.child]) in body
    assert statements(visit(cast.omar), page)[0] == before <= MOST
    for who in (cast.kari, cast.sara):
        assert "stengt ute" not in visit(who).get(PAGES["family_page"](cast)).content.decode()


def test_whoever_leads_finds_the_openings_to_review_also_when_the_message_is_read(cast, visit):
    for who, found in (("liv", True), ("maja", False), ("otto", False)):
        assert (reverse("reviews") in visit(getattr(cast, who)).get(reverse("home")).content.decode()) == found, who


def test_the_child_stands_in_the_middle_of_its_team_and_not_beside_itself(cast, visit):
    for who, page in ((cast.maja, "child_page"), (cast.kari, "family_page")):
        body = visit(who).get(PAGES[page](cast)).content.decode()
        around = [one for one in re.findall(r"<svg[^>]*role=.img.*?</svg>", body, re.S) if "Kari" in one]
        assert around and not any("Sara Solberg" in one for one in around)


def test_a_service_the_family_said_yes_to_and_where_nobody_takes_part_is_the_next_step(cast, visit):
    page, asked = reverse("child_page", args=[cast.case.pk]), "Familien har sagt ja til Bakken PPT"
    office = service("Bakken PPT", "OPPL", "ppt", "PPT")
    cover(cast.child, office.service_id)
    Cover.objects.filter(service_id=office.service_id).update(origin="consent", origin_id=uuid4())
    assert asked in visit(cast.maja).get(page).content.decode()
    assert asked not in visit(cast.omar).get(page).content.decode(), "only the holder invites"
    who = worker("Siri", "Dale", office, "Rådgiver")
    sent = Invitation.objects.create(
        case=cast.case, child_id=cast.child, position_id=who.position, made_by_id=cast.maja.person
    )
    assert asked not in visit(cast.maja).get(page).content.decode(), "somebody there is asked"
    Invitation.objects.filter(pk=sent.pk).update(state="declined", answered_at=timezone.now())
    assert asked in visit(cast.maja).get(page).content.decode()
    seat(cast.child, who, SeatKind.SERVICE)
    assert asked not in visit(cast.maja).get(page).content.decode(), "somebody there takes part"
