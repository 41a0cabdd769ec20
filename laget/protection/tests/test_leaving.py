"""What tells where a protected child is does not leave: by mail now, by letter and file through the same look."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.sealing import seal
from laget.demo.cast import child
from laget.exchange.documents import pdf
from laget.exchange.tests.test_rules import document
from laget.families.models import Child
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid
from laget.notices import delivery, leaving
from laget.notices.actions import tell
from laget.notices.models import Dispatch
from laget.people.models import Contact
from laget.protection import actions, letters
from laget.protection.leaving import SEALED_AS
from laget.protection.models import Grading, Letter, Place, Proposal
from laget.sight.models import Forbid

pytestmark = pytest.mark.django_db
NOBODY_IS_KEPT_AWAY = True
HOME = "Solbakkvegen 12B"


@pytest.fixture
def hidden(cast, as_app):
    """Sara's address is protected, and what tells where she is, is known."""
    with as_app(cast.maja.actor):
        child = Child.objects.get(pk=cast.child)
        day = timezone.localdate() + timedelta(days=60)
        actions.grade(cast.maja.actor, child, cast.child, "strictly_confidential", "police", day)
        for sort, values in (
            ("address", HOME), ("unit", "Nordre skole\nÅsheim krisesenter"), ("phone", "53 44 11 22"),
            ("place", "Leirvik"),
        ):  # fmt: skip
            actions.know_places(cast.maja.actor, child, sort, values)
    return child


def found(*parts):
    try:
        leaving.look_over(parts)
    except leaving.Held as held:
        return set(held.sorts)
    return set()


def test_wakefield_an_address_inside_an_attached_report(hidden):
    """Wakefield: the address stood inside a medical report in a bundle that was sent to the one she fled from."""
    message = EmailMessage("Saksmappe", "Vedlagt følger rapporten.", to=["per@example.org"])
    message.attach("rapport.txt", "Undersøkt hjemme i SOLBAKKV. 12 b, og hun sov godt.", "text/plain")
    with pytest.raises(leaving.Held) as held:
        leaving.look_over(leaving.of_mail(message.message()))
    assert held.value.sorts == ("address",)
    message.attachments.clear()
    assert found(*leaving.of_mail(message.message())) == set()


