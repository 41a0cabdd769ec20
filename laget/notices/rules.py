"""How somebody is told by e-mail: as chosen, and quietly for a child until it chooses itself."""

from __future__ import annotations

from laget.kernel.text import N_

USUAL, NEUTRAL, NONE = "usual", "neutral", "none"
CHOICES = {
    USUAL: N_("E-mail that says what kind of thing has happened"),
    NEUTRAL: N_("E-mail that says only that there is a message"),
    NONE: N_("No e-mail"),
}


def mail(chosen: str, *, own_child: bool) -> str:
    """How to tell. `chosen` is empty when nothing is chosen; own_child: it is a child told about its own case."""
    if chosen in CHOICES:
        return chosen
    return NONE if own_child else USUAL
