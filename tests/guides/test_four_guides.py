"""From a worry to a closed case under four municipalities' models: their words, levels, steps and days, not others'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone, translation

from laget.cases.models import Case
from laget.consents.models import Party
from laget.demo.cast import Cast, Member, make_cast
from laget.design import words as design
from laget.guide import access, versions
from laget.guide.actions import load
from laget.guide.files import preset
from laget.guide.national import current, national
from laget.guide.rules import Form, Guide, deadline, for_service, label, level_of, outcomes_for, steps_of
from laget.guide.words import text
from laget.kernel.actor import SYSTEM, Capacity
from laget.people.models import Name
from laget.people.rules import synthetic_number
from tests.guides.person import Person

TODAY = date.today()
BORN = date(TODAY.year - 4, 3, 14)
SOON = (TODAY + timedelta(days=40)).isoformat()
KIND = "kindergarten"
MOTHERS = "Tiril"


@pytest.fixture(params=["national", "overhalla", "tromso", "aal"])
def guide(request: pytest.FixtureRequest, db: None, as_app: Any) -> Iterator[Guide]:
    """The municipality's model, loaded as an administrator loads it, and in force today."""
    versions.connect(versions.Source(access.rows, access.text))
    if request.param != "national":
        with as_app(SYSTEM):
            load(SYSTEM, preset(request.param) or "", begins=date(2025, 1, 1), today=TODAY, name=request.param)
        versions.forget()
    with translation.override("nb"):
        yield current(timezone.localdate(), KIND)
    versions.connect(None)


@pytest.fixture
def town(guide: Guide) -> Cast:
    return make_cast()


def plain(body: str) -> str:
    """What people read in the page's own part: without tags, and with one space for many."""
    main = re.search(r"<main[^>]*>(.*)</main>", body, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1] if main else body)).split())


def speaks(guide: Guide, body: str, concept: str, form: str = "the", usual: str = "") -> None:
    """The municipality's word stands there, where it has one of its own, and the `usual` one doesn't."""
    ours, theirs = label(guide, concept, "nb", form, both=True), label(national(), concept, "nb", form)
    seen = plain(body).casefold()
    if ours != theirs:
        assert re.search(rf"\b{re.escape(ours.casefold())}\b", seen), (ours, seen)
        for word in {theirs, usual or theirs} - {ours}:
            assert not re.search(rf"\b{word}\b", seen.replace(ours.casefold(), "")), word


def at_level(guide: Guide, body: str, form: Form) -> None:
    """The page says the level as people call it here, and no level that only the default has."""
    level = level_of(guide, form)
    assert level is not None
    seen = plain(body)
    assert f"{level.shown}: {text(level.name)}" in seen, seen
    usual = level_of(national(), form)
    if usual and text(usual.name) not in {text(one.name) for one in guide.levels}:
        assert text(usual.name) not in seen


def steps_stand(guide: Guide, body: str, level: str) -> None:
    """Every step of the level by its name and in its order, and none that only the default has."""
    listed, place = plain(body.partition('id="steps"')[2].partition("</section>")[0]), 0
    ours = [text(one.name) for one in steps_of(guide, level)]
    for name in ours:
        place = listed.index(name, place) + len(name)
    theirs = {text(one.name) for one in national().steps if one.level == level}
    assert not [one for one in theirs - set(ours) if f" {one} " in listed]


def asks(teacher: Person) -> str:
    """The teacher has talked with the parents, and asks the family. Answers where the request is."""
    teacher.sends("/ask/", safe="yes", talked_on=TODAY.isoformat(), child_words="Jeg vil ikke inn.")
    teacher.sends(
        given="Lykke", family="Sand", number=synthetic_number(BORN, 41), p0_given=MOTHERS, p0_family="Sand",
        p0_number=synthetic_number(date(1991, 5, 6), 41), p0_relation="mother", p0_responsibility="yes",
        p0_source="register", p1_relation="father", p1_responsibility="yes", p1_source="register",
        p1_given="Yonas", p1_family="Tesfay", p1_language="tigrinja",
    )  # fmt: skip
    teacher.sends(why="Vi vil finne ut hva som gjør morgenen vond.", kinds=["everyday", "learning"])
    assert teacher.path.startswith("/requests/"), plain(teacher.body)
    return teacher.path


