"""Coming in without an electronic id: what works, and every way we know of to come in as somebody else."""

import time
from base64 import b32decode
from datetime import date, timedelta

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laget.access.letter import codes, passes, proving
from laget.access.models import Pass, SignIn, Try
from laget.audit.models import Entry, Reading
from laget.cases.models import Log
from laget.demo.cast import child, cover, open_case, seat
from laget.kernel.actor import LETTER
from laget.law.kinds import Kind
from laget.notices.models import Notice
from laget.participation import actions
from laget.participation.models import Setup
from laget.sight.models import Forbid, Seat, SeatKind

pytestmark = pytest.mark.django_db

PASSWORD = "blå sykkel i regn"
SAID = actions.Said(checked="passport", handed="hand")
WRONG = "Noe her stemmer ikke"


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes one half minute on each time a code is made, so that every code is new."""

    class Clock:
        now = int(time.time())

        def code(self, key):
            self.now += codes.STEP
            return codes.TOTP(key, 6, codes.SHA1(), codes.STEP).generate(self.now).decode()

    one = Clock()
    monkeypatch.setattr("laget.access.letter.views.time.time", lambda: one.now)
    return one


@pytest.fixture
def letter(cast, as_app):
    """Maja sets up a way in for Kari."""
    from laget.families.access import children_called

    with as_app(cast.maja.actor):
        child = children_called(cast.maja.actor).get(pk=cast.child)
        return actions.set_up(cast.maja.actor, child, cast.kari.person, SAID).value


def anybody():
    return Client(HTTP_ACCEPT_LANGUAGE="nb")


def begin(letter, clock, client=None, password=PASSWORD):
    """The first time: the letter, a password and an app. Answers the client and the app's key."""
    client = client or anybody()
    opened = client.post(reverse("sign_in_letter"), {"name": codes.spaced(letter.name), "letter": letter.code.lower()})
    assert opened.status_code == 302, opened.content.decode()
    page = client.get(opened["Location"]).content.decode()
    key = b32decode(page.partition("secret=")[2].partition("&")[0])
    done = client.post(reverse("sign_in_choose"), {"password": password, "again": password, "code": clock.code(key)})
    assert done.status_code == 302 and done["Location"] == "/", done.content.decode()
    return client, key


def come_in(letter, key, clock, client=None, **other):
    client = client or anybody()
    said = {"name": letter.name, "password": PASSWORD, "code": clock.code(key), **other}
    return client, client.post(reverse("sign_in_code"), said)


def test_a_parent_without_an_electronic_id_comes_in_and_out(cast, letter, clock):
    client, key = begin(letter, clock)
    page = reverse("family_page", args=[cast.child])
    assert client.get(page).status_code == 200
    assert client.session["sign_in"]["strength"] == LETTER
    client.post(reverse("sign_out"))
    assert client.get(page).status_code == 302
    client, response = come_in(letter, key, clock)
    assert response.status_code == 302
    assert client.get(page).status_code == 200
    said = Entry.objects.filter(event="access.signed_in").latest("at")
    assert (said.person, said.cause, said.details) == (cast.kari.person, "letter", {"strength": "letter"})


