"""Fjordvik kommune: an invented municipality with its services and people. Every name and number is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laget.people.rules import synthetic_number

MUNICIPALITY = "Fjordvik kommune"


@dataclass(frozen=True)
class Place:
    """A service with one unit; `service` repeats where a service has two."""

    key: str
    service: str
    unit: str
    act: str
    sort: str
    private: bool = False


@dataclass(frozen=True)
class Someone:
    """Anybody who can sign in: born on a day, with the synthetic number of that day."""

    key: str
    given: str
    family: str
    born: date

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def number(self) -> str:
        return synthetic_number(self.born)


@dataclass(frozen=True)
class Worker(Someone):
    """Somebody who works in a place."""

    place: str = ""
    title: str = ""
    phone: str = ""
    leads: bool = False
    administers: bool = False
    protects: bool = False
    beside: bool = False
    """Beside the stories: shown further down in the list."""


@dataclass(frozen=True)
class Citizen(Someone):
    """A parent."""


@dataclass(frozen=True)
class Young:
    """A child with a page of its own; how old it is follows the day on which the demonstration is loaded."""

    key: str
    given: str
    family: str
    age: int
    month: int
    day: int

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    def numbers(self, today: date) -> tuple[str, ...]:
        """The synthetic number as of today, and as it was a birthday or two ago."""
        years = range(self.age, self.age + 3)
        return tuple(synthetic_number(birthday(one, self.month, self.day, today)) for one in years)


def birthday(age: int, month: int, day: int, today: date) -> date:
    """A birthday such that somebody has just been this age for a while, whenever the demonstration is loaded."""
    this_year = date(today.year - age, month, day)
    return this_year if (today.month, today.day) >= (month, day) else date(today.year - age - 1, month, day)


PLACES = (
    Place("solbakken", "Solbakken barnehage", "Blåklokka", "BHL", "kindergarten", private=True),
    Place("bergheim", "Bergheim barnehage", "Regnbuen", "BHL", "kindergarten"),
    Place("school", "Fjordvik skole", "Mellomtrinnet", "OPPL", "school"),
    Place("clinic", "Fjordvik helsestasjon", "Helsestasjonen", "HOL", "health_clinic"),
    Place("care", "Fysioterapitjenesten i Fjordvik", "Barn og unge", "HOL", "health_care"),
    Place("respite", "Avlastningen i Fjordvik", "Lunde gård", "HOL", "health_care"),
    Place("ppt", "PP-tjenesten i Fjordvik", "PP-tjenesten", "OPPL", "ppt"),
    Place("welfare", "Barnevernstjenesten i Fjordvik", "Oppfølging", "BVL", "child_welfare"),
    Place("nav", "Nav Fjordvik", "Familie og ungdom", "SOTJ", "nav"),
    Place("bup", "BUP Fjordvik", "Poliklinikken", "SPHL", "mental_health"),
    Place("hall", "Fjordvik rådhus", "Oppvekst og IKT", "HOL", "health_care"),
)

WORKERS = (
    Worker("maja", "Maja", "Lind", date(1988, 3, 4), "solbakken", "Pedagogisk leder", "41000101"),
    Worker("otto", "Otto", "Berg", date(1994, 8, 19), "solbakken", "Barnehagelærer", "41000102"),
    Worker("liv", "Liv", "Moe", date(1971, 1, 27), "solbakken", "Styrer", "41000103", leads=True),
    Worker("ingrid", "Ingrid", "Myhre", date(1985, 6, 2), "bergheim", "Pedagogisk leder", "41000111"),
    Worker("frode", "Frode", "Sæther", date(1969, 11, 8), "bergheim", "Styrer", "41000112", leads=True),
    Worker("vera", "Vera", "Holm", date(1990, 5, 16), "school", "Kontaktlærer", "41000121"),
    Worker("randi", "Randi", "Berge", date(1985, 4, 26), "school", "Miljøterapeut", "41000123"),
    Worker("anne", "Anne", "Lie", date(1967, 9, 30), "school", "Rektor", "41000122", leads=True),
    Worker("omar", "Omar", "Haddad", date(1983, 2, 11), "clinic", "Helsesykepleier", "41000131"),
    Worker("tone", "Tone", "Bakke", date(1974, 12, 5), "clinic", "Ledende helsesykepleier", "41000132", leads=True),
    Worker("ellen", "Ellen", "Aas", date(1987, 7, 21), "care", "Fysioterapeut", "41000141"),
    Worker("rune", "Rune", "Dahl", date(1976, 4, 14), "respite", "Leder for avlastning", "41000142", leads=True),
    Worker("siri", "Siri", "Tangen", date(1981, 10, 9), "ppt", "PP-rådgiver", "41000151"),
    Worker("geir", "Geir", "Foss", date(1966, 3, 23), "ppt", "Leder", "41000152", leads=True, beside=True),
    Worker("hamid", "Hamid", "Karimi", date(1989, 1, 12), "welfare", "Kontaktperson", "41000161"),
    Worker("berit", "Berit", "Sand", date(1970, 8, 3), "welfare", "Barnevernleder", "41000162", leads=True),
    Worker("jon", "Jon", "Eik", date(1986, 5, 28), "nav", "Veileder", "41000171", beside=True),
    Worker("nina", "Nina", "Rød", date(1979, 11, 17), "bup", "Behandler", "41000181"),
    Worker("ada", "Ada", "Vik", date(1984, 6, 25), "hall", "Administrator", "41000191", administers=True),
    Worker("eir", "Eir", "Lund", date(1973, 5, 19), "hall", "Personvernombud", "41000192", protects=True),
    Worker("eivind", "Eivind", "Nes", date(1978, 9, 14), "hall", "Rådgiver i oppvekst", "41000193", administers=True),
)

CITIZENS = (
    Citizen("kristin", "Kristin", "Hauge", date(1989, 4, 6)),
    Citizen("anders", "Anders", "Hauge", date(1987, 10, 22)),
    Citizen("mona", "Mona", "Berge", date(1984, 2, 17)),
    Citizen("stian", "Stian", "Berge", date(1982, 12, 1)),
    Citizen("hodan", "Hodan", "Warsame", date(1992, 7, 13)),
    Citizen("lene", "Lene", "Tveit", date(1990, 9, 8)),
    Citizen("marit", "Marit", "Sørli", date(1991, 3, 15)),
    Citizen("roar", "Roar", "Sørli", date(1986, 8, 4)),
)

YOUNG = (
    Young("jonas", "Jonas", "Berge", 12, 5, 21),
    Young("selma", "Selma", "Tveit", 16, 3, 14),
)

EVERYBODY: dict[str, Worker | Citizen] = {one.key: one for one in (*WORKERS, *CITIZENS)}
