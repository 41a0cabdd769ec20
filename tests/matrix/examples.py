"""An example of what each address shows: ids for the names in it, and what must be true first.

`tests.matrix.planted` makes one of everything around the first family's child, so an address whose ids have names it
knows needs nothing here. What only some cases have (a closed one, a baton that fell) is made ready by name:

    @ready_for("reopen_case")
    def closed(cast: Cast, ids: Ids) -> None:
        ...

It is undone when the address has been asked. `ids` may be changed, and `ids["?"]` is what follows the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Baton, Case, Log, Offer
from laget.consents.models import Party, Request
from laget.demo.cast import Cast, child, seat
from laget.directory.models import Service
from laget.exchange.models import Report
from laget.families.models import FOREVER, CareOrder, Claim, Parent, Source
from laget.protection.letters import sealed
from laget.protection.models import Letter
from laget.protection.models import Proposal as Decision
from laget.sight.models import Seat, SeatKind
from tests.matrix.planted import CANARY, Address

Ids = dict[str, Any]
Ready = Callable[[Cast, Ids], None]
READY: dict[str, Ready] = {}


def ready_for(*names: str) -> Callable[[Ready], Ready]:
    """Registers what must be true before these addresses (by name) are asked."""

    def register(make: Ready) -> Ready:
        READY.update(dict.fromkeys(names, make))
        return make

    return register


def without_example(addresses: list[Address], ids: Mapping[str, Any]) -> list[str]:
    """Addresses that take an id for which nothing is planted."""
    return [f"{one.name}: {name}" for one in addresses for name in one.takes if name not in ids]


@ready_for("offer_baton")
def no_offer_stands(cast: Cast, ids: Ids) -> None:
    Offer.objects.filter(pk=ids["offer"]).update(state="withdrawn", answered_at=timezone.now())


@ready_for("claim_register")
def a_leader_has_confirmed_it(cast: Cast, ids: Ids) -> None:
    said = {"answered_by_id": cast.liv.person, "answered_at": timezone.now(), "agreed": True}
    Claim.objects.filter(pk=ids["claim"]).update(**said)


@ready_for("released")
def two_have_let_a_letter_leave(cast: Cast, ids: Ids) -> None:
    asked = Decision.objects.filter(pk=ids["decision"])
    asked.update(sort="release", agreed=True, answered_by_id=cast.liv.person, answered_at=timezone.now())
    Letter.objects.create(proposal=asked.get(), child_id=cast.child, sealed=sealed(CANARY, CANARY))


@ready_for("spoken_for")
def it_was_written_for_the_mother(cast: Cast, ids: Ids) -> None:
    Log.objects.filter(pk=ids["entry"]).update(spoken_for_id=cast.kari.person, spoken="oral")


@ready_for("name_deputy")
def the_holder_is_away(cast: Cast, ids: Ids) -> None:
    ids["position"] = cast.maja.position


@ready_for("accept_acting")
def the_baton_fell(cast: Cast, ids: Ids) -> None:
    Baton.objects.filter(case=cast.case).update(acting=True, answer_by=timezone.localdate())


@ready_for("follow_newer")
def the_case_follows_another_version(cast: Cast, ids: Ids) -> None:
    Case.objects.filter(pk=cast.case.pk).update(guide_version="before")


@ready_for("reopen_case")
def the_case_is_closed(cast: Cast, ids: Ids) -> None:
    Baton.objects.filter(case=cast.case).update(until=timezone.now())
    Case.objects.filter(pk=cast.case.pk).update(closed_at=timezone.now())


@ready_for("look_through", "hold_back")
def the_child_has_just_got_its_page(cast: Cast, ids: Ids) -> None:
    Seat.objects.filter(child_id=cast.child, kind=SeatKind.CHILD).update(reads_from=timezone.now())


@ready_for("siblings")
def the_mother_has_one_more_child(cast: Cast, ids: Ids) -> None:
    other = child("Nils", "Solberg", date(2019, 3, 1), cast.maja.person, serial=2)
    tie = Parent.objects.create(
        child_id=other, person_id=cast.kari.person, relation="mother", responsibility=True, source=Source.REGISTER,
        registered_by=cast.maja.person,
    )  # fmt: skip
    seat(other, cast.kari, SeatKind.PARENT, origin_id=tie.pk)


@ready_for("note_answer")
def the_mother_has_not_answered(cast: Cast, ids: Ids) -> None:
    typed = {"id": str(ids["party"]), "name": "Kari Solberg", "asked": True, "language": "", "interpreter": False}
    asked = Request.objects.get(pk=ids["asked"])
    asked.typed["people"] = [{**typed, "person": None}]
    Request.objects.filter(pk=asked.pk).update(typed=asked.typed)


@ready_for("paper_form", "register_paper")
def the_mother_signs(cast: Cast, ids: Ids) -> None:
    typed = {"id": str(ids["party"]), "name": "Kari Solberg", "asked": True, "language": "", "interpreter": False}
    asked = Request.objects.get(pk=ids["asked"])
    asked.typed["people"] = [{**typed, "person": str(cast.kari.person)}]
    Request.objects.filter(pk=asked.pk).update(typed=asked.typed)


@ready_for("care", "care_end", "for_child_welfare", "hand_say_on")
def omar_works_in_child_welfare(cast: Cast, ids: Ids) -> None:
    Service.objects.filter(pk=cast.clinic).update(act="BVL")
    CareOrder.objects.filter(pk=ids["order"]).update(ended_on=None, ended_why="", ended_by=None, ended_at=FOREVER)
    asked = Party.objects.create(
        request_id=ids["asked"], child_id=cast.child, person_id=cast.omar.person, role="child_welfare",
        position_id=cast.omar.position,
    )  # fmt: skip
    ids["party"] = asked.pk


@ready_for("open_case")
def all_have_said_yes(cast: Cast, ids: Ids) -> None:
    asked = Request.objects.create(
        child_id=cast.child, service_id=cast.kindergarten, kinds=["identity", "everyday"], text_version="1",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, opens_case=True, typed={},
    )  # fmt: skip
    ids["asked"] = asked.pk


@ready_for("draft")
def something_is_being_typed(cast: Cast, ids: Ids) -> None:
    ids["?"] = f"?form={reverse('write', args=[ids['case']])}"


@ready_for("report_answers")
def the_report_is_delivered(cast: Cast, ids: Ids) -> None:
    report = Report.objects.get(pk=ids["report"])
    report.take(report.note.with_part("sent", {"on": timezone.localdate().isoformat()}))
    Report.objects.filter(pk=report.pk).update(sealed=report.sealed)
