"""Every macro escapes every argument, and says what it should to those who do not see."""

import inspect
import re
from datetime import date

import pytest

from laget.design import icons
from laget.design.tests.sample import GoalForm
from laget.kernel.verdict import ALLOWED, refuse

EVIL = '"><script>alert(1)</script>'
CALLS = {
    "kit.heading(e, 1, e, e)",
    "kit.heading(e, 2, e)",
    "kit.next_step(e, e, e, e, e)",
    "kit.message(e, e)",
    "kit.alert(e, e, e)",
    "kit.contact_card(e, e, e, e, e, e)",
    "kit.tag(e, e)",
    "kit.empty(e, e, e)",
    "kit.definition([(e, e)])",
    'kit.timeline([{"when": e, "title": e, "text": e, "who": e, "tag": e, "color": e, "href": e}])',
    "kit.steps([e], 1)",
    "kit.table(e, [e, e], [[e, e]])",
    "kit.table(e, [e], [], e)",
    "kit.link_list([(e, e, e, e)])",
    "kit.measure_card(e, e, None, e, e, e)",
    "kit.person(e, e, True)",
    "kit.people([(e, e)])",
    "kit.tabs([(e, e, True, e)], e)",
    "kit.pagination(2, 3, e)",
    "kit.back(e, e)",
    "kit.text(e)",
    "kit.figures([(e, e, e), (e, e)])",
    "form.hidden(e, e)",
    "form.start(e, e, e, e, e)",
    "form.submit(e, e, e, e, e)",
    "form.button(True, e, e, e, e)",
    "form.button(no, e)",
    "form.post(e, e, e, e, {e: e}, True, e, e)",
    "form.post(e, e, verdict=no)",
    "form.field(bound, help=e, label=e, width=e, autocomplete=e)",
    "form.errors(wrong)",
    "form.pointed_at(careful)",
    "pictures.relay([(e, e, day, None, True)], day)",
    "pictures.ladder([(e, e, e)], e)",
    "pictures.team(e, [(e, e, e, True, False), (e, e, e, False, True)])",
    "pictures.progress([(e, e, 30)])",
    'icon("phone", e)',
}
BLOCKS = {
    "kit.card(e, 2, e, e, e)",
    "kit.goal_card(e, e, e, None, e)",
    "kit.fold(e)",
    "kit.next_step(e)",
    "kit.alert(e)",
    "kit.empty(e)",
    "kit.measure_card(e, e)",
    'kit.contact_card(e, e, e, "1")',
}


def given():
    bound = GoalForm({"title": EVIL})["title"]
    wrong = GoalForm({"kinds": [EVIL], "service": EVIL})
    place = {"before": EVIL, "hit": EVIL, "after": EVIL}
    found = [{"what": EVIL, "label": EVIL, "place": place, "mark": EVIL, "refused": False}]
    careful = {"found": found, "may_save_anyway": True}
    return {
        "e": EVIL, "no": refuse(EVIL), "bound": bound, "wrong": wrong, "day": date(2027, 1, 1), "careful": careful,
    }  # fmt: skip


@pytest.mark.parametrize("source", sorted(CALLS))
def test_arguments_are_escaped(call, source):
    shown = call("{{ " + source + " }}", **given())
    assert "<script" not in shown and "script" in shown


@pytest.mark.parametrize("source", sorted(BLOCKS))
def test_arguments_are_escaped_around_a_block(call, source):
    shown = call("{% call " + source + " %}<i>inside</i>{% endcall %}", **given())
    assert "<script" not in shown and "<i>inside</i>" in shown


def test_no_macro_is_forgotten():
    from laget.design.tests.sample import backend

    tried = set(re.findall(r"(?:kit|form|pictures)\.(\w+)\(", " ".join(CALLS | BLOCKS)))
    tried |= {"end", "fields", "avatar", "when", "help_numbers", "refused", "draw"}
    for name in ("parts", "form", "pictures"):
        module = backend().env.get_template(f"design/{name}.html").module
        made = {key for key in vars(module) if not key.startswith("_")}
        assert made <= tried, made - tried


