"""The strict client sees what it must see: each fault alone is enough, and a page without faults has none."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from laget.directory.models import Service
from tests.support import strict
from tests.support.whole import faults

PAGE = (
    """<!doctype html><html lang="nb"><head><title>Planen – Laget</title></head><body><main>{}</main></body></html>"""
)
WHOLE = """<h1>Planen</h1><h2 id="goals">Mål</h2><a href="#goals">Til målene</a>
<form method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="a">Ord</label><input id="a" name="a" aria-describedby="a-help"><p id="a-help">Kort</p>
<fieldset><legend>Hva?</legend><label><input type="radio" name="b">En</label>
<label><input type="radio" name="b">To</label></fieldset>
<button type="submit">Lagre</button></form>
<table><caption>Hvem</caption><tr><th scope="col">Navn</th></tr><tr><td>x</td></tr></table>
<img src="/static/x.png" alt=""><svg viewBox="0 0 1 1" aria-hidden="true"></svg>"""


def test_a_whole_page_has_no_faults():
    assert faults(PAGE.format(WHOLE), ["Sara Solberg"]) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("</h2>", "</h3>", "line"),
        ("<h1>Planen</h1>", "", "0 h1"),
        ("<h1>Planen</h1>", "<h1>Planen</h1><h1>Planen</h1>", "2 h1"),
        ("<h1>Planen</h1>", "<h1></h1>", "is empty"),
        ('<h2 id="goals">Mål</h2>', '<h3 id="goals">Mål</h3>', "h1 is followed by h3"),
        ('id="a-help"', 'id="goals"', "stands 2 times"),
        ('id="a-help"', "", "aria-describedby='a-help'"),
        ('for="a"', 'for="c"', "has no label"),
        ('for="a"', 'for="c"', "for='c'"),
        ("#goals", "#gaols", "leads to what is not on the page"),
        ("#goals", "#", "leads nowhere"),
        ("Til målene", "", "has no text"),
        ('<input id="a" name="a"', '<input id="a"', "has no name"),
        (' name="csrfmiddlewaretoken"', ' name="c"', "no csrf token"),
        ("<legend>Hva?</legend>", "", "no question above"),
        ("Lagre", "", "has no text"),
        ('<button type="submit">Lagre</button>', "", "has no button"),
        ("<caption>Hvem</caption>", "", "no caption"),
        (' scope="col"', "", "no scope"),
        (' alt=""', "", "no alt"),
        (' aria-hidden="true"', "", "says nothing"),
        ('<h2 id="goals"', '<h2 style="color:red" id="goals"', "a style of its own"),
        ('<h2 id="goals"', '<h2 onclick="x()" id="goals"', "runs text as code"),
        ("/x/", "javascript:x()", "action='javascript"),
        ("<h1>Planen</h1>", "<h1>Planen</h1><script>x()</script>", "no file of ours"),
        ("<h1>Planen</h1>", '<h1>Planen</h1><script src="https://x.no/x.js"></script>', "no file of ours"),
        ("<h1>Planen</h1>", "<h1>Planen</h1><style>p {}</style>", "a style stands"),
        ("<h1>Planen</h1>", '<h1>Planen</h1><p tabindex="3">x</p>', "jumps the queue"),
        ("<h1>Planen</h1>", '<h1>Planen</h1><button><a href="/">x</a></button>', "inside another control"),
        ("Kort", "Kort %(name)s", "not filled in"),
        ("Kort", "Etter § 13-2", "may break after §"),
        ("<h1>Planen</h1>", "<h2>Før</h2><h1>Planen</h1>", "the first heading is h2"),
        ("<h1>Planen</h1>", '<h1>Planen</h1><a href="/y/" target="_blank">y</a>', "steer this one"),
    ],
)
def test_each_fault_is_seen(right, wrong, said):
    assert right in WHOLE
    found = faults(PAGE.format(WHOLE.replace(right, wrong, 1)))
    assert any(said in fault for fault in found), found


def test_a_page_has_a_language_a_title_and_no_name_in_it():
    whole = PAGE.format(WHOLE)
    assert "html has no lang" in faults(whole.replace(' lang="nb"', ""))
    assert "the title says nothing" in faults(whole.replace("Planen – ", "", 1))
    assert "the title holds a name: Sara" in "".join(faults(whole.replace("Planen –", "Sara –", 1), ["Sara Solberg"]))


def asked(answer, method="GET", address="/cases/"):
    """What the strict client says about an answer."""
    request = strict._looked_at(lambda client, **given: answer() if callable(answer) else answer)
    return request(None, **RequestFactory()._base_environ(REQUEST_METHOD=method, PATH_INFO=address))


def headers(**more):
    return {**strict.HEADERS, "Content-Security-Policy": "; ".join(strict.POLICY), **more}


def test_an_answer_without_its_headers_is_seen(db):
    assert asked(HttpResponse("x", "text/plain", headers=headers())).status_code == 200
    for missing in headers():
        kept = {name: value for name, value in headers().items() if name != missing}
        with pytest.raises(strict.NotAsItMustBe):
            asked(HttpResponse("x", "text/plain", headers=kept))
    for more in (
        {"ETag": '"1"'},
        {"Content-Security-Policy": "; ".join(strict.POLICY) + "; script-src 'unsafe-inline'"},
    ):
        with pytest.raises(strict.NotAsItMustBe):
            asked(HttpResponse("x", "text/plain", headers={**headers(), **more}))


def test_a_page_that_is_no_page_is_seen(db):
    with pytest.raises(strict.NotAsItMustBe, match="0 h1"):
        asked(HttpResponse("<p>half a page</p>", headers=headers()))


def test_a_get_that_writes_is_seen(db):
    def write():
        Service.objects.create(name="x", act="HOL", sort="municipality")
        return HttpResponse("x", "text/plain", headers=headers())

    assert asked(write, method="POST").status_code == 200
    with pytest.raises(strict.NotAsItMustBe, match="a GET wrote to directory_service"):
        asked(write)


def test_a_form_without_a_key_is_seen(db):
    whole = PAGE.format(WHOLE)
    with pytest.raises(strict.NotAsItMustBe, match="which is no address"):
        asked(HttpResponse(whole, headers=headers()))
    with pytest.raises(strict.NotAsItMustBe, match="has no key"):
        asked(HttpResponse(whole.replace("/x/", "/ask/child/"), headers=headers()))
    with pytest.raises(strict.NotAsItMustBe, match="which takes none"):
        asked(HttpResponse(whole.replace("/x/", "/inbox/"), headers=headers()))


def test_rows_without_an_order_come_in_any(db):
    Service.objects.bulk_create(Service(name=f"{number:02}", act="HOL", sort="municipality") for number in range(30))
    unordered, ordered = Service.objects.order_by(), Service.objects.order_by("name")
    assert [one.name for one in ordered] == sorted(one.name for one in ordered)
    orders = {tuple(one.name for one in unordered.all()) for _ in range(5)}
    assert len(orders) > 1
    with pytest.raises(strict.NotAsItMustBe, match="without an order"):
        list(unordered[:3])


@pytest.mark.loose("shows that this switches the rest off")
def test_who_must_do_without_says_so(db):
    Service.objects.bulk_create(Service(name=f"{number:02}", act="HOL", sort="municipality") for number in range(30))
    assert len(list(Service.objects.order_by()[:3])) == 3


def test_statements_that_write_are_known():
    assert [
        strict.WRITES.match(sql)[2] for sql in ('INSERT INTO "a" (x)', "update b set", 'DELETE FROM "c" WHERE')
    ] == [*"abc"]
    assert not strict.WRITES.match('SELECT "x" FROM "updates"')
