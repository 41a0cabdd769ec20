"""Consent on paper: a sheet to sign, and an answer that counts when a second person has seen it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.sealing import index
from laget.consents import texts
from laget.consents.access import seconds
from laget.consents.actions import Oral, note_oral_answer
from laget.consents.actions.paper import confirm_paper
from laget.consents.models import Answer, Paper, Request
from laget.consents.tests.test_actions import kinds_now, parents, say
from laget.consents.tests.test_pages import asked, body  # noqa: F401
from laget.consents.tests.test_texts import LANGUAGES
from laget.demo.cast import Cast, Member
from laget.demo.cast import person as make_person
from laget.directory.models import Identity, Position
from laget.documents.models import File
from laget.documents.tests import corpus
from laget.kernel.errors import Refused
from laget.kernel.reading import lix
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.sight.access import asking_seats
from laget.sight.models import Forbid, Seat


def of(asked, place=0):  # noqa: F811
    return asked.typed["people"][place]["id"]


def test_the_sheet_says_all_and_has_lines_to_sign(cast: Cast, asked, visit):  # noqa: F811
    page = body(visit(cast.maja).get(reverse("paper_form", args=[asked.pk, of(asked)])))
    for said in (
        "Nora Hansen", "Marit", "Maja Lind", "Vi vil gjerne samarbeide om språket.", "Fra hvem til hvem",
        "Vi spør ikke om", "Hvor langt tilbake", "Dere bestemmer", "Underskrift", "Dato", "Jeg sier nei",
        "foreldreansvar", "To personer ser på et ja", "bli med i det",
    ):  # fmt: skip
        assert said in page, said
    assert "Jeg vil ikke" not in page and "Ole" not in page


@pytest.mark.parametrize(
    ("language", "said"), [("nn", "Kryss av for det du seier ja til"), ("en", "Tick what you say")]
)
def test_the_sheet_is_whole_in_the_chosen_language(cast: Cast, asked, visit, language, said):  # noqa: F811
    page = body(visit(cast.maja).get(reverse("paper_form", args=[asked.pk, of(asked)]), {"text": language}))
    assert said in page and f'lang="{language}"' in page and "Underskrift" in page or language == "en"


def test_who_gets_the_sheet(cast: Cast, asked, visit):  # noqa: F811
    for name, member in {**cast.everybody(), "mother": parents(asked)[0]}.items():
        response = visit(member).get(reverse("paper_form", args=[asked.pk, of(asked)]))
        assert response.status_code == (200 if name == "maja" else 404), name
        assert name == "maja" or "Hansen" not in body(response)
    assert visit(cast.maja).get(reverse("paper_form", args=[asked.pk, asked.pk])).status_code == 404


def test_the_sheet_is_easy_to_read():
    for language in LANGUAGES:
        words = texts._words(texts.TEXT_VERSION)[language]
        sheet = " ".join(value for key, value in words.items() if key.startswith("paper_") and len(value) > 30)
        assert lix(sheet) < 35, (language, lix(sheet))


@pytest.fixture
def leader(cast: Cast, monkeypatch):
    """A colleague who leads where Maja works, with no place around any child."""
    Position.objects.filter(pk=cast.otto.position).update(
        leads=True, unit=Position.objects.get(pk=cast.maja.position).unit
    )
    return Member(cast.otto.person, cast.otto.name, cast.otto.capacity, cast.otto.position)


def sheet(leader, **changes):
    typed = {
        "answer": "yes", "kinds": ["everyday", "health"], "signed_on": timezone.localdate().isoformat(), "text": "nn",
        "kept_at": "Arkivskap 2", "checker": str(leader.person), "excluded": "Ikke om besteforeldrene.",
    }  # fmt: skip
    return {**typed, **changes}


@pytest.fixture
def registered(cast: Cast, asked, leader, visit):  # noqa: F811
    mother, _father = parents(asked)
    address = reverse("register_paper", args=[asked.pk, of(asked)])
    assert visit(cast.maja).post(address, sheet(leader)).status_code == 302
    return Paper.objects.get(person_id=mother.person)


def test_it_counts_only_when_a_second_person_has_seen_it(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    mother, father = parents(asked)
    say(as_app, father, asked, ["everyday"])
    assert not Answer.objects.filter(person_id=mother.person).exists() and kinds_now(asked) == set()
    assert Notice.objects.filter(recipient_id=leader.person, event="consents.paper_to_see").count() == 1
    client, address = visit(leader), reverse("paper", args=[registered.pk])
    page = body(client.get(address))
    for said in ("Nora Hansen", "Marit Hansen", "Maja Lind", "Hverdagen, Helse", "Læring", "Nynorsk", "Arkivskap 2"):
        assert said in page, said
    assert "Jeg vil ikke" not in page
    assert client.post(address, {"answer": "yes"})["Location"] == "/"
    given = Answer.objects.get(person_id=mother.person)
    assert (given.form, given.noted_by_id, given.checked_by_id) == ("paper", cast.maja.position, leader.person)
    assert (given.text_version, given.signed_on, given.excluded) == (
        "2-nn", timezone.localdate(), "Ikke om besteforeldrene.",
    )  # fmt: skip
    assert kinds_now(asked) == {"identity", "everyday"}
    maja = Seat.objects.in_force().filter(child_id=asked.child_id, person_id=cast.maja.person)
    assert [seat.kind for seat in maja] == ["service"], (
        "the asking seat ended, also when a leader without sight confirmed"
    )
    assert not Seat.objects.in_force().filter(child_id=asked.child_id, person_id=leader.person).exists()
    assert client.get(address).status_code == 404
    assert Notice.objects.filter(recipient_id=mother.person, event="consents.noted").count() == 1
    parent = visit(mother)
    ledger = body(parent.get(reverse("ledger", args=[asked.child_id])))
    assert "skrev under på papir" in ledger and "Otto" in ledger and "Maja Lind" in ledger
    assert parent.post(reverse("withdraw", args=[asked.pk]), {}).status_code == 302
    assert kinds_now(asked) == set()


def test_nobody_confirms_ones_own(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    client, address = visit(cast.maja), reverse("paper", args=[registered.pk])
    assert 'name="answer"' not in body(client.get(address))
    assert client.post(address, {"answer": "yes"}).status_code == 403
    assert client.post(reverse("register_paper", args=[asked.pk, of(asked)]), sheet(cast.maja)).status_code == 422
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=registered.pk).update(state="confirmed", decided_at=timezone.now())
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(
            request=asked, child_id=asked.child_id, person_id=registered.person_id, kinds=registered.kinds,
            form="paper", noted_by_id=cast.maja.position, checked_by_id=cast.maja.person, paper=registered,
            text_version="2-nb",
            signed_on=registered.signed_on,
        )  # fmt: skip
    assert not Answer.objects.exists()


def test_the_second_says_no_more_than_the_paper(cast: Cast, asked, leader, registered, as_app):  # noqa: F811
    Paper.objects.filter(pk=registered.pk).update(state="confirmed", decided_at=timezone.now())
    row = {
        "request": asked, "child_id": asked.child_id, "person_id": registered.person_id, "form": "paper",
        "noted_by_id": cast.maja.position, "checked_by_id": leader.person, "paper": registered, "text_version": "2-nb",
        "signed_on": registered.signed_on,
    }  # fmt: skip
    for changes in ({"kinds": ["identity", "learning"]}, {"person_id": parents(asked)[1].person}):
        with as_app(leader.actor), pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(**{"kinds": registered.kinds, **row, **changes})
    with as_app(leader.actor):
        Answer.objects.create(**row, kinds=registered.kinds)


def test_a_wrong_one_is_refused_with_a_reason(cast: Cast, asked, leader, registered, visit):  # noqa: F811
    client, address = visit(leader), reverse("paper", args=[registered.pk])
    assert client.post(address, {"answer": "no"}).status_code == 422
    assert client.post(address, {"answer": "no", "why": "Helse er ikke krysset av."}).status_code == 302
    assert not Answer.objects.exists()
    assert Notice.objects.filter(recipient_id=cast.maja.person, event="consents.paper_refused").count() == 1
    assert "Helse er ikke krysset av." in body(visit(cast.maja).get(address))
    assert client.get(address).status_code == 404


def test_one_who_comes_after_the_others_answer_is_told_so(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    """Two windows, pressed at once: the second waits for the first, and then no longer has the place to see it."""
    visit(leader).post(reverse("paper", args=[registered.pk]), {"answer": "no", "why": "Helse er ikke krysset av."})
    with as_app(leader.actor), pytest.raises(Refused) as late:
        confirm_paper(leader.actor, registered)
    assert "svart" in str(late.value.verdict.reason)
    assert not Answer.objects.exists()


def test_a_later_answer_is_never_put_aside_by_a_paper(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    mother, _father = parents(asked)
    with as_app(cast.maja.actor):
        note_oral_answer(cast.maja.actor, asked, of(asked), Oral((), "norsk"))
    response = visit(leader).post(reverse("paper", args=[registered.pk]), {"answer": "yes"})
    assert response.status_code == 422 and "har svart etter at papiret" in body(response)
    assert Answer.objects.get(person_id=mother.person).kinds == []


def test_a_paper_never_overrules_ones_own_no(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, [])
    assert visit(leader).post(reverse("paper", args=[registered.pk]), {"answer": "yes"}).status_code == 422
    again = visit(cast.maja).post(reverse("register_paper", args=[asked.pk, of(asked)]), sheet(leader))
    assert again.status_code == 422 and "Ikke om besteforeldrene." in body(again)


def test_a_no_of_the_same_day_is_not_put_aside(cast: Cast, asked, leader, visit, as_app):  # noqa: F811
    with as_app(cast.maja.actor):
        note_oral_answer(cast.maja.actor, asked, of(asked), Oral((), "norsk"))
    client = visit(cast.maja)
    assert client.post(reverse("register_paper", args=[asked.pk, of(asked)]), sheet(leader)).status_code == 302
    paper = Paper.objects.get()
    assert visit(leader).post(reverse("paper", args=[paper.pk]), {"answer": "yes"}).status_code == 422


def test_an_older_no_on_paper_puts_no_later_answer_aside(cast: Cast, asked, leader, visit, as_app):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    Request.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=5))
    older = (timezone.localdate() - timedelta(days=1)).isoformat()
    address = reverse("register_paper", args=[asked.pk, of(asked)])
    response = visit(cast.maja).post(address, sheet(leader, answer="no", checker="", kept_at="", signed_on=older))
    assert response.status_code == 422 and "senere dag" in body(response)
    assert Answer.objects.get(person_id=mother.person).kinds == ["identity", "everyday"]


def test_a_no_on_paper_counts_at_once(cast: Cast, asked, leader, visit):  # noqa: F811
    client = visit(cast.maja)
    address = reverse("register_paper", args=[asked.pk, of(asked)])
    assert client.post(address, sheet(leader, answer="no", checker="", kept_at="")).status_code == 302
    given = Answer.objects.get()
    assert (given.form, given.kinds, given.excluded) == ("paper", [], "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signed_on": "2020-01-01"}, "ikke før du spurte"),
        ({"signed_on": "2150-01-01"}, "ikke etter i dag"),
        ({"kept_at": "  "}, "Skriv hvor papiret ligger"),
        ({"checker": ""}, "Velg hvem som skal se papiret"),
        ({"kinds": []}, "Kryss av"),
        ({"kinds": ["economy"]}, "Ikke om besteforeldrene."),
    ],
)
def test_what_is_wrong_is_said_and_all_is_kept(cast: Cast, asked, leader, visit, changes, said):  # noqa: F811
    response = visit(cast.maja).post(reverse("register_paper", args=[asked.pk, of(asked)]), sheet(leader, **changes))
    assert response.status_code == 422 and said in body(response) and "Ikke om besteforeldrene." in body(response)
    assert not Paper.objects.exists()


def test_who_opens_what(cast: Cast, asked, leader, registered, visit, as_app):  # noqa: F811
    opens = {"maja", "leader"}
    for name, member in {**cast.everybody(), "mother": parents(asked)[0], "leader": leader}.items():
        if name == "otto":
            continue
        response = visit(member).get(reverse("paper", args=[registered.pk]))
        assert response.status_code == (200 if name in opens else 404), name
        assert name in opens or "Hansen" not in body(response)
    other = visit(leader)
    for name in ("register_paper", "note_answer", "paper_form"):
        assert other.get(reverse(name, args=[asked.pk, of(asked)])).status_code == 404, name
    assert other.get(reverse("asked", args=[asked.pk])).status_code == 404
    for name in ("home", "search"):
        assert "Hansen" not in body(other.get(reverse(name), {"q": "Nora"})), name
    # A place for seeing one paper opens no child's own page.
    with as_app(leader.actor):
        assert not asking_seats(leader.actor).exists() and not Request.objects.exists()


def test_what_is_taken_back_opens_for_nobody_else(cast: Cast, asked, leader, registered, visit):  # noqa: F811
    address = reverse("paper", args=[registered.pk])
    assert visit(cast.maja).post(address, {"take_back": "1"}).status_code == 302
    assert visit(leader).get(address).status_code == 404
    assert visit(leader).post(address, {"answer": "yes"}).status_code == 404
    assert not Answer.objects.exists()


def test_the_place_for_seeing_a_paper_ends_by_itself(cast: Cast, asked, leader, registered, visit):  # noqa: F811
    seat = Seat.objects.get(origin="paper")
    assert (seat.kind, seat.person_id) == ("asking", leader.person)
    assert seat.until == asked.answer_by
    Seat.objects.filter(pk=seat.pk).update(since=seat.since - timedelta(days=20), until=timezone.now())
    assert visit(leader).get(reverse("paper", args=[registered.pk])).status_code == 404


def test_a_photo_of_the_sheet_stands_beside_what_was_registered(cast: Cast, asked, leader, registered, visit):  # noqa: F811
    address = reverse("scan", args=[registered.pk])
    photo = SimpleUploadedFile("Marit Hansen.jpg", corpus.jpeg())
    assert visit(leader).post(address, {"title": "Arket", "upload": photo}).status_code == 403
    client = visit(cast.maja)
    assert "Det underskrevne arket" in body(client.get(address))
    photo.seek(0)
    assert client.post(address, {"title": "Arket", "upload": photo}).status_code == 302
    file = File.objects.get()
    page = body(visit(leader).get(reverse("paper", args=[registered.pk])))
    assert f'<img class="scan" src="/files/{file.pk}/" alt="Arket">' in page
    assert visit(leader).get(f"/files/{file.pk}/").content.startswith(b"\xff\xd8\xff")
    for name, member in {**cast.everybody(), "mother": parents(asked)[0]}.items():
        if name not in ("maja", "otto"):
            assert visit(member).get(f"/files/{file.pk}/").status_code == 404, name
    assert visit(leader).post(reverse("paper", args=[registered.pk]), {"answer": "yes"}).status_code == 302
    assert visit(leader).get(f"/files/{file.pk}/").status_code == 404
    photo.seek(0)
    assert client.post(address, {"title": "Arket", "upload": photo}).status_code == 403


@pytest.mark.parametrize("tie", ["kept away", "family", "family by another row"])
def test_who_is_too_close_is_not_asked_to_see_it(cast: Cast, asked, leader, visit, as_app, tie):  # noqa: F811
    """A leader who is the child's uncle, or its guardian at home, neither sees the paper nor is offered."""
    with as_app(cast.maja.actor):
        assert leader.person in {one.person for one in seconds(cast.maja.actor, asked)}
    if tie == "kept away":
        Forbid.objects.create(child_id=asked.child_id, person_id=leader.person, origin="tie", capacity="worker")
    else:
        who = leader.person
        if tie != "family":
            number = synthetic_number(date(1970, 1, 2), 5)
            who = make_person("Otto", "Berg", date(1970, 1, 2), serial=5)
            Identity.objects.create(person_id=leader.person, index=index(number))
        Seat.objects.create(child_id=asked.child_id, person_id=who, kind="guardian", origin="t")
    with as_app(cast.maja.actor):
        assert leader.person not in {one.person for one in seconds(cast.maja.actor, asked)}
    mother, _father = parents(asked)
    posted = visit(cast.maja).post(reverse("register_paper", args=[asked.pk, of(asked)]), sheet(leader))
    assert posted.status_code == 422 and not Paper.objects.filter(person_id=mother.person).exists()
