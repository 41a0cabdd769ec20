"""What goes before consent or beside it: two ties, an emergency, a report, something shared, a father who asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from laget.audit.actions import read
from laget.cases.actions.invitations import accept_invitation, invite
from laget.cases.models import Case
from laget.consents.actions.disclosing import Shared, disclose
from laget.demo.fjordvik import birthday
from laget.demo.moves import AFTERNOON, LATE, MORNING, NOON
from laget.demo.stage import Stage
from laget.emergency import actions as emergency
from laget.emergency.models import Opening
from laget.emergency.rules import review_by
from laget.exchange import actions as exchange
from laget.exchange.beginning import of_reporter
from laget.exchange.models import Report
from laget.exchange.shown import asked_of, cited
from laget.families.actions.information import Asked, take_request
from laget.families.models import Child
from laget.guide.national import current
from laget.law.kinds import Kind
from laget.law.reporting import Said, grounds
from laget.people.models import Name
from laget.people.rules import synthetic_number
from laget.sight.models import Seat
from laget.ties import actions as ties


def tell(stage: Stage) -> None:
    """After the stories of the children stand."""
    jonas, nora, amina = _child("Jonas"), _child("Nora"), _child("Amina")
    _aunt(stage, jonas)
    _neighbour(stage, nora)
    _missing(stage, jonas)
    _reported(stage)
    _hospital(stage, nora)
    _father_who_asks(stage, amina)


def _child(given: str) -> Child:
    return Child.objects.get(pk=Name.objects.get(given=given).person_id)


def _aunt(stage: Stage, jonas: Child) -> None:
    """The law shuts out a parent's sister: told by herself, and out at once."""
    case = Case.objects.get(child_id=jonas.pk)
    with stage.day(24, MORNING), stage.turn("vera") as actor:
        words = "Kan du være med i laget rundt Jonas? Han trenger en trygg voksen i friminuttene."
        sent = invite(actor, case, position=stage.position("randi"), words=words).value
    with stage.day(24, NOON), stage.turn("randi") as actor:
        accept_invitation(actor, sent)
    with stage.day(23, MORNING), stage.turn("randi") as actor:
        words = "Stian er broren min. Jeg tenkte ikke over det da jeg sa ja."
        ties.tell_of_tie(actor, jonas, position=stage.position("randi"), relation="sibling", words=words)


def _neighbour(stage: Stage, nora: Child) -> None:
    """A neighbour goes on until the leader has decided."""
    with stage.day(1, AFTERNOON), stage.turn("omar") as actor:
        words = "Vi har flyttet, og er blitt naboer. Ungene våre leker sammen, og vi låner ting av hverandre."
        ties.tell_of_tie(actor, nora, position=stage.position("omar"), relation="close", words=words)


def _missing(stage: Stage, jonas: Child) -> None:
    """Child welfare on duty looked for where he might be, for an hour. Leader and officer have not reviewed it."""
    with stage.day(2, LATE), stage.turn("hamid") as actor:
        asked = emergency.ask(
            actor, number=stage.number("jonas"), position=stage.position("hamid"), reason="missing",
            words="En gutt gikk hjemmefra klokka ti etter en krangel, uten jakke og telefon. Politiet leter. "
            "Jeg må vite hvem han pleier å gå til.",
        ).value  # fmt: skip
        assert asked is not None
        opening = Opening.objects.get(pk=asked)
        emergency.open_up(actor, opening, wait=False, wait_because="")
        read(
            actor, "emergency.opened", children=[jonas.pk], object_id=opening.pk, kinds=[one.value for one in Kind],
            ground="emergency.missing",
        )  # fmt: skip
        emergency.end(actor, opening)
    at = Opening.objects.get(pk=asked).opened_at
    assert at is not None
    ended, opened = at + timedelta(hours=1), timezone.localdate(at)
    Opening.objects.filter(pk=asked).update(until=ended, due=review_by(current(opened), opened))
    Seat.objects.filter(origin_id=asked).update(until=ended)


