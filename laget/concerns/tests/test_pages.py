"""Who gets which page, that nothing typed is lost, and that a number never gets in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.models import Draft
from laget.audit.models import Entry, Reading
from laget.concerns.models import Talk, Worry
from laget.consents import sweeps
from laget.consents.actions import answer
from laget.consents.models import Request
from laget.consents.tests.test_actions import parents
from laget.consents.tests.test_pages import body, family_form, wish
from laget.demo import cast as made
from laget.demo.clock import ago
from laget.directory.models import Position
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from tests.support.same import alike

SEEN = "Gutten har ikke matpakke, tre dager denne uka."
NUMBER = synthetic_number(timezone.localdate().replace(year=2021, month=3, day=14))
FULL_WIDTH = NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
DOTTED = ".".join(NUMBER)
DAY = timezone.localdate().isoformat()


def typed(**changes):
    words = {"seen": SEEN, "well": "Han leker godt.", "wonder": "Får han frokost?", "label": "den gule lua"}
    return {"safe": "yes", **words, **changes}


@pytest.fixture
def client(cast, visit):
    return visit(cast.maja)


def written(client, **changes):
    answer = client.post(reverse("worry_new"), typed(**changes))
    assert answer.status_code == 302, body(answer)
    return Worry.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def main(response):
    return body(response).partition("<main")[2].partition("</main>")[0]


def at(name, worry):
    return reverse(name, args=[worry.pk])


def again(worry):
    return Worry.objects.get(pk=worry.pk)


PAGES = (
    "worry", "worry_words", "worry_leader", "worry_parents", "worry_child", "worry_safe", "worry_duty", "worry_decide",
    "worry_close", "worry_reported", "worry_ask", "worry_keep", "worry_delete",
)  # fmt: skip
POSTED = {
    "worry_words": {"seen": "Nytt", "version": "1"},
    "worry_leader": {"on": DAY, "came_of_it": "Vi venter."},
    "worry_leader_ask": {"ask-leader": ""},
    "worry_parents": {"on": DAY, "shared": "x"},
    "worry_child": {"on": DAY, "words": "x"},
    "worry_safe": {"reason": "x"},
    "worry_environment": {},
    "worry_close": {"reason": "x"},
    "worry_reported": {"by": "me", "on": DAY},
    "worry_ask": {"talked_on": DAY},
    "worry_keep": {"reason": "x"},
    "worry_delete": {},
}


def test_writing_takes_one_page(cast, client):
    page = body(client.get(reverse("worry_new")))
    assert "Er det trygt å snakke med foreldrene?" in page and reverse("ask") in page
    worry = written(client)
    page = body(client.get(at("worry", worry)))
    assert SEEN in page and "den gule lua" in page
    assert "den gule lua" in body(client.get(reverse("home")))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_the_owner(client, page):
    assert client.get(at(page, written(client))).status_code == 200


@pytest.mark.parametrize("who", ["liv", "otto", "omar", "vera", "idris", "ada", "kari", "per", "sara"])
def test_nobody_but_the_owner_learns_anything(cast, client, visit, who):
    worry = written(client)
    other, nothing = visit(getattr(cast, who)), uuid4()
    for page in PAGES:
        hidden, missing = other.get(at(page, worry)), other.get(reverse(page, args=[nothing]))
        assert hidden.status_code == 404 and alike((hidden, worry.pk), (missing, nothing)), page
    for page, fields in POSTED.items():
        assert other.post(at(page, worry), fields).status_code == 404, page
    for page in ("home", "talks", "inbox", "search", "worry_new"):
        shown = body(other.get(reverse(page), follow=True))
        assert SEEN not in shown and "den gule lua" not in shown and str(worry.pk) not in shown
    assert again(worry).note == worry.note


def test_the_same_person_at_home_does_not_read_it(cast, client, visit):
    worry = written(client)
    citizen = made.Member(cast.maja.person, "Maja", made.Capacity.CITIZEN)
    assert visit(citizen).get(at("worry", worry)).status_code == 404
    assert visit(citizen).get(reverse("worry_new")).status_code == 404


def test_who_has_left_the_service_reads_it_no_more(cast, client):
    worry = written(client)
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now())
    assert client.get(at("worry", worry)).status_code == 404


def test_a_database_reader_sees_nothing(client):
    worry = written(client)
    client.post(at("worry_parents", worry), {"on": DAY, "shared": "Fortalte om maten."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT w::text || encode(w.sealed, 'escape') FROM concerns_worry w")
        (row,) = cursor.fetchone()
    for text in ("matpakke", "jakka", "maten", "yes", "label"):
        assert text not in row


def test_it_is_in_nobodys_record_of_readings(client):
    worry = written(client)
    client.get(at("worry", worry))
    assert not Reading.objects.filter(page__startswith="concerns").exists()
    told = Entry.objects.get(event="concerns.written")
    assert (told.child, told.details, told.object_id) == (None, {}, worry.pk)


# --- Numbers and names ---


@pytest.mark.parametrize("number", [NUMBER, FULL_WIDTH, DOTTED, f"{NUMBER[:6]} {NUMBER[6:]}"])
@pytest.mark.parametrize("field", ["seen", "well", "wonder", "label"])
def test_a_national_number_is_refused_in_every_field(client, field, number):
    answer = client.post(reverse("worry_new"), typed(**{field: f"Han er {number}"[:40]}, anyway="1"))
    page = body(answer)
    assert answer.status_code == 422 and not Worry.objects.exists()
    assert f"<mark>{number}</mark>" in page and "Får han frokost?" in page or field == "wonder"
    assert "Lagre det som det er" not in page


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("worry_words", "seen"), ("worry_words", "label"), ("worry_leader", "came_of_it"), ("worry_parents", "shared"),
        ("worry_parents", "parents_view"), ("worry_parents", "agreement"), ("worry_child", "words"),
        ("worry_child", "how"), ("worry_child", "told"), ("worry_safe", "reason"), ("worry_close", "reason"),
        ("worry_reported", "why"), ("worry_keep", "reason"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [NUMBER, FULL_WIDTH, DOTTED])
def test_nor_in_any_later_text(client, page, field, number):
    worry = written(client)
    answer = client.post(
        at(page, worry), {**POSTED[page], field: f"nr {number}", "anyway": "1", "pointed_at": f"{field}:{number}"}
    )
    assert answer.status_code == 422 and f"<mark>{number}</mark>" in body(answer)
    assert again(worry).note == worry.note


def test_a_name_is_pointed_at_and_saved_by_a_second_press(client):
    name = "Jeg så Emil gråte."
    answer = client.post(reverse("worry_new"), typed(seen=name))
    page = body(answer)
    assert answer.status_code == 422 and "<mark>Emil</mark>" in page and "Lagre det som det er" in page
    assert not Worry.objects.exists()
    assert client.post(reverse("worry_new"), typed(seen=name)).status_code == 422, "the same press does not save"
    second = typed(seen="Jeg så Emil gråte. Han slo Zebulon.", anyway="1", pointed_at="seen:emil")
    assert client.post(reverse("worry_new"), second).status_code == 422, "what was not pointed at is asked"
    assert client.post(reverse("worry_new"), typed(seen=name, anyway="1", pointed_at="seen:emil")).status_code == 302


@pytest.mark.parametrize(
    ("seen", "says", "says_not"),
    [
        ("Jeg så Emil.", "«barnet»", "fødselsnummer"),
        ("Ring 41 23 45 67 i dag.", "Ta det bort", "«barnet»"),
        (f"Emil har nr {NUMBER}.", "fødselsnummer", "lagre det som det er"),
    ],
)
def test_a_warning_says_what_to_do_with_what_was_found(client, seen, says, says_not):
    page = main(client.post(reverse("worry_new"), typed(seen=seen)))
    alert = page.partition("Dette kan fortelle")[2].partition("<form")[0]
    assert says in alert and says_not not in alert
    assert ("lagre det som det er" in page) is (NUMBER not in seen)


@pytest.mark.parametrize("who", ["otto", "vera"])
def test_a_warning_is_no_oracle(cast, visit, who):
    """A child's name that one may not see gives the same page as a name that is nobody's."""
    made.Name.objects.filter(person_id=cast.child).update(given="Zebulon", family="Kvammen")
    other = visit(getattr(cast, who))
    pages = [other.post(reverse("worry_new"), typed(seen=f"{name} sover.")) for name in ("Zebulon", "Xerxonius")]
    assert [page.status_code for page in pages] == [302, 302]
    helper = visit(cast.maja).post(reverse("worry_new"), typed(seen="Zebulon sover."))
    assert helper.status_code == 422


# --- Not safe ---


@pytest.mark.parametrize("safe", ["no", "unsure"])
def test_when_it_is_not_safe_talking_and_asking_are_closed(cast, client, safe):
    worry = written(client, safe=safe)
    page = body(client.get(at("worry", worry)))
    assert "112" in page and "Ikke nå" in page
    for name in ("worry_parents", "worry_ask"):
        assert client.get(at(name, worry)).status_code == 403
        assert client.post(at(name, worry), POSTED[name]).status_code == 403
    assert client.post(at("worry_safe", worry), {"reason": ""}).status_code == 422
    client.post(at("worry_safe", worry), {"reason": "Råd fra barnevernet i dag."})
    assert client.get(at("worry_ask", worry)).status_code == 200
    assert "Råd fra barnevernet" in body(client.get(at("worry", worry)))


def test_it_can_become_unsafe(client):
    worry = written(client)
    client.post(at("worry_safe", worry), {"reason": "Barnet sa noe nytt."})
    assert client.get(at("worry_parents", worry)).status_code == 403
    assert "snakk" in body(client.get(at("worry", worry))).lower()


def test_the_leader_is_told_without_content_and_is_no_gate(cast, client, visit):
    worry = written(client, safe="no")
    notice = Notice.objects.get(recipient_id=cast.liv.person, event="concerns.talk_wanted")
    assert (notice.child, notice.address) == (None, reverse("talks"))
    page = body(visit(cast.liv).get(reverse("talks")))
    assert "Maja Lind" in page and SEEN not in page and str(worry.pk) not in page
    assert client.post(at("worry_reported", worry), {"by": "me", "on": DAY}).status_code == 302


def test_of_several_leaders_only_the_one_who_leads_the_unit_is_told(cast, client, visit):
    unit = Position.objects.get(pk=cast.liv.position).unit
    second = made.worker("Gro", "Foss", unit, "Assisterende styrer", leads=True)
    Position.objects.filter(pk=cast.liv.position).update(since=ago(900))
    worry = written(client, safe="no")
    client.post(at("worry_safe", worry), {"reason": "Det er trygt."})
    client.post(at("worry_safe", worry), {"reason": "Likevel ikke."})
    assert {one.recipient_id for one in Notice.objects.filter(event="concerns.talk_wanted")} == {cast.liv.person}
    assert "Maja" not in body(visit(second).get(reverse("talks")))


def test_no_and_wish_look_alike_to_the_leader(cast, client, visit):
    written(client, safe="no")
    first = main(visit(cast.liv).get(reverse("talks")))
    Worry.objects.all().delete()
    worry = written(client)
    client.post(at("worry_leader_ask", worry), {"ask-leader": str(cast.liv.person)})
    assert main(visit(cast.liv).get(reverse("talks"))) == first
    assert Notice.objects.filter(recipient_id=cast.liv.person).values("event").distinct().count() == 1


# --- The leader ---


def test_only_where_somebody_was_told_is_it_said_so(cast, client):
    told = written(client, safe="no")
    assert "har fått beskjed" in main(client.get(at("worry", told)))
    page = main(client.get(at("worry_leader", told)))
    assert at("worry_leader_ask", told) not in page and "Du ba om en samtale" in page
    Position.objects.filter(pk=cast.liv.position).update(until=timezone.now())
    alone = written(client, safe="no")
    assert "har fått beskjed" not in main(client.get(at("worry", alone)))


def test_a_leader_sees_a_talk_from_the_day_it_is_due(cast, client, visit):
    written(client)
    leader = visit(cast.liv)
    assert "Maja" not in body(leader.get(reverse("talks")))
    assert "Samtaler som venter" not in body(leader.get(reverse("home")))
    Talk.objects.update(due=timezone.localdate())
    assert "Maja" in body(leader.get(reverse("talks")))
    assert "Samtaler som venter på deg: 1" in body(leader.get(reverse("home")))
    assert "Maja" not in body(visit(cast.otto).get(reverse("talks")))


def test_a_talk_that_is_held_is_no_longer_due(cast, client, visit):
    worry = written(client)
    Talk.objects.update(due=timezone.localdate())
    fields = {"on": DAY, "came_of_it": "Jeg snakker med foreldrene.", "leader": str(cast.liv.person)}
    assert client.post(at("worry_leader", worry), fields).status_code == 302
    assert not Talk.objects.exists()
    assert "Maja" not in body(visit(cast.liv).get(reverse("talks")))


def test_one_asks_the_leader_one_chooses_and_no_other(cast, client, visit):
    unit = Position.objects.get(pk=cast.liv.position).unit
    second = made.worker("Gro", "Foss", unit, "Assisterende styrer", leads=True)
    worry = written(client)
    client.post(at("worry_leader_ask", worry), {"ask-leader": str(second.person)})
    Talk.objects.update(due=timezone.localdate() - timedelta(days=3))
    assert "Maja" in body(visit(second).get(reverse("talks")))
    assert "Maja" not in body(visit(cast.liv).get(reverse("talks")))
    stranger = client.post(at("worry_leader_ask", worry), {"ask-leader": str(cast.omar.person)})
    assert stranger.status_code == 422


# --- Steps, duty, outcome ---


def test_the_steps_go_on(client):
    worry = written(client)
    assert "Del med lederen din" in body(client.get(reverse("home")))
    client.post(at("worry_leader", worry), {"on": DAY})
    assert "Snakk med foreldrene" in body(client.get(reverse("home")))
    fields = {"on": DAY, "present": ["mother", "interpreter"], "shared": "Om maten", "consent": "yes"}
    client.post(at("worry_parents", worry), fields)
    page = body(client.get(at("worry", worry)))
    assert "Mor, Tolk" in page and "Bestem veien videre" in page


def test_the_duty_is_asked_by_ones_own_statute(cast, client, visit):
    worry = written(client)
    page = body(client.get(at("worry_duty", worry)))
    assert "barnehageloven §\u00a046, bokstav a" in page and "barnevernsloven §\u00a013-2" not in page, (
        "a private kindergarten"
    )
    assert "lovbrudd" not in page
    answers = {"c_neglect": "yes", "c_illness": "no", "c_special_needs": "no", "c_trafficking": "unsure"}
    assert client.post(at("worry_duty", worry), answers).status_code == 302
    assert "har du plikt til å melde" in body(client.get(at("worry", worry)))
    duty = again(worry).note.part("duty")
    assert (duty["grounds"], duty["act"]) == (["a"], "BHL")
    assert again(worry).is_open, "it decides nothing"
    nurse = visit(cast.omar)
    assert "helsepersonelloven §\u00a033" in body(nurse.get(at("worry_duty", written(nurse))))


HARMED = {"c_neglect": "yes", "c_illness": "no", "c_special_needs": "no", "c_trafficking": "no"}


def test_a_duty_to_report_is_the_next_step_and_the_parents_wait(client):
    worry = written(client)
    client.post(at("worry_duty", worry), HARMED)
    page = main(client.get(at("worry", worry)))
    assert "Meld til barnevernet nå" in page and "tel:112" in page and at("worry_parents", worry) not in page
    assert "Vent med å snakke med foreldrene" in page
    assert "Meld til barnevernet nå" in main(client.get(reverse("home")))
    assert client.get(at("worry_parents", worry)).status_code == 403
    client.post(at("worry_safe", worry), {"reason": "Råd fra barnevernet"})
    assert client.get(at("worry_parents", worry)).status_code == 200


def test_a_duty_to_report_is_not_closed_away(client):
    worry = written(client)
    client.post(at("worry_duty", worry), HARMED)
    assert client.post(at("worry_close", worry), {"reason": "Det gikk over."}).status_code == 403
    page = main(client.get(at("worry_decide", worry)))
    assert at("worry_close", worry) not in page and at("worry_reported", worry) in page
    client.post(at("worry_duty", worry), {**HARMED, "c_neglect": "no", "version": "1"})
    assert client.post(at("worry_close", worry), {"reason": "Det gikk over."}).status_code == 302


@pytest.mark.parametrize("safe", ["yes", "no"])
def test_the_ways_on_say_what_is_so_also_when_it_is_not_safe(client, safe):
    page = main(client.get(at("worry_decide", written(client, safe=safe))))
    assert "Bare du ser dette notatet" in page and "sammen med foreldrene" not in page


def test_my_day_and_the_page_say_the_same(client):
    worry = written(client, safe="no")
    for page in (reverse("home"), at("worry", worry)):
        assert "Sjekk din egen meldeplikt" in main(client.get(page))


def test_every_criterion_must_be_answered(client):
    worry = written(client)
    assert client.post(at("worry_duty", worry), {"c_neglect": "no"}).status_code == 422


def test_closing_starts_a_clock_of_its_own(client):
    worry = written(client)
    assert client.post(at("worry_close", worry), {"reason": "Mor og jeg følger opp med frokost."}).status_code == 302
    ended = again(worry)
    assert not ended.is_open and ended.kept_until == timezone.localdate() + timedelta(weeks=4)
    assert "følger opp med frokost" in body(client.get(at("worry", worry)))
    assert client.get(at("worry_words", worry)).status_code == 403
    assert "den gule lua" not in body(client.get(reverse("home")))


def test_a_report_says_nothing_of_the_parents_unless_one_does(client):
    worry = written(client, safe="no")
    page = body(client.get(at("worry_reported", worry)))
    assert "checked" not in page
    client.post(at("worry_reported", worry), {"by": "me", "on": DAY})
    assert again(worry).note.part("outcome")["told"] == ""


def test_kept_longer_once(client):
    worry = written(client)
    assert client.post(at("worry_keep", worry), {"reason": "Møtet er flyttet."}).status_code == 302
    assert again(worry).kept_until > worry.kept_until
    assert client.post(at("worry_keep", worry), {"reason": "Igjen."}).status_code == 403


def test_deleted_is_gone(client):
    worry = written(client)
    Draft.objects.create(person_id=worry.owner_id, form=at("worry_child", worry), sealed=b"x", until=FOREVER)
    assert client.post(at("worry_delete", worry)).status_code == 302
    assert not Worry.objects.exists() and not Talk.objects.exists()
    assert not Draft.objects.filter(form__contains=str(worry.pk)).exists()
    assert client.get(at("worry", worry)).status_code == 404
    assert Entry.objects.filter(event="concerns.deleted", object_id=worry.pk).exists()


def test_an_environment_case_has_its_own_day(client):
    worry = written(client)
    client.post(at("worry_environment", worry))
    assert "Kommunens frist for en plan er" in body(client.get(at("worry", worry)))
    client.post(at("worry_environment", worry), {"handled": "1"})
    assert "Kommunens frist for en plan er" not in body(client.get(at("worry", worry)))


def test_a_worry_may_begin_at_a_grown_up(cast, client, visit):
    assert 'name="adult"' not in body(client.get(reverse("worry_new")))
    nurse = visit(cast.omar)
    assert 'name="adult"' in body(nurse.get(reverse("worry_new")))
    worry = written(nurse, adult="on")
    assert "Snakk med den voksne som forelder" in body(nurse.get(at("worry", worry)))


# --- On to the parents ---


def asked_from(client, worry, **changes):
    onwards = client.post(at("worry_ask", worry), {"talked_on": DAY, "take": "child", **changes})
    assert onwards["Location"] == reverse("ask_child")
    assert client.post(reverse("ask_child"), family_form()).status_code == 302
    sent = client.post(reverse("ask_what"), wish())
    assert sent.status_code == 302, body(sent)
    return Request.objects.get(pk=sent["Location"].strip("/").split("/")[-1])


def test_it_becomes_a_case_only_through_the_parents(cast, client, as_app):
    worry = written(client)
    client.post(at("worry_child", worry), {"on": DAY, "words": "Jeg er sulten."})
    request = asked_from(client, worry)
    assert request.first_words == "Jeg er sulten.", "and nothing that was not taken along"
    assert "Venter på svar fra foreldrene" in body(client.get(reverse("home")))
    assert client.get(at("worry_ask", worry)).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT w::text FROM concerns_worry w")
        assert str(request.pk) not in cursor.fetchone()[0]
    for parent in parents(request):
        with as_app(parent.actor):
            answer(parent.actor, Request.objects.get(pk=request.pk), ["everyday"])
    told = Entry.objects.get(event="concerns.passed_on")
    assert (told.capacity, told.person.int, told.child, told.object_id) == ("system", 0, None, None), "no parent's deed"
    passed = again(worry)
    assert not passed.is_open and not Talk.objects.exists()
    assert "Foreldrene har sagt ja" in body(client.get(at("worry", worry)))


def test_a_no_opens_the_way_on_again(cast, client, as_app):
    worry = written(client)
    request = asked_from(client, worry, take="seen")
    mother, father = parents(request)
    for parent, kinds in ((mother, ["everyday"]), (father, [])):
        with as_app(parent.actor):
            answer(parent.actor, Request.objects.get(pk=request.pk), kinds)
    page = body(client.get(at("worry", worry)))
    assert "Foreldrene har sagt nei" in page and "Vent på svar fra" not in page and at("worry_decide", worry) in page
    assert "Foreldrene har sagt nei" in body(client.get(reverse("home")))
    told = Entry.objects.get(event="concerns.not_passed_on")
    assert (told.capacity, told.person.int, told.child, told.object_id) == ("system", 0, None, None), "no parent's deed"
    assert client.get(at("worry_ask", worry)).status_code == 200, "one may ask again, after a new talk"
    with as_app(father.actor):
        answer(father.actor, Request.objects.get(pk=request.pk), ["everyday"])
    assert not again(worry).is_open, "a no may become a yes"


def test_silence_opens_the_way_on_again(client, monkeypatch):
    worry = written(client)
    request = asked_from(client, worry, take="seen")
    Request.objects.filter(pk=request.pk).update(answer_by=ago(1))
    with monkeypatch.context() as here:
        here.setattr(database, "assumed_role", "laget_worker")
        sweeps.run()
    assert "Foreldrene har ikke svart i tide" in body(client.get(at("worry", worry)))
    second = asked_from(client, worry, take="seen")
    assert second.pk != request.pk and "Vent på svar fra" in body(client.get(at("worry", worry)))


def test_a_form_never_says_what_a_question_grew_out_of(cast, client, visit):
    worry = written(visit(cast.otto))
    fields = {"safe": "yes", "talked_on": DAY, "child_words": "x", "origin": str(worry.pk), "of": str(worry.pk)}
    client.post(reverse("ask"), fields)
    client.post(reverse("ask_child"), {**family_form(), **fields})
    assert client.post(reverse("ask_what"), {**wish(), **fields}).status_code == 302
    assert again(worry).request_key is None


def begun_from(client, worry):
    assert client.post(at("worry_ask", worry), {"talked_on": DAY, "take": ["seen"]}).status_code == 302


def on(client):
    """The family and the wish of a begun question."""
    client.post(reverse("ask_child"), family_form())
    return client.post(reverse("ask_what"), wish())


def test_nobody_goes_round_not_safe_by_the_pages_of_asking(client):
    worry = written(client)
    begun_from(client, worry)
    client.post(at("worry_safe", worry), {"reason": "Råd fra barnevernet"})
    assert on(client).status_code == 403
    assert again(worry).request_key is None


def test_a_question_begun_from_the_menu_is_not_the_one_begun_from_a_note(client):
    worry = written(client)
    begun_from(client, worry)
    page = main(client.get(reverse("ask")))
    assert SEEN not in page and reverse("ask_child") in page, "a new question, and the way back to the begun one"
    client.post(reverse("ask"), {"safe": "yes", "talked_on": DAY, "child_words": "Om en annen."})
    assert "notatet ditt" not in main(client.get(reverse("ask_child")))
    assert on(client).status_code == 302
    assert Request.objects.latest("asked_at").first_words == "Om en annen."
    assert again(worry).request_key is None and again(worry).is_open


def test_a_question_begun_from_a_note_holds_nothing_of_another_family(client):
    client.post(reverse("ask"), {"safe": "yes", "talked_on": DAY})
    client.post(reverse("ask_child"), family_form(given="Zebulon"))
    worry = written(client)
    assert "påbegynt" in main(client.get(at("worry_ask", worry)))
    begun_from(client, worry)
    page = main(client.get(reverse("ask_child")))
    assert "Zebulon" not in page and "Fra notatet ditt" in page
    assert client.get(reverse("ask_what"))["Location"] == reverse("ask_child")


def test_the_note_can_be_let_go_and_the_question_asked(client):
    worry = written(client)
    begun_from(client, worry)
    assert SEEN in main(client.get(f"{reverse('ask')}?note=1"))
    assert client.post(reverse("ask"), {"detach": "1"})["Location"] == reverse("ask_child")
    assert "Fra notatet ditt" not in main(client.get(reverse("ask_child")))
    assert on(client).status_code == 302
    assert again(worry).request_key is None


@pytest.mark.parametrize("gone", ["worry_delete", "worry_close", "the sweep"])
def test_a_note_that_is_gone_is_in_nobodys_way(client, gone):
    worry = written(client)
    begun_from(client, worry)
    if gone == "the sweep":
        Worry.objects.all().delete()
    else:
        client.post(at(gone, worry), {"reason": "x"})
    assert on(client).status_code == 302


def test_what_is_longer_than_its_field_is_not_looked_through(client, monkeypatch):
    seen = []
    monkeypatch.setattr("laget.access.careful.hints", lambda text, names: seen.append(text) or [])
    answer = client.post(reverse("worry_new"), typed(seen="a" * 20_001, label="den gule lua"))
    assert answer.status_code != 302 and Worry.objects.count() == 0
    assert "den gule lua" in seen and max(map(len, seen)) <= 20_000


# --- Two windows, and again ---


def test_two_windows_do_not_overwrite_each_other(client):
    worry = written(client)
    first = {"seen": "Den ene.", "version": "1"}
    assert client.post(at("worry_words", worry), first).status_code == 302
    stale = client.post(at("worry_words", worry), {"seen": "Den andre.", "version": "1"})
    assert stale.status_code == 409 and "Den ene." in body(stale) and "Den andre." in body(stale)
    assert again(worry).note.part("worry")["seen"] == "Den ene."
    other_part = client.post(at("worry_child", worry), {"on": DAY, "words": "Hei"})
    assert other_part.status_code == 302, "another part is not in the way"


def test_sent_twice_it_is_written_once(client):
    fields = typed(key=str(uuid4()))
    first, second = client.post(reverse("worry_new"), fields), client.post(reverse("worry_new"), fields)
    assert first["Location"] == second["Location"] and Worry.objects.count() == 1


def test_what_is_deleted_in_another_window_is_not_written_again(client):
    worry = written(client)
    client.post(at("worry_delete", worry))
    assert client.post(at("worry_words", worry), {"seen": "Nytt", "version": "1"}).status_code == 404


def test_a_note_no_key_opens_is_not_overwritten(client):
    worry = written(client)
    Worry.objects.update(sealed=b"x" * 40)
    assert "kan ikke åpnes" in body(client.get(at("worry", worry)))
    assert client.get(reverse("home")).status_code == 200
    assert client.post(at("worry_child", worry), POSTED["worry_child"]).status_code == 403


def test_what_is_typed_is_kept_while_typing(client):
    client.post(f"{reverse('draft')}?form={reverse('worry_new')}", typed(seen="Halvferdig setning om"))
    assert "Halvferdig setning om" in body(client.get(reverse("worry_new")))
    written(client)
    assert "Halvferdig" not in body(client.get(reverse("worry_new")))
