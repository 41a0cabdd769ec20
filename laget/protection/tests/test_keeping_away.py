"""A parent is kept away at once by one, and let in again only by two; whoever is kept away learns nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.cases.access import visible_cases
from laget.consents.actions.asking import Wish, ask_for_service
from laget.consents.models import Party
from laget.consents.rules import Hearing
from laget.demo.cast import make_family, seat, worker
from laget.directory.models import Position
from laget.families import ground as families
from laget.families.models import Child
from laget.kernel.errors import Invalid, Refused
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.protection import actions, ground, sweeps
from laget.protection.access import visible_proposals, visible_restrictions, visible_whys
from laget.protection.models import Proposal, Restriction, Sort, Why
from laget.sight.models import Forbid, SeatKind
from laget.trust.words import PAGES

pytestmark = pytest.mark.django_db
PAPER = "Fjordvik tingrett, 3.2.2026, 26-114"


def keep_away(cast, who=None, by=None, as_app=None, **other):
    actor = (by or cast.maja).actor
    said = {"code": "harm", "paper": PAPER, "say": "nobody", "reason": "Ring politiet."} | other
    day = said.pop("review_on", timezone.localdate() + timedelta(days=90))
    with as_app(actor):
        child = Child.objects.get(pk=cast.child)
        return actions.keep_away(actor, child, (who or cast.kari).person, review_on=day, **said).value


def confirm(cast, as_app, agreed=True):
    """Liv, who leads where Maja works, answers whether the other parent decides alone."""
    with as_app(cast.liv.actor):
        asked = visible_proposals(cast.liv.actor).get(sort=Sort.OTHER_ALONE, answered_at=None)
        actions.answer(cast.liv.actor, asked, agreed, "Sett dommen.")


@pytest.fixture
def sweep(monkeypatch):
    """One round, as the worker's login."""

    def go(now=None):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(now)

    return go


@pytest.fixture
def kept(cast, as_app):
    return keep_away(cast, as_app=as_app)


def sees(member, as_app):
    with as_app(member.actor):
        return visible_cases(member.actor).exists()


def test_a_parent_is_shut_out_in_the_same_statement(cast, as_app):
    assert sees(cast.kari, as_app)
    kept = keep_away(cast, as_app=as_app)
    assert not sees(cast.kari, as_app)
    fact = Forbid.objects.get(origin_id=kept.pk)
    assert (fact.person_id, fact.child_id, fact.origin, fact.until) == (
        cast.kari.person, cast.child, "restricted", FOREVER,
    )  # fmt: skip


def test_the_one_kept_away_meets_what_a_stranger_meets(cast, visit, kept):
    client = visit(cast.kari)
    stranger = visit(make_family(cast.maja.person).mother)
    for address in (
        reverse("protection", args=[cast.child]),
        reverse("kept_away", args=[kept.pk]),
        reverse("family_page", args=[cast.child]),
        reverse("child_home", args=[cast.child]),
        reverse("child_page", args=[cast.case.pk]),
    ):
        mine, theirs = client.get(address), stranger.get(address)
        assert mine.status_code == theirs.status_code == 404
        assert "Sara" not in mine.content.decode()
    first = client.get("/")
    assert first.status_code == 200
    for word in ("Sara", "Solberg</", "skjerm", "Kari Solberg er"):
        assert word not in first.content.decode().replace("Kari Solberg", "")


def test_no_family_sees_that_anybody_is_kept_away(cast, as_app, visit, kept):
    for member in (cast.kari, cast.per, cast.sara):
        with as_app(member.actor), connection.cursor() as cursor:
            assert not visible_restrictions(member.actor).exists() and not visible_whys(member.actor).exists()
            for table in ("restriction", "why", "proposal"):
                cursor.execute(f"SELECT count(*) FROM protection_{table}")
                assert cursor.fetchone() == (0,)
    assert visit(cast.sara).get(reverse("protection", args=[cast.child])).status_code == 404


