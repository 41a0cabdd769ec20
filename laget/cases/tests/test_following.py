"""Steps are marked by the holder in new rows, and a case goes to a newer guide only on purpose."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Entry
from laget.cases import actions, following
from laget.cases.models import Case, Crossing, Mark
from laget.cases.tests.factories import fresh
from laget.guide import access, versions
from laget.guide.actions import load
from laget.guide.files import preset
from laget.guide.national import national
from laget.kernel.actor import SYSTEM
from laget.kernel.errors import Invalid, Refused
from laget.notices.models import Notice


@pytest.fixture
def newer(cast, as_app):
    """Overhalla's model holds from yesterday; the cast's case began under the national default."""
    versions.connect(versions.Source(access.rows, access.text))
    day = timezone.localdate() - timedelta(days=1)
    with as_app(SYSTEM):
        made = load(SYSTEM, preset("overhalla"), begins=day, today=day, name="overhalla").value
    versions.forget()
    yield made
    versions.connect(None)


def marked(cast, said="done", step="agree", who="maja", level="1"):
    return actions.mark_step(getattr(cast, who).actor, cast.case, level=level, step=step, said=said)


def test_a_mark_is_a_new_row_and_the_same_twice_is_one(cast, as_app):
    with as_app(cast.maja.actor):
        marked(cast)
        marked(cast)
        marked(cast, "not_done")
        marked(cast)
    assert list(Mark.objects.order_by("at").values_list("said", flat=True)) == ["done", "not_done", "done"]
    assert Entry.objects.filter(event="cases.step_marked").count() == 3


@pytest.mark.parametrize("who", ["omar", "vera", "otto", "kari"])
def test_only_the_holder_marks(cast, as_app, who):
    with as_app(getattr(cast, who).actor), pytest.raises(Refused):
        marked(cast, who=who)
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"step": "nonsense"}, {"level": "2"}, {"said": "no"}, {"said": "maybe"}, {"step": "consent"}]
)
def test_what_is_not_on_the_page_is_not_marked(cast, as_app, wrong):
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        marked(cast, **wrong)
    assert not Mark.objects.exists()


def test_the_database_takes_no_mark_in_another_name(cast, as_app):
    common = {"case": cast.case, "child_id": cast.child, "guide_version": "national-1", "level": "1", "step": "agree"}
    for member, by in ((cast.maja, cast.omar), (cast.kari, cast.kari), (cast.otto, cast.otto)):
        with as_app(member.actor), pytest.raises(DatabaseError), transaction.atomic():
            Mark(**common, said="done", by_id=by.person).save(force_insert=True)


def test_the_page_marks_and_undoes_and_says_who(cast, visit):
    client, page = visit(cast.maja), reverse("child_page", args=[cast.case.pk])
    name = "Finn ut hva som trengs"
    before = client.get(page).content.decode()
    assert before.count("Merk som gjort") and name in before
    step = {"level": "1", "step": "understand"}
    assert client.post(reverse("mark_step", args=[cast.case.pk]), {**step, "said": "done"}).status_code == 302
    after = client.get(page).content.decode()
    assert "1 av 5 steg er gjort" in after and "Ikke gjort likevel" in after
    assert "Ikke gjort likevel" not in visit(cast.omar).get(page).content.decode()
    assert "1 av 5 steg er gjort" in visit(cast.omar).get(page).content.decode()
    client.post(reverse("mark_step", args=[cast.case.pk]), {**step, "said": "not_done"})
    assert "0 av 5 steg er gjort" in client.get(page).content.decode()


def test_a_newer_guide_changes_nothing_until_the_holder_says_so(cast, newer, visit):
    body = visit(cast.maja).get(reverse("child_page", args=[cast.case.pk])).content.decode()
    assert "Hjelp i én tjeneste" in body and "Tiltak i egen tjeneste" not in body
    assert "Hjelp i én tjeneste" in visit(cast.kari).get(reverse("family_page", args=[cast.child])).content.decode()


def test_the_case_goes_over_by_form_and_everybody_is_told(cast, newer, as_app, visit):
    address = reverse("follow_newer", args=[cast.case.pk])
    client = visit(cast.maja)
    seen = client.get(address).content.decode()
    assert "Hjelp i én tjeneste" in seen and "Nivå A: Tiltak i egen tjeneste" in seen
    assert client.post(address, {"version": newer.code, "reason": ""}).status_code == 422
    assert client.post(address, {"version": "nonsense", "reason": "Ny modell"}).status_code == 422
    assert fresh(cast.case).guide_version == national().code
    assert client.post(address, {"version": newer.code, "reason": "Ny modell i kommunen"}).status_code == 302
    case, row = fresh(cast.case), Crossing.objects.get()
    assert (case.guide_version, case.level) == ("overhalla-1", "A")
    assert (row.before, row.after, row.level_before, row.level_after) == ("national-1", "overhalla-1", "1", "A")
    assert Notice.objects.filter(event="cases.guide_followed", recipient_id=cast.kari.person).exists()
    assert not Notice.objects.filter(event="cases.guide_followed", recipient_id=cast.per.person).exists()
    assert client.get(address).status_code == 403, "it follows the newest already"
    family = visit(cast.kari).get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert "Ny modell i kommunen" in family and "Nivå A: Tiltak i egen tjeneste" in family
    assert "Nivå 1: Hjelp i én tjeneste" in family, "what was stays in the words of its time"
    assert "Tiltak i egen tjeneste" in visit(cast.kari).get(reverse("family_page", args=[cast.child])).content.decode()


@pytest.mark.parametrize("who", ["omar", "kari", "otto"])
def test_nobody_else_moves_a_case_to_another_guide(cast, newer, as_app, who):
    with as_app(getattr(cast, who).actor), pytest.raises(Refused):
        actions.follow_newer(getattr(cast, who).actor, cast.case, version=newer.code, reason="Ny")
    assert not Crossing.objects.exists()


def test_a_level_is_found_again_by_its_form_and_never_by_its_code(cast, newer):
    for level, target in (("0", "0"), ("1", "A"), ("2", "B"), ("3", "C")):
        landing = following.landing(Case(guide_version="national-1", level=level), newer)
        assert landing.after.code == target and landing.after.form is landing.before.form
