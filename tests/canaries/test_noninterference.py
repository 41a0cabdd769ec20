"""With and without the secret: whoever may not know of a thing gets the very same bytes, on every page there is.

The same people in the same database ask every address twice, once before the thing is there and once with it; only what
chance draws for each page is left out of the comparison. Counts, lists, order, headers, search and badges are in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import SimpleCookie
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Reading
from laget.cases.models import Absence, Baton, Deputy, Log, OwnWords, Readership
from laget.concerns.models import Discussion, Talk, Worry
from laget.concerns.rules.steps import Note
from laget.consents.models import Answer, Disclosure, Hiding, Paper, Request
from laget.demo.cast import Cast, Member, seat
from laget.directory.models import Position
from laget.emergency.models import Opening
from laget.exchange.models import Report
from laget.families.models import InformationRequest
from laget.kernel.actor import Capacity
from laget.notices.models import Notice
from laget.participation.models import Setup, Trusted
from laget.people.models import Contact, Name, Person
from laget.plans.models import Goal
from laget.protection.models import Proposal as Decision
from laget.protection.models import Restriction, Why
from laget.sight.models import Forbid, Seat, SeatKind
from laget.ties.models import Tie
from laget.trust.models import Question
from tests.matrix.planted import every_address, plant
from tests.support.cast import signed_in
from tests.support.same import comparable

pytestmark = [pytest.mark.django_db, pytest.mark.worlds, pytest.mark.loose("the order of rows is part of the answer")]
NOT_ASKED = {"sign_out", "demo_sign_in", "healthz", "sign_in_with", "sign_in_back"}
Secret = Callable[[Cast, dict[str, Any]], None]
SECRETS: dict[str, tuple[Secret, tuple[str, ...]]] = {}
SEEN: dict[str, tuple[str, str]] = {}
"""Who notices it, and on which page."""
EVERYBODY = ("maja", "omar", "vera", "idris", "otto", "ada", "liv", "kari", "per", "sara")


def hidden_from(*names: str, but: tuple[str, ...] = (), seen: str = "") -> Callable[[Secret], Secret]:
    """Registers something that these people may not know of, and who is shown it where."""

    def register(make: Secret) -> Secret:
        if seen:
            SEEN[make.__name__] = seen.split(": ")[0], seen.split(": ")[1]
        SECRETS[make.__name__] = make, tuple(name for name in names if name not in but)
        return make

    return register


def _entry(cast: Cast, by: Member, **more: Any) -> Log:
    fields: dict[str, Any] = {
        "case": cast.case, "child_id": cast.child, "sort": "note", "kind": "everyday", "words": "Hemmelig",
        "author_id": by.person, "position_id": by.position,
    }  # fmt: skip
    return Log.objects.create(**fields | more)


@hidden_from("omar", "vera", "idris", "otto", "ada", "liv", "per", seen="maja: case_log")
def an_entry_for_the_service_that_wrote_it(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.maja, audience="own_service", service_id=cast.kindergarten)


@hidden_from("maja", "vera", "idris", "otto", "ada", "liv", "per", seen="omar: case_log")
def an_entry_about_health(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.omar, kind="health", service_id=cast.clinic)


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", "sara", seen="omar: case_log")
def an_entry_for_the_services(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.maja, audience="services", service_id=cast.kindergarten)


@hidden_from("maja", "vera", "idris", "otto", "ada", "liv", "kari", "per", "sara", seen="omar: case_log")
def an_entry_for_one_named_person(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.omar, audience="named", persons=[cast.omar.person], service_id=cast.clinic)


@hidden_from(*EVERYBODY, but=("sara",), seen="sara: case_log")
def what_the_child_wrote_for_itself(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.sara, audience="childs_own", persons=[], position_id=None)


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", seen="maja: case_log")
def an_entry_that_is_not_for_the_mother(cast: Cast, ids: dict[str, Any]) -> None:
    _entry(cast, cast.maja, audience="not_for", persons=[cast.kari.person], service_id=cast.kindergarten)


@hidden_from(*EVERYBODY, but=("maja", "liv"), seen="maja: notebook")
def a_worry_in_a_notebook(cast: Cast, ids: dict[str, Any]) -> None:
    """Liv leads the unit: a talk that is due is hers to hold."""
    worry = Worry(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, position_id=cast.maja.position,
        kept_until=timezone.localdate() + timedelta(days=90),
    )  # fmt: skip
    worry.take(Note({"worry": {"seen": "Hemmelig", "label": "x", "n": 1}, "safe": {"answer": "no", "n": 1}}))
    worry.save(force_insert=True)
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Talk.objects.create(worry=worry, owner_id=cast.maja.person, unit_id=unit, due=timezone.localdate())


@hidden_from(*EVERYBODY, but=("maja",), seen="maja: reports")
def a_report_to_child_welfare(cast: Cast, ids: dict[str, Any]) -> None:
    report = Report(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, position_id=cast.maja.position,
        kept_until=timezone.localdate(),
    )  # fmt: skip
    report.take(Note({"words": {"seen": "Hemmelig", "n": 1}}))
    report.save(force_insert=True)


@hidden_from(*EVERYBODY, but=("kari", "maja"), seen="maja: asked")
def the_mothers_answer_to_another_question(cast: Cast, ids: dict[str, Any]) -> None:
    """Maja asked: she sees that a yes was taken back. To the others it is the mother's, until it moves a cover."""
    Answer.objects.create(
        request_id=ids["asked"], child_id=cast.child, person_id=cast.kari.person, kinds=[], form="own_sign_in",
        text_version="1", withdraws=True, child_heard="Hemmelig",
    )  # fmt: skip


