"""Why somebody who came from a provider was not let in: a closed list of codes, each with a page in kind words."""

from __future__ import annotations

CODES = frozenset({"cancelled", "lost", "provider_down", "faulty", "too_weak", "too_old", "unknown", "account_taken"})


class Refusal(Exception):
    """Nobody is signed in. `code` is shown and counted; `because` goes to the log, and holds no value from outside."""

    def __init__(self, code: str, because: str = "") -> None:
        super().__init__(f"{code}: {because}" if because else code)
        assert code in CODES
        self.code = code
        self.because = because


class Unsigned(Refusal):
    """What came back does not hold: a token that is forged, for somebody else, or out of time."""

    def __init__(self, because: str) -> None:
        super().__init__("faulty", because)
