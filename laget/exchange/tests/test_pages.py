"""A report of concern through its pages: who reads it, what is never offered, what leaves, and what is waited for."""

import json
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database, sessions
from laget.access.actions import Refused
from laget.access.models import Draft
from laget.audit.models import Entry, Reading
from laget.concerns.models import Worry
from laget.concerns.tests.test_pages import written as a_worry
from laget.demo import cast as made
from laget.directory.models import Position, Service
from laget.exchange import sweeps
from laget.exchange.actions import mark_sent
from laget.exchange.models import Report, Version
from laget.exchange.views import delivering
from laget.families.models import Child
from laget.kernel.errors import NotMade
from laget.law.clocks import confirmation_by, last_answer_by
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.protection import actions as protection
from laget.sight.models import Forbid
from tests.support.same import alike
from tests.support.same import as_read as body

SEEN = "Gutten hadde blå merker på begge armene mandag morgen."
CHILD = "Emil Utenforstad"
NUMBER = synthetic_number(date(2020, 3, 14))
PAGES = (
    "report", "report_ground", "report_words", "report_child", "report_parents", "report_reporter", "report_acute",
    "report_check", "report_delete",
)  # fmt: skip
VERSION_PAGES = ("version_sent", "version_document", "version_message")
REPORTER = {
    "name": "Maja Lind", "role": "Pedagogisk leder", "phone": "22 33 44 55", "email": "maja.lind@kommune.example",
    "organisation": "Solbakken barnehage", "address": "Bakken 1", "postcode": "9999", "town": "Fjordvik",
    "municipality": "Fjordvik kommune", "number": "9999",
}  # fmt: skip


@pytest.fixture
def client(cast, visit):
    return visit(cast.maja)


@pytest.fixture
def sweep(monkeypatch):
    """One round, as the worker's login."""

    def run(days=0):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(timezone.now() + timedelta(days=days))

    return run


def at(name, thing):
    return reverse(name, args=[getattr(thing, "pk", thing)])


def begun(client, start=None):
    answer = client.post(start or reverse("report_new"), {})
    assert answer.status_code == 302, body(answer)
    return Report.objects.get(pk=UUID(answer["Location"].strip("/").split("/")[1]))


def again(report):
    return Report.objects.get(pk=report.pk)


def ground(violence="yes", neglect="yes", **more):
    no = {f"c_{code}": "no" for code in ("illness", "special_needs", "conduct", "trafficking")}
    return {"violence": violence, "c_neglect": neglect, **no, **more}


def fill(client, report, **changes):
    posted = {
        "report_ground": ground(**changes.pop("ground", {})),
        "report_words": {"seen": SEEN, "child_words": "«Det var pappa.»"},
        "report_child": {"name": CHILD, "number": NUMBER, "address": "Hemmeligveien 3", "born": "14.03.2020"},
        "report_parents": {"first_name": "Anne Utenforstad", **changes.pop("parents", {})}, "report_reporter": REPORTER,
    }  # fmt: skip
    for page, fields in posted.items():
        answer = client.post(
            at(page, report), fields | {"version": str(report.note.version(page.removeprefix("report_")))}
        )
        assert answer.status_code == 302, (page, body(answer))
        report = again(report)
    return report


def ready(client, **changes):
    report = fill(client, begun(client), **changes)
    assert client.post(at("report_check", report), {}).status_code == 302
    return report, Version.objects.get(report=report)


def delivered(client, **changes):
    report, version = ready(client, **changes)
    day = timezone.localdate().isoformat()
    answer = client.post(at("version_sent", version), {"on": day, "to": "Barnevernet i Fjordvik", "how": "portal"})
    assert answer.status_code == 302, body(answer)
    return again(report), Version.objects.get(pk=version.pk)


def test_every_page_opens_for_the_writer(client):
    report, version = delivered(client)
    for page in PAGES[:-1]:
        assert client.get(at(page, report)).status_code == 200, page
    assert client.get(at("report_answers", report)).status_code == 200
    assert CHILD in body(client.get(at("report_check", report)))


