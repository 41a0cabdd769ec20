"""Nora, 5: long-lasting needs, several services, one plan, and school next autumn."""

from __future__ import annotations

from datetime import timedelta

from laget.cases.actions.deputies import name_deputy
from laget.demo.fjordvik import birthday as born
from laget.demo.moves import AFTERNOON, MORNING, Parent, Story
from laget.demo.stage import Stage
from laget.directory.models import Position
from laget.plans.actions.evaluations import evaluate

ALL = ("identity", "everyday", "learning", "health", "family_situation")
LEARNING = ("identity", "everyday", "learning")
HEALTH = ("identity", "everyday", "health")


def tell(stage: Stage) -> None:
    """The whole story until today."""
    nora = Story(
        stage, "Nora", "Hauge", born(5, 3, 14, stage.today), (Parent("kristin", "mother"), Parent("anders", "father"))
    )
    _begins(nora)
    _talks_with_pictures(nora, stage)
    _becomes_more(nora)
    _towards_school(nora)
    _away(stage)


def _begins(nora: Story) -> None:
    request = nora.asked(
        164, "maja", ALL,
        "Vi vil samle det vi gjør for Nora på ett sted, så dere slipper å fortelle det samme mange ganger.",
        "Nora ler når hun får være med i samlingen, og blir stille når det går for fort. "
        "I dag så hun lenge på bildet av huska. Da vi trillet henne dit, smilte hun hele veien.",
    )  # fmt: skip
    nora.answered(163, "kristin", request)
    nora.answered(162, "anders", request)
    nora.opened(161, "maja", request)
    nora.matters(
        158, "kristin",
        "Nora vil være der de andre barna er. Hun liker musikk, vann og å bli kjørt fort. "
        "Hun trenger tid til å svare. Se på øynene hennes.",
        "child", "Vi viste henne bilder hjemme, to og to, og så hvilket hun så lengst på. Elias hjalp til.",
    )  # fmt: skip


def _talks_with_pictures(nora: Story, stage: Stage) -> None:
    goal = nora.goal(157, "maja", "language", "Nora kan si fra hva hun vil leke med, hjemme og i barnehagen.")
    board = nora.measure(
        157, goal, "maja", "maja", "Samtaletavle med fire bilder i hver overgang: ute, samling, mat og lek.", 84
    )
    nora.measure(157, goal, "maja", "kristin", "Samme bilder på kjøleskapet hjemme. Nora velger pålegg og bok.", 171)
    nora.wrote(
        140,
        "maja",
        "bright_spot",
        "Nora valgte trommen tre dager på rad. De andre barna venter nå på at hun skal velge.",
    )
    nora.wrote(
        131,
        "kristin",
        "bright_spot",
        "I kveld så hun på boka, så på meg, og ventet. Hun har aldri bedt om noe på den måten før.",
    )
    with stage.day(73, MORNING), stage.turn("maja") as actor:
        evaluate(
            actor, board, outcome="effect_continue",
            words="Nora bruker tavlen hver dag. Fire bilder er blitt for lite. Vi utvider til åtte, og tar den med ut.",
            asked=True, childs_words="Så først på trommen, så på døra. Smilte da vi hentet tavlen.",
            how_asked="Vi la fram bilder fra dagen og så hvor hun så. To voksne så det samme.",
            next_due=stage.today + timedelta(days=82),
        )  # fmt: skip


