"""What an administrator who wants to read would try: each attack by its name, and that it leads nowhere."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.oidc.providers import Provider
from laget.access.oidc.recognising import account_mark
from laget.access.sealing import index
from laget.audit.models import Change
from laget.cases.access import visible_cases
from laget.cases.models import Baton
from laget.demo.cast import worker
from laget.directory.models import Account, Position, Unit
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.people.models import NationalNumber
from laget.people.rules import synthetic_number


def test_an_administrator_gives_oneself_no_position_to_catch_a_falling_baton(cast, visit, as_app):
    """A baton falls to a leader of the service: so one would become its leader, and end those who stand before."""
    client, unit = visit(cast.ada), Unit.objects.get(name="Avdeling Blåklokka")
    typed = {"person": str(cast.ada.person), "title": "Styrer", "leads": "on", "key": str(uuid4())}
    answer = client.post(reverse("position_new", args=[unit.pk]), typed)
    assert answer.status_code == 422
    assert "Du kan ikke gi deg selv en stilling" in answer.content.decode()
    assert Position.objects.filter(person_id=cast.ada.person).count() == 1
    for other in (cast.omar, cast.otto, cast.liv, cast.maja):
        client.post(reverse("position_end", args=[other.position]), {"key": str(uuid4())})
    with as_app(cast.ada.actor):
        assert not visible_cases(cast.ada.actor).exists()
    held = Baton.objects.filter(until=FOREVER, position__person_id=cast.ada.person)
    assert not held.exists()


def test_nobody_becomes_the_data_protection_officer_by_own_hand(cast, visit):
    client, unit = visit(cast.ada), Unit.objects.get(name="Avdeling Blåklokka")
    typed = {"person": str(cast.ada.person), "title": "Personvernombud", "protects": "on", "key": str(uuid4())}
    assert client.post(reverse("position_new", args=[unit.pk]), typed).status_code == 422
    assert visit(cast.otto).post(reverse("position_new", args=[unit.pk]), typed).status_code == 403
    assert not Position.objects.filter(protects=True).exists()


@pytest.mark.parametrize("who", ["liv", "otto"])
@pytest.mark.parametrize("as_well", ["leads", "administers", ""])
def test_who_controls_does_not_decide_what_is_controlled(cast, visit, who, as_well):
    """GDPR article 38 (6): on one position or on two, the officer neither leads nor administers."""
    unit = Unit.objects.get(name="IKT")
    typed = {"person": str(getattr(cast, who).person), "title": "Personvernombud", "protects": "on"}
    typed |= {as_well: "on"} if as_well else {}
    answer = visit(cast.ada).post(reverse("position_new", args=[unit.pk]), typed | {"key": str(uuid4())})
    allowed = who == "otto" and not as_well
    assert answer.status_code == (302 if allowed else 422)
    assert ("uavhengig" in answer.content.decode()) is not allowed
    assert Position.objects.filter(protects=True).exists() is allowed


def test_an_officer_is_given_no_place_to_decide_from(cast, visit):
    Position.objects.filter(pk=cast.otto.position).update(protects=True)
    unit = Unit.objects.get(name="IKT")
    typed = {"person": str(cast.otto.person), "title": "Leder", "leads": "on", "key": str(uuid4())}
    assert visit(cast.ada).post(reverse("position_new", args=[unit.pk]), typed).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=cast.otto.position).update(leads=True)


def test_an_administrator_does_not_come_in_as_the_officer_with_what_is_her_own(cast, visit, settings):
    """By her own national number, or by an account that she has signed in with before."""
    outside = ("outsiders", Capacity.WORKER, "https://a.example", "c", None, ("x",), (), "pid", "openid", False)
    settings.LAGET_PROVIDERS = {"outsiders": Provider(*outside)}
    number, before = synthetic_number(date(1979, 1, 31), 9), account_mark("staff", "ada@fjordvik.example")
    NationalNumber.objects.filter(person_id=cast.ada.person).delete()
    NationalNumber.objects.create(person_id=cast.ada.person, sealed=b"", index=index(number))
    Account.objects.create(
        person_id=cast.ada.person, provider="staff", mark=before, since=timezone.now(), until=timezone.now()
    )
    unit = Unit.objects.get(name="IKT")
    new = {"given": "Eir", "family": "Lund", "title": "Personvernombud", "protects": "on"}
    for own in ({"number": number}, {"account": "Ada@fjordvik.example"}):
        answer = visit(cast.ada).post(reverse("position_new", args=[unit.pk]), new | own | {"key": str(uuid4())})
        assert answer.status_code == 422
        typed = own | {"sure": "on", "key": str(uuid4())}
        assert visit(cast.ada).post(reverse("position_account", args=[cast.otto.position]), typed).status_code == 422
    assert not Position.objects.filter(protects=True).exists()
    assert not Account.objects.standing().exists()


def test_who_is_entrusted_is_told_to_the_other_administrators_and_to_the_person(cast, visit):
    unit = Unit.objects.get(name="IKT")
    second = worker("Tone", "Bakke", unit, "Administrator")
    Position.objects.filter(person_id=second.person).update(administers=True)
    typed = {"person": str(cast.otto.person), "title": "Personvernombud", "protects": "on", "key": str(uuid4())}
    assert visit(cast.ada).post(reverse("position_new", args=[unit.pk]), typed).status_code == 302
    assert told("directory.entrusted") == {second.person, cast.otto.person}
    for member in (cast.otto, cast.maja):
        address = reverse("position_account", args=[member.position])
        account = {"account": f"{member.person}@fjordvik.example", "sure": "on", "key": str(uuid4())}
        assert visit(cast.ada).post(address, account).status_code == 302
    changed = Notice.objects.filter(event="directory.account_changed").values_list("recipient_id", flat=True)
    assert sorted(changed) == sorted([second.person, cast.otto.person, cast.maja.person])


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def test_that_somebody_protected_is_kept_when_it_is_corrected(cast):
    Position.objects.filter(pk=cast.otto.position).update(protects=True)
    changed = Change.objects.get(source="directory_position", row=cast.otto.position)
    assert changed.old == {"protects": False}
