"""The national message of a report of concern from a public reporter, version 2: pure data from what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from laget.concerns.rules.steps import Note
from laget.exchange.rules.report import Step, may_tell_parents

CHANNEL = "Laget"
NO_DISTRICT = "00"
"""A municipality without districts; the message always has a number of two digits."""
UNKNOWN = "Ukjent"
NOT_TOLD = "Melder har ikke informert. Det kan være fare for vold eller overgrep: barnevernet og politiet avgjør når."
"""The message is read by child welfare and is always in Norwegian."""


def message(note: Note, *, ground: str, at: datetime) -> dict[str, Any]:
    """The message as JSON data. `ground`: the statute and letters in words. `at`: when the version was made, aware."""
    reporter, words = note.part(Step.REPORTER), note.part(Step.WORDS)
    return {
        "kommunenummer": reporter["number"],
        "kommunenavn": reporter["municipality"],
        "bydelsnummer": reporter.get("district_number") or NO_DISTRICT,
        "bydelsnavn": reporter.get("district", ""),
        "offentligMelder": _reporter(reporter),
        "offentligBarn": [_child(note)],
        "foresatte": _parents(note) or [{"personnavn": UNKNOWN, "orientert": False}],
        "behovForTolk": note.part(Step.CHILD).get("interpreter", ""),
        "andreHjelpeinstanser": words.get("agencies", ""),
        "melding": {
            "melding": "\n\n".join(_text(note, ground)),
            "historie": words.get("history", ""),
            "andreSynspunkter": words.get("others", ""),
        },
        "sendingstidspunkt": at.isoformat(timespec="seconds"),
        "leveringskanal": CHANNEL,
    }


def _reporter(part: Mapping[str, Any]) -> dict[str, Any]:
    organisation = {"navn": part["organisation"], "adresse": _address(part)}
    if part.get("organisation_number"):
        organisation["orgnr"] = part["organisation_number"]
    return {
        "personnavn": part["name"],
        "rolle": part["role"],
        "telefonnummer": part["phone"],
        "epost": part["email"],
        "virksomhet": organisation,
    }


def _address(part: Mapping[str, Any]) -> dict[str, str]:
    named = {
        "adresselinje1": part.get("address") or UNKNOWN, "postnummer": part.get("postcode", ""),
        "poststed": part.get("town", ""),
    }  # fmt: skip
    return {name: value for name, value in named.items() if value}


def _told(note: Note, part: Mapping[str, Any], who: str) -> dict[str, Any]:
    """Whether somebody was told, and why. What may not be asked is answered no, with the reason."""
    if not may_tell_parents(note):
        return {"orientert": False, "orientertGrunn": NOT_TOLD}
    why = " ".join(str(part.get(f"{who}_why", "")).split())
    return {"orientert": part.get(f"{who}_told") == "yes", **({"orientertGrunn": why} if why else {})}


def _child(note: Note) -> dict[str, Any]:
    part = note.part(Step.CHILD)
    known = {
        "fnr": part.get("number", ""), "ufoedt": bool(part.get("unborn")), "personnavn": part.get("name", ""),
        "adresse": _address(part), **_told(note, note.part(Step.PARENTS), "child"),
    }  # fmt: skip
    return known | ({"telefonnummer": part["phone"]} if part.get("phone") else {})


def _parents(note: Note) -> list[dict[str, Any]]:
    part = note.part(Step.PARENTS)
    found = []
    for who in ("first", "second"):
        if part.get(f"{who}_name"):
            phone = part.get(f"{who}_phone")
            found.append(
                {"personnavn": part[f"{who}_name"], **({"telefonnummer": phone} if phone else {}),
                 **_told(note, part, who)}
            )  # fmt: skip
    return found


def _text(note: Note, ground: str) -> Iterable[str]:
    """The report in one text; what the message has no field for stands under a heading of its own."""
    words, child = note.part(Step.WORDS), note.part(Step.CHILD)
    yield f"Grunnlag: {ground}"
    if child.get("born"):
        yield f"Barnet er født: {child['born']}"
    yield str(words.get("seen", ""))
    for title, text in (
        ("Barnets egne ord", words.get("child_words")), ("Søsken og andre i hjemmet", child.get("household")),
        ("Gjort med én gang", note.part("acute").get("done")),
    ):  # fmt: skip
        if text:
            yield f"{title}: {text}"
