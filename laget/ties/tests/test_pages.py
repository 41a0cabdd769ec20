"""Telling, putting forward and deciding, as the pages do it; and what the one who is shut out meets afterwards."""

import pytest
from django.urls import reverse

from laget.cases.tests.factories import holder_of
from laget.notices.models import Notice
from laget.sight.models import Forbid
from laget.ties.models import Ruling, Tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def leader_of_the_kindergarten(cast):
    """Liv leads where Maja works; Omar's service has a leader of its own."""
    from laget.directory.models import Position

    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Position.objects.filter(pk=cast.liv.position).update(unit_id=unit)
    return cast.liv


def test_by_law_one_is_out_at_once_and_the_baton_falls(cast, visit):
    maja = visit(cast.maja)
    address = reverse("own_tie", args=[cast.child])
    assert maja.get(address).status_code == 200
    answer = maja.post(address, {"position": cast.maja.position, "relation": "sibling", "words": ""})
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    for name in ("case_team", "case_log", "case_plan"):
        assert maja.get(reverse(name, args=[cast.case.pk])).status_code == 404
    assert maja.get(address).status_code == 404
    assert holder_of(cast.case.pk) != cast.maja.position
    assert Notice.objects.filter(recipient_id=cast.liv.person, event="ties.shut_out").exists()


def test_by_assessment_the_leader_decides_and_only_then_one_is_out(cast, visit):
    maja, liv = visit(cast.maja), visit(cast.liv)
    maja.post(
        reverse("own_tie", args=[cast.child]),
        {"position": cast.maja.position, "relation": "close", "words": "Vi er naboer."},
    )
    tie = Tie.objects.get()
    assert maja.get(reverse("case_team", args=[cast.case.pk])).status_code == 200
    assert "Venter" in liv.get(reverse("ties")).content.decode()
    page = liv.get(reverse("tie", args=[tie.pk])).content.decode()
    assert "Vi er naboer." in page
    assert "Sara" not in page
    assert liv.post(reverse("tie", args=[tie.pk]), {"outcome": "unable", "reason": ""}).status_code == 422
    assert liv.post(reverse("tie", args=[tie.pk]), {"outcome": "unable", "reason": "For nær."}).status_code == 302
    assert maja.get(reverse("case_team", args=[cast.case.pk])).status_code == 404
    assert holder_of(cast.case.pk) != cast.maja.position
    assert Ruling.objects.get().reason == "For nær."
    assert Notice.objects.filter(recipient_id=cast.maja.person, event="ties.decided").exists()


def test_able_lets_go_on_and_lifts_what_this_tie_kept_away(cast, visit):
    maja, liv = visit(cast.maja), visit(cast.liv)
    maja.post(reverse("own_tie", args=[cast.child]), {"position": cast.maja.position, "relation": "line", "words": ""})
    tie = Tie.objects.get()
    Forbid.objects.create(child_id=cast.child, person_id=cast.maja.person, origin="other")
    assert liv.post(reverse("tie", args=[tie.pk]), {"outcome": "able", "reason": "Feil."}).status_code == 302
    assert not Forbid.objects.in_force().filter(origin="tie").exists()
    assert Forbid.objects.in_force().filter(origin="other").exists(), "what another decided stands"


def test_without_words_what_was_chosen_is_kept(cast, visit):
    answer = visit(cast.maja).post(
        reverse("own_tie", args=[cast.child]), {"position": cast.maja.position, "relation": "kin", "words": " "}
    )
    assert answer.status_code == 422
    assert 'value="kin"' in answer.content.decode()
    assert not Tie.objects.exists()