@pytest.mark.parametrize("who", ["liv", "otto", "omar", "vera", "idris", "ada", "kari", "per", "sara"])
def test_nobody_but_the_writer_learns_anything(cast, client, visit, who):
    report, version = ready(client)
    other, nothing = visit(getattr(cast, who)), uuid4()
    for page in PAGES:
        hidden, missing = other.get(at(page, report)), other.get(at(page, nothing))
        assert hidden.status_code == 404 and alike((hidden, report.pk), (missing, nothing)), page
        assert other.post(at(page, report), {}).status_code in (404, 405)
    for page in VERSION_PAGES:
        hidden, missing = other.get(at(page, version)), other.get(at(page, nothing))
        assert hidden.status_code == 404 and alike((hidden, version.pk), (missing, nothing)), page
    for page in ("home", "reports", "talks", "inbox", "search"):
        shown = body(other.get(reverse(page), follow=True))
        assert CHILD not in shown and str(report.pk) not in shown


def test_no_leader_is_asked_or_told(client):
    before = Notice.objects.count()
    delivered(client)
    assert Notice.objects.count() == before


def test_the_same_person_at_home_does_not_read_it(cast, client, visit):
    report, _version = ready(client)
    citizen = made.Member(cast.maja.person, "Maja", made.Capacity.CITIZEN)
    assert visit(citizen).get(at("report", report)).status_code == 404
    assert visit(citizen).get(reverse("report_new")).status_code == 404


def test_who_has_left_the_service_reads_it_no_more(cast, client):
    report, _version = ready(client)
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now())
    assert client.get(at("report", report)).status_code == 404