def test_a_post_form_has_a_key_and_a_get_form_has_none(call):
    assert re.search(r'name="key" value="[0-9a-f-]{36}"', call('{{ form.start("/x") }}'))
    assert 'name="key" value="abc"' in call('{{ form.start("/x", key="abc") }}')
    assert "name=" not in call('{{ form.start("/x", method="get") }}')
    assert 'name="version" value="0"' in call('{{ form.start("/x", version=0) }}')


def test_a_draft_is_saved_two_seconds_after_the_last_key(call):
    shown = call('{{ form.start("/x", draft="/d") }}')
    status = re.search(r'data-hx-target="#(\w+)"', shown)[1]
    assert 'data-hx-post="/d"' in shown and "delay:2s" in shown and f'id="{status}" role="status"' in shown
    assert "data-hx" not in call('{{ form.start("/x") }}')


def test_a_refusal_shows_its_reason_and_no_way_in(call):
    shown = call('{{ form.button(no, "Avslutt", href="/close") }}', no=refuse("Snakk med Maja."))
    assert "Snakk med Maja." in shown and "/close" not in shown and "disabled" in shown
    assert 'href="/close"' in call('{{ form.button(yes, "Avslutt", href="/close") }}', yes=ALLOWED)


def test_a_field_is_wired(call):
    form = GoalForm({"title": "", "hours": "x"})
    shown = call('{{ form.field(one["title"]) }}', one=form)
    assert 'for="id_title"' in shown and 'aria-describedby="id_title-help id_title-error"' in shown
    assert 'aria-invalid="true"' in shown and " required" in shown and 'id="id_title-error"' in shown
    assert 'maxlength="80"' in shown
    hours = call('{{ form.field(one["hours"]) }}', one=form)
    assert 'inputmode="numeric"' in hours and 'value="x"' in hours and "valgfritt" in hours and " required" not in hours


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("text", "<textarea"),
        ("review", 'type="date"'),
        ("meets", 'type="datetime-local"'),
        ("mail", 'type="email"'),
        ("service", '<optgroup label="Helse">'),
        ("ground", '<legend class="ds-label">'),
        ("kinds", 'type="checkbox"'),
        ("sure", 'type="checkbox"'),
        ("secret", 'type="hidden"'),
    ],
)
def test_the_widget_picks_the_control(call, field, wanted):
    assert wanted in call("{{ form.field(one[name]) }}", one=GoalForm(), name=field)


def test_what_was_chosen_stays_chosen(call):
    form = GoalForm({"service": "f", "ground": "l", "kinds": ["health"], "sure": "on", "review": "2027-03-03"})
    assert '<option value="f" selected>' in call('{{ form.field(one["service"]) }}', one=form)
    assert 'value="l" checked' in call('{{ form.field(one["ground"]) }}', one=form)
    assert 'value="health" checked' in call('{{ form.field(one["kinds"]) }}', one=form)
    assert "checked" in call('{{ form.field(one["sure"]) }}', one=form)
    assert 'value="2027-03-03"' in call('{{ form.field(one["review"]) }}', one=form)


def test_an_initial_date_is_shown_as_the_browser_wants_it(call):
    form = GoalForm(initial={"review": date(2027, 3, 3)})
    assert 'value="2027-03-03"' in call('{{ form.field(one["review"]) }}', one=form)


def test_the_error_summary_leads_to_each_field(call):
    shown = call("{{ form.errors(one) }}", one=GoalForm({"hours": "x"}))
    assert 'href="#id_title"' in shown and 'href="#id_ground_0"' in shown and 'role="alert"' in shown
    assert call("{{ form.errors(one) }}", one=GoalForm()).strip() == ""


def test_an_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in icons.icon("phone")
    assert 'role="img" aria-label="Ring"' in icons.icon("phone", "Ring")
    with pytest.raises(LookupError):
        icons.icon("../../secret")


def test_every_public_function_says_what_it_gives():
    from laget.design import controls, jinja, pictures, shapes, words

    for module in (controls, icons, jinja, pictures, shapes, words):
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if made.__module__ == module.__name__ and not name.startswith("_"):
                assert made.__doc__, f"{module.__name__}.{name}"