def test_the_page_of_it_is_called_something_plain_to_the_family():
    assert {PAGES[name] for name in PAGES if name.startswith("protection.")} == {"A page about who takes part"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("maja", 200), ("omar", 200), ("vera", 404), ("idris", 404), ("otto", 404), ("ada", 404), ("liv", 404)],
)
def test_who_reads_the_page_of_a_child(cast, visit, kept, who, status):
    answer = visit(getattr(cast, who)).get(reverse("protection", args=[cast.child]))
    assert answer.status_code == status
    assert ("Kari Solberg" in answer.content.decode()) is (status == 200)
    assert (PAPER in answer.content.decode()) is (who == "maja")


def test_why_is_for_those_who_may_know_the_family(cast, as_app, visit, kept):
    address = reverse("kept_away", args=[kept.pk])
    led = visit(cast.liv).get(address).content.decode()  # leads where it was decided
    assert PAPER in led and f'href="{reverse("to_confirm")}"' in led
    other = visit(cast.omar).get(address).content.decode()
    assert "Kari Solberg" in other and PAPER not in other and "Ring politiet" not in other
    assert visit(cast.otto).get(address).status_code == 404


def test_only_the_holder_decides(cast, as_app, visit):
    with pytest.raises(Refused):
        keep_away(cast, by=cast.omar, as_app=as_app)
    assert visit(cast.omar).get(reverse("keep_away", args=[cast.child])).status_code == 403
    assert visit(cast.kari).get(reverse("keep_away", args=[cast.child])).status_code == 404
    assert not Restriction.objects.exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("code", {"code": "childs_wish"}),
        ("code", {"code": "because"}),
        ("review_on", {"review_on": timezone.localdate()}),
        ("review_on", {"review_on": timezone.localdate() + timedelta(days=500)}),
    ],
)
def test_a_decision_that_cannot_be(cast, as_app, field, said):
    with pytest.raises(Invalid) as fault:
        keep_away(cast, as_app=as_app, **said)
    assert fault.value.field == field
    assert not Restriction.objects.exists() and not Forbid.objects.exclude(person_id=cast.per.person).exists()


def test_nobody_but_family_is_kept_away_by_this(cast, as_app):
    with pytest.raises(Invalid):
        keep_away(cast, who=cast.omar, as_app=as_app)


def test_once_is_enough(cast, as_app, kept):
    with pytest.raises(Invalid) as fault:
        keep_away(cast, as_app=as_app)
    assert fault.value.field == "person"


def test_the_form_keeps_what_was_typed(cast, visit):
    client = visit(cast.maja)
    answer = client.post(
        reverse("keep_away", args=[cast.child]), {"person": str(cast.kari.person), "code": "harm", "paper": PAPER}
    )
    assert answer.status_code == 422
    assert PAPER.split(",")[0] in answer.content.decode() and not Restriction.objects.exists()


def test_by_the_pages(cast, visit):
    """Maja keeps Kari away; Liv reads it, says no to ending it, then yes."""
    maja, liv = visit(cast.maja), visit(cast.liv)
    day = timezone.localdate() + timedelta(days=30)
    sent = maja.post(
        reverse("keep_away", args=[cast.child]),
        {"person": str(cast.kari.person), "code": "no_contact", "paper": PAPER, "say": "nobody",
         "review_on": day.strftime("%d.%m.%Y"), "reason": ""},
    )  # fmt: skip
    assert sent.status_code == 302
    kept = Restriction.objects.get()
    assert Notice.objects.filter(recipient_id=cast.liv.person, event="protection.kept_away").count() == 1
    for agreed in ("no", "yes"):
        assert maja.post(reverse("end_kept_away", args=[kept.pk]), {"reason": "Ny dom."}).status_code == 302
        asked = Proposal.objects.get(answered_at=None)
        waiting = liv.get(reverse("to_confirm"))
        assert reverse("confirm", args=[asked.pk]) in waiting.content.decode()
        shown = liv.get(reverse("confirm", args=[asked.pk])).content.decode()
        assert "Ny dom." in shown and "Kari Solberg" in shown and "Sara Solberg" in shown
        answer = liv.post(reverse("confirm", args=[asked.pk]), {"agreed": agreed, "words": "Lest dommen."})
        assert answer.status_code == 302
        kept.refresh_from_db()
        assert kept.is_open is (agreed == "no")
    assert visit(cast.kari).get(reverse("family_page", args=[cast.child])).status_code == 200


