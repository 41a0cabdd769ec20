"""What the sign-in of a letter is not enough for: to let others in without anybody else looking at it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from laget.kernel.verdict import refuse

NEEDS_EID = refuse(
    _(
        "This lets others in, so it needs BankID or another electronic ID. "
        "Talk with somebody in the team, who can help you with it."
    )
)
