"""Who gets which page of the relay, and what stands there."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import OwnWords
from laget.cases.tests.factories import acting, entry, invited, offered
from laget.protection.models import Restriction
from laget.sight.models import Forbid
from tests.support.cast import Statements

GET, REFUSED, HIDDEN = 200, 403, 404
WORKERS = ("maja", "omar", "vera", "idris", "otto", "ada", "liv")


def pages(cast):
    """name: (address, who gets what); whoever is not named gets 404."""
    case = cast.case.pk
    everybody = {"maja": GET, "omar": GET, "kari": GET, "sara": GET}
    holder_only = {"maja": GET, "omar": REFUSED}
    return {
        "case_log": (reverse("case_log", args=[case]), everybody),
        "write": (reverse("write", args=[case]), everybody),
        "case_team": (reverse("case_team", args=[case]), everybody),
        "level": (reverse("level", args=[case]), holder_only),
        "invite": (reverse("invite", args=[case]), holder_only),
        "offer_baton": (reverse("offer_baton", args=[case]), holder_only),
        "close_case": (reverse("close_case", args=[case]), holder_only),
        "reopen_case": (
            reverse("reopen_case", args=[case]),
            {"maja": REFUSED, "omar": REFUSED, "kari": REFUSED, "sara": REFUSED},
        ),
    }


NAMES = ["case_log", "write", "case_team", "level", "invite", "offer_baton", "close_case", "reopen_case"]


@pytest.mark.parametrize("name", NAMES)
def test_who_gets_the_pages_of_a_case(name, cast, visit):
    address, who = pages(cast)[name]
    got = {one: visit(member).get(address).status_code for one, member in cast.everybody().items()}
    assert got == {one: who.get(one, HIDDEN) for one in cast.everybody()}


def test_who_gets_an_offer(cast, visit):
    made = offered(cast, cast.otto)
    address = reverse("offer", args=[made.pk])
    got = {one: visit(member).get(address).status_code for one, member in cast.everybody().items()}
    assert got == {
        "maja": GET,
        "omar": GET,
        "otto": GET,
        "kari": GET,
        "sara": GET,
        "vera": HIDDEN,
        "idris": HIDDEN,
        "ada": HIDDEN,
        "liv": HIDDEN,
        "per": HIDDEN,
    }


def test_who_gets_an_invitation(cast, visit):
    made = invited(cast, cast.otto)
    address = reverse("invitation", args=[made.pk])
    got = {one: visit(member).get(address).status_code for one, member in cast.everybody().items()}
    seen = {"maja", "omar", "otto"}
    assert got == {one: GET if one in seen else HIDDEN for one in cast.everybody()}


def test_the_invited_person_sees_nothing_of_the_case_before_the_seat(cast, visit):
    invited(cast, cast.otto)
    assert visit(cast.otto).get(reverse("case_log", args=[cast.case.pk])).status_code == HIDDEN


def test_only_posting_opens_a_case_or_accepts_the_baton_that_fell(cast, visit):
    acting(cast, cast.liv)
    for name in ("accept_acting", "open_case"):
        assert visit(cast.liv).get(reverse(name, args=[cast.case.pk])).status_code == 405


def test_the_acting_holder_accepts(cast, visit):
    acting(cast, cast.liv)
    client = visit(cast.liv)
    body = client.get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert "Stafettpinnen er kommet til deg" in body
    address = reverse("accept_acting", args=[cast.case.pk])
    assert visit(cast.maja).post(address).status_code == REFUSED
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == REFUSED


def test_the_family_sees_at_once_whom_to_call(cast, visit):
    body = visit(cast.kari).get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert body.index("Maja Lind") < body.index('class="picture"')
    assert 'href="tel:41000001"' in body


def test_the_team_says_who_is_mother_and_who_is_father(cast, visit):
    Forbid.objects.all().delete()
    for member in (cast.maja, cast.kari):
        body = visit(member).get(reverse("case_team", args=[cast.case.pk])).content.decode()
        assert re.search(r"\bMor\b", body) and re.search(r"\bFar\b", body) and "Forelder" not in body, member.name


def test_the_services_see_in_the_team_who_is_kept_away_and_no_family_does(cast, visit):
    Restriction.objects.create(
        child_id=cast.child, person_id=cast.per.person, called="Per", by_id=cast.maja.person,
        position_id=cast.maja.position, review_on=timezone.localdate(),
    )  # fmt: skip
    for page in ("case_team", "child_page"):
        assert "Far, stengt ute" in visit(cast.maja).get(reverse(page, args=[cast.case.pk])).content.decode()
    for address in (reverse("case_team", args=[cast.case.pk]), reverse("family_page", args=[cast.child])):
        body = visit(cast.kari).get(address).content.decode()
        assert "Far" in body and "stengt ute" not in body


def test_the_log_shows_kind_and_audience_and_what_may_be_known(cast, visit):
    entry(cast, cast.maja, words="Lekte i sandkassen")
    entry(cast, cast.maja, words="Bare hos oss", audience="own_service")
    entry(cast, cast.omar, kind="health", words="Hører dårlig")
    address = reverse("case_log", args=[cast.case.pk])
    seen = {one: visit(getattr(cast, one)).get(address).content.decode() for one in ("maja", "omar", "kari")}
    assert "Lekte i sandkassen" in seen["maja"] and "Lekte i sandkassen" in seen["omar"]
    assert "Bare hos oss" in seen["maja"] and "Bare hos oss" not in seen["omar"] and "Bare hos oss" in seen["kari"]
    assert "Hører dårlig" not in seen["maja"] and "Hører dårlig" in seen["omar"] and "Hører dårlig" in seen["kari"]
    assert "Bare Solbakken barnehage og familien" in seen["kari"]


def test_the_log_can_be_seen_by_sort(cast, visit):
    entry(cast, cast.maja, words="Et notat")
    entry(cast, cast.maja, words="Et glimt", sort="bright_spot")
    address = reverse("case_log", args=[cast.case.pk])
    body = visit(cast.maja).get(address, {"sort": "bright_spot"}).content.decode()
    assert "Et glimt" in body and "Et notat" not in body
    assert visit(cast.maja).get(address, {"sort": "<script>", "page": "x"}).status_code == GET
    assert "Ingen har skrevet" in visit(cast.maja).get(address, {"sort": "agreement"}).content.decode()


def test_a_phone_call_takes_two_lines(cast, visit):
    client = visit(cast.maja)
    address = reverse("write", args=[cast.case.pk])
    body = client.get(address, {"sort": "phone_call"}).content.decode()
    assert "<textarea" not in body
    typed = {"sort": "phone_call", "who": "Kari", "agreed": "Møte på tirsdag", "kind": "everyday", "audience": "team"}
    assert client.post(address, typed).status_code == 302
    assert "Møte på tirsdag" in client.get(reverse("case_log", args=[cast.case.pk])).content.decode()


def test_it_is_said_who_can_read_before_one_writes(cast, visit):
    body = visit(cast.maja).get(reverse("write", args=[cast.case.pk])).content.decode()
    assert body.index("Leses av: Kari Solberg, Sara Solberg, Maja Lind, Omar Haddad") < body.index('name="words"')
    assert 'value="health"' not in body


def test_too_much_text_is_refused_with_a_sentence_and_everything_kept(cast, visit):
    address = reverse("write", args=[cast.case.pk])
    text = "Æ🙂 " * 25_000 + "slutt"
    answer = visit(cast.maja).post(address, {"sort": "note", "words": text, "kind": "everyday", "audience": "team"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Teksten er for lang" in body and "slutt" in body


NASTY = [
    "<script>alert(1)</script>",
    "**fet** [lenke](javascript:x)",
    "\u202eסוף\u202c tekst",
    "a\x07b\u0000c",
    "🙂" * 50,
]


@pytest.mark.parametrize("words", NASTY)
def test_whatever_is_typed_is_shown_as_text(words, cast, visit):
    client = visit(cast.maja)
    address = reverse("write", args=[cast.case.pk])
    answer = client.post(address, {"sort": "note", "words": words, "kind": "everyday", "audience": "team"})
    assert answer.status_code in (302, 422)
    body = client.get(reverse("case_log", args=[cast.case.pk])).content.decode()
    assert "<script>alert" not in body and "\u202e" not in body and "\x07" not in body


def test_one_kind_that_the_consent_does_not_cover_cannot_be_written(cast, visit):
    address = reverse("write", args=[cast.case.pk])
    answer = visit(cast.maja).post(address, {"sort": "note", "words": "x", "kind": "health", "audience": "team"})
    assert answer.status_code == 422


def test_a_correction_keeps_what_stood_there(cast, visit):
    old = entry(cast, cast.maja, words="Feil ord")
    client = visit(cast.maja)
    address = reverse("write", args=[cast.case.pk])
    assert "Feil ord" in client.get(address, {"corrects": old.pk}).content.decode()
    assert client.post(address, {"corrects": old.pk, "words": "Rette ord"}).status_code == 302
    body = client.get(reverse("case_log", args=[cast.case.pk])).content.decode()
    assert body.index("Rette ord") < body.index("Feil ord")
    assert visit(cast.omar).get(address, {"corrects": old.pk}).status_code == REFUSED
    assert client.get(address, {"corrects": "no-uuid"}).status_code == HIDDEN


def test_another_familys_address_typed_by_hand_is_not_there(cast, family, visit):
    for name in ("case_log", "case_team", "write", "level", "close_case", "reopen_case"):
        assert visit(family.mother).get(reverse(name, args=[cast.case.pk])).status_code == HIDDEN


def test_an_offer_from_start_to_end_in_the_browser(cast, visit):
    giver, receiver, mother = visit(cast.maja), visit(cast.omar), visit(cast.kari)
    typed = {"position": str(cast.omar.position), "words": "Du er nærmest nå."}
    address = giver.post(reverse("offer_baton", args=[cast.case.pk]), typed)["Location"]
    assert "Vi venter på familien" in giver.get(address).content.decode()
    assert 'name="do" value="accept"' not in receiver.get(address).content.decode()
    assert receiver.post(address, {"do": "accept"}).status_code == REFUSED
    assert mother.post(address, {"wish": "Ja takk"}).status_code == 422
    assert mother.post(address, {"agrees": "yes", "wish": "Ring på kvelden"}).status_code == 302
    body = receiver.get(address).content.decode()
    assert "Ring på kvelden" in body and 'value="accept"' in body
    assert receiver.post(address, {"do": "accept", "words": "Gjerne"}).status_code == 302
    assert "Omar Haddad" in mother.get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert giver.get(reverse("close_case", args=[cast.case.pk])).status_code == REFUSED
    assert "Omar Haddad har tatt imot stafettpinnen." in giver.get(address).content.decode()


def test_an_oral_answer_is_noted(cast, visit):
    made = offered(cast, cast.omar, seated=False)
    note = reverse("note_view", args=[made.pk, cast.kari.person])
    assert {one: visit(member).get(note).status_code for one, member in cast.everybody().items()} == {
        one: {"maja": GET, "omar": REFUSED}.get(one, HIDDEN) for one in cast.everybody()
    }
    assert visit(cast.maja).get(reverse("note_view", args=[made.pk, cast.per.person])).status_code == HIDDEN
    assert visit(cast.maja).post(note, {"agrees": "no", "wish": "Ikke nå"}).status_code == 302
    body = visit(cast.maja).get(reverse("offer", args=[made.pk])).content.decode()
    assert "Familien sa nei" in body and "sagt muntlig" in body


def test_within_the_service_the_family_may_say_a_wish_and_need_not_agree(cast, visit):
    made = offered(cast, cast.otto)
    address = reverse("offer", args=[made.pk])
    body = visit(cast.kari).get(address).content.decode()
    assert 'name="agrees"' not in body and 'name="wish"' in body
    assert visit(cast.kari).post(address, {"wish": "Helst Maja"}).status_code == 302
    assert "Helst Maja" in visit(cast.otto).get(address).content.decode()
    assert visit(cast.otto).post(address, {"do": "accept"}).status_code == 302


def test_a_decline_takes_the_reader_out_again(cast, visit):
    made = offered(cast, cast.otto)
    address, client = reverse("offer", args=[made.pk]), visit(cast.otto)
    assert client.post(address, {"do": "decline", "words": "Har for mange"}).status_code == 302
    assert client.get(address).status_code == HIDDEN
    assert "Har for mange" in visit(cast.maja).get(address).content.decode()


def test_an_invitation_is_answered(cast, visit):
    made = invited(cast, cast.otto)
    address, client = reverse("invitation", args=[made.pk]), visit(cast.otto)
    assert "Vil du bli med i laget?" in client.get(address).content.decode()
    assert client.post(address, {"do": "nonsense"}).status_code == 422
    assert visit(cast.omar).post(address, {"do": "accept"}).status_code == REFUSED
    assert client.post(address, {"do": "accept"}).status_code == 302
    assert client.get(reverse("case_log", args=[cast.case.pk])).status_code == GET


def test_inviting_and_taking_back(cast, visit):
    client = visit(cast.maja)
    assert client.post(reverse("invite", args=[cast.case.pk]), {"position": str(cast.vera.position)}).status_code == 422
    assert client.post(reverse("invite", args=[cast.case.pk]), {"position": str(cast.otto.position)}).status_code == 302
    body = client.get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert "Otto Berg" in body and "Invitert" in body


def test_a_level_is_moved_with_a_reason(cast, visit):
    client, address = visit(cast.maja), reverse("level", args=[cast.case.pk])
    assert client.post(address, {"level": "2"}).status_code == 422
    assert client.post(address, {"level": "9", "reason": "x"}).status_code == 422
    assert client.post(address, {"level": "2", "reason": "Flere må hjelpe"}).status_code == 302
    assert "Flere må hjelpe" in visit(cast.kari).get(reverse("case_team", args=[cast.case.pk])).content.decode()


def test_closing_leaves_the_family_as_readers(cast, visit):
    client, address = visit(cast.maja), reverse("close_case", args=[cast.case.pk])
    assert client.post(address, {"reason": "no_consent_left", "note": "x"}).status_code == 422
    assert client.post(address, {"reason": "goal_reached", "note": "Takk for laget"}).status_code == 302
    for one in ("maja", "omar"):
        assert visit(getattr(cast, one)).get(reverse("case_log", args=[cast.case.pk])).status_code == HIDDEN
    body = visit(cast.kari).get(reverse("case_team", args=[cast.case.pk])).content.decode()
    assert "Takk for laget" in body and "Vi nådde målet sammen." in body
    assert visit(cast.kari).get(reverse("write", args=[cast.case.pk])).status_code == REFUSED


def test_own_words_are_for_the_one_who_wrote_them(cast, visit):
    batch = uuid4()
    OwnWords.objects.create(
        owner_id=cast.omar.person, service_id=cast.clinic, batch=batch, written_at=timezone.now(), words="Mine ord"
    )
    address = reverse("own_words", args=[batch])
    got = {one: visit(member).get(address).status_code for one, member in cast.everybody().items()}
    assert got == {one: GET if one == "omar" else HIDDEN for one in cast.everybody()}
    assert "Mine ord" in visit(cast.omar).get(address).content.decode()


@pytest.mark.parametrize("name", ["case_log", "case_team", "write"])
def test_questions_to_the_database_do_not_grow(name, cast, visit):
    def count():
        client = visit(cast.maja)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, args=[cast.case.pk])).status_code == GET
        return Statements.of(seen.captured_queries)

    entry(cast, cast.maja, corrects=entry(cast, cast.maja))
    few = count()
    for number in range(40):
        entry(cast, cast.maja, words=f"Nummer {number}")
    many = count()
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 24, "\n".join(many)
