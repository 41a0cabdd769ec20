"""The guide speaks the reader's language."""

from django.utils import translation

from laget.guide.values import Text
from laget.guide.words import text, word


def test_a_text_follows_the_active_language():
    one = Text("lysglimt", "bright spot")
    with translation.override("nb"):
        assert text(one) == "lysglimt" and word("relay_holder", "the") == "stafettholderen"
    with translation.override("en"):
        assert text(one) == "bright spot" and word("relay_holder") == "relay holder"
    with translation.override(None):
        assert text(one) == "lysglimt"