def _becomes_more(nora: Story) -> None:
    nora.joined(
        150, "maja", "ellen", HEALTH, "Fysioterapeuten kommer hit to ganger i uka. Da bør hun kjenne planen.",
        "Kan du være med i laget rundt Nora? Vi vil gjerne ha samme tanke om hvordan hun sitter.",
    )  # fmt: skip
    nora.level(
        145, "maja", "2", "Fysioterapeuten er med nå. Vi trenger en felles plan for hvordan Nora sitter og leker."
    )
    sitting = nora.goal(143, "ellen", "health", "Nora sitter godt nok til å leke ved bordet sammen med andre.")
    nora.measure(143, sitting, "ellen", "ellen", "Prøver ny stol og øver 15 minutter i lek, tirsdag og torsdag.", 153)
    nora.measure(143, sitting, "ellen", "maja", "Stolen stilles inn før hvert måltid. Bildet henger på veggen.", 157)
    nora.joined(
        120, "maja", "siri", LEARNING, "PP-tjenesten kan hjelpe oss med språk uten ord, og med tanker om skolestart.",
        "Vi trenger råd om øyepeking og bilder, og om hva Nora trenger på skolen.",
    )  # fmt: skip
    nora.joined(
        112, "maja", "omar", HEALTH, "Helsestasjonen holder kontakten med sykehuset og kjenner medisinene.",
        "Kan du være bindeleddet til sykehuset for oss?",
    )  # fmt: skip
    _respite(nora)
    nora.level(99, "maja", "3", "Fire tjenester hjelper nå Nora. Vi lager én felles plan, og møtes hver sjette uke.")
    nora.wrote(
        62, "omar", "phone_call",
        "Sykehuset ringte. Nora er hjemme igjen etter tre døgn. Ny medisin fra mandag, samme opplegg ved anfall.",
        "health",
    )  # fmt: skip
    nora.wrote(
        40, "anders", "note",
        "Elias på åtte spør mer om anfallene nå. Vi trenger hjelp til hva vi skal si til ham.", "family_situation",
    )  # fmt: skip
    nora.wrote(
        38, "omar", "agreement",
        "Jeg snakker med Elias hjemme torsdag. Foreldrene er med. Han får velge hva vi snakker om.", "health",
    )  # fmt: skip


def _respite(nora: Story) -> None:
    """Anders could not sign in that week, and signed a sheet in the kindergarten instead."""
    request = nora.wished(
        104, "maja", "rune", ("identity", "everyday", "health", "family_situation"),
        "Avlastningen bør vite hva Nora liker, og hvordan hun sier fra.",
    )  # fmt: skip
    nora.answered(102, "kristin", request)
    nora.signed(102, "anders", request, "maja", "ellen", "Barnehagens arkiv, perm 4")
    words = "Familien har avlastning sju døgn i måneden. Bli med, så får Nora de samme bildene hos dere."
    nora.invited(101, "maja", "rune", words)


def _towards_school(nora: Story) -> None:
    for ago, step in ((37, "gather"), (33, "consider_rights"), (30, "one_plan")):
        nora.did(ago, "maja", step)
    goal = nora.goal(
        27, "maja", "learning", "Nora kjenner skolen, og skolen kjenner Nora, før hun begynner der til høsten."
    )
    nora.measure(27, goal, "maja", "siri", "Skriver sammen med barnehagen hva Nora trenger rundt seg på skolen.", 38)
    nora.measure(27, goal, "maja", "anders", "Ser på skolen sammen med Nora, og tar bilder til tavlen.", 48)
    nora.wrote(
        12, "maja", "meeting_note",
        "Til stede: Kristin, Anders, Ellen, Siri, Omar og Maja. Nora var med de første ti minuttene.\n\n"
        "Kristin: Det er slitsomt med mange timer i uka. Ellen flytter torsdagen til barnehagen, så blir det én "
        "kjøretur mindre. Vi blir enige om å spørre om skolen kan få vite litt allerede nå.",
    )  # fmt: skip
    request = nora.wished(
        4, "maja", "vera", ("identity", "everyday", "learning"),
        "Skolen kan planlegge rom, stol og mennesker i god tid før høsten.",
    )  # fmt: skip
    nora.answered(2, "kristin", request)
    nora.wrote(1, "ellen", "bright_spot", "Nora satt tolv minutter ved bordet i dag. Hun kastet ballen først.")


def _away(stage: Stage) -> None:
    """Maja has a course in a fortnight. Otto stands in, and has no place around Nora before and after."""
    first = stage.today + timedelta(days=14)
    with stage.day(1, AFTERNOON), stage.turn("maja") as actor:
        name_deputy(
            actor, Position.objects.get(pk=stage.position("maja")), by=stage.position("otto"), first=first,
            last=first + timedelta(days=4),
        )  # fmt: skip