def test_the_family_puts_forward_and_the_leader_decides(cast, visit):
    kari = visit(cast.kari)
    address = reverse("team_tie", args=[cast.child])
    assert "Maja" in kari.get(address).content.decode()
    assert (
        kari.post(
            address, {"position": cast.maja.position, "relation": "sibling", "words": "Hun er søsteren til far."}
        ).status_code
        == 302
    )
    tie = Tie.objects.get()
    assert (tie.found, tie.worker_id) == ("raised", cast.maja.person)
    assert not Forbid.objects.filter(origin="tie").exists(), "what somebody else says waits for the leader"
    assert visit(cast.maja).get(reverse("ties")).status_code == 404
    page = reverse("tie", args=[tie.pk])
    assert visit(cast.liv).post(page, {"outcome": "able", "reason": "Ikke i slekt."}).status_code == 302
    told = {one.event: one for one in Notice.objects.filter(recipient_id=cast.kari.person)}
    assert told["ties.answered"].address == reverse("child_home", args=[cast.child])
    assert "cases.joined" not in told, "nobody was out, so nobody is back"


def test_what_the_ties_are_called_follows_who_tells(cast, visit):
    own = visit(cast.maja).get(reverse("own_tie", args=[cast.child])).content.decode()
    assert "fra «Det gjelder meg selv» til «Leder, eller sitter i styret for, en organisasjon som er part»" in own
    for who in (cast.kari, cast.omar):
        other = visit(who).get(reverse("team_tie", args=[cast.child])).content.decode()
        assert "Det gjelder personen selv" in other and "Lederen til personen er for nær familien" in other
        assert "meg selv" not in other and "Lederen min" not in other
    # An aunt is a sister of a party: who looks for herself in the list finds the tie that the law shuts out by.
    assert "Søster eller bror til barnet, mor eller far: også barnets tante eller onkel" in own
    assert own.count("tante") == 1 and "Tante" not in own


@pytest.mark.parametrize("who", ["maja", "omar", "otto", "ada", "kari", "per", "sara", "idris"])
def test_nobody_else_decides(cast, visit, who):
    visit(cast.maja).post(
        reverse("own_tie", args=[cast.child]),
        {"position": cast.maja.position, "relation": "close", "words": "Vi er naboer."},
    )
    tie = Tie.objects.get()
    client = visit(getattr(cast, who))
    assert client.get(reverse("ties")).status_code == 404
    for answer in (
        client.get(reverse("tie", args=[tie.pk])),
        client.post(reverse("tie", args=[tie.pk]), {"outcome": "able", "reason": "Greit."}),
    ):
        assert answer.status_code == 404
        assert "naboer" not in answer.content.decode()
    assert not Ruling.objects.exists()


def test_a_leader_does_not_decide_about_oneself(cast, visit):
    Tie.objects.create(
        child_id=cast.child, worker_id=cast.liv.person, unit_id=cast.liv.actor.units_led[0], relation="close",
        found="raised", words="Nabo.",
    )  # fmt: skip
    liv = visit(cast.liv)
    assert "Nabo" not in liv.get(reverse("ties")).content.decode()
    assert liv.get(reverse("tie", args=[Tie.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("who", ["otto", "ada", "liv", "idris", "per"])
def test_a_tie_to_a_child_that_one_does_not_know_is_not_asked_about(cast, visit, who):
    client = visit(getattr(cast, who))
    assert client.get(reverse("own_tie", args=[cast.child])).status_code == 404
    assert client.get(reverse("team_tie", args=[cast.child])).status_code == 404


def test_a_child_is_asked_of_itself_and_of_what_a_child_knows(cast, visit):
    """The law's other ties are not its to know; whoever posts one all the same is told to choose."""
    address = reverse("team_tie", args=[cast.child])
    own, mothers = (visit(one).get(address).content.decode() for one in (cast.sara, cast.kari))
    assert "tilknytningen til deg" in own and "noe om deg selv" in own
    assert "tilknytningen til barnet" in mothers and "noe om barnet" in mothers
    for page, all_of_them in ((own, False), (mothers, True)):
        assert 'value="close"' in page and ('value="leads_party"' in page) is all_of_them
    given = {"position": cast.maja.position, "relation": "leads_party", "words": ""}
    assert visit(cast.sara).post(address, given).status_code == 422 and not Tie.objects.exists()
    assert visit(cast.sara).post(address, {**given, "relation": "close", "words": "En nabo."}).status_code == 302