def test_wakefield_a_report_that_cannot_be_read_here_stays(hidden):
    """The report was no text: what nobody here can read is not sent, whatever it is called."""
    for content, sort in (
        (pdf("report", document("Undersøkt hjemme i Solbakkvegen 12B.")), "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"PK\x03\x04", "application/octet-stream"),
    ):
        message = EmailMessage("Saksmappe", "Vedlagt.", to=["per@example.org"])
        message.attach("rapport", content, sort)
        with pytest.raises(leaving.Held) as held:
            leaving.look_over(leaving.of_mail(message.message()))
        assert held.value.sorts == ("unreadable",)


@pytest.mark.parametrize(
    "subject", ["Møte i Åsheim krisesenter", "Møte i dag og alle de andre dagene som kommer i Åsheim krisesenter"]
)
def test_a_subject_that_is_sent_encoded_is_read_as_it_is_meant(hidden, subject):
    assert found(*leaving.of_mail(EmailMessage(subject, "Hei.", to=["a@example.org"]).message())) == {"unit"}
    sender = EmailMessage("Hei", "Hei.", f"{subject} <post@example.org>", ["a@example.org"])
    assert found(*leaving.of_mail(sender.message())) == {"unit"}


@pytest.mark.parametrize(
    "html",
    ["<p>Leir<b>vik</b></p>", "<p>Nordre<br>skole</p>", "<p>Leir&#118;ik</p>", '<a href="/" title="Leirvik">x</a>'],
)
def test_a_page_in_a_mail_is_read_as_it_is_shown(hidden, html):
    message = EmailMultiAlternatives("Hei", "Hei.", to=["a@example.org"])
    message.attach_alternative(html, "text/html")
    assert found(*leaving.of_mail(message.message()))


def test_letters_that_nobody_here_knows_stay(hidden):
    message = EmailMessage("Hei", "Hei.", to=["a@example.org"]).message()
    message.set_param("charset", "x-ingen")
    with pytest.raises(leaving.Held):
        leaving.of_mail(message)


def test_vigilo_a_mail_that_names_the_school(hidden):
    """Vigilo, Bergen: the mail itself named the school."""
    assert found("Velkommen til Vigilo", "Du er invitert til N o r d r e  skule.") == {"unit"}
    assert found("Du har en ny melding i Laget.") == set()


def test_charnwood_a_letter_about_the_new_address(hidden):
    """Charnwood: a letter about the new address was sent to the old one."""
    assert found("Ny adresse er registrert: Solbakkveien 12 B, 5417 Leirvik.") == {"address", "place"}


@pytest.mark.parametrize(
    "part", ["Solbakkvegen.pdf", "Ring 53441122", "Møtet er på Åsheim KS", "LEIRVIK", "Sоlbаkkvegen", "leir\u00advik"]
)
def test_names_of_files_numbers_and_look_alikes(hidden, part):
    assert found("Helt vanlig tekst.", part)


def test_without_a_protected_child_nothing_is_known(cast, hidden, as_app):
    Grading.objects.update(ended_at=timezone.now())
    assert found(HOME) == set()


def test_where_nobody_watches_nothing_leaves(monkeypatch):
    monkeypatch.setattr(leaving, "_watchers", [])
    assert found("Hva som helst") == {"unwatched"}


def test_a_mail_that_holds_it_is_held(cast, hidden, monkeypatch, settings):
    settings.LAGET_MAIL = True
    Contact.objects.create(person_id=cast.maja.person, sort="email", value="maja@example.org")
    with monkeypatch.context() as here:
        here.setattr(delivery, "sentence", lambda event: f"Møtet er i {HOME}.")
        tell([cast.maja.person], Capacity.WORKER, "cases.written", address="/")
        delivery.run()
    assert not mail.outbox and Dispatch.objects.get(notice__event="cases.written").state == "held"
    tell([cast.maja.person], Capacity.WORKER, "cases.corrected", address="/")
    delivery.run()
    sent = Dispatch.objects.filter(state="sent").values_list("notice__event", flat=True)
    assert sorted(sent) == ["cases.corrected", "protection.mail_held"] and len(mail.outbox) == 2


def test_a_sender_cannot_forget_it():
    """Whoever sends e-mail does it through the delivery of notices, which looks first."""
    from tests.house import tree  # noqa: PLC0415 - only here

    senders = {
        tree.short(path) for path in tree.sources()
        if any(word in path.read_text() for word in ("django.core.mail", "smtplib", "send_messages", "urlopen("))
    }  # fmt: skip
    assert senders <= {"laget/notices/delivery.py", "laget/site/settings.py"}
    text = (tree.PACKAGE / "notices/delivery.py").read_text()
    assert text.index("_look_over(message)") < text.index("send_messages")


def test_it_is_sealed_and_nobody_reads_it(cast, hidden, as_app):
    assert HOME.encode() not in b"".join(bytes(one.sealed) for one in Place.objects.all())
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with as_app(cast.maja.actor), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM protection_place")


def test_the_page_says_that_it_is_known_and_never_what(cast, hidden, visit):
    page = reverse("places", args=[cast.child])
    body = visit(cast.maja).get(page).content.decode()
    assert HOME not in body and "Leirvik" not in body and "Adresser" in body
    assert visit(cast.omar).post(page, {"sort": "place", "values": "Sagvåg"}).status_code == 302
    assert found("til Sagvåg")
    for who in (cast.otto, cast.kari, cast.vera):
        assert visit(who).get(page).status_code == 404
    refused = visit(cast.maja).post(page, {"sort": "phone", "values": "12\nSagvåg"})
    assert refused.status_code == 422 and "Sagvåg" in refused.content.decode()


LETTER = {"to": "Vestland politidistrikt", "text": f"Hei.\r\nHun bor i {HOME}.", "reason": "Politiet må vite det."}


def test_two_let_exactly_one_thing_leave(cast, hidden, visit):
    maja, liv = visit(cast.maja), visit(cast.liv)
    assert "Krev" not in maja.get(reverse("release", args=[cast.child])).content.decode()
    asked = maja.post(reverse("release", args=[cast.child]), LETTER)
    assert asked.status_code == 302
    proposal = Proposal.objects.get(sort="release")
    page, letter = reverse("confirm", args=[proposal.pk]), reverse("released", args=[proposal.pk])
    own = maja.get(page).content.decode()
    assert HOME in own and "En adresse" not in own, "the one who asks does not learn what is known"
    assert maja.post(page, {"agreed": "yes", "words": "Ja."}).status_code == 403
    assert maja.get(letter).status_code == 403
    read = liv.get(page).content.decode()
    assert HOME in read and "En adresse" in read and LETTER["reason"] in read
    assert liv.post(page, {"agreed": "yes", "words": "Lest."}).status_code == 302
    assert HOME in maja.get(letter).content.decode()
    assert liv.get(letter).status_code == 403
    written = letters.letter_of(cast.maja.actor, proposal)
    assert not found(*written.parts)
    assert found("Til mor", written.text), "to another receiver it is another letter"
    assert found(written.to, written.text + " ")


def test_a_leader_who_is_kept_away_gets_no_place_by_the_function_either(cast, hidden, visit, as_app):
    visit(cast.maja).post(reverse("release", args=[cast.child]), LETTER)
    proposal = Proposal.objects.get(sort="release")
    for kept_away in (False, True):
        if kept_away:
            Forbid.objects.create(child_id=cast.child, person_id=cast.liv.person, origin="tie", origin_id=uuid4())
        with as_app(cast.liv.actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM protection_places_in(%s)", [proposal.pk])
            assert bool(cursor.fetchone()[0]) is not kept_away


def test_a_release_is_good_for_its_own_child_only(cast, hidden, visit):
    """The leader read what tells where one child is. Another who hides in the same letter was asked of nobody."""
    other, text = (
        child("Emil", "Vik", timezone.localdate() - timedelta(days=900), cast.maja.person, serial=5),
        "Bor i Tangvegen 7.",
    )
    graded = uuid4()
    Grading.objects.create(
        id=graded, decision=graded, child_id=other, person_id=other, level="hidden", rank=1, source="told",
        by_id=cast.maja.person, position_id=cast.maja.position,
    )  # fmt: skip
    Place.objects.create(child_id=other, sort="address", sealed=seal(b"Tangvegen 7", SEALED_AS), by_id=cast.maja.person)
    visit(cast.maja).post(reverse("release", args=[cast.child]), LETTER | {"text": f"{LETTER['text']} {text}"})
    proposal = Proposal.objects.get(sort="release")
    visit(cast.liv).post(reverse("confirm", args=[proposal.pk]), {"agreed": "yes", "words": "Lest."})
    written = letters.letter_of(cast.maja.actor, proposal)
    assert found(*written.parts) == {"address"}
    Grading.objects.filter(pk=graded).update(ended_at=timezone.now())
    assert not found(*written.parts)


def test_a_no_lets_nothing_leave(cast, hidden, visit):
    maja, liv = visit(cast.maja), visit(cast.liv)
    maja.post(reverse("release", args=[cast.child]), LETTER)
    proposal = Proposal.objects.get(sort="release")
    assert liv.post(reverse("confirm", args=[proposal.pk]), {"agreed": "no", "words": "Nei."}).status_code == 302
    assert maja.get(reverse("released", args=[proposal.pk])).status_code == 403
    assert found(HOME)


def test_the_letter_is_sealed_and_others_never_see_it(cast, hidden, visit):
    visit(cast.maja).post(reverse("release", args=[cast.child]), LETTER)
    proposal = Proposal.objects.get(sort="release")
    assert HOME.encode() not in bytes(Letter.objects.get().sealed)
    for who in (cast.omar, cast.otto, cast.vera, cast.kari, cast.per, cast.ada):
        for name in ("confirm", "released"):
            answer = visit(who).get(reverse(name, args=[proposal.pk]))
            assert answer.status_code == 404
            assert HOME not in answer.content.decode()
    refused = visit(cast.omar).post(reverse("release", args=[cast.child]), LETTER)
    assert refused.status_code == 403


def test_what_is_missing_keeps_what_was_typed(cast, hidden, visit):
    answer = visit(cast.maja).post(reverse("release", args=[cast.child]), LETTER | {"reason": " "})
    assert answer.status_code == 422
    assert HOME in answer.content.decode()
    assert not Letter.objects.exists()


def test_only_words_that_can_be_found_are_taken(cast, hidden, as_app):
    with pytest.raises(Invalid), as_app(cast.maja.actor):
        actions.know_places(cast.maja.actor, hidden, "postal_code", "12")


def test_every_mail_is_looked_at_as_the_worker(cast, hidden, monkeypatch):
    with monkeypatch.context() as here:
        here.setattr(database, "assumed_role", "laget_worker")
        with database.acting(None):
            assert found(f"bor i {HOME}") == {"address"}
