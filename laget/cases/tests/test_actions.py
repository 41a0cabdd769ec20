"""What each action changes, whom it tells, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from laget.access import database
from laget.audit.models import Entry
from laget.cases import actions, answers, sweeps
from laget.cases.models import Baton, Case, Log, Offer, OwnWords, Step, Turn
from laget.cases.rules import Choice
from laget.cases.tests.factories import acting, entry, fresh, holder_of, invited, offered
from laget.consents import actions as consents
from laget.consents.events import CoverLost
from laget.consents.models import Answer, Form, Party, Request
from laget.demo.cast import cover, make_cast, seat
from laget.demo.clock import ahead
from laget.directory.actions import end_position
from laget.directory.models import Position
from laget.guide.national import national
from laget.kernel.errors import Invalid, Refused
from laget.kernel.events import announce
from laget.kernel.outcome import AlreadyDone, Done, Unchanged
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.notices.models import Notice
from laget.sight.access import visible_covers
from laget.sight.actions import end_covers
from laget.sight.models import Cover, Seat, SeatKind


def told(event, member=None):
    found = Notice.objects.filter(event=event)
    return found.filter(recipient_id=member.person).count() if member else found.count()


def seated(cast, member):
    return Seat.objects.in_force().filter(child_id=cast.child, person_id=member.person, kind=SeatKind.SERVICE).exists()


def recorded(event):
    return Entry.objects.filter(event=event).order_by("at").last()


# Opening


def asked(cast, child, by, service, *, parents=(), words="Hun har vært stille.", joins=False):
    """A request that opens a case, with the answers of these parents and the cover they give together."""
    made = Request.objects.create(
        child_id=child,
        service_id=service,
        kinds=["identity", "everyday"],
        text_version="1",
        asked_by_id=by.person,
        position_id=by.position,
        opens_case=True,
        first_words=words,
    )
    for parent in parents:
        Party.objects.create(request=made, child_id=child, person_id=parent.person, role="parent")
        Answer.objects.create(
            request=made,
            child_id=child,
            person_id=parent.person,
            kinds=["identity", "everyday"],
            form=Form.OWN_SIGN_IN,
            text_version="1",
            joins=joins,
        )
    Seat.objects.create(
        child_id=child,
        person_id=by.person,
        kind=SeatKind.ASKING,
        position_id=by.position,
        origin="asking",
        since=timezone.now() - timedelta(minutes=1),
    )
    if parents:
        cover(child, service, (Kind.IDENTITY, Kind.EVERYDAY))
    return made


def test_a_case_opens_with_the_first_words_in_its_log(cast, family, as_app):
    request = asked(cast, family.child, cast.maja, cast.kindergarten, parents=(family.mother, family.father))
    with as_app(cast.maja.actor):
        done = actions.open_case(cast.maja.actor, request)
    case = done.value
    assert isinstance(done, Done) and case.level == national().log.first_level
    assert holder_of(case.pk) == cast.maja.position
    assert list(Step.objects.filter(case=case).values_list("level", flat=True)) == [case.level]
    assert Log.objects.get(case=case).words == "Hun har vært stille."
    assert Request.objects.get(pk=request.pk).first_words == ""
    seats = Seat.objects.in_force().filter(child_id=family.child, person_id=cast.maja.person)
    assert [one.kind for one in seats] == [SeatKind.SERVICE]
    assert told("cases.opened") == 2 and recorded("cases.opened").child == family.child
    with as_app(cast.maja.actor):
        assert isinstance(actions.open_case(cast.maja.actor, Request.objects.get(pk=request.pk)), AlreadyDone)
    assert Case.objects.filter(child_id=family.child).count() == 1


def test_no_case_opens_before_everybody_has_said_yes(cast, family, as_app):
    request = asked(cast, family.child, cast.maja, cast.kindergarten)
    with as_app(cast.maja.actor), pytest.raises(Refused) as no:
        actions.open_case(cast.maja.actor, request)
    assert "Ikke alle har sagt ja" in str(no.value.verdict.reason)
    assert not Case.objects.filter(child_id=family.child).exists()


def test_only_the_one_who_asked_opens(cast, family, as_app):
    request = asked(cast, family.child, cast.maja, cast.kindergarten, parents=(family.mother, family.father))
    with as_app(cast.otto.actor), pytest.raises(Refused):
        actions.open_case(cast.otto.actor, request)


@pytest.mark.parametrize("joins", [True, False])
def test_where_there_is_a_case_the_parents_decide_on_joining(joins, cast, as_app):
    request = asked(cast, cast.child, cast.vera, cast.school, parents=(cast.kari,), joins=joins)
    Seat.objects.filter(child_id=cast.child, person_id=cast.vera.person, kind=SeatKind.SERVICE).delete()
    with as_app(cast.vera.actor):
        if joins:
            assert actions.open_case(cast.vera.actor, request).value.pk == cast.case.pk
        else:
            with pytest.raises(Refused) as no:
                actions.open_case(cast.vera.actor, request)
            assert "felles sak" in str(no.value.verdict.reason)
    assert seated(cast, cast.vera) is joins
    assert holder_of(cast.case.pk) == cast.maja.position


def close(cast, as_app):
    with as_app(cast.maja.actor):
        actions.close_case(cast.maja.actor, cast.case, reason="goal_reached", note="Takk for nå")


def test_an_answer_changed_after_the_closing_opens_nothing(cast, as_app):
    request = asked(cast, cast.child, cast.maja, cast.kindergarten, parents=(cast.kari,))
    close(cast, as_app)
    with as_app(cast.kari.actor), pytest.raises(Refused):
        consents.answer(cast.kari.actor, request, ["everyday"])
    assert not Cover.objects.in_force().filter(child_id=cast.child).exists()


def test_a_closed_case_is_taken_up_by_a_new_consent(cast, as_app):
    close(cast, as_app)
    request = asked(cast, cast.child, cast.vera, cast.school, parents=(cast.kari,))
    with as_app(cast.vera.actor):
        case = actions.open_case(cast.vera.actor, request).value
    assert case.pk == cast.case.pk and fresh(case).is_open and holder_of(case.pk) == cast.vera.position
    assert Turn.objects.filter(case=case, sort="reopened").exists() and told("cases.reopened", cast.kari) == 1


# The log


@pytest.mark.parametrize(
    ("who", "sort", "kind", "audience", "field"),
    [
        ("maja", "nonsense", "everyday", "team", "sort"),
        ("maja", "note", "health", "team", "kind"),
        ("maja", "note", "identity", "team", "kind"),
        ("maja", "note", "everyday", "family", "audience"),
        ("kari", "phone_call", "everyday", "team", "sort"),
        ("kari", "note", "everyday", "own_service", "audience"),
    ],
)
def test_what_cannot_be_written(who, sort, kind, audience, field, cast, as_app):
    actor = getattr(cast, who).actor
    with as_app(actor), pytest.raises(Invalid) as no:
        actions.write_entry(actor, cast.case, sort=sort, kind=kind, to=Choice(audience), words="x")
    assert no.value.field == field and not Log.objects.exists()


def test_the_family_writes_and_the_holder_is_told(cast, as_app):
    with as_app(cast.kari.actor):
        made = actions.write_entry(
            cast.kari.actor, cast.case, sort="bright_spot", kind="health", words="Sov hele natta"
        )
    assert told("cases.family_wrote", cast.maja) == 1 and made.value.position_id is None
    with as_app(cast.kari.actor):
        actions.write_entry(cast.kari.actor, cast.case, sort="note", kind="health", words="x", to=Choice("family"))
    assert told("cases.family_wrote") == 1


def test_the_childs_words_say_how_they_were_asked_for(cast, as_app):
    with as_app(cast.maja.actor):
        made = actions.write_entry(
            cast.maja.actor, cast.case, sort="child_words", kind="everyday", words="Jeg vil ute", how_asked="Med bilder"
        ).value
    assert (made.how_asked, made.service_id) == ("Med bilder", cast.kindergarten)


@pytest.mark.parametrize(("words", "kept"), [("", False), ("x" * 10_001, False), (" \u202eab\x07c 🙂\n ", True)])
def test_words_are_cleaned_and_never_cut(words, kept, cast, as_app):
    with as_app(cast.maja.actor):
        if kept:
            made = actions.write_entry(cast.maja.actor, cast.case, sort="note", kind="everyday", words=words).value
            assert made.words == "abc 🙂"
        else:
            with pytest.raises(Invalid):
                actions.write_entry(cast.maja.actor, cast.case, sort="note", kind="everyday", words=words)


def test_a_correction_is_a_new_row_and_the_same_words_are_none(cast, as_app):
    old = entry(cast, cast.maja, words="Feil")
    with as_app(cast.maja.actor):
        assert isinstance(actions.correct_entry(cast.maja.actor, old, words="Feil "), Unchanged)
        new = actions.correct_entry(cast.maja.actor, old, words="Rett").value
        with pytest.raises(Invalid):
            actions.correct_entry(cast.maja.actor, old, words="Enda en")
    assert new.corrects_id == old.pk and Log.objects.get(pk=old.pk).words == "Feil"
    with as_app(cast.omar.actor), pytest.raises(Refused):
        actions.correct_entry(cast.omar.actor, new, words="Omars")


# Levels and invitations


def test_a_level_moves_by_the_guide_with_a_reason(cast, as_app):
    with as_app(cast.maja.actor):
        assert isinstance(actions.move_level(cast.maja.actor, cast.case, level="1", reason=""), Unchanged)
        with pytest.raises(Invalid):
            actions.move_level(cast.maja.actor, cast.case, level="2", reason=" ")
        actions.move_level(cast.maja.actor, cast.case, level="2", reason="Trenger flere")
        with pytest.raises(Invalid):
            actions.move_level(cast.maja.actor, cast.case, level="0", reason="x")
    assert fresh(cast.case).level == "2" and told("cases.level_moved", cast.kari) == 1
    assert told("cases.level_moved", cast.omar) == 1 and not told("cases.level_moved", cast.maja)
    assert not told("cases.level_moved", cast.per)


def test_an_invitation_leaves_only_to_a_covered_service(cast, as_app):
    with as_app(cast.maja.actor):
        for nobody in (cast.vera, cast.omar, cast.ada):
            with pytest.raises(Invalid):
                actions.invite(cast.maja.actor, cast.case, position=nobody.position)
        made = actions.invite(cast.maja.actor, cast.case, position=cast.otto.position, words="Velkommen").value
        with pytest.raises(Invalid):
            actions.invite(cast.maja.actor, cast.case, position=cast.otto.position)
    assert told("cases.invited", cast.otto) == 1 and not seated(cast, cast.otto)
    with as_app(cast.otto.actor):
        assert isinstance(actions.accept_invitation(cast.otto.actor, made), Done)
        assert isinstance(actions.accept_invitation(cast.otto.actor, made), AlreadyDone)
    assert seated(cast, cast.otto) and told("cases.invitation_accepted", cast.maja) == 1


def asking(cast, member):
    return Seat.objects.in_force().filter(person_id=member.person, kind=SeatKind.ASKING).exists()


def test_saying_no_to_an_invitation_ends_what_it_gave(cast, as_app):
    made = invited(cast, cast.otto)
    with as_app(cast.otto.actor):
        actions.decline_invitation(cast.otto.actor, made)
    assert not asking(cast, cast.otto) and told("cases.invitation_declined", cast.maja) == 1


def test_an_invitation_taken_back_can_no_longer_be_accepted(cast, as_app):
    made = invited(cast, cast.otto)
    with as_app(cast.maja.actor):
        actions.take_back_invitation(cast.maja.actor, made)
    assert not asking(cast, cast.otto)
    with as_app(cast.otto.actor), pytest.raises(Refused):
        actions.accept_invitation(cast.otto.actor, made)


def test_an_invitation_cannot_be_accepted_when_the_cover_has_run_out(cast, as_app):
    made = invited(cast, cast.otto)
    Cover.objects.filter(service_id=cast.kindergarten).update(until=timezone.now())
    with as_app(cast.otto.actor), pytest.raises(Refused):
        actions.accept_invitation(cast.otto.actor, made)
    assert not seated(cast, cast.otto)


# The baton


def test_offering_changes_no_holder_and_gives_a_seat_to_read_from(cast, as_app):
    with as_app(cast.maja.actor):
        made = actions.offer_baton(
            cast.maja.actor, cast.case, position=cast.otto.position, words="Du kjenner henne"
        ).value
    assert holder_of(cast.case.pk) == cast.maja.position and seated(cast, cast.otto)
    assert told("cases.baton_offered", cast.otto) == 1 and told("cases.baton_offered_within", cast.kari) == 1
    with as_app(cast.otto.actor):
        actions.accept_baton(cast.otto.actor, made)
    assert holder_of(cast.case.pk) == cast.otto.position and seated(cast, cast.otto) and seated(cast, cast.maja)
    assert told("cases.baton_accepted", cast.maja) == 1 and told("cases.new_holder", cast.kari) == 1
    assert recorded("cases.baton_accepted").person == cast.otto.person


def test_the_baton_is_not_offered_where_nobody_may_know(cast, as_app):
    with as_app(cast.maja.actor):
        for nobody in (cast.vera, cast.maja, cast.ada):
            with pytest.raises(Invalid):
                actions.offer_baton(cast.maja.actor, cast.case, position=nobody.position)
    assert not Offer.objects.exists()


def test_another_service_leads_only_when_the_family_has_said_yes(cast, as_app):
    with as_app(cast.maja.actor):
        made = actions.offer_baton(cast.maja.actor, cast.case, position=cast.omar.position).value
    assert told("cases.lead_asked", cast.kari) == 1 and not told("cases.lead_asked", cast.per)
    with as_app(cast.omar.actor), pytest.raises(Refused):
        actions.accept_baton(cast.omar.actor, made)
    with as_app(cast.kari.actor):
        actions.answer_offer(cast.kari.actor, made, agrees=False, wish="Ikke ennå")
    with as_app(cast.omar.actor), pytest.raises(Refused):
        actions.accept_baton(cast.omar.actor, made)
    with as_app(cast.maja.actor), pytest.raises(Refused):
        actions.note_view(cast.maja.actor, made, cast.per.person, agrees=True)
    with as_app(cast.kari.actor):
        actions.answer_offer(cast.kari.actor, made, agrees=True, wish="Nå er det greit")
        same = actions.answer_offer(cast.kari.actor, made, agrees=True, wish="Nå er det greit")
        assert isinstance(same, Unchanged)
    assert told("cases.family_agreed", cast.omar) == 1
    with as_app(cast.omar.actor):
        assert isinstance(actions.accept_baton(cast.omar.actor, made), Done)
        assert isinstance(actions.accept_baton(cast.omar.actor, made), AlreadyDone)
    assert holder_of(cast.case.pk) == cast.omar.position


@pytest.mark.parametrize("otherwise", [False, True])
@pytest.mark.parametrize("how", ["decline", "take back"])
def test_a_no_ends_the_seat_unless_another_gives_it(how, otherwise, cast, as_app):
    made = offered(cast, cast.otto)
    if otherwise:
        seat(cast.child, cast.otto, SeatKind.SERVICE)
    if how == "decline":
        with as_app(cast.otto.actor):
            actions.decline_baton(cast.otto.actor, made, words="Har ikke tid")
        assert told("cases.baton_declined", cast.maja) == 1
    else:
        with as_app(cast.maja.actor):
            actions.take_back_baton(cast.maja.actor, made)
        assert told("cases.baton_taken_back", cast.otto) == 1
    assert seated(cast, cast.otto) is otherwise and holder_of(cast.case.pk) == cast.maja.position
    with as_app(cast.otto.actor), pytest.raises(Refused):
        actions.accept_baton(cast.otto.actor, made)
    assert holder_of(cast.case.pk) == cast.maja.position


def test_an_offer_to_somebody_who_has_left_can_be_taken_back(cast, as_app):
    made = offered(cast, cast.otto)
    Position.objects.filter(pk=cast.otto.position).update(until=timezone.now())
    with as_app(cast.maja.actor):
        assert isinstance(actions.take_back_baton(cast.maja.actor, made), Done)


# The baton falls


def leave(cast, who, as_app):
    with as_app(cast.ada.actor):
        end_position(cast.ada.actor, Position.objects.get(pk=who.position))


def test_when_the_holder_leaves_the_leader_of_the_same_unit_acts(cast, as_app):
    leave(cast, cast.maja, as_app)
    baton = Baton.objects.get(case=cast.case, until=FOREVER)
    assert baton.position_id == cast.liv.position and baton.acting and baton.answer_by > timezone.localdate()
    assert seated(cast, cast.liv) and told("cases.baton_fell_to_you", cast.liv) == 1
    assert told("cases.new_acting_holder", cast.kari) == 1 and told("cases.baton_lost", cast.maja) == 1
    fell = recorded("cases.baton_fell")
    assert (fell.person, fell.cause) == (cast.ada.person, "directory.position_ended")
    with as_app(cast.liv.actor):
        actions.accept_acting(cast.liv.actor, cast.case)
        assert isinstance(actions.accept_acting(cast.liv.actor, cast.case), Unchanged)
    assert not Baton.objects.get(pk=baton.pk).acting


def test_an_acting_holder_offers_on(cast, as_app):
    acting(cast, cast.liv)
    with as_app(cast.liv.actor):
        made = actions.offer_baton(cast.liv.actor, cast.case, position=cast.otto.position).value
    with as_app(cast.otto.actor):
        actions.accept_baton(cast.otto.actor, made)
    assert holder_of(cast.case.pk) == cast.otto.position


def withdraw(cast, service, as_app, kinds=None):
    """As the room of consents does it: facts, then the event."""
    actor = cast.kari.actor
    with as_app(actor):
        lost = frozenset(kinds or visible_covers(actor).filter(service_id=service).values_list("kind", flat=True))
        end_covers(child=cast.child, service=service, kinds=kinds)
        announce(CoverLost(actor=actor, child=cast.child, service=service, kinds=lost, request=cast.case.pk))


def test_a_withdrawn_consent_takes_the_baton_and_gives_words_back(cast, as_app):
    acting(cast, cast.omar)
    Baton.objects.filter(case=cast.case, until=FOREVER).update(acting=False, answer_by=None)
    mine = entry(cast, cast.omar, kind="health", words="Hørte dårlig på høyre")
    entry(cast, cast.maja, words="Majas")
    with as_app(cast.kari.actor):
        lines = answers.consequences(cast.child, cast.clinic)
    assert "Omar Haddad" in lines[0] and "Maja Lind" in lines[1]
    withdraw(cast, cast.clinic, as_app)
    baton = Baton.objects.get(case=cast.case, until=FOREVER)
    assert baton.position_id == cast.maja.position and baton.acting
    words = OwnWords.objects.get()
    assert (words.words, words.written_at, words.owner_id) == (mine.words, mine.at, cast.omar.person)
    assert told("cases.own_words", cast.omar) == 1 and recorded("cases.baton_fell").person == cast.kari.person
    with as_app(cast.omar.actor):
        assert (
            not Case.objects.exists()
            and not Log.objects.exists()
            and not Seat.objects.exclude(person_id=cast.omar.person).exists()
        )
    cover(cast.child, cast.clinic)
    assert holder_of(cast.case.pk) == cast.maja.position


def test_a_part_that_is_withdrawn_moves_no_baton(cast, as_app):
    entry(cast, cast.omar, kind="health", words="Helse")
    entry(cast, cast.omar, kind="everyday", words="Hverdag")
    withdraw(cast, cast.clinic, as_app, kinds=["health"])
    assert holder_of(cast.case.pk) == cast.maja.position
    assert [one.words for one in OwnWords.objects.all()] == ["Helse"]
    with as_app(cast.omar.actor):
        assert [one.words for one in Log.objects.all()] == ["Hverdag"]


def test_with_no_cover_left_the_case_closes_and_the_parents_still_read(cast, as_app):
    withdraw(cast, cast.clinic, as_app)
    with as_app(cast.kari.actor):
        assert "avsluttes" in answers.consequences(cast.child, cast.kindergarten)[0]
    withdraw(cast, cast.kindergarten, as_app)
    assert not fresh(cast.case).is_open and not Baton.objects.filter(case=cast.case, until=FOREVER).exists()
    turn = Turn.objects.get(case=cast.case)
    assert turn.reason == national().closings[[one.system for one in national().closings].index(True)].code
    with as_app(cast.kari.actor):
        assert Case.objects.exists() and told("cases.closed_by_itself", cast.kari) == 1


@pytest.mark.parametrize("service", ["kindergarten", "clinic", "school"])
def test_what_is_said_before_a_withdrawal_is_what_happens(service, cast, as_app):
    """One choice of heir: the preview and the fall agree."""
    from laget.cases import ground

    with as_app(cast.kari.actor):
        _held, heir = ground.consequence(cast.child, getattr(cast, service))
    withdraw(cast, getattr(cast, service), as_app)
    assert holder_of(cast.case.pk) == heir


def test_a_lapsed_offer_takes_the_reader_out(cast, as_app):
    made = offered(cast, cast.otto)
    leave(cast, cast.otto, as_app)
    assert Offer.objects.get(pk=made.pk).state == "lapsed" and told("cases.offer_lapsed", cast.maja) == 1
    assert not Seat.objects.in_force().filter(origin_id=made.pk).exists()


# Closing and taking up again


def test_closing_ends_the_services_and_leaves_the_family(cast, as_app):
    invited(cast, cast.otto)
    close(cast, as_app)
    assert not fresh(cast.case).is_open
    assert not Seat.objects.in_force().filter(child_id=cast.child, kind__in=("service", "asking")).exists()
    assert not Cover.objects.in_force().filter(child_id=cast.child).exists()
    assert told("cases.closed", cast.kari) == 1 and told("cases.closed", cast.omar) == 1
    with as_app(cast.maja.actor), pytest.raises(Refused):
        actions.close_case(cast.maja.actor, cast.case, reason="goal_reached", note="Igjen")


def test_a_stranger_cannot_empty_a_case(cast, as_app):
    from laget.cases import ground

    for member in (cast.maja, cast.vera, cast.per, cast.ada):
        with as_app(member.actor):
            ground.vacate(cast.case.pk)
    assert seated(cast, cast.maja) and Cover.objects.in_force().filter(child_id=cast.child).exists()


def test_the_family_takes_it_up_when_a_service_may_know(cast, as_app):
    close(cast, as_app)
    with as_app(cast.kari.actor), pytest.raises(Refused):
        actions.reopen_case(cast.kari.actor, cast.case)
    cover(cast.child, cast.kindergarten)
    with as_app(cast.kari.actor):
        actions.reopen_case(cast.kari.actor, cast.case, note="Det er blitt verre")
        assert isinstance(actions.reopen_case(cast.kari.actor, cast.case), AlreadyDone)
    baton = Baton.objects.get(case=cast.case, until=FOREVER)
    assert baton.position_id == cast.maja.position and baton.acting and seated(cast, cast.maja)
    assert told("cases.baton_fell_to_you", cast.maja) == 1


@pytest.mark.parametrize(("age", "alone"), [(5, False), (12, False), (15, True), (16, True)])
def test_a_child_takes_its_case_up_again_alone_from_fifteen(db, as_app, age, alone):
    cast = make_cast(age=age)
    close(cast, as_app)
    cover(cast.child, cast.kindergarten)
    with as_app(cast.sara.actor):
        if alone:
            actions.reopen_case(cast.sara.actor, cast.case)
        else:
            with pytest.raises(Refused) as refused:
                actions.reopen_case(cast.sara.actor, cast.case)
            assert "voksen du stoler på" in str(refused.value.verdict.reason)
    assert fresh(cast.case).is_open is alone


# What time brings


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setattr(database, "assumed_role", "laget_worker")


def test_a_cover_that_ran_out_lets_the_baton_fall_in_the_next_round(cast, worker):
    Cover.objects.filter(service_id=cast.kindergarten).update(until=timezone.now())
    sweeps.run()
    baton = Baton.objects.get(case=cast.case, until=FOREVER)
    assert baton.position_id == cast.omar.position and baton.acting
    assert recorded("cases.baton_fell").capacity == "system"
    assert told("cases.baton_fell_to_you", cast.omar) == 1
    sweeps.run()
    assert Baton.objects.filter(case=cast.case).count() == 2


def test_reminders_come_once(cast, worker):
    acting(cast, cast.liv)
    offered(cast, cast.otto, by=cast.liv)
    later = ahead(30)
    for _round in range(3):
        sweeps.run(later)
    assert told("cases.acting_overdue", cast.liv) == 1 and told("cases.offer_unanswered", cast.otto) == 1
    sweeps.run(timezone.now())
    assert told("cases.offer_unanswered") == 1


def test_only_the_holder_asks_for_one_more_service(cast, as_app):
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            assert bool(answers.who_may_ask(member.actor, cast.child)) is (name == "maja"), name


def test_where_a_case_is_told_only_as_an_address(cast, family, as_app):
    with as_app(cast.vera.actor):
        assert answers.existing_case(family.child) is None
        assert str(cast.case.pk) in answers.existing_case(cast.child)