def test_a_letter_opens_no_child_whom_its_maker_does_not_help(cast, visit, letter, clock):
    """Else one worker alone could read any case, by a letter for its mother made around a child of the worker's own."""
    other = child("Nora", "Solberg", date(2019, 3, 4), cast.vera.person, serial=77)
    seat(other, cast.kari, SeatKind.PARENT)
    seat(other, cast.vera, SeatKind.SERVICE)
    cover(other, cast.school, (Kind.IDENTITY, Kind.HEALTH))
    case = open_case(other, cast.vera, cast.school)
    Log.objects.create(
        case=case, child_id=other, sort="note", kind="health", words="Kanarifugl", author_id=cast.vera.person,
        position_id=cast.vera.position,
    )  # fmt: skip
    client, _key = begin(letter, clock)
    assert client.get(reverse("family_page", args=[cast.child])).status_code == 200
    pages = [
        reverse("family_page", args=[other]),
        reverse("case_log", args=[case.pk]),
        reverse("who_looked", args=[other]),
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert "Nora" not in client.get("/", follow=True).content.decode()
    own = visit(cast.kari)
    assert [own.get(page).status_code for page in pages] == [200, 200, 200], "by an electronic id she sees both"
    assert "Kanarifugl" in own.get(pages[1]).content.decode()


def test_a_letter_opens_every_child_whom_its_maker_helps_and_the_next_letter_its_own(cast, as_app, letter, clock):
    from laget.families.access import children_called

    other = child("Nora", "Solberg", date(2019, 3, 4), cast.maja.person, serial=78)
    seat(other, cast.kari, SeatKind.PARENT)
    for member, service in ((cast.maja, cast.kindergarten), (cast.vera, cast.school)):
        seat(other, member, SeatKind.SERVICE)
        cover(other, service, (Kind.IDENTITY,))
    open_case(other, cast.maja, cast.kindergarten)

    def opened_by(member):
        with as_app(member.actor):
            of = children_called(member.actor).get(pk=other)
            return actions.set_up(member.actor, of, cast.kari.person, SAID).value

    both, _key = begin(opened_by(cast.maja), clock)
    assert [both.get(reverse("family_page", args=[one])).status_code for one in (cast.child, other)] == [200, 200]
    one, _key = begin(opened_by(cast.vera), clock)
    assert [one.get(reverse("family_page", args=[one_])).status_code for one_ in (cast.child, other)] == [404, 200]


@pytest.mark.locks
def test_no_worker_gives_a_place_that_a_letter_opens(cast, as_app):
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        Seat(person_id=cast.omar.person, child_id=cast.child, kind="parent", origin="x", for_letter=True).save()


def test_the_letter_is_good_for_one_time(letter, clock):
    begin(letter, clock)
    again = anybody().post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    assert again.status_code == 422 and WRONG in again.content.decode()


def test_two_who_open_the_same_letter_at_once_only_one_comes_in(letter, clock):
    first, second = anybody(), anybody()
    for client in (first, second):
        client.post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    keys = [
        b32decode(one.get(reverse("sign_in_choose")).content.decode().partition("secret=")[2].partition("&")[0])
        for one in (first, second)
    ]
    assert keys[0] != keys[1]
    answers = [
        client.post(reverse("sign_in_choose"), {"password": PASSWORD, "again": PASSWORD, "code": clock.code(key)})
        for client, key in zip((first, second), keys, strict=True)
    ]
    assert [one.status_code for one in answers] == [302, 422]
    assert SignIn.objects.count() == 1


def test_a_second_tab_shows_the_same_key_and_comes_in_after_the_first(letter, clock):
    client, choose = anybody(), reverse("sign_in_choose")
    said, pages = {"name": letter.name, "letter": letter.code}, []
    for _tab in range(2):
        client.post(reverse("sign_in_letter"), said)
        pages.append(client.get(choose).content.decode().partition("secret=")[2].partition("&")[0])
    assert pages[0] == pages[1]
    chosen = {"password": PASSWORD, "again": PASSWORD, "code": clock.code(b32decode(pages[0]))}
    assert [client.post(choose, chosen)["Location"] for _tab in range(2)] == ["/", "/"]


def test_an_old_letter_opens_nothing(letter):
    Pass.objects.update(letter_until=timezone.now() - timedelta(seconds=1))
    assert anybody().post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code}).status_code == 422


def test_a_letter_that_grew_old_between_the_steps_opens_nothing(letter, clock):
    client = anybody()
    client.post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    key = b32decode(client.get(reverse("sign_in_choose")).content.decode().partition("secret=")[2].partition("&")[0])
    Pass.objects.update(letter_until=timezone.now() - timedelta(seconds=1))
    said = {"password": PASSWORD, "again": PASSWORD, "code": clock.code(key)}
    assert client.post(reverse("sign_in_choose"), said).status_code == 422
    clock.now += 61 * 60
    assert "Det tok for lang tid" in client.get(reverse("sign_in_choose"), follow=True).content.decode()


@pytest.mark.parametrize("wrong", ["name", "password", "code", "all", "unknown name"])
def test_whatever_is_wrong_the_answer_is_the_same(letter, clock, wrong):
    _client, key = begin(letter, clock)
    other = {
        "name": {"name": "12345678"}, "password": {"password": "noe helt annet"}, "code": {"code": "000000"},
        "all": {"name": "1", "password": "x", "code": "y"}, "unknown name": {"name": "nobody"},
    }[wrong]  # fmt: skip
    client, response = come_in(letter, key, clock, **other)
    body = response.content.decode()
    assert response.status_code == 422 and WRONG in body and "sign_in" not in client.session
    assert PASSWORD not in body and "noe helt annet" not in body
    assert Entry.objects.filter(event="access.sign_in_refused", cause="wrong").count() == 1
    assert not Entry.objects.filter(event="access.sign_in_refused").exclude(person=None).exists()


def _bare(response):
    """A page without what is new each time."""
    import re

    return re.sub(r'(value|id|for|aria-\w+|href)="[^"]*"|nonce-\S+', "", response.content.decode())