def test_a_database_reader_sees_nothing_and_no_record_names_a_child(cast, client):
    report = begun(client, reverse("report_of_child", args=[cast.child]))
    report = fill(client, report)
    client.post(at("report_check", report), {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text || encode(r.sealed, 'escape') FROM exchange_report r")
        rows = [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT v::text || encode(v.sealed, 'escape') FROM exchange_version v")
        rows += [row for (row,) in cursor.fetchall()]
    assert len(rows) == 2
    for text in ("Utenforstad", "merker", "neglect", NUMBER, str(cast.child)):
        assert not any(text in row for row in rows)
    entries = Entry.objects.filter(event__startswith="exchange.")
    assert entries.count() >= 7 and not [one for one in entries if one.child or one.details]
    assert not Reading.objects.filter(page__startswith="exchange.").exists()


def test_what_is_known_of_the_child_stands_there(cast, client):
    report = begun(client, reverse("report_of_child", args=[cast.child]))
    page = body(client.get(at("report_child", report)))
    assert "Sara Solberg" in page
    page = body(client.get(at("report_parents", report)))
    assert "Kari Solberg" in page


def test_a_child_out_of_sight_is_as_one_that_does_not_exist(cast, visit):
    for page in ("report_of_child", "acute_of_child"):
        hidden, missing = (visit(cast.otto).get(reverse(page, args=[one])) for one in (cast.child, uuid4()))
        assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_a_kindergarten_is_asked_its_own_letters_and_a_municipal_one_the_base_rule_beside(cast, client):
    report = begun(client)
    page = body(client.get(at("report_ground", report)))
    assert "barnehageloven §\u00a046, bokstav a" in page and "bokstav e" not in page and "c_conduct" not in page
    Service.objects.filter(pk=cast.kindergarten).update(private=False)
    page = body(client.get(at("report_ground", report)))
    assert "barnehageloven §\u00a046, bokstav a" in page and "barnevernsloven §\u00a013-2, bokstav d" in page


def test_a_nurse_is_asked_in_the_words_of_health(cast, visit):
    nurse = visit(cast.omar)
    page = body(nurse.get(at("report_ground", begun(nurse))))
    assert (
        "helsepersonelloven §\u00a033, bokstav d" in page and "har barnet vist alvorlige atferdsvansker" in page.lower()
    )


# --- Whether the parents are told ---


@pytest.mark.parametrize(
    "said", [{"violence": "yes"}, {"violence": "unsure"}, {"violence": "no", "c_trafficking": "yes"}]
)
def test_telling_the_parents_is_never_offered_when_it_may_be_violence(client, said):
    report = fill(client, begun(client), ground=said, parents={"first_told": "yes", "first_why": "Jeg ville."})
    page = body(client.get(at("report_parents", report)))
    assert "Ikke fortell foreldrene at du melder" in page and 'name="first_told"' not in page
    assert "first_told" not in report.note.part("parents")
    client.post(at("report_check", report), {})
    told = json.loads(client.get(at("version_message", Version.objects.get())).content)
    everybody = [*told["foresatte"], *told["offentligBarn"]]
    assert all(one["orientert"] is False and "barnevernet og politiet" in one["orientertGrunn"] for one in everybody)


def test_what_was_said_of_telling_falls_when_it_turns_out_to_be_violence(client):
    report = fill(client, begun(client), ground={"violence": "no"}, parents={"first_told": "yes"})
    client.post(at("report_ground", report), ground() | {"version": "1"})
    client.post(at("report_check", report), {})
    told = json.loads(client.get(at("version_message", Version.objects.get())).content)
    assert told["foresatte"][0]["orientert"] is False


def test_neglect_without_violence_may_be_told(client):
    report = fill(
        client, begun(client), ground={"violence": "no"}, parents={"first_told": "yes", "first_why": "De vil ha hjelp."}
    )
    client.post(at("report_check", report), {})
    told = json.loads(client.get(at("version_message", Version.objects.get())).content)
    assert told["foresatte"] == [
        {"personnavn": "Anne Utenforstad", "orientert": True, "orientertGrunn": "De vil ha hjelp."}
    ]


def test_nobody_is_told_by_default(client):
    report = fill(client, begun(client), ground={"violence": "no"})
    client.post(at("report_check", report), {})
    told = json.loads(client.get(at("version_message", Version.objects.get())).content)
    assert told["foresatte"][0]["orientert"] is False and told["offentligBarn"][0]["orientert"] is False


# --- A ground ---


def test_without_a_yes_and_without_the_parents_it_is_not_made(client):
    report = fill(client, begun(client), ground={"violence": "no", "c_neglect": "no"})
    assert "Svar ja på det som passer" in body(client.get(at("report_check", report)))
    assert client.post(at("report_check", report), {}).status_code == 403
    assert not Version.objects.exists()


def test_with_the_parents_consent_it_is(client):
    report = fill(client, begun(client), ground={"violence": "no", "c_neglect": "no", "agreed": "on"})
    assert client.post(at("report_check", report), {}).status_code == 302
    assert "Foreldrene har samtykket" in body(client.get(at("report_check", report)))


# --- Typing ---


def test_what_another_window_saved_is_not_overwritten(client):
    report = begun(client)
    client.post(at("report_words", report), {"seen": "Først", "version": "0"})
    answer = client.post(at("report_words", report), {"seen": "Etterpå", "version": "0"})
    assert answer.status_code == 409 and "Etterpå" in body(answer) and "Først" in body(answer)
    assert again(report).note.part("words")["seen"] == "Først"


def test_a_wrong_number_keeps_everything_typed(client):
    report = begun(client)
    answer = client.post(at("report_child", report), {"name": CHILD, "number": "12345678901", "town": "Fjordvik"})
    page = body(answer)
    assert answer.status_code == 422 and CHILD in page and "Fjordvik" in page and "12345678901" in page
    assert not again(report).note.version("child")


def test_a_draft_is_kept(client):
    report = begun(client)
    client.post(f"{reverse('draft')}?form={at('report_words', report)}", {"seen": SEEN})
    assert SEEN in body(client.get(at("report_words", report)))
    client.post(at("report_delete", report), {})
    assert not Report.objects.exists() and not Draft.objects.exists()


# --- Delivering ---


def test_what_leaves_has_no_name_in_its_own(client):
    _report, version = ready(client)
    for page, sort in (("version_document", "application/pdf"), ("version_message", "application/json")):
        answer = client.get(at(page, version))
        assert answer["Content-Type"] == sort and answer["Content-Disposition"].startswith(
            'attachment; filename="melding.'
        )
        assert "Utenforstad" not in str(answer.headers)


def test_what_was_delivered_stays_as_it_was_and_a_correction_is_a_new_version(client):
    report, first = delivered(client)
    assert client.post(at("report_check", report), {}).status_code == 302
    assert Version.objects.count() == 1, "nothing is new"
    client.post(at("report_words", report), {"seen": "Det var torsdag.", "version": str(report.note.version("words"))})
    assert "den siste versjonen" in body(client.get(at("report", report)))
    client.post(at("report_check", report), {})
    second = Version.objects.get(number=2)
    assert Version.objects.get(pk=first.pk).note.part("words")["seen"] == SEEN
    assert second.note.part("words")["seen"] == "Det var torsdag."
    assert client.get(at("version_sent", first)).status_code == 403


def test_what_is_noted_as_delivered_twice_at_once_is_told_and_not_failed(cast, client, as_app):
    _report, version = ready(client)
    said = {"on": timezone.localdate(), "to": "Barnevernet", "how": "portal"}
    with as_app(cast.maja.actor):
        mark_sent(cast.maja.actor, version, **said)
        with pytest.raises(Refused):
            mark_sent(cast.maja.actor, version, **said)


def test_the_database_keeps_what_was_delivered(cast, client, as_app):
    report, version = delivered(client)
    for column in ("sealed", "number", "made_at"):
        value = getattr(version, column)
        with pytest.raises(ProgrammingError), transaction.atomic(), as_app(cast.maja.actor):
            Version.objects.filter(pk=version.pk).update(**{column: value})
    with as_app(cast.maja.actor):
        assert not Version.objects.filter(pk=version.pk).update(sent_on=timezone.localdate())
        assert not Version.objects.filter(pk=version.pk)._raw_delete("default")
        assert not Report.objects.filter(pk=report.pk)._raw_delete("default")


@pytest.mark.parametrize(("ago", "fault"), [(-1, "ikke vært ennå"), (3, "ikke klar den dagen")])
def test_it_is_not_delivered_in_the_future_or_before_it_was_ready(client, ago, fault):
    _report, version = ready(client)
    day = (timezone.localdate() - timedelta(days=ago)).isoformat()
    answer = client.post(at("version_sent", version), {"on": day, "to": "Barnevernet", "how": "paper"})
    assert answer.status_code == 422 and fault in body(answer)


def test_what_is_delivered_cannot_be_deleted(client):
    report, version = delivered(client)
    assert client.post(at("report_delete", report), {}).status_code == 403
    assert Report.objects.exists() and Version.objects.exists()


def test_the_clocks_are_shown_and_each_answer_moves_them(client):
    report, _version = delivered(client)
    today = timezone.localdate()
    assert report.answer_by == confirmation_by(today)
    page = body(client.get(at("report", report)))
    assert (
        "barnevernsloven §\u00a013-3" in page
        and "barnevernsloven §\u00a02-1" in page
        and "barnevernsloven §\u00a02-2" in page
    )

    def noted(**said):
        answer = client.post(
            at("report_answers", report), {**said, "version": str(again(report).note.version("answers"))}
        )
        assert answer.status_code == 302, body(answer)
        return again(report)

    assert noted(confirmed=today.isoformat(), opened="yes").answer_by == last_answer_by(today)
    assert noted(confirmed=today.isoformat(), opened="yes", ended=today.isoformat()).answer_by == today + timedelta(21)
    over = noted(confirmed=today.isoformat(), opened="yes", ended=today.isoformat(), followed="yes")
    assert over.answer_by is None and over.kept_until < report.kept_until


def test_an_answer_that_does_not_come_is_told_once(cast, client, sweep):
    report, _version = delivered(client)
    sweep(21)
    assert not Notice.objects.filter(event="exchange.answer_due").exists(), "its last day is not over"
    sweep(22)
    sweep(23)
    told = Notice.objects.get(event="exchange.answer_due")
    assert (told.recipient_id, told.address, told.child) == (cast.maja.person, at("report", report), None)


def test_it_is_deleted_on_its_day_and_when_the_writer_has_left(cast, client, sweep):
    report, _version = delivered(client)
    sweep()
    assert Report.objects.exists()
    Position.objects.filter(pk=cast.maja.position).update(until=timezone.now() - timedelta(days=60))
    sweep()
    assert not Report.objects.exists() and not Version.objects.exists()


# --- From a worry and back ---


def test_a_worry_leads_here_and_back(client):
    worry = a_worry(client, seen=SEEN)
    client.post(
        reverse("worry_duty", args=[worry.pk]),
        {name: "yes" for name in ground() if name.startswith("c_")} | {"version": "0"},
    )
    page = body(client.get(at("worry", worry)))
    assert reverse("report_of_worry", args=[worry.pk]) in page
    report = begun(client, reverse("report_of_worry", args=[worry.pk]))
    assert SEEN in body(client.get(at("report_words", report)))
    report = fill(client, report)
    client.post(at("report_check", report), {})
    version = Version.objects.get()
    client.post(
        at("version_sent", version), {"on": timezone.localdate().isoformat(), "to": "Barnevernet", "how": "portal"}
    )
    ended = Worry.objects.get(pk=worry.pk)
    assert not ended.is_open and ended.note.part("outcome")["sort"] == "reported"
    assert reverse("worry", args=[worry.pk]) in body(client.get(at("report", report)))


# --- Danger now ---


@pytest.mark.parametrize("number", ["112", "113", "116 111", "116 117", "55 00 00 00"])
def test_danger_says_whom_to_call_first(cast, client, number, settings):
    settings.LAGET_EMERGENCY_LINE = "55 00 00 00"
    worry = a_worry(client)
    for page in (
        reverse("acute"), reverse("acute_of_child", args=[cast.child]), reverse("acute_of_worry", args=[worry.pk]),
        at("report_acute", begun(client)),
    ):  # fmt: skip
        shown = body(client.get(page))
        main = shown.partition("<main")[2].partition("</main>")[0]
        assert f"tel:{number.replace(' ', '')}" in main and main.index("tel:112") < main.index("<form"), page


def test_what_was_done_is_kept_where_one_came_from(cast, client):
    worry = a_worry(client)
    client.post(reverse("acute_of_worry", args=[worry.pk]), {"done": "Ringte 112 klokka ni.", "version": "0"})
    assert "Ringte 112" in body(client.get(at("worry", worry)))
    answer = client.post(reverse("acute"), {"done": "Ringte 113."})
    report = Report.objects.get(pk=UUID(answer["Location"].strip("/").split("/")[1]))
    assert report.note.part("acute")["done"] == "Ringte 113."


# --- A protected address ---


def test_a_protected_place_stops_no_duty_and_the_writer_learns_nothing(cast, client, as_app, visit):
    """A report may say where the child is. That it does is told the record in the system's name, and nobody else."""
    Forbid.objects.all().delete()
    child = Child.objects.get(pk=cast.child)
    with as_app(cast.maja.actor):
        day = timezone.localdate() + timedelta(days=60)
        protection.grade(cast.maja.actor, child, cast.child, "strictly_confidential", "police", day)
        protection.know_places(cast.maja.actor, child, "address", "Hemmeligveien 3")
    nurse = visit(cast.omar)
    report = fill(nurse, begun(nurse), ground={"c_conduct_shown": "no"})
    answer = nurse.post(at("report_check", report), {}, follow=True)
    version = Version.objects.get()
    told = Entry.objects.get(event="exchange.protected_place_left")
    assert (told.capacity, told.object_id, told.child) == ("system", version.pk, None)
    assert told.details == {"sorts": ["address"]} and told.person != cast.omar.person
    assert "beskytt" not in body(answer).lower() and "skjerm" not in body(answer).lower()
    assert nurse.get(at("version_document", version)).status_code == 200


@pytest.mark.parametrize("page", ["version_document", "version_message"])
def test_a_report_is_not_given_out_when_the_right_to_it_ended_while_it_was_made(page, cast, client, monkeypatch):
    _report, version = ready(client)

    def slowly(*_made):
        """Another request ends the writer's work here meanwhile; the page itself only reads."""
        asked = sessions._places[0]
        monkeypatch.setattr(sessions, "_places", [lambda person: asked(person)[1:]])
        return b"%PDF-" if page == "version_document" else {}

    monkeypatch.setattr(delivering, "pdf", slowly)
    monkeypatch.setattr(delivering.shown, "message_of", slowly)
    answer = client.get(at(page, version))
    assert answer.status_code == 404 and "Content-Disposition" not in answer.headers


def test_a_report_that_can_not_be_made_now_is_still_there(client, monkeypatch):
    report, version = ready(client)

    def fails(*_made):
        raise NotMade("report: the compiler ended with 1")

    with monkeypatch.context() as here:
        here.setattr(delivering, "pdf", fails)
        answer = client.get(at("version_document", version))
    assert answer.status_code == 503 and "Ingenting er borte" in body(answer)
    assert SEEN not in body(answer) and CHILD not in body(answer)
    assert client.get(at("version_document", version)).status_code == 200
    assert client.get(at("report", report)).status_code == 200
