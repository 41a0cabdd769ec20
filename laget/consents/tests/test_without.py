"""Sharing without consent: what a ground asks, a no that stops nothing, no sight for anybody, what families read."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.audit.models import Entry, Reading
from laget.consents import sweeps
from laget.consents.access import visible_hidings
from laget.consents.actions import Shared, disclose, keep_hidden, show
from laget.consents.models import Answer, Disclosure, Hiding, Party, Request
from laget.demo.cast import seat, worker
from laget.directory.models import Position, Unit
from laget.families.models import Child
from laget.kernel.errors import Invalid, Refused
from laget.law.grounds import Field, grounds
from laget.notices.models import Notice
from laget.sight.models import Cover, Seat, SeatKind

CANARY = "Kanarifugl"
SOON = timezone.localdate() + timedelta(days=30)
LATER = {"review_on": SOON.isoformat(), "by_itself": "no"}
EACH = [(act, one) for act in ("BHL", "HOL") for one in grounds().of(act, timezone.localdate())]


def body(response):
    return response.content.decode()


def main(response):
    page = body(response).partition("<main")[2].partition("</main>")[0]
    return re.sub(r'nonce="[^"]*"|value="[^"]*"|\bx[0-9a-f]{10}\b', "", page)


def shared(ground, **changes):
    fields = {
        "receiver": "Politiet", "kinds": ("everyday",), "what": f"At barnet er borte. {CANARY}",
        "on": timezone.localdate(),
        "decided_by": "self", "answers": {one.code: True for one in ground.conditions},
        "necessity": f"De leter. {CANARY}", "facts": {"basis": "§ 13-4", "objected": "no"},
    }  # fmt: skip
    return Shared(**fields | changes)


def ground(code, act="BHL"):
    return grounds().ground(code, act, timezone.localdate())


def posted(code, act="BHL", **changes):
    one = ground(code, act)
    answers = {f"c_{condition.code}": "yes" for condition in one.conditions}
    day = timezone.localdate().isoformat()
    return {
        "receiver": "Politiet", "kinds": ["everyday"], "what": CANARY, "on": day, "decided_by": "self",
        "necessity": f"Trengtes. {CANARY}2", **({"danger": "no", **LATER} if one.hides else {}), **answers, **changes,
    }  # fmt: skip


def at(cast, code):
    return reverse("share", args=[cast.child, code])


def test_the_page_has_the_grounds_of_ones_own_service(cast, visit):
    kindergarten, health = (
        body(visit(who).get(reverse("sharing", args=[cast.child]))) for who in (cast.maja, cast.omar)
    )
    assert at(cast, "F7") in kindergarten and at(cast, "F8") not in kindergarten and "forvaltningsloven" in kindergarten
    assert at(cast, "F8") in health and at(cast, "F7") not in health
    assert "helsepersonelloven §§\u00a025" in health
    for page in (kindergarten, health):
        assert at(cast, "F1") in page and reverse("report_of_child", args=[cast.child]) in page
    assert reverse("ask_service", args=[cast.child]) in kindergarten and at(cast, "F9a") not in kindergarten


def test_a_form_asks_only_what_its_ground_asks(cast, visit):
    danger, order = (body(visit(cast.maja).get(at(cast, code))) for code in ("F1", "F3"))
    assert 'name="c_danger"' in danger and 'name="necessity"' in danger and 'name="danger"' in danger
    assert 'name="basis"' in order and 'name="necessity"' not in order and 'name="objected"' not in order
    care = body(visit(cast.omar).get(at(cast, "F8")))
    assert 'name="objected"' in care and 'name="danger"' not in care


@pytest.mark.parametrize("code", ["F2", "F8", "F9a", "F9b", "F12", "F14", "F99"])
def test_there_is_no_form_for_another_service_or_for_what_needs_permission(cast, visit, code):
    assert visit(cast.maja).get(at(cast, code)).status_code == 404
    assert visit(cast.maja).post(at(cast, code), posted("F1")).status_code == 404
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("who", ["vera", "idris", "otto", "ada", "liv", "kari", "per", "sara"])
def test_who_does_not_know_the_child_as_a_worker_notes_nothing(cast, visit, who):
    other = visit(getattr(cast, who))
    for page in (reverse("sharing", args=[cast.child]), at(cast, "F1")):
        assert other.get(page).status_code == 404
    assert other.post(at(cast, "F1"), posted("F1")).status_code == 404
    assert not Disclosure.objects.exists()


def noted(cast, visit, code="F7", who=None, **changes):
    who = who or cast.maja
    act = "HOL" if who is cast.omar else "BHL"
    answer = visit(who).post(at(cast, code), posted(code, act, **changes))
    assert answer.status_code == 302, body(answer)
    return Disclosure.objects.latest("noted_at")


def test_what_is_noted_says_all_that_is_to_be_shown(cast, visit):
    one = noted(cast, visit)
    assert (one.ground, one.sources, one.receiver, one.kinds) == ("F7", ["FVL67 § 13 b"], "Politiet", ["everyday"])
    assert (
        one.facts["answers"] == {"own": True} and one.by_id == cast.maja.person and one.given_on == timezone.localdate()
    )
    entry = Entry.objects.get(event="consents.disclosed")
    assert entry.details == {"ground": "F7", "kinds": ["everyday"], "sources": ["FVL67 § 13 b"]}
    assert CANARY in body(visit(cast.maja).get(reverse("disclosure", args=[one.pk])))


@pytest.mark.parametrize("missing", ["receiver", "kinds", "what", "necessity", "c_own"])
def test_nothing_is_noted_without_what_the_ground_asks(cast, visit, missing):
    fields = {name: value for name, value in posted("F7").items() if name != missing}
    answer = visit(cast.maja).post(at(cast, "F7"), fields)
    assert answer.status_code == 422 and not Disclosure.objects.exists()


def test_a_no_to_a_condition_keeps_what_was_typed_and_says_what_to_do(cast, visit):
    answer = visit(cast.maja).post(at(cast, "F7"), posted("F7", c_own="no"))
    assert answer.status_code == 422 and CANARY in body(answer)
    assert "Da kan du ikke dele på dette grunnlaget" in body(answer)


def test_an_objection_stops_health_care_unless_it_is_weighed(cast, visit):
    nurse = visit(cast.omar)
    for weighty, status in (("", 422), ("Livsviktig medisin.", 302)):
        answer = nurse.post(at(cast, "F8"), posted("F8", "HOL", objected="yes", weighty=weighty))
        assert answer.status_code == status, body(answer)


@pytest.mark.parametrize(("act", "one"), EACH, ids=lambda one: getattr(one, "code", one))
@pytest.mark.parametrize("answered", [[], ["identity"], None])
def test_whatever_the_family_has_answered_it_is_noted_and_moves_no_sight(cast, as_app, act, one, answered):
    """A no, a yes, or no question at all: the same is noted, and nobody sees more or less than before."""
    member, asking = (cast.omar, cast.clinic) if act == "HOL" else (cast.maja, cast.kindergarten)
    if answered is not None:
        asked = Request.objects.create(
            child_id=cast.child, service_id=asking, kinds=["identity"], text_version="1",
            asked_by_id=cast.maja.person, position_id=cast.maja.position,
        )  # fmt: skip
        Party.objects.create(request=asked, child_id=cast.child, person_id=cast.kari.person, role="parent")
        Answer.objects.create(
            request=asked, child_id=cast.child, person_id=cast.kari.person, kinds=answered, form="own_sign_in",
            text_version="1",
        )  # fmt: skip
    before = [list(model.objects.order_by("pk").values()) for model in (Cover, Seat)]
    child = Child.objects.get(pk=cast.child)
    with as_app(member.actor):
        if one.recorded:
            disclose(member.actor, child, one.code, shared(one))
        else:
            with pytest.raises(Refused):
                disclose(member.actor, child, one.code, shared(one))
    assert Disclosure.objects.count() == one.recorded
    assert [list(model.objects.order_by("pk").values()) for model in (Cover, Seat)] == before


def test_new_law_is_not_leaned_on_before_its_day(cast, as_app):
    child = Child.objects.get(pk=cast.child)
    with as_app(cast.maja.actor), pytest.raises(Refused):
        disclose(cast.maja.actor, child, "F9d", shared(ground("F9d", "OPPL")))
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        disclose(cast.maja.actor, child, "F1", shared(ground("F1"), on=timezone.localdate() + timedelta(days=1)))


# --- What the family reads ---


def test_the_family_reads_it_unless_it_is_hidden(cast, visit):
    one = noted(cast, visit)
    page = body(visit(cast.kari).get(reverse("ledger", args=[cast.child])))
    assert "Politiet" in page and CANARY in page and f"{CANARY}2" not in page, "why it was needed is not theirs"
    hidden = noted(cast, visit, "F1", receiver="Krisesenteret", danger="yes", hidden_why="Far er farlig.")
    page = body(visit(cast.kari).get(reverse("ledger", args=[cast.child])))
    assert "Krisesenteret" not in page and "farlig" not in page
    assert visit(cast.maja).post(reverse("disclosure", args=[hidden.pk]), {}).status_code == 302
    page = body(visit(cast.kari).get(reverse("ledger", args=[cast.child])))
    assert "Krisesenteret" in page and "farlig" not in page
    assert visit(cast.kari).get(reverse("disclosure", args=[one.pk])).status_code == 404


def test_a_page_with_something_hidden_is_the_same_page(cast, visit):
    family = visit(cast.kari)
    pages = [reverse("ledger", args=[cast.child]), reverse("family_page", args=[cast.child]), reverse("inbox")]
    without = [main(family.get(page)) for page in pages]
    noted(cast, visit, "F1", danger="yes", hidden_why="Far er farlig.")
    assert [main(family.get(page)) for page in pages] == without
    looked = body(family.get(reverse("who_looked", args=[cast.child])))
    assert "deling" not in looked.lower() and not Reading.objects.filter(page__startswith="consents.shar").exists()


@pytest.mark.parametrize("who", ["omar", "otto", "liv", "ada", "per"])
def test_nobody_else_reads_it(cast, visit, who):
    one = noted(cast, visit)
    other = visit(getattr(cast, who))
    assert other.get(reverse("disclosure", args=[one.pk])).status_code == 404
    for page in ("home", "inbox", "search"):
        assert CANARY not in body(other.get(reverse(page), follow=True))


@pytest.mark.parametrize("wrong", [
    {"hidden_why": ""}, {"review_on": ""}, {"review_on": "1.1.2020"}, {"review_on": str(SOON + timedelta(days=400))},
])  # fmt: skip
def test_hiding_takes_a_reason_and_a_day_to_look_at_it_again(cast, visit, wrong):
    typed = {"danger": "yes", "hidden_why": "Far er farlig.", **wrong}
    answer = visit(cast.maja).post(at(cast, "F1"), posted("F1", **typed))
    assert answer.status_code == 422 and not Disclosure.objects.exists()


# --- Hidden until somebody looks at it again ---


def hidden(cast, visit, **more):
    return noted(cast, visit, "F1", receiver="Legevakta", danger="yes", hidden_why="Far er farlig.", **more)


def sweep(monkeypatch, day):
    with monkeypatch.context() as here:
        here.setattr(database, "assumed_role", "laget_worker")
        sweeps.run(datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone()))


def told(event):
    return sorted(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def sees(cast, visit):
    return "Legevakta" in body(visit(cast.kari).get(reverse("ledger", args=[cast.child])))


def leave(member):
    Position.objects.filter(person_id=member.person).update(until=timezone.now())


def colleague(cast, *, takes_part=True):
    other = worker("Berit", "Moen", Unit.objects.get(name="Avdeling Blåklokka"), "Pedagogisk leder")
    if takes_part:
        seat(cast.child, other, SeatKind.SERVICE)
    return other


def test_who_hid_it_is_reminded_two_weeks_before_and_on_the_day(cast, visit, monkeypatch):
    hidden(cast, visit)
    for days, times in ((-15, 0), (-14, 1), (-13, 1), (-1, 1), (0, 2), (1, 2), (40, 2)):
        sweep(monkeypatch, SOON + timedelta(days=days))
        assert told("consents.hidden_review") == [cast.maja.person] * times, days
    assert not sees(cast, visit), "it ends by a decision"


def test_it_is_shown_on_its_day_when_who_hid_it_has_said_so(cast, visit, monkeypatch):
    hidden(cast, visit, by_itself="yes")
    sweep(monkeypatch, SOON - timedelta(days=1))
    assert not sees(cast, visit)
    sweep(monkeypatch, SOON)
    sweep(monkeypatch, SOON + timedelta(days=1))
    assert sees(cast, visit) and told("consents.shown_by_itself") == [cast.maja.person]
    assert Entry.objects.filter(event="consents.disclosure_shown").count() == 1


def test_it_stays_hidden_by_a_new_decision_and_the_earlier_one_stays(cast, visit, monkeypatch):
    one = hidden(cast, visit, by_itself="yes")
    later = SOON + timedelta(days=60)
    page = reverse("keep_hidden", args=[one.pk])
    said = {"hidden_why": "Rettssaken er ikke over.", "review_on": later.isoformat(), "by_itself": "no"}
    assert visit(cast.maja).get(page).status_code == 200
    assert visit(cast.maja).post(page, said | {"hidden_why": ""}).status_code == 422
    assert visit(cast.maja).post(page, said).status_code == 302
    read = body(visit(cast.maja).get(reverse("disclosure", args=[one.pk])))
    assert "Rettssaken er ikke over." in read and "Far er farlig." in read
    sweep(monkeypatch, SOON)
    sweep(monkeypatch, later)
    assert not sees(cast, visit)
    assert visit(cast.maja).post(reverse("disclosure", args=[one.pk]), {}).status_code == 302
    assert sees(cast, visit)
    assert visit(cast.maja).get(page).status_code == 403, "what was shown is never hidden again"


def test_who_takes_over_reads_it_when_the_one_who_shared_it_has_left(cast, visit, monkeypatch):
    one, berit, otto = hidden(cast, visit), colleague(cast), cast.otto
    page = reverse("disclosure", args=[one.pk])
    assert visit(berit).get(page).status_code == 404
    leave(cast.maja)
    assert visit(berit).get(page).status_code == 200 and "Far er farlig." in body(visit(berit).get(page))
    for other in (cast.maja, otto, cast.omar, cast.liv, cast.ada, cast.vera, cast.kari, cast.per):
        assert visit(other).get(page, follow=True).status_code in (404, 403, 200)
        assert "farlig" not in body(visit(other).get(page, follow=True))
    sweep(monkeypatch, SOON)
    assert told("consents.hidden_review") == [berit.person]
    assert visit(berit).post(page, {}).status_code == 302 and sees(cast, visit)


def test_where_nobody_takes_over_the_leader_is_told_that_something_waits_and_not_what(cast, visit, monkeypatch):
    one = hidden(cast, visit)
    leave(cast.maja)
    sweep(monkeypatch, SOON)
    assert told("consents.hidden_alone") == [cast.liv.person] and not told("consents.hidden_review")
    assert visit(cast.liv).get(reverse("disclosure", args=[one.pk])).status_code == 404
    assert Notice.objects.get(event="consents.hidden_alone").address == "/"


@pytest.mark.parametrize("who", ["kari", "omar", "otto", "liv"])
def test_nobody_else_decides_or_reads_why(cast, visit, as_app, who):
    one, other = hidden(cast, visit), getattr(cast, who)
    assert visit(other).post(reverse("keep_hidden", args=[one.pk]), {}).status_code == 404
    with as_app(other.actor):
        assert not Hiding.objects.exists() and not visible_hidings(other.actor).exists()
    with pytest.raises(DatabaseError), transaction.atomic(), as_app(other.actor):
        Hiding.objects.create(disclosure=one, child_id=cast.child, by_id=other.person, why="x", review_on=SOON)
    Disclosure.objects.filter(pk=one.pk).update(hidden=False)
    with as_app(cast.kari.actor):
        assert Disclosure.objects.exists() and not Hiding.objects.exists(), "why stays with those who hid it"


def test_what_was_shown_is_never_hidden_again(cast, visit, as_app):
    one = noted(cast, visit)
    assert visit(cast.maja).post(reverse("disclosure", args=[one.pk]), {}).status_code == 403
    with as_app(cast.maja.actor):
        assert not Disclosure.objects.filter(pk=one.pk).update(hidden=True)
    for column in ("what", "receiver", "given_on", "ground"):
        with pytest.raises(ProgrammingError), transaction.atomic(), as_app(cast.maja.actor):
            Disclosure.objects.filter(pk=one.pk).update(**{column: getattr(one, column)})


def test_the_database_hides_nothing_without_a_reason(cast, visit):
    one = hidden(cast, visit)
    with pytest.raises(DatabaseError, match="nobody said why"), transaction.atomic():
        Disclosure(
            child_id=cast.child, service_id=cast.kindergarten, position_id=cast.maja.position, by_id=cast.maja.person,
            ground="F1", sources=[], receiver="Legevakta", kinds=["everyday"], what="Alt", decided_by="self",
            given_on=timezone.localdate(), hidden=True,
        ).save(force_insert=True)  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert one.hidings.count() == 1


def test_the_family_reads_no_reason_in_what_is_shown_to_it_at_last(cast, visit, as_app):
    one = hidden(cast, visit)
    assert visit(cast.maja).post(reverse("disclosure", args=[one.pk]), {}).status_code == 302
    with as_app(cast.kari.actor), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM consents_disclosure d")
        rows = [row for (row,) in cursor.fetchall()]
        assert len(rows) == 1 and "Legevakta" in rows[0] and "farlig" not in rows[0]
        cursor.execute("SELECT count(*) FROM consents_hiding")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("late", ["show", "keep_hidden"])
def test_whoever_comes_after_it_was_shown_is_told_and_not_failed(cast, visit, as_app, late):
    one = Disclosure.objects.get(pk=hidden(cast, visit).pk)
    with as_app(cast.maja.actor):
        show(cast.maja.actor, one)
        with pytest.raises(Refused):
            if late == "show":
                show(cast.maja.actor, one)
            else:
                keep_hidden(cast.maja.actor, one, hidden_why="Fortsatt.", review_on=SOON, by_itself=False)


def test_every_ground_that_asks_for_an_objection_is_of_health():
    assert {one.code for one in grounds().all if Field.OBJECTION in one.fields} == {"F8"}
