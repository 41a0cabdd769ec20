"""Jonas, 12: away from school more and more, tired parents, and a team that tries to hang together."""

from __future__ import annotations

from laget.cases.actions.family import answer_offer
from laget.cases.actions.looking import hold_back
from laget.cases.actions.offers import offer_baton
from laget.cases.models import Log
from laget.demo.fjordvik import birthday as born
from laget.demo.moves import EVENING, MORNING, NOON, Parent, Story
from laget.demo.stage import Stage
from laget.law.withholding import USUAL, Ground
from laget.plans.actions.evaluations import evaluate

SCHOOL = ("identity", "everyday", "learning", "health", "family_situation")
HEALTH = ("identity", "everyday", "health")


def tell(stage: Stage) -> None:
    """The whole story until today."""
    jonas = Story(
        stage, "Jonas", "Berge", born(12, 5, 21, stage.today), (Parent("mona", "mother"), Parent("stian", "father"))
    )
    _begins(jonas, stage)
    _becomes_more(jonas, stage)
    _speaks_himself(jonas, stage)
    _now(jonas, stage)


def _begins(jonas: Story, stage: Stage) -> None:
    request = jonas.asked(
        118, "vera", SCHOOL, "Vi vil skrive ned det vi blir enige om, så alle rundt Jonas drar i samme retning.",
        "Jonas har vært borte 14 dager på to måneder. Han sier at magen gjør vondt om morgenen. "
        "Når han er her, hjelper han de yngste med data, og da er han blid.",
    )  # fmt: skip
    jonas.answered(117, "mona", request)
    jonas.answered(116, "stian", request)
    jonas.opened(115, "vera", request)
    goal = jonas.goal(113, "vera", "learning", "Jonas er på skolen tre dager i uka, og synes det er greit.")
    short = jonas.measure(113, goal, "vera", "vera", "Starter kl. 10 på grupperommet. Vera møter ham ved porten.", 42)
    jonas.measure(113, goal, "vera", "stian", "Kjører Jonas tirsdag og torsdag. Ingen mas før frokost.", 127)
    jonas.wrote(
        104, "vera", "child_words",
        "«Jeg vil egentlig på skolen. Men når alle ser på meg i døra, går det ikke. Grupperommet går fint.»",
        "learning",
        how="Vi gikk tur med hunden min. Jeg sa først at dette kan mamma, pappa og de som hjelper oss lese.",
    )  # fmt: skip
    jonas.matters(
        103, "vera", "Å få være god til noe. Data og hunden. At ingen kommer brått på.", "child",
        "Jonas valgte ordene selv, og leste over etterpå.",
    )  # fmt: skip
    with stage.day(70, MORNING), stage.turn("vera") as actor:
        evaluate(
            actor, short, outcome="no_effect_next_level",
            words="Fungerte i fire uker. Siden har han vært her to dager i alt. Vi trenger flere med.",
            asked=True, childs_words="«Det er ikke Vera det er noe galt med.»",
            how_asked="Melding på Teams, slik han selv ville.",
        )  # fmt: skip


