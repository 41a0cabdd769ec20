"""Jonas, 12, gets a letter from somebody he knows, comes in by himself, and says only what he wants to."""

from __future__ import annotations

import time
from base64 import b32decode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.journeys.people import Crowd, Somebody

PASSWORD = "hunden min heter saft"


def _letter(teacher: Somebody, child: str) -> tuple[str, str]:
    """Set up face to face; what stands in the letter, once."""
    teacher.goes(f"/children/{child}/ways-in/{child}/")
    teacher.ticks("checked", "known")
    teacher.types(words="Jeg har vært læreren hans i fire år.", maturity="Han ba om det selv, og har egen telefon.")
    for box in teacher.page.locator("input[name=agreed]").all():
        box.check()
    teacher.page.locator("input[name=trusted]").first.check()
    teacher.ticks("handed", "hand")
    teacher.sends()
    name, code = teacher.page.locator("main dd").all_inner_texts()[:2]
    return name, code


def _comes_in(everybody: Crowd, name: str, code: str) -> Somebody:
    """By the letter, with a password and an app on a phone of his own."""
    jonas = everybody.comes()
    jonas.goes("/sign-in/code/")
    jonas.follows("/sign-in/letter/")
    jonas.types(name=name, letter=code)
    jonas.sends()
    address = jonas.page.locator("main a[href^='otpauth:']").get_attribute("href") or ""
    key = b32decode(address.partition("secret=")[2].partition("&")[0])
    app = TOTP(key, 6, SHA1(), 30)  # noqa: S303 - what such apps use
    jonas.types(password=PASSWORD, again=PASSWORD, code=app.generate(int(time.time())).decode())
    jonas.sends()
    return jonas


def test_a_youth_of_twelve_comes_in_by_a_letter_and_says_what_he_wants(everybody: Crowd) -> None:
    teacher = everybody.opens("vera")
    case = teacher.opens_case("Jonas Berge")
    teacher.goes(f"{case}team/")
    teacher.follows("/ways-in/")
    child = teacher.path.split("/")[2]
    jonas = _comes_in(everybody, *_letter(teacher, child))
    assert "Hei, Jonas" in jonas.reads() and jonas.page.locator("a[href='tel:116111']").count() == 1

    # What he says to the one he is with alone, his parents do not read, and do not see that there is something.
    jonas.goes("/")
    jonas.follows("/write/")
    assert "Hvordan ble barnet spurt" not in jonas.reads()
    own = "Jeg vil helst at pappa ikke er med."
    jonas.types(words=own)
    jonas.ticks("kind", "everyday")
    jonas.sends()
    assert own in (jonas.goes("/") and jonas.reads()), "what I have said"
    assert own in (jonas.goes(f"{case}log/") and jonas.reads())
    mother = everybody.opens("mona")
    assert own not in (mother.goes(f"{case}log/") and mother.page.content())

    # "Not now" is a whole answer: it is asked for no more, and he may answer later.
    jonas.goes("/")
    if jonas.page.get_by_role("link", name="Les og svar").count():
        jonas.opens("Les og svar")
        jonas.presses("Jeg vil ikke svare nå")
        assert not jonas.page.get_by_role("link", name="Les og svar").count()
    assert "Dette ville du ikke svare på nå" in jonas.reads()
