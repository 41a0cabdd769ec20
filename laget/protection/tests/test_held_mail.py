"""What was held by the last look: told, read by those in the case, sent when two let it, put away by one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.families.models import Child
from laget.kernel.actor import Capacity
from laget.notices import delivery
from laget.notices.actions import tell
from laget.notices.models import Dispatch, MailWish, Notice
from laget.people.models import Contact
from laget.protection import actions, sweeps
from laget.protection.leaving import fingerprint
from laget.protection.models import HeldMail, Letter, Proposal

pytestmark = pytest.mark.django_db
NOBODY_IS_KEPT_AWAY = True
HOME = "Solbakkvegen 12B"


@pytest.fixture(autouse=True)
def hidden(cast, as_app, settings):
    settings.LAGET_MAIL = True
    with as_app(cast.maja.actor):
        child = Child.objects.get(pk=cast.child)
        day = timezone.localdate() + timedelta(days=60)
        actions.grade(cast.maja.actor, child, cast.child, "strictly_confidential", "police", day)
        actions.know_places(cast.maja.actor, child, "address", HOME)
    return child


@pytest.fixture
def send(monkeypatch):
    """E-mails that hold an address are tried; what the house tells of by itself besides is as ever."""

    def go(*people, capacity=Capacity.WORKER):
        told = delivery.sentence
        said = lambda event: f"Møtet er i {HOME}." if event == "cases.written" else told(event)  # noqa: E731
        monkeypatch.setattr(delivery, "sentence", said)
        for person in people:
            Contact.objects.get_or_create(person_id=person, sort="email", value=f"{person.hex}@example.org")
            tell([person], capacity, "cases.written", address="/")
        delivery.run()
        return HeldMail.objects.filter(child__isnull=False)

    return go


@pytest.fixture
def tick(monkeypatch):
    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def let_out():
    return [one for one in mail.outbox if HOME in one.body]


def test_held_mail_is_told_read_and_sent_by_two(cast, visit, send, tick):
    held = send(cast.omar.person).get()
    assert not let_out()
    assert set(Notice.objects.filter(event="protection.mail_held").values_list("recipient_id", flat=True)) == {
        cast.maja.person, cast.omar.person,
    }  # fmt: skip
    maja, liv = visit(cast.maja), visit(cast.liv)
    assert reverse("held_mail", args=[held.pk]) in maja.get(reverse("held_mails", args=[cast.child])).content.decode()
    body = maja.get(reverse("held_mail", args=[held.pk])).content.decode()
    assert HOME in body and "Omar Haddad" in body and "En adresse" not in body
    typed = {"reason": "Det er et annet sted.", "key": str(uuid4())}
    assert maja.post(reverse("held_mail", args=[held.pk]), typed).status_code == 302
    page = reverse("confirm", args=[Proposal.objects.get().pk])
    assert HOME.encode() not in bytes(Letter.objects.get().sealed)
    asked = liv.get(page).content.decode()
    assert HOME in asked and "En adresse" in asked and "Omar Haddad" in asked
    tick()
    delivery.run()
    assert not let_out()
    assert liv.post(page, {"agreed": "yes", "words": "Greit.", "key": str(uuid4())}).status_code == 302
    tick()
    delivery.run()
    (sent,) = let_out()
    assert sent.to == [f"{cast.omar.person.hex}@example.org"]
    assert HeldMail.objects.get().outcome == "released"
    tick()
    assert HeldMail.objects.get().outcome == "sent" and Dispatch.objects.get(pk=held.dispatch).state == "sent"


@pytest.fixture
def released(cast, as_app, send, tick):
    """Held, and let out by two, a month after it was made."""

    def go():
        held = send(cast.omar.person).get()
        for rows in (Dispatch.objects.filter(pk=held.dispatch), Notice.objects.filter(event="cases.written")):
            old = {"made_at" if rows.model is Dispatch else "at": timezone.now() - timedelta(days=30)}
            rows.update(**old)
        with as_app(cast.maja.actor):
            asked = actions.ask_to_send(cast.maja.actor, held, "Det er et annet sted.").value
        with as_app(cast.liv.actor):
            actions.answer(cast.liv.actor, asked, True, "Greit.")
        tick()
        return held

    return go


def test_what_was_held_for_a_month_is_made_anew_and_sent_when_it_is_let_out(cast, visit, released, tick):
    held = released()
    page = reverse("held_mail", args=[held.pk])
    body = visit(cast.maja).get(page).content.decode()
    assert "To har sagt ja. Den sendes" in body and "og den er sendt" not in body and not let_out()
    delivery.run()
    tick()
    assert len(let_out()) == 1
    assert "og den er sendt" in visit(cast.maja).get(page).content.decode()
    assert not Notice.objects.filter(event="protection.mail_not_sent").exists()


@pytest.mark.parametrize("why", ["read", "no_address", "unwanted"])
def test_it_is_not_said_to_be_sent_when_it_was_not(cast, visit, released, tick, why):
    held = released()
    if why == "read":
        Notice.objects.filter(event="cases.written", recipient_id=cast.omar.person).update(read_at=timezone.now())
    elif why == "no_address":
        Contact.objects.filter(person_id=cast.omar.person).delete()
    else:
        MailWish.objects.create(person_id=cast.omar.person, capacity="worker", mail="none")
    delivery.run()
    tick(), tick()
    assert not let_out() and HeldMail.objects.get(pk=held.pk).outcome == "not_sent"
    maja = visit(cast.maja)
    assert "men den ble ikke sendt" in maja.get(reverse("held_mail", args=[held.pk])).content.decode()
    assert "Ikke sendt" in maja.get(reverse("held_mails", args=[cast.child])).content.decode()
    told = Notice.objects.filter(event="protection.mail_not_sent")
    around = {cast.maja.person, cast.omar.person}
    assert set(told.values_list("recipient_id", flat=True)) == (set() if why == "read" else around)


def test_what_is_held_anew_after_its_release_waits_for_two_anew(cast, visit, released, tick):
    held = released()
    Contact.objects.filter(person_id=cast.omar.person).delete()
    Contact.objects.create(person_id=cast.omar.person, sort="email", value="ny@example.org")
    delivery.run()
    tick()
    again = HeldMail.objects.get(pk=held.pk)
    assert again.outcome == "" and again.content != held.content and not let_out()
    assert visit(cast.maja).get(reverse("put_away_mail", args=[held.pk])).status_code == 200


def test_what_is_new_at_each_try_does_not_count():
    def made(day, number, to="a@example.org", text="Hei"):
        headers = {"Date": day, "Message-ID": number}
        return fingerprint(delivery.matters(EmailMessage("Emne", text, "fra@example.org", [to], headers=headers)))

    first = made("Mon, 1 Jan 2026 10:00:00 +0100", "<1@x>")
    assert first == made("Tue, 2 Jan 2026 11:00:00 +0100", "<2@x>")
    assert len({first, made("", "", to="b@example.org"), made("", "", text="Hei.")}) == 3


def test_another_receiver_of_the_same_words_is_not_let_by(cast, visit, as_app, send, tick):
    held = send(cast.omar.person).get()
    with as_app(cast.maja.actor):
        asked = actions.ask_to_send(cast.maja.actor, held, "Det er et annet sted.").value
    with as_app(cast.liv.actor):
        actions.answer(cast.liv.actor, asked, True, "Greit.")
    tick()
    assert send(cast.vera.person).filter(outcome="").count() == 1
    assert {one.to[0] for one in let_out()} == {f"{cast.omar.person.hex}@example.org"}


def test_one_puts_it_away_and_it_is_never_sent(cast, visit, as_app, send, tick):
    held = send(cast.omar.person).get()
    client, step = visit(cast.maja), reverse("put_away_mail", args=[held.pk])
    assert client.post(step, {"key": str(uuid4())}).status_code == 302
    assert client.post(step, {"key": str(uuid4())}).status_code == 403
    tick()
    delivery.run()
    assert not let_out()
    assert Dispatch.objects.get(pk=held.dispatch).state == "held"


def test_two_who_put_it_away_at_once_are_told_and_not_failed(cast, as_app, send):
    held = send(cast.omar.person).get()
    with as_app(cast.maja.actor):
        actions.put_away(cast.maja.actor, held)
        with pytest.raises(Refused):
            actions.put_away(cast.maja.actor, held)


def test_whom_it_was_to_is_named_only_around_the_child(cast, visit, send):
    send(cast.otto.person)
    held = HeldMail.objects.get()
    body = visit(cast.maja).get(reverse("held_mail", args=[held.pk])).content.decode()
    assert held.near_id is None and "Otto" not in body and "@example.org" not in body


@pytest.mark.parametrize("name", ["idris", "otto", "ada", "liv", "kari", "per", "sara"])
def test_others_learn_nothing_of_it(cast, visit, send, name):
    held = send(cast.omar.person).get()
    for page, of in (("held_mail", held.pk), ("held_mails", cast.child), ("put_away_mail", held.pk)):
        answer = visit(getattr(cast, name)).get(reverse(page, args=[of]))
        assert answer.status_code == 404 and HOME not in answer.content.decode()


def test_the_database_sends_nothing_on_one_word(cast, as_app, send):
    held = send(cast.omar.person).get()
    for change in ({"outcome": "sent"}, {"outcome": "put_away", "ended_by": cast.omar.person}, {"sealed": b""}):
        with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
            HeldMail.objects.filter(pk=held.pk).update(**change)


def test_many_that_are_held_are_told_once(cast, send):
    """Also when what is told of it is held itself, as where a place stands in the address of the house."""
    send(cast.omar.person, cast.vera.person, cast.otto.person)
    assert Notice.objects.filter(event="protection.mail_held", recipient_id=cast.omar.person).count() == 1
