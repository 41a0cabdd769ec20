"""Each room's own translations: gathered from its code and templates, and checked so that no reader meets a gap."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("nb", "en")
COMPLETE = "nb"  # the source is English, so its catalogue may stay empty
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false", "newstyle_gettext": "true"}
Key = tuple[str | None, str]


def rooms() -> list[str]:
    """Every room that is a package."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def po(room: str, language: str) -> Path:
    """Where a room's catalogue in a language lies."""
    return PACKAGE / room / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(room: str, prune: bool = False) -> None:
    """Brings the room's catalogues up to its sources; translations are kept, those no longer used as comments."""
    wanted = gathered(room)
    for language in LANGUAGES:
        if len(wanted) or po(room, language).exists():
            _bring_up(room, language, wanted, prune)


def _bring_up(room: str, language: str, wanted: Catalog, prune: bool) -> None:
    known = _translations(_read(po(room, language), language))
    made = Catalog(locale=language, domain="django", charset="utf-8")
    for message in wanted:
        if message.id:
            _put(made, message, known.pop(key(message), None))
    for (context, text), old in () if prune else known.items():
        if old.string and any(old.string):
            made.obsolete[text] = Message(old.id, old.string, context=context)
    _write(po(room, language), made)


def gathered(room: str) -> Catalog:
    """Every message in the room's code and templates."""
    found = Catalog()
    for path in sources(room):
        method = "python" if path.suffix == ".py" else "jinja2"
        name = str(path.relative_to(PACKAGE))
        options = {} if method == "python" else JINJA
        for line, text, comments, context in extract_from_file(method, path, KEYWORDS, ("Translators:",), options):
            found.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return found


def sources(room: str) -> Iterator[Path]:
    """The room's code and templates, without tests and migrations."""
    for path in sorted((PACKAGE / room).rglob("*")):
        inside = path.relative_to(PACKAGE / room).parts
        if {"tests", "migrations", "static", "locale"} & set(inside):
            continue
        if path.suffix == ".py" or ("templates" in inside and path.suffix in {".html", ".txt", ".svg"}):
            yield path


def compile_all() -> None:
    """Writes the .mo beside every .po that is newer."""
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, _read(path, path.parts[-3]))


def faults(chosen: list[str]) -> list[str]:
    """Every message that is missing, untranslated, fuzzy, no longer used, or translated otherwise next door."""
    found = [fault for room in chosen for fault in _faults_of(room)]
    return [*found, *_quarrels()]


def _faults_of(room: str) -> Iterator[str]:
    wanted = {key(message) for message in gathered(room) if message.id}
    catalogue = _read(po(room, COMPLETE), COMPLETE)
    there = {key(message): message for message in catalogue if message.id}
    for _, text in sorted(wanted - set(there), key=str):
        yield f"{room}: not in the catalogue: {text!r}"
    for _, text in sorted(set(there) - wanted, key=str):
        yield f"{room}: no longer used: {text!r}"
    for message in catalogue.obsolete.values():
        yield f"{room}: no longer used: {message.id!r}"
    for one in sorted(wanted & set(there), key=str):
        if there[one].fuzzy or not _complete(there[one]):
            yield f"{room}: {'fuzzy' if there[one].fuzzy else 'untranslated'}: {one[1]!r}"


def _quarrels() -> Iterator[str]:
    """Django joins all catalogues, so one text in two rooms must read the same."""
    first: dict[Key, tuple[str, Message]] = {}
    for room in rooms():
        for message in _read(po(room, COMPLETE), COMPLETE):
            if not message.id or not _complete(message):
                continue
            there, other = first.setdefault(key(message), (room, message))
            if other.string != message.string:
                yield f"{room} and {there} translate {key(message)[1]!r} differently"


def key(message: Message) -> Key:
    """What makes two messages the same."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def _translations(catalogue: Catalog) -> dict[Key, Message]:
    both = [*catalogue.obsolete.values(), *catalogue]
    return {key(message): message for message in both if message.id}


def _put(made: Catalog, message: Message, old: Message | None) -> None:
    string = old.string if old and old.pluralizable == message.pluralizable else None
    flags = set(old.flags) & {"fuzzy"} if old else set()
    places = sorted({(name, 0) for name, _ in message.locations})
    made.add(message.id, string, places, flags, auto_comments=message.auto_comments, context=message.context)


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django", charset="utf-8")


def _write(path: Path, made: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {made.locale_identifier}\\n"\n"MIME-Version: 1.0\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    header += f'"Plural-Forms: {made.plural_forms}\\n"\n\n'
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(file, made, width=110, sort_output=True, omit_header=True, include_lineno=False)