def ask_to_end(cast, kept, as_app):
    with as_app(cast.maja.actor):
        return actions.ask_to_end(
            cast.maja.actor, visible_restrictions(cast.maja.actor).get(pk=kept.pk), "Ny dom."
        ).value


def test_one_person_never_ends_it(cast, as_app, visit, kept):
    Position.objects.filter(pk=cast.maja.position).update(leads=True)
    asked = ask_to_end(cast, kept, as_app)
    assert (
        visit(cast.maja).post(reverse("confirm", args=[asked.pk]), {"agreed": "yes", "words": "Ja"}).status_code == 403
    )
    with pytest.raises(Refused), as_app(cast.maja.actor):
        actions.answer(cast.maja.actor, visible_proposals(cast.maja.actor).get(), True, "Ja")
    with as_app(cast.maja.actor), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE protection_proposal SET agreed = true, answered_by_id = asked_by_id, answered_at = now()"
        )
        assert cursor.rowcount == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(agreed=True, answered_by_id=cast.maja.person, answered_at=timezone.now())
    assert not sees(cast.kari, as_app)


@pytest.mark.parametrize("who", ["omar", "otto", "ada", "kari", "per", "sara"])
def test_who_does_not_lead_there_confirms_nothing(cast, as_app, visit, kept, who):
    asked = ask_to_end(cast, kept, as_app)
    answer = visit(getattr(cast, who)).post(reverse("confirm", args=[asked.pk]), {"agreed": "yes", "words": "Ja"})
    assert answer.status_code == 404
    asked.refresh_from_db()
    assert asked.is_open


def test_a_leader_who_is_family_confirms_nothing(cast, as_app, visit, kept):
    seat(cast.child, cast.liv.__class__(cast.liv.person, "Liv", cast.kari.capacity), SeatKind.GUARDIAN)
    unit = Position.objects.get(pk=cast.liv.position).unit
    other = worker("Geir", "Dahl", unit, "Nestleder", leads=True)
    asked = ask_to_end(cast, kept, as_app)
    assert visit(cast.liv).get(reverse("confirm", args=[asked.pk])).status_code == 404
    told = Notice.objects.filter(event="protection.to_confirm").values_list("recipient_id", flat=True)
    assert list(told) == [other.person]


def test_when_nobody_could_confirm_it_is_said(cast, as_app, kept):
    Position.objects.filter(leads=True).update(leads=False)
    with pytest.raises(Invalid):
        ask_to_end(cast, kept, as_app)
    assert not Proposal.objects.exists()


def test_it_is_asked_once_at_a_time(cast, as_app, kept):
    ask_to_end(cast, kept, as_app)
    with pytest.raises(Invalid):
        ask_to_end(cast, kept, as_app)


def test_it_is_answered_once(cast, as_app, kept):
    asked = ask_to_end(cast, kept, as_app)
    for agreed in (False, True):
        try:
            with as_app(cast.liv.actor):
                actions.answer(cast.liv.actor, asked, agreed, "Sett på.")
        except Refused:
            assert agreed
    assert not sees(cast.kari, as_app)


def test_ostlandet_a_restriction_does_not_lapse(cast, as_app, kept, sweep):
    """Vigilo, Østlandet: a visit ban over ten years old was no longer blocked, and was still dangerous."""
    long_ago = timezone.localdate() - timedelta(days=4000)
    Restriction.objects.filter(pk=kept.pk).update(review_on=long_ago)
    sweep()
    assert not sees(cast.kari, as_app)
    with as_app(cast.kari.actor), connection.cursor() as cursor:
        cursor.execute("SELECT until FROM sight_forbid WHERE origin_id = %s", [kept.pk])
        assert cursor.fetchone()[0].year == 9999


