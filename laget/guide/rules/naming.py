"""What the municipality calls things, and where its word is already a word of the law."""

from __future__ import annotations

from laget.guide.values import LANGUAGES, Guide, Text, UnknownCode
from laget.law.roles import legal_meaning

PLAIN = {
    "relay_holder": Text("stafettholder", "relay holder", "stafetthaldar"),
    "leader": Text("leder", "leader", "leiar"),
    "participant": Text("deltaker", "participant", "deltakar"),
    "plan": Text("felles plan", "common plan", "felles plan"),
    "relay_log": Text("stafettlogg", "relay log", "stafettlogg"),
}
"""The word everybody in the field knows, for a concept whose local word is taken by the law."""


def word(guide: Guide, concept: str, language: str | None, form: str = "one") -> str:
    """What the municipality calls a concept. `form`: one, the or many. Raises UnknownCode."""
    for entry in guide.words:
        if entry.concept == concept:
            text: Text = {"one": entry.one, "the": entry.the, "many": entry.many}[form]
            return text.get(language)
    raise UnknownCode(concept)


def concept_of(guide: Guide, said: str) -> str:
    """The concept that a word means here: the municipality's words, its other terms and brand names; empty if none."""
    wanted = said.strip().casefold()
    for entry in guide.words:
        forms = (getattr(form, language) for form in (entry.one, entry.the, entry.many) for language in LANGUAGES)
        if wanted and wanted in {one.casefold() for one in forms}:
            return entry.concept
    return next((one.concept for one in guide.terms if one.word.casefold() == wanted), "")


def legal_mix_ups(guide: Guide) -> dict[str, str]:
    """Concepts whose local word is a role or a thing of another kind in law, each with the concept it is in law."""
    found = {}
    for entry in guide.words:
        meant = {legal_meaning(getattr(entry.one, language)) for language in LANGUAGES} - {"", entry.concept}
        if meant:
            found[entry.concept] = sorted(meant)[0]
    return found


def holder_words(guide: Guide, language: str | None, both: bool = False) -> str:
    """What the holder is called here. `both`: with the common word too, where the local one is another role in law."""
    return label(guide, "relay_holder", language, both=both)


def label(guide: Guide, concept: str, language: str | None, form: str = "one", both: bool = False) -> str:
    """What a concept is called here; with `both`, a word of law gets the plain word beside it."""
    own = word(guide, concept, language, form)
    if not both or concept not in legal_mix_ups(guide):
        return own
    return f"{own} ({PLAIN[concept].get(language)})" if concept in PLAIN else own
