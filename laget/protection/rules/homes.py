"""Says whether two spellings of an address are one home, so that addresses can be compared without being kept."""

from __future__ import annotations

import re

from laget.protection.rules.geodata import one_road, plain

_LINE = re.compile(r"^(?P<road>.*?[a-z].*?)[\s,]*\b(?P<number>\d+)\s*(?P<letter>[a-z]?)\b(?P<rest>.*)$")
_UNIT = re.compile(r"\b[hkul]\s?\d{4}\b")
_POSTAL_CODE = re.compile(r"\b\d{4}\b")


def home(address: str) -> str:
    """One spelling of an address in one line: "Storgt. 4b, H0101, 0155 Oslo" as "storgaten|4b|h0101|0155".

    Empty when it has no road, number or postal code: then it is compared with nothing. Two flats of one house are two
    homes when both say which flat they are.
    """
    found = _LINE.match(plain(address))
    if found is None:
        return ""
    rest = found["rest"]
    unit = _UNIT.search(rest)
    code = _POSTAL_CODE.search(_UNIT.sub(" ", rest))
    road = one_road(found["road"])
    if code is None or not road:
        return ""
    return "|".join((road, found["number"] + found["letter"], re.sub(r"\s", "", unit[0]) if unit else "", code[0]))