NOT_SO = ("illness", "special_needs", "conduct_school", "trafficking")
ANSWERS = {"neglect": Said.YES, **dict.fromkeys(NOT_SO, Said.NO)}
REPORT: dict[str, dict[str, Any]] = {
    "words": {
        "seen": "De siste fire ukene har Sander kommet uten mat 14 av 20 dager. To ganger ble han ikke hentet. Klokka "
        "fem kjørte jeg ham hjem, og der var det ingen voksne.",
        "child_words": "«Mamma sover mye. Jeg lager mat til lillesøster.» Jeg hadde spurt hva han gjør etter skolen.",
        "history": "For en måned siden snakket jeg med mor. Hun var sliten. Vi tilbød frokost, og han spiser.",
        "others": "Mor vil ha hjelp, og er redd for hva det fører til.",
        "agencies": "Ingen som vi vet om.",
    },
    "parents": {
        "first_name": "Trude Vold",
        "first_told": "yes",
        "first_why": "Jeg sa det til henne på skolen samme dag, sammen med rektor.",
    },
}


def _reported(stage: Stage) -> None:
    """Vera has reported about a pupil whom nobody here has registered, and waits for child welfare's answer."""
    with stage.day(9, MORNING), stage.turn("vera") as actor:
        position = stage.position("vera")
        report = exchange.begin_report(actor, position, of_reporter(actor, position)).value
        for part, fields in _parts(stage, report).items():
            exchange.write_part(actor, report, part, fields, _now(report).note.version(part))
        made = exchange.make_version(actor, report).value
    made.refresh_from_db()
    with stage.day(9, AFTERNOON), stage.turn("vera") as actor:
        sent = timezone.localdate(made.made_at)
        exchange.mark_sent(actor, made, on=sent, to="Barnevernstjenesten i Fjordvik", how="portal")


def _now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def _parts(stage: Stage, report: Report) -> dict[str, dict[str, Any]]:
    """The five pages as she filled them in."""
    asked = asked_of("OPPL", public=True)
    own = {name: value for name, value in report.note.part("reporter").items() if name != "n"}
    home = {"postcode": "9990", "town": "Fjordvik"}
    ground = {
        "answers": ANSWERS, "violence": "no", "agreed": False,
        "grounds": list(grounds(ANSWERS, asked)),
        "cited": cited(asked, ANSWERS, stage.today),
    }  # fmt: skip
    child = {
        "name": "Sander Vold", "unborn": False, "born": birthday(10, 6, 2, stage.today).isoformat(), **home,
        "address": "Skolebakken 4", "household": "Mor og lillesøster på fem.",
    }  # fmt: skip
    reporter = {**own, "email": "vera.holm@fjordvik.example", "address": "Skoleveien 1", **home}
    return {"ground": ground, "child": child, "reporter": reporter, **REPORT}


def _hospital(stage: Stage, nora: Child) -> None:
    """Health care for the child needs no consent, only that nobody has said no. The family reads what was told."""
    with stage.day(61, NOON), stage.turn("omar") as actor:
        given = _weekday(stage.today - timedelta(days=61))
        disclose(actor, nora, "F8", Shared(
            "Barneavdelingen på sykehuset, vakthavende sykepleier", ("health",),
            "Hvilken medisin Nora fikk i barnehagen, og når det siste anfallet var.", given, "self", {"care": True},
            necessity="De skulle sette opp ny medisin samme dag. Mer enn dette trengte de ikke.",
            facts={"objected": "no"},
        ))  # fmt: skip


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _father_who_asks(stage: Stage, amina: Child) -> None:
    """He has no parental responsibility, and a right to be told how she is: it is answered, and gives him no place."""
    with stage.day(4, MORNING), stage.turn("ingrid") as actor:
        take_request(actor, amina, Asked(
            asked_on=_weekday(stage.today - timedelta(days=4)),
            words="Han vil vite hvordan Amina har det i barnehagen, og om hun har fått venner.",
            name="Abdi Warsame", number=synthetic_number(date(1990, 1, 20)), proof="Fødselsattest, og pass",
        ))  # fmt: skip
