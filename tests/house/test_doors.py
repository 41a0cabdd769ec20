"""No page without a gate, no write without a record, no query past the sights."""

import ast
import re

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import tree

# The record cannot record itself, and `access` holds the decorator.
WITHOUT_ACTIONS = {"audit", "access"}
QUERIES = re.compile(r"\.objects\b|\.raw\(|\bcursor\(|\b_base_manager\b|\b_default_manager\b")


def patterns(found=None):
    for entry in get_resolver().url_patterns if found is None else found:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        elif isinstance(entry, URLPattern):
            yield entry


def test_every_view_is_gated():
    open_doors = [str(entry.pattern) for entry in patterns() if not hasattr(entry.callback, "gate")]
    assert not open_doors


def test_every_action_is_recorded():
    unrecorded = [
        f"{tree.short(path)} {found.name}"
        for path in tree.sources(named="actions")
        if path.relative_to(tree.PACKAGE).parts[0] not in WITHOUT_ACTIONS
        for found in ast.parse(path.read_text()).body
        if isinstance(found, ast.FunctionDef) and takes_actor_first(found) and not is_action(found)
        if is_door(path, found.name)
    ]
    assert not unrecorded


def is_door(path, name):
    """In a folder actions/, what its __init__ passes on is a door; the rest are steps inside one."""
    inits = path.parent / "__init__.py"
    return path.stem == "actions" or path == inits or re.search(rf"\b{name}\b", inits.read_text()) is not None


def takes_actor_first(found):
    named = [*found.args.posonlyargs, *found.args.args]
    return not found.name.startswith("_") and bool(named) and named[0].arg == "actor"


def is_action(found):
    return any(
        isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "action"
        for mark in found.decorator_list
    )


def test_every_event_is_named_after_its_room():
    misnamed = [
        f"{tree.short(path)}: {event}"
        for path in tree.sources(named="actions")
        for event in re.findall(r'^@action\("([^"]*)"\)', path.read_text(), re.MULTILINE)
        if not event.startswith(path.relative_to(tree.PACKAGE).parts[0] + ".")
    ]
    assert not misnamed


def test_views_ask_nothing_past_the_sights():
    asked = [
        f"{tree.short(path)}:{number}"
        for name in ("views", "forms")
        for path in tree.sources(named=name)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if QUERIES.search(line)
    ]
    assert not asked


def test_views_and_forms_import_no_models():
    imported = [
        f"{tree.short(path)}: {node.module}"
        for name in ("views", "forms")
        for path in tree.sources(named=name)
        for node in ast.parse(path.read_text()).body  # what stands under TYPE_CHECKING is one level deeper
        if isinstance(node, ast.ImportFrom)
        if re.match(r"laget\.\w+\.models", node.module or "") or "models" in {alias.name for alias in node.names}
    ]
    assert not imported
