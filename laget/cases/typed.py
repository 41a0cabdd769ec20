"""What people typed, made fit to be kept; what cannot be kept is answered with a sentence, never cut."""

from __future__ import annotations

from django.utils.translation import gettext as _

from laget.access.careful import Careful
from laget.kernel.errors import Invalid
from laget.people.rules import TextTooLong, clean_text
from laget.people.traces import national_numbers

NUMBER_FOUND = Careful.REFUSED


def kept(text: str, field: str, limit: int, *, missing: object = None) -> str:
    """The text as it is stored. Raises Invalid: too long, with a national number, or empty and `missing` says what."""
    try:
        words = clean_text(text, limit)
    except TextTooLong as fault:
        raise Invalid(_(fault.reason) % {"limit": fault.limit}, field) from None
    if national_numbers(text) or national_numbers(words):
        raise Invalid(NUMBER_FOUND, field)
    if missing is not None and not words:
        raise Invalid(missing, field)
    return words