def test_nobody_learns_whether_a_name_exists(letter, clock):
    """The same pages in the same order, also when there have been too many tries."""
    _client, key = begin(letter, clock)
    seen = []
    for name in (letter.name, "00000000"):
        for _try in range(7):
            client, response = come_in(letter, key, clock, name=name, password="feil passord")
            seen.append((name, response.status_code, _bare(response).replace(name, "")))
    one, other = ([row[1:] for row in seen if row[0] == name] for name in (letter.name, "00000000"))
    assert one == other
    assert [status for status, _body in one] == [422] * 5 + [429] * 2


def test_the_same_work_is_done_for_a_name_that_does_not_exist(letter, clock, monkeypatch):
    _client, key = begin(letter, clock)
    done = []
    real = codes.stretched
    monkeypatch.setattr(codes, "stretched", lambda *said: done.append(said[0]) or real(*said))
    come_in(letter, key, clock, password="feil passord")
    come_in(letter, key, clock, name="00000000", password="feil passord")
    assert done == ["feil passord", "feil passord"]


def test_guessing_stops_also_the_right_answer_for_a_while(letter, clock):
    client, key = begin(letter, clock)
    for _try in range(5):
        come_in(letter, key, clock, code="000000")
    client, response = come_in(letter, key, clock)
    assert response.status_code == 429 and "sign_in" not in client.session
    assert "Vent litt" in response.content.decode()
    Try.objects.update(at=timezone.now() - timedelta(minutes=16))
    _client, response = come_in(letter, key, clock)
    assert response.status_code == 302
    assert not Try.objects.exists()


def test_a_day_of_guessing_slowly_stops_too(letter, clock):
    _client, key = begin(letter, clock)
    mark = codes.name_mark(letter.name)
    Try.objects.bulk_create([Try(mark=mark, at=timezone.now() - timedelta(hours=n)) for n in range(1, 21)])
    assert come_in(letter, key, clock)[1].status_code == 429
    Try.objects.filter(at__lt=timezone.now() - timedelta(hours=5)).update(at=timezone.now() - timedelta(hours=25))
    assert come_in(letter, key, clock)[1].status_code == 302


def test_tries_with_one_name_stop_nobody_else(letter, clock):
    _client, key = begin(letter, clock)
    for _try in range(9):
        come_in(letter, key, clock, name="11112222")
    assert come_in(letter, key, clock)[1].status_code == 302


def test_guessing_a_letter_stops_too(letter):
    for _try in range(5):
        wrong = anybody().post(reverse("sign_in_letter"), {"name": letter.name, "letter": codes.new_letter()})
        assert wrong.status_code == 422
    assert anybody().post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code}).status_code == 429


def test_a_code_is_used_once(letter, clock):
    _client, key = begin(letter, clock)
    code = clock.code(key)
    assert come_in(letter, key, clock, code=code)[1].status_code == 302
    clock.now -= codes.STEP
    assert come_in(letter, key, clock, code=code)[1].status_code == 422


def test_a_code_before_the_one_that_was_used_is_not_taken(letter, clock):
    _client, key = begin(letter, clock)
    early = clock.code(key)
    late = clock.code(key)
    clock.now -= codes.STEP
    assert come_in(letter, key, clock, code=late)[1].status_code == 302
    clock.now -= codes.STEP
    assert come_in(letter, key, clock, code=early)[1].status_code == 422


@pytest.mark.parametrize("off", [-3, -2, 2, 3])
def test_a_code_from_another_time_is_not_taken(letter, clock, off):
    _client, key = begin(letter, clock)
    clock.now += 600
    code = codes.TOTP(key, 6, codes.SHA1(), codes.STEP).generate(clock.now + off * codes.STEP).decode()
    assert codes.matching_step(key, code, clock.now) is None


def test_nobody_keeps_a_session_that_was_made_for_them(letter, clock):
    """Fixation: a key that somebody planted in the browser is worth nothing afterwards."""
    thief = anybody()
    thief.get(reverse("sign_in_letter"))
    session = thief.session
    session["said"] = ["planted"]
    session.save()
    planted = session.session_key
    victim = anybody()
    victim.cookies[configured.SESSION_COOKIE_NAME] = planted
    client, _key = begin(letter, clock, victim)
    assert client.cookies[configured.SESSION_COOKIE_NAME].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief.cookies[configured.SESSION_COOKIE_NAME] = planted
    assert "sign_in" not in thief.session and thief.get("/").status_code == 302


