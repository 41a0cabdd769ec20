"""What the house chose to do without, so that there is one way to do a thing and no second one slips in."""

import ast
import re

import pytest
from django.conf import settings

from tests.house import tree
from tests.house.test_doors import is_action

FORBIDDEN = {
    "a lower room announces, and models send no signals": r"django\.db\.models\.signals|django\.dispatch|\bpost_save\b",
    "the gate fetches within sight": r"\bget_object_or_404\b|\bget_list_or_404\b",
    "a page is rendered inside its transaction": r"\bTemplateResponse\b|\bStreamingHttpResponse\b|\bFileResponse\b",
    "one gate, no second kind of sign-in check": r"\blogin_required\b|\bpermission_required\b|\bcsrf_exempt\b",
    "the administration of Django is not installed": r"django\.contrib\.(?:admin|auth)\b",
    "text is escaped by the templates": r"\bmark_safe\b|\bSafeString\b",
}
ALLOWED = {
    # A provider's server calls back without a form of ours: it proves itself by what it has signed.
    "one gate, no second kind of sign-in check": ["laget/access/oidc/flow.py", "laget/access/oidc/views.py"],
}
CLOCK = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|timezone\.\w+|localdate|time\.time)\(")
# What a room is not cut into, and where things that belong nowhere gather.
NO_SUCH_MODULES = {
    "utils",
    "util",
    "helpers",
    "misc",
    "services",
    "selectors",
    "repositories",
    "managers",
    "signals",
    "admin",
}
# The only writers besides actions: what the gate itself keeps, and what is posted out after the fact.
WRITERS = {
    "laget/access/receipts.py",
    "laget/access/drafts.py",
    "laget/access/entering.py",
    "laget/notices/delivery.py",
    # Saves pictures and documents into memory, and no row: it does not know the database.
    "laget/documents/washing.py",
    # What has no actor: seals of the record, control by the clock, the first administrator, a made-up municipality.
    "laget/audit/sealing.py",
    "laget/emergency/sweeps.py",
    "laget/trust/sweeps.py",
    "laget/directory/beginning.py",
    "laget/site/commands/simulate.py",
    "laget/site/commands/verify_audit.py",
    "laget/site/work.py",
    "laget/site/measuring/calls.py",
}
WRITES = re.compile(
    r"\.objects\b.*\.(?:update|delete|create|bulk_create|bulk_update|get_or_create|update_or_create)\("
    r"|\.save\(|\b(?:INSERT INTO|DELETE FROM)\b"
)
HELD = "held_for asks: one's own worry, still to be written in"
# Actions that ask no right of their own, each with what stands in its place.
ASK_NO_RIGHT = {
    **dict.fromkeys(
        [
            "laget/concerns/actions/ending.py report_worry",
            "laget/concerns/actions/talking.py ask_for_talk",
            "laget/concerns/actions/talking.py note_leader_talk",
            "laget/concerns/actions/talking.py note_child_talk",
            "laget/concerns/actions/talking.py note_safe",
            "laget/concerns/actions/talking.py check_duty",
            "laget/concerns/actions/talking.py note_acute",
            "laget/concerns/actions/talking.py note_environment",
            "laget/concerns/actions/writing.py rewrite_worry",
        ],
        HELD,
    ),
    "laget/concerns/actions/ending.py delete_worry": "gripped: only one's own, which one may always delete",
    "laget/trust/actions.py ask_why": "the database's own function lets nobody ask but the child's family",
    "laget/families/actions/children.py register_child": "who may ask a family may name its child: asked above",
    "laget/consents/actions/renewing.py ask_again": "a consequence of what one did in a case: asked there",
    "laget/consents/actions/holders.py ask_too": "a consequence of what was registered in a case: asked there",
    "laget/consents/actions/holders.py count_no_more": "as the one above",
    "laget/consents/actions/care.py care_changed": "a consequence of what child welfare registered: asked there",
    "laget/notices/actions.py mark_read": "touches only rows of one's own",
    "laget/notices/actions.py choose_mail": "writes only a row of one's own",
}


@pytest.mark.parametrize("why", FORBIDDEN)
def test_no_module_uses(why):
    pattern = re.compile(FORBIDDEN[why])
    found = {tree.short(path) for path in tree.sources() if pattern.search(path.read_text())}
    assert found == set(ALLOWED.get(why, ()))


def test_no_room_has_a_drawer_for_everything():
    assert not [tree.short(path) for path in tree.sources() if {path.stem, path.parent.name} & NO_SUCH_MODULES]


def test_rules_have_no_clock():
    pure = [
        *tree.sources(named="rules"),
        *(tree.PACKAGE / "law").rglob("*.py"),
        *(tree.PACKAGE / "kernel").rglob("*.py"),
    ]
    assert not [tree.short(path) for path in pure if "tests" not in path.parts and CLOCK.search(path.read_text())]


def test_only_actions_write():
    """`Something(…).save(force_insert=True)` and QuerySets that write stand behind the one door of their room."""
    elsewhere = [
        f"{tree.short(path)}:{number}"
        for path in tree.sources()
        if not {"actions", "actions.py"} & set(path.parts) and "demo" not in path.parts
        if tree.short(path) not in WRITERS
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if WRITES.search(line)
    ]
    assert not elsewhere


def test_every_action_asks_the_right_again():
    silent = {
        f"{tree.short(path)} {found.name}"
        for path in tree.sources(named="actions")
        for found in ast.parse(path.read_text()).body
        if isinstance(found, ast.FunctionDef) and is_action(found)
        if not any(isinstance(one, ast.Name) and one.id == "require" for one in ast.walk(found))
    }
    assert silent == set(ASK_NO_RIGHT)


def test_the_settings_are_as_promised():
    assert not settings.DEBUG
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    middleware = settings.MIDDLEWARE
    assert middleware[-1] == "laget.access.middleware.GateMiddleware"
    assert not {"django.middleware.http.ConditionalGetMiddleware", "django.middleware.gzip.GZipMiddleware"} & set(
        middleware
    )


def test_a_template_lies_with_its_room():
    strange = [
        tree.short(path)
        for path in tree.templates()
        if path.parts[path.parts.index("templates") + 1] != path.relative_to(tree.PACKAGE).parts[0]
    ]
    assert not strange


def test_no_lock_file_names_an_address():
    for path in tree.ROOT.glob("requirements*.txt"):
        assert "://" not in path.read_text(), path.name
