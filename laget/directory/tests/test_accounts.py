"""What people sign in with: written by an administrator, who is asked once more; a change signs out at once."""

from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laget.access.entering import Behind, enter
from laget.access.models import SignIn
from laget.access.oidc.recognising import account_mark
from laget.audit.models import Entry
from laget.directory.models import Account, Position, Unit
from laget.kernel.actor import Capacity
from laget.people.models import Name
from laget.people.rules import synthetic_number

ADDRESS = "maja@fjordvik.example"


def page(member):
    return reverse("position_account", args=[member.position])


def change(client, member, *, sure=True, **typed):
    return client.post(page(member), {"key": str(uuid4()), **({"sure": "on"} if sure else {}), **typed})


def live(member):
    """A session as after sign-in with the work account."""
    from importlib import import_module

    client = Client(HTTP_ACCEPT_LANGUAGE="nb")
    request = type("Asked", (), {"META": {}, "session": client.session})()
    enter(request, member.person, Capacity.WORKER, "mfa", Behind("staff", "https://i.example", "s", "sid", "token"))
    request.session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = request.session.session_key
    assert import_module(configured.SESSION_ENGINE)
    return client


def test_an_administrator_writes_what_somebody_signs_in_with(cast, visit):
    client = visit(cast.ada)
    body = client.get(page(cast.maja)).content.decode()
    assert "Ingenting er skrevet ennå" in body and "Maja Lind" in body
    asked = change(client, cast.maja, sure=False, account=ADDRESS)
    assert asked.status_code == 422
    assert "Endre hva Maja Lind logger inn med?" in asked.content.decode()
    assert not Account.objects.exists()
    assert change(client, cast.maja, account=ADDRESS).status_code == 302
    written = Account.objects.get()
    assert (written.person_id, written.shown, written.subject) == (cast.maja.person, ADDRESS, "")
    assert bytes(written.mark) == account_mark("staff", ADDRESS.upper())
    assert ADDRESS in client.get(page(cast.maja)).content.decode()
    said = Entry.objects.filter(person=cast.ada.person).values_list("event", "object_id")
    assert set(said) == {("directory.account_given", cast.maja.person), ("directory.account_changed", cast.maja.person)}


@pytest.mark.parametrize("typed", [{"account": "new@fjordvik.example"}, {"account": ADDRESS}, {"account": ""}])
def test_a_change_signs_the_person_out_at_once_and_frees_the_account(cast, visit, typed):
    change(visit(cast.ada), cast.maja, account=ADDRESS)
    Account.objects.update(issuer="https://i.example", subject="s", bound_at=timezone.now())
    client, other = live(cast.maja), live(cast.omar)
    assert client.get("/directory/").status_code == 200
    change(visit(cast.ada), cast.maja, **typed)
    assert client.get("/directory/").status_code == 302
    assert other.get("/directory/").status_code == 200
    assert [row.person_id for row in SignIn.objects.all()] == [cast.omar.person]
    standing = Account.objects.standing().filter(person_id=cast.maja.person)
    assert [one.subject for one in standing] == ([""] if typed["account"] else [])
    assert Account.objects.filter(subject="s").count() == 1
    ended = Entry.objects.get(event="access.signed_out")
    assert (ended.person, ended.cause, ended.details) == (
        cast.maja.person, "administrator", {"by": str(cast.ada.person)},
    )  # fmt: skip


def test_an_account_is_one_persons(cast, visit):
    client = visit(cast.ada)
    change(client, cast.maja, account=ADDRESS)
    answer = change(client, cast.omar, account=ADDRESS.upper())
    assert answer.status_code == 422
    assert "En annen bruker allerede dette" in answer.content.decode()
    assert Account.objects.standing().get().person_id == cast.maja.person


def test_nobody_changes_their_own(cast, visit):
    answer = change(visit(cast.ada), cast.ada, account="ada@fjordvik.example")
    assert answer.status_code == 403
    assert "Spør en annen administrator" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("maja", 403), ("liv", 403), ("vera", 403), ("kari", 404), ("per", 404), ("sara", 404)]
)
def test_only_an_administrator_sees_and_changes(cast, visit, who, status):
    change(visit(cast.ada), cast.maja, account=ADDRESS)
    client = visit(getattr(cast, who))
    for answer in (client.get(page(cast.maja)), change(client, cast.maja, account="x@evil.example")):
        assert answer.status_code == status
        assert ADDRESS not in answer.content.decode()
    assert Account.objects.standing().get().shown == ADDRESS


