"""Under scripts/clock.sh a sleep waits in select: libfaketime 0.9.10 refuses the call that Python's own sleep makes."""

from __future__ import annotations

import select
import time


def _sleep(seconds: float) -> None:
    select.select((), (), (), seconds)


time.sleep = _sleep