def test_a_day_to_look_again_becomes_a_task_once(cast, as_app, kept, sweep):
    Restriction.objects.filter(pk=kept.pk).update(review_on=timezone.localdate())
    for _time in range(3):
        sweep()
    told = Notice.objects.filter(event="protection.review_due")
    assert {one.recipient_id for one in told} == {cast.maja.person, cast.liv.person} and told.count() == 2
    later = timezone.localdate() + timedelta(days=40)
    with as_app(cast.maja.actor):
        actions.look_again(cast.maja.actor, visible_restrictions(cast.maja.actor).get(), later)
    sweep(timezone.now() + timedelta(days=41))
    assert told.all().count() == 4


def test_who_has_no_say_is_not_asked(cast, as_app):
    keep_away(cast, as_app=as_app, code="lost")
    confirm(cast, as_app)
    with as_app(cast.maja.actor):
        assert [person for person, _proven in families.responsible(cast.child)] == [cast.per.person]
        assert ground.kept_away(cast.child) == {cast.kari.person, cast.per.person}
    with as_app(cast.otto.actor):
        assert ground.without_a_say(cast.child) == ground.kept_away(cast.child) == frozenset()


def test_a_forbid_is_written_by_no_hand(cast, as_app):
    copy = "INSERT INTO sight_forbid SELECT * FROM sight_forbid"
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with as_app(cast.maja.actor), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)


def test_a_worker_reads_no_why_of_another_case(cast, as_app, kept):
    with as_app(cast.otto.actor):
        assert not visible_whys(cast.otto.actor).exists()
    assert Why.objects.count() == 1


@pytest.mark.parametrize(("say", "asked"), [("nobody", False), ("other_alone", True)])
def test_one_who_is_kept_away_is_never_asked(cast, as_app, say, asked):
    """Both must consent, and one may not be asked: nobody is. When the other decides alone, the other is asked."""
    keep_away(cast, who=cast.per, as_app=as_app, say=say)
    if asked:
        confirm(cast, as_app)
    wish = Wish(("identity", "learning"), "plan", why="Skolen", hearing=Hearing("talk", "wants"))
    with as_app(cast.maja.actor):
        child = Child.objects.get(pk=cast.child)
        if not asked:
            with pytest.raises(Invalid, match="None"):
                ask_for_service(cast.maja.actor, child, cast.school, wish)
        else:
            ask_for_service(cast.maja.actor, child, cast.school, wish)
    assert list(Party.objects.values_list("person_id", flat=True)) == ([cast.kari.person] if asked else [])
    assert not Notice.objects.filter(recipient_id=cast.per.person).exists()


def test_one_person_alone_does_not_make_one_yes_enough(cast, as_app):
    """Who can't get a father's yes keeps him away, and asks the mother alone: not before a leader has confirmed it."""
    keep_away(cast, who=cast.per, as_app=as_app, say="other_alone")
    assert not sees(cast.per, as_app), "kept away at once all the same"
    wish = Wish(("identity", "learning"), "plan", why="Skolen", hearing=Hearing("talk", "wants"))
    for agreed in (None, False):
        if agreed is not None:
            confirm(cast, as_app, agreed)
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            assert not ground.without_a_say(cast.child)
            ask_for_service(cast.maja.actor, Child.objects.get(pk=cast.child), cast.school, wish)


def test_keeping_away_waits_for_nobody_also_where_no_leader_can_confirm(cast, as_app):
    Position.objects.filter(leads=True).update(leads=False)
    keep_away(cast, as_app=as_app, code="lost")
    assert not sees(cast.kari, as_app) and not Proposal.objects.exists()
    with as_app(cast.maja.actor):
        assert not ground.without_a_say(cast.child)