def test_somebody_new_begins_with_an_account(cast, visit):
    where = reverse("position_new", args=[Unit.objects.get(name="Avdeling Blåklokka").pk])
    typed = {"given": "Åse", "family": "Ås", "title": "Lærer", "account": "aase@fjordvik.example", "key": str(uuid4())}
    assert visit(cast.ada).post(where, typed).status_code == 302
    assert Account.objects.get().person_id == Name.objects.get(given="Åse").person_id
    again = visit(cast.ada).post(where, typed | {"given": "Anne", "key": str(uuid4())})
    assert again.status_code == 422
    assert not Name.objects.filter(given="Anne").exists()


def test_an_account_ends_with_the_last_position(cast, visit):
    change(visit(cast.ada), cast.maja, account=ADDRESS)
    unit = Position.objects.get(pk=cast.omar.position).unit
    second = Position.objects.create(person_id=cast.maja.person, unit=unit, title="Vikar")
    client = visit(cast.ada)
    client.post(reverse("position_end", args=[cast.maja.position]), {"key": str(uuid4())})
    assert Account.objects.standing().exists()
    client.post(reverse("position_end", args=[second.pk]), {"key": str(uuid4())})
    assert not Account.objects.standing().exists()


def test_the_number_of_one_who_works_elsewhere_is_never_shown_again(cast, visit, settings):
    from datetime import date

    from laget.access.oidc.providers import Provider

    outside = ("outsiders", Capacity.WORKER, "https://a.example", "c", None, ("x",), (), "pid", "openid", False)
    settings.LAGET_PROVIDERS = {"outsiders": Provider(*outside)}
    client, number = visit(cast.ada), synthetic_number(date(1979, 1, 31), 9)
    assert "Fødselsnummer" in client.get(page(cast.omar)).content.decode()
    assert change(client, cast.omar, number=number[:-1] + "x").status_code == 422
    assert change(client, cast.omar, account=ADDRESS, number=number).status_code == 422
    assert change(client, cast.omar, number=f"{number[:6]} {number[6:]}").status_code == 302
    written = Account.objects.get()
    assert (written.provider, written.shown) == ("outsiders", "")
    assert bytes(written.mark) == account_mark("outsiders", number)
    body = client.get(page(cast.omar)).content.decode()
    assert "Ansattporten" in body and number not in body
    assert number not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT directory_end_sessions(gen_random_uuid())",
        "SELECT * FROM directory_signing_in('staff', 'i', 's', 'm')",
        "INSERT INTO directory_account (id, person_id, provider, shown, mark, issuer, subject, since, until) "
        "SELECT gen_random_uuid(), laget_person(), 'staff', '', 'x', '', '', now(), now() + interval '1 day'",
        "UPDATE directory_account SET subject = 'x'",
    ],
)
@pytest.mark.parametrize("who", ["maja", "kari"])
def test_the_database_lets_nobody_else_do_it(cast, as_app, who, statement):
    refused = pytest.raises(DatabaseError, match="permission denied|row-level security|only")
    with as_app(getattr(cast, who).actor), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_administrator_cannot_write_down_a_subject(cast, as_app):
    """So that nobody is let in as somebody else without having signed in with what was written."""
    forged = Account(person_id=cast.maja.person, provider="staff", mark=b"m", issuer="i", subject="s")
    with as_app(cast.ada.actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        forged.save(force_insert=True)


def test_that_somebody_else_signs_in_on_the_same_session_ends_the_first_and_is_recorded(cast):
    client = live(cast.maja)
    request = type("Asked", (), {"META": {}, "session": client.session})()
    enter(request, cast.omar.person, Capacity.WORKER, "mfa", Behind("staff", "https://i.example", "t", "sid", "token"))
    assert [row.person_id for row in SignIn.objects.all()] == [cast.omar.person]
    ended = Entry.objects.get(event="access.signed_out")
    assert (ended.person, ended.cause) == (cast.maja.person, "another")