@hidden_from("maja", "omar", "vera", "idris", "otto", "ada", "per", "sara", seen="liv: to_answer")
def a_question_of_the_mother_about_who_looked(cast: Cast, ids: dict[str, Any]) -> None:
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Question.objects.create(
        child_id=cast.child, asked_by_id=cast.kari.person, words="Hemmelig", reader_id=cast.maja.person, unit_id=unit,
        reading=uuid4(), looked_at=timezone.now(), page="cases.case_log", due=timezone.localdate(),
    )  # fmt: skip


@hidden_from(*EVERYBODY, but=("kari",), seen="kari: inbox")
def a_message_to_the_mother(cast: Cast, ids: dict[str, Any]) -> None:
    Notice.objects.create(recipient_id=cast.kari.person, capacity="citizen", event="consents.asked", address="/x/")


@hidden_from(*EVERYBODY)
def a_message_to_the_father_about_the_child_he_is_kept_from(cast: Cast, ids: dict[str, Any]) -> None:
    Notice.objects.create(
        recipient_id=cast.per.person, capacity="citizen", event="consents.asked", address="/x/", child=cast.child
    )


@hidden_from(*EVERYBODY)
def where_the_father_is_reached(cast: Cast, ids: dict[str, Any]) -> None:
    Contact.objects.create(person_id=cast.per.person, sort="email", value="hemmelig@example.org")


@hidden_from(*EVERYBODY, but=("omar",), seen="omar: own_words")
def words_that_came_back_to_the_clinic(cast: Cast, ids: dict[str, Any]) -> None:
    OwnWords.objects.create(
        owner_id=cast.omar.person,
        service_id=cast.clinic,
        batch=ids["batch"],
        written_at=timezone.now(),
        words="Hemmelig",
    )


@hidden_from("vera", "idris", "otto", "ada", "liv", "per", seen="kari: who_looked")
def that_a_worker_looked(cast: Cast, ids: dict[str, Any]) -> None:
    Reading.objects.create(
        person=cast.omar.person, capacity="worker", position=cast.omar.position, service=cast.clinic,
        page="cases.case_log", children=[cast.child], kinds=["health"],
    )  # fmt: skip


@hidden_from("vera", "idris", "ada", "liv", "per", seen="kari: who_looked")
def that_somebody_opened_in_an_emergency(cast: Cast, ids: dict[str, Any]) -> None:
    now = timezone.now()
    since, until = now - timedelta(minutes=1), now + timedelta(hours=3)
    opening = Opening.objects.create(
        child_id=cast.child, worker_id=cast.otto.person, position_id=cast.otto.position, reason="life", words="Fare.",
        asked_at=since, opened_at=since, due=timezone.localdate(), told_from=since, until=until,
    )  # fmt: skip
    Seat.objects.create(
        child_id=cast.child, person_id=cast.otto.person, position_id=cast.otto.position, kind=SeatKind.EMERGENCY,
        since=since, until=until, origin="emergency", origin_id=opening.pk,
    )  # fmt: skip
    Reading.objects.create(
        person=cast.otto.person, capacity="worker", position=cast.otto.position, service=cast.kindergarten,
        page="emergency.opened", children=[cast.child], kinds=["health"], object_id=opening.pk, ground="emergency.life",
    )  # fmt: skip