def test_aula_somebody_elses_open_session_ends_when_a_letter_is_opened(cast, visit, letter, clock):
    client = visit(cast.maja)
    begin(letter, clock, client)
    assert client.session["sign_in"]["person"] == str(cast.kari.person)
    assert Entry.objects.filter(event="access.signed_out", person=cast.maja.person).exists()


@pytest.mark.parametrize(("minutes", "there"), [(59, True), (61, False)])
def test_there_is_time_to_fetch_the_app_first(letter, clock, minutes, there):
    client = anybody()
    client.post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    clock.now += minutes * 60
    assert (client.get(reverse("sign_in_choose")).status_code == 200) is there
    late = client.get(f"{reverse('sign_in_letter')}?late=1").content.decode()
    assert "Brevet er ikke brukt opp" in late


def test_who_leaves_quickly_between_the_steps_leaves_nothing_there(letter, clock):
    client = anybody()
    client.post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    assert reverse("leave") in client.get(reverse("sign_in_choose")).content.decode()
    client.post(reverse("leave"))
    assert client.get(reverse("sign_in_choose")).status_code == 302
    begin(letter, clock)


@pytest.mark.parametrize("page", ["sign_in", "sign_in_code", "sign_in_letter", "signed_out"])
def test_who_is_on_the_way_in_has_a_way_out_and_help(client, page):
    body = client.get(reverse(page)).content.decode()
    assert reverse("leave") in body and 'href="tel:116111"' in body


def test_the_session_is_short(letter, clock):
    client, _key = begin(letter, clock)
    session = client.session
    long_ago = (timezone.now() - timedelta(minutes=11)).isoformat()
    session["sign_in"] = {**session["sign_in"], "seen": long_ago}
    session.save()
    assert client.get("/").status_code == 302


def test_one_kept_away_gets_the_page_a_stranger_gets(cast, letter, clock):
    _client, key = begin(letter, clock)
    Forbid.objects.create(child_id=cast.child, person_id=cast.kari.person, origin="test")
    client, response = come_in(letter, key, clock)
    assert response.status_code == 403 and "Vi finner ikke noe til deg her" in response.content.decode()
    assert "sign_in" not in client.session


def test_a_new_set_up_ends_the_old_one_and_its_sessions(cast, as_app, letter, clock):
    client, key = begin(letter, clock)
    from laget.families.access import children_called

    with as_app(cast.maja.actor):
        child = children_called(cast.maja.actor).get(pk=cast.child)
        fresh = actions.set_up(cast.maja.actor, child, cast.kari.person, SAID).value
    assert client.get("/").status_code == 302 and not SignIn.objects.exists()
    assert come_in(letter, key, clock)[1].status_code == 422
    begin(fresh, clock)
    assert Setup.objects.filter(person_id=cast.kari.person).count() == 2


def test_the_worker_ends_it_and_whoever_is_inside_is_out(cast, visit, letter, clock):
    client, key = begin(letter, clock)
    assert visit(cast.maja).post(reverse("end_way_in", args=[letter.setup])).status_code == 302
    assert client.get("/").status_code == 302
    assert come_in(letter, key, clock)[1].status_code == 422
    assert Entry.objects.filter(event="participation.ended", object_id=letter.setup).exists()


def test_the_person_ends_it(letter, clock):
    client, key = begin(letter, clock)
    assert reverse("end_way_in", args=[letter.setup]) in client.get(reverse("my_sign_in")).content.decode()
    assert client.post(reverse("end_way_in", args=[letter.setup]))["Location"] == reverse("signed_out")
    assert client.get("/").status_code == 302
    assert come_in(letter, key, clock)[1].status_code == 422


@pytest.mark.parametrize("who", ["per", "sara", "vera", "otto", "idris", "ada", "liv"])
def test_nobody_else_ends_it(cast, visit, letter, who):
    assert visit(getattr(cast, who)).post(reverse("end_way_in", args=[letter.setup])).status_code == 404
    assert Pass.objects.get().until > timezone.now()


@pytest.mark.parametrize("who", ["kari", "per", "sara", "vera", "otto", "idris", "ada", "liv"])
def test_only_those_who_help_set_one_up(cast, visit, who):
    client = visit(getattr(cast, who))
    for address in (reverse("ways_in", args=[cast.child]), reverse("set_up", args=[cast.child, cast.kari.person])):
        assert client.get(address).status_code == 404
    assert client.post(address, {"checked": "passport", "handed": "hand"}).status_code == 404
    assert not Pass.objects.exists()


