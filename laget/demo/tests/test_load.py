"""The stories run through the rooms' own actions, once, and the dates look lived in."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from laget.audit.models import Change
from laget.cases.access import visible_cases, visible_entries
from laget.cases.models import Absence, Baton, Case, Log
from laget.consents.access import visible_disclosures
from laget.consents.models import Answer, Form, Paper, PaperState
from laget.demo.clock import ago
from laget.demo.fjordvik import EVERYBODY, YOUNG
from laget.demo.load import load
from laget.demo.stage import Stage
from laget.demo.words import STORY
from laget.directory.models import Position
from laget.emergency.access import controlled_openings, open_openings, visible_openings
from laget.emergency.models import Opening
from laget.exchange.access import visible_reports
from laget.exchange.models import Report
from laget.families.access import visible_requests
from laget.notices.access import visible_notices
from laget.people.rules import read_national_number
from laget.protection.access import to_confirm
from laget.ties.shown import listed


def test_everybody_has_a_synthetic_number_of_their_own_and_a_story():
    numbers = [one.number for one in EVERYBODY.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(read_national_number(number, timezone.localdate()).synthetic for number in numbers)
    assert set(STORY) == {*EVERYBODY, *(one.key for one in YOUNG)}


class TestFjordvik(TestCase):
    """Loaded once for all of them: it takes some seconds."""

    @classmethod
    def setUpTestData(cls):
        load()

    def test_the_stories_stand(self):
        assert Case.objects.count() == 6
        assert Baton.objects.count() == 6
        entries = Log.objects.order_by("at")
        assert entries.first().at < ago(100)
        assert entries.last().at < timezone.now()
        assert not Log.objects.filter(at__gt=timezone.now() - timedelta(hours=1)).exists()

    def test_a_second_run_keeps_what_is_there(self):
        before = Position.objects.count()
        load()
        assert Position.objects.count() == before

    def test_moving_the_stories_to_their_days_is_no_correction(self):
        kept = Change.objects.all()
        assert all(one.person for one in kept)
        assert {one.source for one in kept} <= {"plans_measure"}

    def test_a_protected_child_is_closed_to_both_parents_until_a_leader_has_confirmed(self):
        stage = Stage()
        for who in ("marit", "roar"):
            with stage.turn(who) as actor:
                assert not visible_cases(actor).exists() and not visible_notices(actor).exists()
        with stage.turn("frode") as actor:
            assert [one.called for one in to_confirm(actor)] == ["Marit Sørli"]

    def test_a_paper_counts_when_a_second_has_seen_it_and_stands_on_its_days(self):
        stage = Stage()
        paper = Paper.objects.get()
        given = Answer.objects.get(form=Form.PAPER)
        assert (paper.state, given.person_id, given.checked_by_id) == (
            PaperState.CONFIRMED, stage.person("anders"), stage.person("ellen"),
        )  # fmt: skip
        assert given.signed_on == paper.signed_on == timezone.localdate(paper.at) < timezone.localdate()
        assert paper.at < given.at

    def test_otto_stands_in_later_and_sees_nothing_until_then(self):
        stage = Stage()
        absence = Absence.objects.get()
        assert absence.deputy_id == stage.position("otto") and absence.since > timezone.now()
        with stage.turn("otto") as actor:
            assert not visible_cases(actor).exists()

    def test_what_is_about_his_sisters_is_kept_from_jonas_alone(self):
        stage = Stage()
        held = Log.objects.get(words__startswith="Det smalt igjen")
        stage.enters("jonas", held.child_id)
        for who, reads in (("jonas", False), ("mona", True), ("stian", True), ("vera", True), ("omar", False)):
            with stage.turn(who) as actor:
                assert visible_entries(actor).filter(pk=held.pk).exists() == reads, who

    def test_whoever_is_too_close_is_out_by_law_or_waits_for_a_leader(self):
        stage = Stage()
        with stage.turn("randi") as actor:
            assert not visible_cases(actor).exists()
        with stage.turn("omar") as actor:
            assert visible_cases(actor).count() == 2
        for leader, states in (("anne", {"out"}), ("tone", {"waiting"})):
            with stage.turn(leader) as actor:
                assert {one.state for one in listed(actor)} == states

    def test_an_emergency_is_over_and_waits_for_review_and_the_family_knows(self):
        stage, (opening,) = Stage(), Opening.objects.all()
        assert opening.until - opening.opened_at == timedelta(hours=1) and opening.until < timezone.now()
        assert timezone.localdate(opening.opened_at) < opening.due
        for who in ("berit", "eir"):
            with stage.turn(who) as actor:
                assert controlled_openings(actor).filter(pk=opening.pk).exists()
        with stage.turn("mona") as actor:
            assert visible_openings(actor).filter(pk=opening.pk).exists()
        with stage.turn("hamid") as actor:
            assert not open_openings(actor).exists() and not visible_cases(actor).exists()

    def test_a_report_waits_for_its_answer_and_its_writer_alone_sees_it(self):
        stage, (report,) = Stage(), Report.objects.all()
        assert report.note.day("sent") < stage.today < report.answer_by
        for who, seen in (("vera", 1), ("anne", 0), ("berit", 0)):
            with stage.turn(who) as actor:
                assert visible_reports(actor).count() == seen

    def test_what_is_shared_without_consent_and_what_a_father_asks_stand_where_they_are_read(self):
        stage = Stage()
        for who, seen in (("kristin", 1), ("omar", 1), ("maja", 0)):
            with stage.turn(who) as actor:
                assert visible_disclosures(actor).count() == seen
        for who, seen in (("ingrid", 1), ("hodan", 0)):
            with stage.turn(who) as actor:
                assert visible_requests(actor).filter(answer=None).count() == seen
