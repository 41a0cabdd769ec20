"""Quiet e-mail: as chosen, and none to a child until it chooses itself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Entry
from laget.notices import delivery, rules
from laget.notices.models import Dispatch, MailWish, Notice
from laget.notices.tests.test_delivery import smtp  # noqa: F401 - a real server
from laget.people.models import Contact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("chosen", "own_child", "told"),
    [
        ("", False, "usual"), ("", True, "none"), ("usual", True, "usual"), ("neutral", True, "neutral"),
        ("neutral", False, "neutral"), ("none", False, "none"), ("odd", False, "usual"), ("odd", True, "none"),
    ],
)  # fmt: skip
def test_a_child_is_told_quietly_until_it_chooses(chosen, own_child, told):
    assert rules.mail(chosen, own_child=own_child) == told


def waiting(cast, member, worker_mail="a@example.org"):
    Contact.objects.create(person_id=member.person, sort="email", value=worker_mail)
    notice = Notice.objects.create(
        recipient_id=member.person, capacity="citizen", event="cases.written", address="/", child=cast.child
    )
    return Dispatch.objects.create(notice=notice)


def sent(smtp, monkeypatch):  # noqa: F811
    from laget.access import database

    monkeypatch.setattr(database, "assumed_role", "laget_worker")
    with database.acting(None):
        delivery.run()
    return [content.decode(errors="replace") for _to, content in smtp.mails]


def test_a_child_gets_no_email_and_its_mother_does(cast, smtp, monkeypatch):  # noqa: F811
    child, mother = waiting(cast, cast.sara, "sara@example.org"), waiting(cast, cast.kari, "kari@example.org")
    assert len(sent(smtp, monkeypatch)) == 1
    child.refresh_from_db()
    mother.refresh_from_db()
    assert (child.state, mother.state) == ("unwanted", "sent")


def test_a_neutral_email_says_only_that_there_is_a_message(cast, visit, smtp, monkeypatch):  # noqa: F811
    from email import message_from_string

    waiting(cast, cast.kari)
    assert visit(cast.kari).post(reverse("mail"), {"mail": "neutral"}).status_code == 302
    (mail,) = sent(smtp, monkeypatch)
    text = message_from_string(mail).get_payload(decode=True).decode()
    assert "Du har en melding." in text and "You have a message." in text
    assert "logg" not in text.lower().replace("logg inn", "") and "log." not in text


def test_whoever_wants_none_gets_none_also_what_waits(cast, visit, smtp, monkeypatch):  # noqa: F811
    dispatch = waiting(cast, cast.kari)
    visit(cast.kari).post(reverse("mail"), {"mail": "none"})
    assert sent(smtp, monkeypatch) == []
    dispatch.refresh_from_db()
    assert dispatch.state == "unwanted"


def test_the_last_word_holds_and_is_ones_own(cast, visit, as_app):
    client = visit(cast.sara)
    assert "barn ingen e-post" in client.get(reverse("mail")).content.decode()
    for mail in ("none", "none", "usual"):
        assert client.post(reverse("mail"), {"mail": mail}).status_code == 302
    assert list(MailWish.objects.order_by("at").values_list("mail", flat=True)) == ["none", "usual"]
    assert client.post(reverse("mail"), {"mail": "loud"}).status_code == 422
    assert Entry.objects.filter(event="notices.mail_chosen").count() == 2
    with as_app(cast.kari.actor):
        assert not MailWish.objects.exists()
    assert timezone.now() > MailWish.objects.latest("at").at