@hidden_from("vera", "idris", "otto", "ada", "liv", "per", seen="maja: case_team")
def that_somebody_joined_the_team(cast: Cast, ids: dict[str, Any]) -> None:
    seat(cast.child, Member(cast.ada.person, "Ada", Capacity.WORKER, cast.otto.position), SeatKind.SERVICE)


@hidden_from(*EVERYBODY, but=("liv",), seen="liv: ties")
def that_otto_is_close_to_the_family(cast: Cast, ids: dict[str, Any]) -> None:
    """Told by a leader; what waits for a decision is the leader's alone. Otto is not told before it is decided."""
    unit = Position.objects.get(pk=cast.otto.position).unit_id
    Tie.objects.create(
        child_id=cast.child, worker_id=cast.otto.person, unit_id=unit, relation="close", found="declared",
        words="Hemmelig", made_by=uuid4(),
    )  # fmt: skip


@hidden_from("vera", "idris", "otto", "ada", "omar", "kari", "per", "sara", seen="maja: protection")
def that_somebody_asks_to_end_what_keeps_the_father_away(cast: Cast, ids: dict[str, Any]) -> None:
    Decision.objects.create(
        sort="release", subject=uuid4(), called="Hemmelig", child_called="Hemmelig", reason="Hemmelig",
        services=[cast.kindergarten], asked_by_id=cast.maja.person, child_id=cast.child, person_id=cast.per.person,
        position_id=cast.maja.position,
    )  # fmt: skip


@hidden_from("vera", "idris", "otto", "ada", "kari", "per", "sara", seen="maja: protection")
def that_another_is_kept_away_and_why(cast: Cast, ids: dict[str, Any]) -> None:
    """Somebody of the family without a page here: nobody in the family reads it."""
    kept = Restriction.objects.create(
        called="Hemmelig", by_id=cast.maja.person, review_on=timezone.localdate() + timedelta(days=30),
        child_id=cast.child, person_id=Person.objects.create().pk, position_id=cast.maja.position,
    )  # fmt: skip
    Why.objects.create(
        restriction=kept, child_id=cast.child, ground="harm", say="nobody", paper="Hemmelig", reason="Hemmelig"
    )


@hidden_from(*EVERYBODY, but=("maja",), seen="maja: sharing")
def what_was_shared_without_consent_and_is_dangerous_to_tell(cast: Cast, ids: dict[str, Any]) -> None:
    one = Disclosure.objects.create(
        child_id=cast.child, service_id=cast.kindergarten, position_id=cast.maja.position, by_id=cast.maja.person,
        ground="F7", sources=["FVL67 § 13 b"], receiver="Hemmelig", kinds=["everyday"], what="Hemmelig",
        decided_by="self", given_on=timezone.localdate(), hidden=True,
    )  # fmt: skip
    Hiding.objects.create(
        disclosure=one, child_id=cast.child, by_id=cast.maja.person, why="Hemmelig", review_on=timezone.localdate()
    )


@hidden_from("vera", "idris", "otto", "ada", "liv", "per", seen="maja: sharing")
def what_was_shared_without_consent(cast: Cast, ids: dict[str, Any]) -> None:
    Disclosure.objects.create(
        child_id=cast.child, service_id=cast.kindergarten, position_id=cast.maja.position, by_id=cast.maja.person,
        ground="F7", sources=["FVL67 § 13 b"], receiver="Hemmelig", kinds=["everyday"], what="Hemmelig",
        decided_by="self", given_on=timezone.localdate(),
    )  # fmt: skip


@hidden_from("vera", "idris", "ada", "kari", "per", "sara", seen="otto: emergency")
def an_emergency_that_the_family_is_not_told_of_yet(cast: Cast, ids: dict[str, Any]) -> None:
    that_somebody_opened_in_an_emergency(cast, ids)
    Opening.objects.filter(worker_id=cast.otto.person).update(told_from=timezone.now() + timedelta(hours=20))


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", "sara", seen="maja: information")
def that_a_stranger_asked_to_be_told_about_the_child(cast: Cast, ids: dict[str, Any]) -> None:
    InformationRequest.objects.create(
        child_id=cast.child, service_id=cast.kindergarten, position_id=cast.maja.position, name="Hemmelig",
        asker_id=Person.objects.create().pk, asked_on=timezone.localdate(), words="Hemmelig", by_id=cast.maja.person,
    )  # fmt: skip