def says_yes(mother: Person, asked: str, *kinds: str) -> None:
    mother.sends(asked.replace("/requests/", "/consents/"), having="answer", kinds=list(kinds), answer="yes")
    assert mother.status == 200, plain(mother.body)


def father_says_yes(teacher: Person, asked: str, *kinds: str) -> None:
    notes = re.findall(r'href="(/requests/[^"]+/note/[^"]+)"', teacher.reads(asked))
    note = next(one for one in notes if "Yonas" in plain(teacher.reads(one)).partition("Tekst å lese")[0])
    teacher.sends(note, answer="yes", kinds=list(kinds), language="tigrinja", child_heard="Lykke tegnet.")
    assert teacher.status == 200, plain(teacher.body)


def mother_of(asked: str) -> Member:
    request = UUID(asked.strip("/").split("/")[-1])
    person = Party.objects.filter(request_id=request).order_by("told_at").values_list("person_id", flat=True)
    found = Name.objects.get(person_id__in=list(person), given=MOTHERS)
    return Member(found.person_id, found.full, Capacity.CITIZEN)


def picked(body: str, words: str) -> str:
    """The value of the option that says this."""
    return next(value for value, said in re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)', body) if words in said)


def test_the_relay_follows_the_municipality(guide: Guide, town: Cast, visit: Any) -> None:
    here = for_service(guide, KIND)
    teacher, nurse = Person(town.maja, visit), Person(town.omar, visit)

    # Asked and answered: the case begins at the level where the log usually begins here.
    asked = asks(teacher)
    mother = Person(mother_of(asked), visit)
    says_yes(mother, asked, "everyday", "learning")
    father_says_yes(teacher, asked, "everyday", "learning")
    opened = re.search(r'action="(/requests/[^"]+/open/)"', teacher.reads(asked))
    assert opened, plain(teacher.body)
    teacher.client.post(opened[1], {"key": re.search(r'name="key" value="([^"]+)"', teacher.body)[1]})
    case = Case.objects.order_by("-opened_at").first()
    assert case is not None and case.guide_version == guide.code
    assert case.level == (guide.log.normal_level or guide.log.first_level)
    page = f"/cases/{case.pk}/"
    first = guide.level(case.level).form
    at_level(here, teacher.reads(page), first)
    steps_stand(here, teacher.body, case.level)
    speaks(here, teacher.reads(f"{page}log/"), "relay_log", usual="loggen")

    # The family reads where we are in the words of here; what comes first is said once, and not as a step beside.
    family = plain(mother.reads("/"))
    assert text(guide.level(case.level).name) in family
    assert text(guide.level(case.level).meaning) in family

    # The holder marks a step, takes it back, and marks it again: the next one follows.
    names = [text(one.name) for one in steps_of(here, case.level)]
    one = steps_of(here, case.level)[0]
    for said in ("done", "not_done", "done"):
        teacher.client.post(
            f"{page}steps/", {"level": case.level, "step": one.code, "said": said, "key": key_of(teacher, page)}
        )
    assert names[1] in plain(
        teacher.reads(page).partition("next-step")[2].partition("</section>")[0].join(("<main>", "</main>"))
    )

    # A goal and who does what, which the case shows by itself.
    teacher.reads(f"{page}goals/new/")
    area = re.search(r'name="area"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="area"', teacher.body)
    assert area
    teacher.sends(area=area[1] or area[2], words="Lykke har en rolig start på dagen.")
    teacher.sends(responsible=first_of(teacher.body, "responsible", "service:"), words="Maja møter Lykke.", due=SOON)
    assert teacher.status == 200, plain(teacher.body)

    # Evaluated by the outcomes of this level, and moved by the moves and names of here.
    measure = re.search(r"/measures/[^/]+/evaluate/", teacher.reads(f"{page}plan/"))
    assert measure
    seen = plain(teacher.reads(measure[0]))
    for outcome in outcomes_for(here, case.level):
        assert text(outcome.text) in seen
    for outcome in set(guide.outcomes) - set(outcomes_for(here, case.level)):
        assert text(outcome.text) not in seen
    chosen = outcomes_for(here, case.level)[-1].code
    teacher.sends(
        asked="yes", childs_words="Det er fortsatt vondt.", how_asked="Med bildekort.", outcome=chosen,
        words="Det hjalp ikke nok.", next_due=SOON,
    )  # fmt: skip
    assert teacher.status == 200, plain(teacher.body)
    higher = level_of(guide, Form.TWO_SERVICES)
    assert higher is not None and higher.code in guide.moves[case.level]
    teacher.sends(f"{page}level/", level=higher.code, reason="Vi trenger helsestasjonen med.")
    at_level(here, teacher.reads(page), Form.TWO_SERVICES)
    steps_stand(here, teacher.body, higher.code)
    for step in steps_of(here, higher.code):
        rule = next((rule for rule in here.deadlines if rule.code == step.deadline), None)
        if rule and rule.from_event == "level_decided" and rule.value:
            assert design.date(deadline(here, rule.code, TODAY)) in plain(teacher.body)

    # A second service, by a consent of its own; a place in the team; the baton.
    teacher.reads(f"/children/{case.child_id}/ask/")
    teacher.sends(
        f"/children/{case.child_id}/ask/?service={town.clinic}", why="Om magen.", kinds=["everyday", "health"]
    )
    clinic = teacher.path
    assert clinic.startswith("/requests/"), plain(teacher.body)
    says_yes(mother, clinic, "everyday", "health")
    father_says_yes(teacher, clinic, "everyday", "health")
    speaks(here, teacher.reads(f"{page}invite/"), "team")
    teacher.sends(position=picked(teacher.body, "Omar"))
    invitation = re.search(r'href="(/invitations/[^"]+)"', nurse.reads("/"))
    assert invitation
    nurse.sends(invitation[1], having="do", do="accept")
    assert Person(town.omar, visit).reads(page)
    offered = teacher.reads(f"{page}offer/")
    for criterion in guide.criteria:
        assert text(criterion.text) in plain(offered)
    speaks(here, offered, "relay_baton")
    teacher.sends(position=picked(teacher.body, "Omar"))
    offer = teacher.path
    mother.sends(offer, agrees="yes")
    note = re.search(r'href="(/offers/[^"]+/note/[^"]+)"', teacher.reads(offer))
    assert note
    teacher.sends(note[1], agrees="yes")
    nurse.sends(offer, having="do", do="accept")
    assert "Omar" in plain(mother.reads("/"))

    # Taken back: the baton falls, and its day is counted as here.
    mother.sends(clinic.replace("/requests/", "/consents/") + "withdraw/", having="key")
    assert nurse.client.get(page).status_code == 404
    assert design.date(deadline(guide, "acting_holder", TODAY)) in plain(teacher.reads(page))
    teacher.client.post(f"{page}acting/", {"key": key_of(teacher, page)})

    # Closed for a reason of here; a note where the municipality asks for one. The family reads why.
    closing = next(one for one in guide.closings if not one.system)
    teacher.sends(f"{page}close/", having="reason", reason=closing.code, **closing_note(here))
    assert teacher.client.get(page).status_code == 404
    assert text(closing.family) in plain(mother.reads("/"))


def closing_note(guide: Guide) -> dict[str, str]:
    return {} if guide.close.note == "none" else {"note": "Lykke gleder seg til barnehagen."}


def key_of(somebody: Person, page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', somebody.reads(page))
    assert found
    return found[1]


def first_of(body: str, name: str, begins: str) -> str:
    found = re.search(rf'value="({begins}[^"]+)"', body)
    assert found, name
    return found[1]
