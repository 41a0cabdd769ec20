"""A few ordinary children: most cooperation is small, and ends well."""

from __future__ import annotations

from laget.cases.actions.keeping import close_case
from laget.consents.actions.answering import Oral, note_oral_answer
from laget.demo.fjordvik import birthday as born
from laget.demo.moves import AFTERNOON, MORNING, Parent, Story
from laget.demo.stage import Stage
from laget.plans.actions.evaluations import evaluate

EVERYDAY = ("identity", "everyday", "learning")


def tell(stage: Stage) -> None:
    """Amina who learns Norwegian, Tobias who is well again, Ella, and Selma who decides herself."""
    _selma(stage)
    _amina(stage)
    _tobias(stage)
    _ella(stage)


def _selma(stage: Stage) -> None:
    selma = Story(stage, "Selma", "Tveit", born(16, 3, 14, stage.today), (Parent("lene", "mother"),))
    request = selma.asked(
        40, "vera", EVERYDAY, "Selma vil ha en skoledag som hun orker. Da må vi kunne snakke sammen om det.",
        "Selma sover lite og kommer ofte til tredje time. Hun sier det er best når hun får vite planen kvelden før.",
    )  # fmt: skip
    selma.answered(39, "lene", request)
    selma.own_page(39, "vera", "selma", (), "Selma er 16, og spurte om det selv.", of=request)
    selma.answered(38, "selma", request)
    selma.opened(37, "vera", request)
    selma.trusts(36, "selma", "vera")
    selma.matters(35, "selma", "At ingen avtaler noe om meg uten at jeg er med. Og håndball.", "child")
    goal = selma.goal(33, "vera", "learning", "Selma kommer til første time tre dager i uka.")
    selma.measure(33, goal, "vera", "vera", "Sender planen kvelden før, og spør ikke foran de andre.", 60)


def _amina(stage: Stage) -> None:
    amina = Story(stage, "Amina", "Warsame", born(3, 8, 30, stage.today), (Parent("hodan", "mother", "somali"),))
    request = amina.asked(
        48, "ingrid", EVERYDAY, "Vi vil hjelpe Amina å bli trygg og få venner, og gjøre det sammen med deg.",
        "Amina leker tett ved en voksen hele dagen. Hun synger med når vi synger på somali.",
    )  # fmt: skip
    with stage.day(46, AFTERNOON), stage.turn("ingrid") as actor:
        oral = Oral(
            tuple(request.kinds), "somali", "Tolketjenesten, tolk 4417",
            "Vi viste Amina bilder fra dagen. Hun pekte på sangkroken og på Fatima.",
        )  # fmt: skip
        note_oral_answer(actor, request, request.typed["people"][0]["id"], oral)
    amina.opened(45, "ingrid", request)
    goal = amina.goal(44, "ingrid", "friends", "Amina leker med ett eller to andre barn hver dag.")
    amina.measure(44, goal, "ingrid", "ingrid", "Lekegruppe med Fatima og Jakob etter frokost, tre dager i uka.", 50)
    amina.measure(44, goal, "ingrid", "hodan", "Fatima kommer hjem på besøk en ettermiddag i uka.", 50)
    amina.wrote(20, "ingrid", "bright_spot", "Amina ropte «kom!» til Fatima ute i dag. Det var hennes eget påfunn.")
    amina.wrote(
        6, "ingrid", "phone_call", "Snakket med Hodan med tolk. Besøkene går fint. Hun vil gjerne møte andre foreldre."
    )


def _tobias(stage: Stage) -> None:
    tobias = Story(stage, "Tobias", "Tveit", born(9, 2, 9, stage.today), (Parent("lene", "mother"),))
    request = tobias.asked(
        139, "vera", EVERYDAY, "Vi vil at friminuttene skal bli bedre for Tobias.",
        "Tobias går mye alene i friminuttene. Han sier at han ikke får være med på fotball.",
    )  # fmt: skip
    tobias.answered(138, "lene", request)
    tobias.opened(137, "vera", request)
    goal = tobias.goal(135, "vera", "friends", "Tobias har noen å være sammen med i friminuttene.")
    tobias.measure(135, goal, "vera", "vera", "Fotballregler og faste lag som klassen lager selv.", 90)
    tobias.wrote(80, "lene", "bright_spot", "Han tok med Noah hjem i dag. For første gang på lenge.")
    with stage.day(34, MORNING), stage.turn("vera") as actor:
        evaluate(
            actor, goal, outcome="effect_done_close", words="Tobias er med på lag hver dag. Klassen passer på selv.",
            asked=True, childs_words="«Nå er det helt vanlig.»", how_asked="Vi spiste lunsj sammen.",
        )  # fmt: skip
    with stage.day(33, AFTERNOON), stage.turn("vera") as actor:
        note = "Målet er nådd. Takk for samarbeidet. Ta kontakt når som helst hvis noe endrer seg."
        close_case(actor, tobias.fresh(), reason="goal_reached", note=note)


def _ella(stage: Stage) -> None:
    ella = Story(stage, "Ella", "Tveit", born(4, 10, 3, stage.today), (Parent("lene", "mother"),))
    ella.asked(
        1, "ingrid", EVERYDAY, "Vi ser at Ella er trøtt på dagen. Vi vil gjerne finne ut av det sammen med deg.",
        "Ella sovnet i sandkassa to ganger denne uka. Ellers leker hun mye og godt.",
    )  # fmt: skip