def test_nobody_sets_one_up_for_one_who_is_kept_away_or_a_stranger(cast, visit, family):
    client = visit(cast.maja)
    for person in (cast.otto.person, family.mother.person, cast.maja.person):
        address = reverse("set_up", args=[cast.child, person])
        assert client.get(address).status_code == 404
    per = reverse("set_up", args=[cast.child, cast.per.person])
    assert client.post(per, {"checked": "passport", "handed": "hand"}).status_code == 404
    assert not Pass.objects.exists()


@pytest.mark.parametrize("member", ["kari", "vera", "otto", "idris", "ada"])
def test_the_database_lets_nobody_else_make_or_end_one(cast, as_app, letter, member):
    from django.db import DatabaseError

    from laget.participation import ground

    who = getattr(cast, member)
    facts = {
        "id": str(letter.setup),
        "person": str(cast.child),
        "checked": "x",
        "words": "",
        "maturity": "",
        "agreed": [],
        "handed": "hand",
        "trusted": None,
    }
    with pytest.raises(DatabaseError), as_app(who.actor):
        ground.set_up(cast.child, cast.maja.position, b"n", b"l", timezone.now(), facts)
    with as_app(who.actor):
        assert ground.end(letter.setup) is (member == "kari")


def test_nothing_secret_lies_in_the_database(letter, clock):
    begin(letter, clock)
    kept = Pass.objects.get()
    everything = b"".join(bytes(one) for one in (kept.name, kept.letter, kept.salt, kept.password, kept.sealed))
    everything += str(list(Setup.objects.values())).encode() + str(list(Entry.objects.values())).encode()
    for secret in (letter.name, letter.code, PASSWORD):
        assert secret.encode() not in everything
    assert len(bytes(kept.password)) == 32


def test_the_letter_is_shown_once(cast, visit):
    client = visit(cast.maja)
    address = reverse("set_up", args=[cast.child, cast.kari.person])
    page = client.get(address).content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    said = {"checked": "passport", "handed": "hand", "key": key}
    shown = client.post(address, said)
    assert shown.status_code == 200 and "Kode" in shown.content.decode()
    again = client.post(address, said)
    assert again.status_code == 302
    assert Pass.objects.count() == 1
    assert Reading.objects.filter(page="participation.set_up").exists()


@pytest.mark.parametrize("password", ["kort", "aaaaaaaaaaaa", "1212121212"])
def test_an_easy_password_is_refused_and_not_shown_again(letter, clock, password):
    client = anybody()
    client.post(reverse("sign_in_letter"), {"name": letter.name, "letter": letter.code})
    answer = client.post(reverse("sign_in_choose"), {"password": password, "again": password, "code": "1"})
    assert answer.status_code == 422 and f'value="{password}"' not in answer.content.decode()


def test_a_signed_in_person_can_ask_none_of_it(cast, as_app, letter):
    from django.db import DatabaseError, connection

    for question in (
        "access_letter_find('x')",
        "access_letter_try('x', '1 hour', '1 hour')",
        "access_letter_right('x')",
    ):
        with pytest.raises(DatabaseError), as_app(cast.kari.actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {question}")


@pytest.mark.parametrize("typed", ["", "1", "12345", "1234567", "abcdef", "½²³⁴⁵⁶", "１２３４５６", "\ud800"])
def test_what_is_no_code_is_no_code(typed):
    assert codes.matching_step(b"k" * 20, typed, 1_000_000) is None


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, by its last six digits."""
    key = b"12345678901234567890"
    for at, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert codes.matching_step(key, code, at) == at // 30


def test_what_is_typed_off_a_paper_is_read_as_it_was_made():
    assert codes.plain(" 0iL-o 1b ") == "011011B"[0:0] + "0110" + "1B"
    for _one in range(50):
        letter = codes.new_letter()
        assert codes.letter_mark(codes.spaced(letter).lower()) == codes.letter_mark(letter)
        assert len(set(codes.new_name())) >= 1


def test_seats_stay_as_they_were_for_a_parent(cast, letter):
    assert Seat.objects.filter(person_id=cast.kari.person).count() == 1
    assert passes.SOON_MOST < passes.DAY_MOST and proving.SALT_LENGTH == 16


def test_whom_a_letter_is_for_and_the_team_are_told_of_it(cast, letter):
    """A worker who makes a letter and keeps it does not do so unseen."""
    own = Notice.objects.get(event="participation.own_way_in")
    assert (own.recipient_id, own.capacity, own.address) == (cast.kari.person, "citizen", reverse("my_sign_in"))
    assert own.child == cast.child, "so that a child gets no e-mail about it, unless it has chosen so"
    team = Notice.objects.filter(event="participation.set_up")
    assert {one.recipient_id for one in team} == {cast.omar.person}
    assert {one.address for one in team} == {reverse("ways_in", args=[cast.child])}
