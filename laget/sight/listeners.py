"""When a position ends, the seats that hung on it end in the same commit."""

from __future__ import annotations

from django.db import connection

from laget.directory.events import PositionEnded
from laget.kernel.events import listen


@listen(PositionEnded)
def end_seats(event: PositionEnded) -> None:
    """Ends the seats that hung on the position.

    The causer may not see these seats, so the database ends them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sight_end_seats_of(%s)", [event.position])
