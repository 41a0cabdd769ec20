"""Invented names and sentences, in many combinations, so that no two cases read quite the same."""

from __future__ import annotations

from laget.people.rules import sort_key

_GIVEN = """
Aisha Aksel Alma Amal Amina Anders Anna Aurora Axel Benjamin Bilal Birk Casper Dawit Eira Elias Elin Ella Emil Emma
Eskil Fatima Filip Frida Gustav Hanna Hedda Henrik Hodan Håkon Ibrahim Ida Ines Ingrid Isak Iver Jakob Jonas Josefine
Julie Jørgen Karolina Khalid Kristian Lars Layla Lea Leon Liam Linnea Lukas Magnus Maja Maria Marie Mathias Mikkel
Mohammed Nikolai Noah Nora Odin Ola Oliver Olivia Oskar Pernille Piotr Rania Rebekka Safiya Samuel Sander Sara Selma
Sigrid Silje Simen Sivan Sofie Solveig Sondre Sunniva Sverre Tariq Thea Theodor Tiril Tobias Tuva Ulrik Vilde Wiktoria
Yasmin Zahra Zofia Åsa Åsmund Øyvind Ánte Máret Nils-Ante Anne-Lise
""".split()
_FAMILY = """
Aas Abdi Ahmed Ali Andersen Andreassen Bakken Berg Berge Bergström Bjerke Brekke Bråten Bø Dahl Dahle Eide Eriksen
Farah Fjeld Foss Fredriksen Gundersen Haddad Hagen Halvorsen Hansen Haugen Hassan Henriksen Holm Horvat Hussein Ibrahim
Iversen Jensen Johansen Johnsen Karimi Karlsen Khan Kowalski Kristiansen Kvam Larsen Lie Lien Lund Lunde Løken Mahmoud
Martinsen Mikkelsen Moe Moen Mohamud Myhre Nguyen Nilsen Nowak Næss Olsen Omar Pedersen Petrov Rahman Rasmussen Ruud
Sand Sandvik Selvik Sivertsen Solberg Solheim Strand Strøm Sunde Svendsen Sæther Sørensen Tangen Tesfaye Thoresen
Torgersen Utsi Vik Wiik Wójcik Yusuf Ødegård Østby Årnes Somby Gaup
""".split()

Name = tuple[str, str]
"""A name and what it is sorted by."""

GIVEN: tuple[Name, ...] = tuple((one, sort_key(one)) for one in _GIVEN)
FAMILY: tuple[Name, ...] = tuple((one, sort_key(one)) for one in _FAMILY)
PLACES = """
Solbakken Bergheim Fagerlia Granstubben Skogly Nordlia Sørvika Øvre Elvebakken Lillehaugen Strandsletta Tømmerås
Kvernhuset Bjørkelunden Måneskinnet Trollstua Hestehagen Havgløtt Tyttebærlia Småtroll Kløverenga Regnbuen
""".split()

_FIRST = (
    "Vi hadde en god samtale i dag.", "Morgenen gikk roligere enn i går.", "Hun lekte lenge med de andre ute.",
    "Han ville vise fram tegningen sin.", "Det var vanskelig å gå fra gangen.", "Måltidet tok tid, men gikk bra.",
    "Vi prøvde bildene i overgangen.", "Far fortalte at natten hadde vært urolig.", "Mor ringte før hun hentet.",
    "Samlingen var kortere enn vanlig.", "Han var med på turen hele veien.", "Hun sa fra da det ble for mye.",
    "Vi ble enige om en fast plass ved bordet.", "Leksene ble gjort på skolen.", "Vi møttes fire stykker i dag.",
    "Han hadde en venn med hjem.",
)  # fmt: skip
_THEN = (
    "Vi gjør det samme i morgen.", "Det tar vi med videre.", "Vi ser på det igjen neste uke.",
    "Foreldrene kjenner seg igjen.", "Det hjelper å si fra i god tid.", "Vi prøver med færre barn om gangen.",
    "Hun vil gjerne velge selv.", "Han smilte da vi snakket om det.", "Vi skriver mer når vi vet mer.",
    "Bildene henger nå ved døra.", "Alle i gruppen vet hva vi gjør.", "Ingen trengte å bære i dag.",
    "Vi spør barnet hva det synes.", "Det blir en kort telefon på fredag.", "Neste gang er helsesykepleier med.",
)  # fmt: skip
WORDS: tuple[str, ...] = tuple(f"{one} {other}" for one in _FIRST for other in _THEN)
GOALS = (
    "Vi vil at hun skal ha en god start på dagen.", "Han har én voksen han kan gå til.",
    "Hun er med i leken ute hver dag.", "Han sier fra når det blir for mye.",
    "Familien får en hel natts søvn minst fire ganger i uka.", "Hun leser en side høyt uten å grue seg.",
)  # fmt: skip
MEASURES = (
    "Samme voksen tar imot hver morgen.", "Fem minutter lesing før middag.", "Bilder av dagen på veggen og hjemme.",
    "Lekegruppe med to andre barn, tirsdag og torsdag.", "Samtale med helsesykepleier hver fjortende dag.",
    "Fast leggetid, også i helgen.",
)  # fmt: skip
MATTERS = (
    "Jeg vil sitte ved vinduet.", "Hun liker dyr og vil være ute.", "Jeg vil at Jonas skal være med.",
    "Han trenger tid før han svarer.",
)  # fmt: skip
REASONS = ("Vi vil samle det vi gjør på ett sted.", "Vi tror det hjelper at flere kjenner planen.")
TITLES: dict[str, tuple[str, str]] = {
    "kindergarten": ("Pedagogisk leder", "Styrer"),
    "school": ("Kontaktlærer", "Rektor"),
    "health_clinic": ("Helsesykepleier", "Ledende helsesykepleier"),
    "health_care": ("Fysioterapeut", "Leder"),
    "ppt": ("PP-rådgiver", "Leder"),
    "child_welfare": ("Kontaktperson", "Barnevernleder"),
    "nav": ("Veileder", "Avdelingsleder"),
    "mental_health": ("Behandler", "Seksjonsleder"),
}