def _becomes_more(jonas: Story, stage: Stage) -> None:
    jonas.joined(
        69, "vera", "siri", ("identity", "everyday", "learning"),
        "PP-tjenesten kan hjelpe oss å lage en skoledag som Jonas klarer.", "Kan du bli med? Vi står litt fast.",
    )  # fmt: skip
    jonas.level(64, "vera", "2", "PP-tjenesten er med. Grupperommet var ikke nok alene.")
    jonas.joined(
        60, "vera", "nina", HEALTH, "Jonas er pasient på BUP. Da bør dere vite hva vi prøver på skolen.",
        "Foreldrene ønsker at du er med. Jonas vet at vi spør.",
    )  # fmt: skip
    jonas.joined(
        55, "vera", "omar", HEALTH, "Helsesykepleieren er på skolen onsdager, og Jonas kjenner ham fra før.",
        "Jonas sa at det var greit om det var deg.",
    )  # fmt: skip
    jonas.joined(
        52, "vera", "rune", ("identity", "everyday", "family_situation"),
        "Dere har fått avlastning, men bruker den lite. Vi vil finne ut hvorfor.",
        "Kan du se på avlastningen sammen med familien?",
    )  # fmt: skip
    jonas.level(47, "vera", "3", "Fire tjenester er med. Familien orker ikke fire planer, så vi lager én.")
    home = jonas.goal(45, "vera", "home", "Det er roligere hjemme, og alle får sove.")
    relief = jonas.measure(45, home, "vera", "rune", "Avlastning én helg i måneden på gården til Lunde.", 31)
    jonas.measure(45, home, "vera", "mona", "Søstrene har hver sin kveld alene med en av oss.", 51)
    jonas.wrote(
        33, "stian", "note", "Det smalt igjen på lørdag. Jentene var hos naboen da det roet seg. Vi er slitne.",
        "family_situation",
    )  # fmt: skip
    jonas.wrote(
        32, "omar", "phone_call",
        "Snakket lenge med Stian. Vi ble enige om hvem de ringer om kvelden. Jeg ringer igjen fredag.", "health",
    )  # fmt: skip
    with stage.day(13, NOON), stage.turn("rune") as actor:
        evaluate(
            actor, relief, outcome="no_effect_new_measures_same_level",
            words="Brukt én gang av tre. Turen dit er lang, og Jonas vil ikke sove borte. Dette hjalp ikke nok.",
            asked=True, childs_words="«Det er fint der på dagen. Jeg vil hjem om natta.»", how_asked="Rune ringte ham.",
        )  # fmt: skip


def _speaks_himself(jonas: Story, stage: Stage) -> None:
    jonas.own_page(
        30, "vera", "jonas", ("mona", "stian"), "Jonas ba om det selv. Han har egen telefon, og vi prøvde det sammen.",
        trusted="omar",
    )  # fmt: skip
    _kept_back(jonas, stage)
    jonas.wrote(
        26, "jonas", "child_words", "Jeg vil ikke sove borte. Kan jeg heller være hos Lunde på dagen og passe dyrene?"
    )


def _kept_back(jonas: Story, stage: Stage) -> None:
    """Before he reads what is older, Vera keeps back what is about his sisters. The rest waits to be looked through."""
    entry = Log.objects.get(case=jonas.case, words__startswith="Det smalt igjen")
    with stage.day(29, MORNING), stage.turn("vera") as actor:
        hold_back(
            actor, entry, on=Ground.ANOTHER_PERSON, review_on=stage.today + USUAL,
            why="Det handler om søstrene hans, og om hvordan foreldrene har det.",
        )  # fmt: skip


def _now(jonas: Story, stage: Stage) -> None:
    home = jonas.goal(11, "vera", "leisure", "Jonas har noe å glede seg til hver uke.")
    jonas.measure(11, home, "vera", "rune", "Ettermiddag på gården hver onsdag, hjem til middag.", 30)
    jonas.wrote(
        9, "vera", "meeting_note",
        "Til stede: Mona, Stian, Siri, Omar, Rune og Vera. Jonas ville ikke være med, men hadde skrevet en lapp: "
        "«Ikke flere møter om meg på fredager.»\n\nNina sier at Jonas ikke vil snakke på BUP nå. Hun holder plassen "
        "åpen. Alle som er med, har vurdert plikten til å melde hver for seg. Det står i egne journaler.\n\n"
        "Foreldrene ønsker at PP-tjenesten leder videre, siden Siri møter Jonas hver uke.",
    )  # fmt: skip
    jonas.wrote(5, "mona", "bright_spot", "Jonas laget middag i går. Uten at vi spurte.")
    with stage.day(3, MORNING), stage.turn("vera") as actor:
        words = "Familien ønsker det, og du ser Jonas hver uke. Jeg er med i laget fortsatt."
        offer = offer_baton(actor, jonas.fresh(), position=stage.position("siri"), words=words).value
    with stage.day(2, EVENING), stage.turn("mona") as actor:
        answer_offer(actor, offer, agrees=True, wish="Fint at Siri tar over. Vi vil fortsatt ha Vera på skolen.")