@hidden_from(*EVERYBODY, but=("maja",), seen="maja: discussions")
def an_anonymous_discussion(cast: Cast, ids: dict[str, Any]) -> None:
    held = Discussion(
        pk=uuid4(), owner_id=cast.maja.person, service_id=cast.kindergarten, held_on=timezone.localdate(),
        kept_until=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    held.take(Note({"said": dict.fromkeys(("topic", "advice", "who", "with_whom", "words"), "Hemmelig") | {"n": 1}}))
    held.save(force_insert=True)


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", seen="sara: family_page")
def whom_the_child_trusts(cast: Cast, ids: dict[str, Any]) -> None:
    Trusted.objects.create(child_id=cast.child, position_id=cast.omar.position, by_id=cast.child)


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", seen="maja: ways_in")
def that_the_child_has_a_letter_to_sign_in_with(cast: Cast, ids: dict[str, Any]) -> None:
    Setup.objects.create(
        child_id=cast.child, person_id=cast.child, position_id=cast.maja.position, checked="known", handed="hand",
        words="Hemmelig", maturity="Hemmelig", letter_until=timezone.now() + timedelta(days=2),
    )  # fmt: skip


@hidden_from("maja", "omar", "vera", "idris", "otto", "ada", "liv", "kari", "per", seen="sara: inbox")
def what_a_birthday_brings_told_the_child(cast: Cast, ids: dict[str, Any]) -> None:
    Notice.objects.create(
        recipient_id=cast.child, capacity="citizen", event="consents.asked", address="/x/", child=cast.child
    )


@hidden_from("vera", "idris", "otto", "ada", "liv", "per", "sara", seen="maja: case_log")
def an_entry_that_is_held_back_from_the_child(cast: Cast, ids: dict[str, Any]) -> None:
    """On a ground in the law: the child is not told that something is held back."""
    here: dict[str, Any] = {"child_id": cast.child, "kind": "everyday", "audience": "not_for", "persons": [cast.child]}
    entry = _entry(cast, cast.maja, service_id=cast.kindergarten, looked_at=timezone.now(), **here)
    Readership.objects.create(
        of=entry.pk, audience_before="team", ground="danger", by_id=cast.maja.person, why="Hemmelig",
        review_on=timezone.localdate() + timedelta(days=30), **here,
    )  # fmt: skip


@hidden_from("vera", "idris", "ada", "per", seen="maja: deputies")
def that_somebody_stands_in_for_the_one_who_leads(cast: Cast, ids: dict[str, Any]) -> None:
    """Otto does, and his leader answers for both."""
    days = {"since": timezone.now() - timedelta(minutes=1), "until": timezone.now() + timedelta(days=6)}
    absence = Absence.objects.create(
        holder_id=cast.maja.position, deputy_id=cast.otto.position, made_by_id=cast.maja.person, **days
    )
    baton = Baton.objects.get(child_id=cast.child)
    deputy = Deputy.objects.create(
        absence=absence, baton=baton, case_id=baton.case_id, child_id=cast.child, position_id=cast.otto.position, **days
    )
    Seat.objects.create(
        child_id=cast.child, person_id=cast.otto.person, position_id=cast.otto.position, kind=SeatKind.SERVICE,
        origin="deputy", origin_id=deputy.pk, **days,
    )  # fmt: skip


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", "sara", seen="maja: asked")
def a_paper_that_waits_for_the_second_person(cast: Cast, ids: dict[str, Any]) -> None:
    Paper.objects.create(
        request_id=ids["asked"], person_id=cast.kari.person, called="Hemmelig", child_called="Hemmelig",
        kinds=["identity"], excluded="Hemmelig", signed_on=timezone.localdate(), text_version="1", kept_at="Hemmelig",
        by_id=cast.maja.person, position_id=cast.maja.position, checker_id=cast.omar.person, child_id=cast.child,
    )  # fmt: skip


@hidden_from("vera", "idris", "otto", "ada", "liv", "kari", "per", "sara", seen="maja: case_plan")
def a_goal_for_the_services(cast: Cast, ids: dict[str, Any]) -> None:
    Goal.objects.create(
        case=cast.case, child_id=cast.child, kind="everyday", words="Hemmelig", audience="services",
        agreed_by_id=cast.maja.person,
    )  # fmt: skip


def _everything(member: Member, ids: dict[str, Any], some: set[str] | None = None) -> Iterator[tuple[str, Any]]:
    """Every address, or some of them, and a search, as this person; nothing that asking writes stays."""
    client = signed_in(member)
    cookies = client.cookies.output().replace("Set-Cookie: ", "")
    for one in every_address():
        if one.name in NOT_ASKED or (some and one.name not in some):
            continue
        address = reverse(one.name, kwargs={name: ids[name] for name in one.takes})
        yield one.name, _asked(client, cookies, "GET", address)
    yield "search", _asked(client, cookies, "POST", reverse("search"), "words=Sara")


def _asked(client: Client, cookies: str, method: str, address: str, sent: str = "") -> Any:
    with transaction.atomic():
        client.cookies = SimpleCookie(cookies)
        answer = client.generic(method, address, sent, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return comparable(answer)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = []
    for name, (status, headers, text) in before.items():
        if after[name] != (status, headers, text):
            lines = zip(text.splitlines(), after[name][2].splitlines(), strict=False)
            first = next((pair for pair in lines if pair[0] != pair[1]), ("", ""))
            found.append(f"{name} ({status}, {after[name][0]}): {first[0].strip()[:80]} | {first[1].strip()[:80]}")
    return found


@pytest.fixture
def scene(cast: Cast) -> tuple[Cast, dict[str, Any]]:
    """The first family with one of everything; the mother stands on the page of what is asked, by name."""
    ids = plant(cast)
    mother = {"id": str(ids["party"]), "name": "Kari", "asked": True, "person": str(cast.kari.person)}
    people = [mother | {"language": "", "interpreter": False}]
    Request.objects.filter(pk=ids["asked"]).update(typed={"child": {"name": "Sara"}, "people": people})
    return cast, ids


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_may_not_know_gets_the_same_bytes(scene: tuple[Cast, dict[str, Any]], who: str) -> None:
    cast, ids = scene
    member = getattr(cast, who)
    before = dict(_everything(member, ids))
    assert len(before) > 60
    mine = [name for name, (_, hidden) in SECRETS.items() if who in hidden]
    assert mine
    told = _told(cast, ids, member, before, mine)
    if told:  # which of them it is
        told = [f"{name}: {one}" for name in mine for one in _told(cast, ids, member, before, [name])] or told
    assert not told, "\n".join([f"{who} can tell:", *told])


def _told(cast: Cast, ids: dict[str, Any], member: Member, before: dict[str, Any], names: list[str]) -> list[str]:
    """The pages that change for this person when all these are there."""
    with transaction.atomic():
        for name in names:
            SECRETS[name][0](cast, ids)
        found = _differences(before, dict(_everything(member, ids)))
        transaction.set_rollback(True)
    return found


def test_every_secret_is_noticed_by_somebody(scene: tuple[Cast, dict[str, Any]]) -> None:
    """What nobody notices would make the test above say nothing: each secret changes a page of one who may know."""
    cast, ids = scene
    unnoticed = [name for name in SEEN if not _noticed(cast, ids, name)]
    assert not unnoticed, unnoticed
    assert not [name for name, (who, _) in SEEN.items() if who in SECRETS[name][1]]
    assert SECRETS.keys() - SEEN == FOR_NOBODY.keys()


def _noticed(cast: Cast, ids: dict[str, Any], name: str) -> bool:
    who, page = SEEN[name]
    member = getattr(cast, who)
    before = dict(_everything(member, ids, {page}))
    with transaction.atomic():
        SECRETS[name][0](cast, ids)
        changed = dict(_everything(member, ids, {page})) != before
        transaction.set_rollback(True)
    return changed


FOR_NOBODY = {
    "a_message_to_the_father_about_the_child_he_is_kept_from": "he is kept from the child",
    "where_the_father_is_reached": "used to send to",
}


def test_aula_one_kept_away_sees_what_one_without_a_child_here_sees(scene: tuple[Cast, dict[str, Any]]) -> None:
    """The restricted parent's page is an ordinary, quiet one: the same as a stranger's, but for the own name."""
    cast, ids = scene
    stranger = Person.objects.create()
    own = Name.objects.get(person_id=cast.per.person)
    Name.objects.create(person=stranger, given=own.given, family=own.family, sort_key=own.sort_key)
    kept_away = dict(_everything(cast.per, ids))
    with transaction.atomic():
        Forbid.objects.filter(person_id=cast.per.person).delete()
        Seat.objects.filter(person_id=cast.per.person).delete()
        assert _differences(kept_away, dict(_everything(cast.per, ids))) == []
        transaction.set_rollback(True)
    other = dict(_everything(Member(stranger.pk, cast.per.name, Capacity.CITIZEN), ids))
    assert _differences(kept_away, other) == []
