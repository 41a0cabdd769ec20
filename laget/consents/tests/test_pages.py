"""Who gets which page, what stands in it, and that nothing typed is lost or gives anything away."""

import re
from datetime import date, timedelta
from difflib import unified_diff
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from laget.consents import rights
from laget.consents.actions import Wish, answer, ask
from laget.consents.models import Answer, Request
from laget.consents.tests.test_actions import WISH, nora, parents, say
from laget.demo.cast import Cast, Family
from laget.families.models import Child
from laget.kernel.reading import lix, minutes
from laget.kernel.verdict import ALLOWED
from laget.people.models import Name, Person
from laget.people.rules import synthetic_number
from laget.sight.models import Cover, Seat
from tests.support.same import as_read as body

BORN = date(2021, 3, 4)
NASTY = "<script>alert(1)</script> **fet** \u202eabc\u202c 🦊 مرحبا \u0007"


@pytest.fixture
def asked(cast: Cast, as_app):
    with as_app(cast.maja.actor):
        return ask(cast.maja.actor, cast.maja.position, nora(), WISH, "«Jeg vil ikke.»", timezone.localdate()).value


def talk(**changes):
    return {"safe": "yes", "talked_on": timezone.localdate().isoformat(), "child_words": "Hun tegnet.", **changes}


def family_form(**changes):
    typed = {
        "count": "2", "given": "Nora", "family": "Hansen", "number": synthetic_number(BORN, 3), "born": "",
        "expected": "",
        "p0_given": "Marit", "p0_family": "Hansen", "p0_number": synthetic_number(date(1991, 1, 2)),
        "p0_relation": "mother", "p0_responsibility": "yes", "p0_source": "register", "p0_language": "norsk",
        "p1_given": "Ole", "p1_family": "Hansen", "p1_number": "", "p1_relation": "father", "p1_responsibility": "yes",
        "p1_source": "register", "p1_language": "tigrinja", "p1_interpreter": "on",
    }  # fmt: skip
    return {**typed, **changes}


def wish(**changes):
    until = timezone.localdate() + timedelta(days=200)
    typed = {"why": "Samarbeid om språk.", "kinds": ["everyday", "learning"], "reach": "plan"}
    return {**typed, "until": until.isoformat(), **changes}


def sent(client, **changes) -> Request:
    assert client.post(reverse("ask"), talk()).status_code == 302
    assert client.post(reverse("ask_child"), family_form(**changes)).status_code == 302
    response = client.post(reverse("ask_what"), wish())
    assert response.status_code == 302, body(response)
    return Request.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def test_who_may_ask(cast: Cast, visit):
    allowed = {"maja", "omar", "vera", "otto", "liv", "idris", "ada"}
    for name, member in cast.everybody().items():
        found = visit(member).get(reverse("ask")).status_code
        assert found == (200 if name in allowed else 404), name


def test_a_question_is_asked_in_three_pages(cast: Cast, visit):
    client = visit(cast.maja)
    assert "Er det trygt" in body(client.get(reverse("ask")))
    request = sent(client)
    assert (request.first_words, request.typed["child"]["name"]) == ("Hun tegnet.", "Nora Hansen")
    page = body(client.get(reverse("asked", args=[request.pk])))
    assert "Marit Hansen" in page and "Ole Hansen" in page
    assert 'value="Hun tegnet.' not in body(client.get(reverse("ask"))) and "Hun tegnet." not in body(
        client.get(reverse("ask"))
    )


@pytest.mark.parametrize("safe", ["no", "unsure"])
def test_nothing_is_registered_when_it_is_not_safe(cast: Cast, visit, safe):
    client, before = visit(cast.maja), Person.objects.count()
    response = client.post(reverse("ask"), talk(safe=safe, talked_on=""))
    assert response.status_code == 200 and "112" in body(response)
    assert client.get(reverse("ask_child"))["Location"] == reverse("ask")
    assert (Person.objects.count(), Request.objects.count()) == (before, 0)


def test_the_later_pages_wait_for_the_first(cast: Cast, visit):
    client = visit(cast.maja)
    assert client.get(reverse("ask_what"))["Location"] == reverse("ask")
    client.post(reverse("ask"), talk())
    assert client.get(reverse("ask_what"))["Location"] == reverse("ask_child")
    assert client.post(reverse("ask_what"), wish())["Location"] == reverse("ask_child")


def test_back_keeps_what_was_accepted(cast: Cast, visit):
    client = visit(cast.maja)
    aunt = {"p2_given": "Tante", "p2_relation": "other", "p2_responsibility": "no", "p2_source": "declared"}
    client.post(reverse("ask"), talk())
    client.post(reverse("ask_child"), family_form(count="3", **aunt))
    assert "Hun tegnet." in body(client.get(reverse("ask")))
    page = body(client.get(reverse("ask_child")))
    assert 'value="Marit"' in page and 'value="Tante"' in page and "tigrinja" in page


def test_one_more_parent_keeps_what_is_typed(cast: Cast, visit):
    client = visit(cast.maja)
    client.post(reverse("ask"), talk())
    page = body(client.post(reverse("ask_child"), family_form(more="1", number="abc")))
    assert 'name="p2_given"' in page and 'value="abc"' in page and 'value="Ole"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "12345678901"}, "Nasjonalt"),
        ({"number": "0403212222"}, "elleve"),
        ({"number": "", "born": "2150-01-01"}, "fremtiden"),
        ({"number": "", "born": "1990-01-01"}, "25 år"),
        ({"number": "", "born": "i går"}, "24.12.2026"),
        ({"number": ""}, "fødselsdato"),
        ({"p0_source": "declared"}, "må være bevist"),
        ({"p0_responsibility": "no", "p1_responsibility": "no"}, "foreldreansvar"),
        ({"p1_given": "Marit", "p0_number": ""}, "samme navn"),
        ({"p0_number": synthetic_number(BORN, 3)}, "gammel nok"),
        ({"p1_number": synthetic_number(date(1991, 1, 2))}, "to ganger"),
        ({"given": NASTY * 10}, "tegn"),
    ],
)
def test_what_is_wrong_is_said_and_all_is_kept(cast: Cast, visit, changes, sentence):
    client = visit(cast.maja)
    client.post(reverse("ask"), talk())
    response = client.post(reverse("ask_child"), family_form(**changes))
    page = body(response)
    assert response.status_code == 422
    assert 'value="Hansen"' in page and "tigrinja" in page and "<script>alert" not in page
    assert "ds-validation-message" in page
    if sentence != "Nasjonalt":
        assert sentence in page
    assert Person.objects.filter(pk__in=Name.objects.filter(family="Hansen").values("person_id")).count() == 0


def test_strange_and_long_texts_are_kept_as_they_are(cast: Cast, visit):
    client = visit(cast.maja)
    long = (NASTY.replace("\u0007", "") + "å" * 100) * 600
    assert len(long) < 120_000
    client.post(reverse("ask"), talk(child_words=long))
    client.post(reverse("ask_child"), family_form(given="Nora 🦊", p0_family="<b>Hansen</b>"))
    response = client.post(reverse("ask_what"), wish(why=NASTY))
    request = Request.objects.get(pk=response["Location"].strip("/").split("/")[-1])
    assert request.why.startswith("<script>") and "🦊" in request.why and "\u202e" not in request.why
    assert len(request.first_words) > 80_000
    page = body(client.get(reverse("asked", args=[request.pk])))
    assert "<b>Hansen" not in page and "&lt;b&gt;Hansen" in page


def alike(text: str) -> str:
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"\bx[0-9a-f]{10}\b", "X", text)


def test_the_asker_gets_the_same_bytes_for_a_known_and_an_unknown_child(cast: Cast, family: Family, visit, monkeypatch):
    """Only the asker's own typing decides what the asker reads."""
    emil = Child.objects.get(pk=family.child)
    monkeypatch.setattr(rights, "_existing_case", [lambda child: "/x/" if child == emil.pk else None])
    pages = []
    for serial in (1, 2):
        client = visit(cast.otto)
        typed = {"given": "Emil", "family": "Strand", "number": synthetic_number(emil.born, serial)}
        request = sent(client, **typed)
        assert (request.child_id == emil.pk) == (serial == 1)
        seen = [body(client.get(reverse("asked", args=[request.pk])))]
        note = reverse("note_answer", args=[request.pk, request.typed["people"][1]["id"]])
        seen.append(body(client.get(note)))
        client.post(note, {"answer": "yes", "kinds": ["everyday"], "language": "tigrinja", "joins": "on"})
        seen.append(body(client.get(reverse("asked", args=[request.pk]))))
        paper = reverse("register_paper", args=[request.pk, request.typed["people"][0]["id"]])
        signed = client.post(paper, {
            "answer": "yes", "kinds": ["everyday"], "signed_on": timezone.localdate().isoformat(), "text": "nb",
            "kept_at": "Arkivskap 2", "checker": str(cast.liv.person),
        })  # fmt: skip
        seen.append(f"{signed.status_code} {signed.headers.get('Location')}")
        pages.append([alike(page) for page in seen])
    for known, unknown in zip(*pages, strict=True):
        assert list(unified_diff(known.splitlines(), unknown.splitlines(), n=0)) == []


def test_who_reads_a_request(cast: Cast, family: Family, asked, visit):
    mother, father = parents(asked)
    everybody = {**cast.everybody(), "mother": mother, "father": father, "hanna": family.mother}
    expected = {
        "asked": {"maja"}, "consent": {"mother", "father"}, "withdraw": set(), "note": {"maja"},
    }  # fmt: skip
    for name, member in everybody.items():
        client = visit(member)
        addresses = {
            "asked": reverse("asked", args=[asked.pk]),
            "note": reverse("note_answer", args=[asked.pk, asked.typed["people"][0]["id"]]),
            "consent": reverse("consent", args=[asked.pk]),
            "withdraw": reverse("withdraw", args=[asked.pk]),
        }
        for which, address in addresses.items():
            response = client.get(address)
            nothing_given = which == "withdraw" and name in {"mother", "father"}
            wanted = 200 if name in expected[which] else 302 if nothing_given else 404
            assert response.status_code == wanted, (name, which, response.status_code)
            if wanted != 200:
                assert "Hansen" not in body(response) and "Solbakken" not in body(response).replace(
                    "Solbakken barnehage</bdi>", ""
                )


def test_an_unknown_address_is_the_same_as_another_familys(cast: Cast, family: Family, asked, visit):
    client = visit(family.mother)
    theirs = body(client.get(reverse("consent", args=[asked.pk])))
    nobodys = body(client.get(reverse("consent", args=[uuid4()])))
    assert alike(theirs) == alike(nobodys)


def test_a_parent_answers_on_one_page_and_gets_a_receipt(cast: Cast, asked, visit):
    mother, _father = parents(asked)
    client, address = visit(mother), reverse("consent", args=[asked.pk])
    page = body(client.get(address))
    assert "Maja Lind" in page and "Solbakken barnehage" in page and "Vi vil gjerne samarbeide om språket." in page
    assert not re.search(r'type="checkbox"[^>]*checked', page)
    assert "Jeg vil ikke" not in page and "Ole" not in page
    empty = client.post(address, {"answer": "yes"})
    assert empty.status_code == 422 and "Kryss av" in body(empty)
    assert client.post(address, {"answer": "yes", "kinds": ["everyday"]}).status_code == 302
    receipt = body(client.get(address))
    assert "Hverdagen" in receipt and 'name="answer"' not in receipt
    assert 'name="answer"' in body(client.get(address + "?change=1"))


def test_the_other_parent_reads_only_what_is_not_shared(cast: Cast, asked, visit, as_app):
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday", "learning", "health"])
    say(as_app, father, asked, ["everyday", "learning"])
    page = body(visit(mother).get(reverse("consent", args=[asked.pk])))
    assert "Deles ikke: Helse" in page and "Ole" not in page


def test_a_no_is_a_calm_no(cast: Cast, asked, visit):
    mother, _father = parents(asked)
    client, address = visit(mother), reverse("consent", args=[asked.pk])
    assert client.post(address, {"answer": "no", "kinds": ["everyday"]}).status_code == 302
    assert Answer.objects.get().kinds == []
    assert "Du sa nei" in body(client.get(address))


def test_only_the_parents_are_told_that_there_is_a_case(cast: Cast, asked, visit, monkeypatch):
    monkeypatch.setattr(rights, "_existing_case", [lambda child: "/their-team/"])
    mother, _father = parents(asked)
    client, address = visit(mother), reverse("consent", args=[asked.pk])
    assert "/their-team/" in body(client.get(address))
    assert client.post(address, {"answer": "yes", "kinds": ["everyday"]}).status_code == 422
    assert client.post(address, {"answer": "yes", "kinds": ["everyday"], "joins": "yes"}).status_code == 302
    assert Answer.objects.get().joins
    assert "/their-team/" not in body(visit(cast.maja).get(reverse("asked", args=[asked.pk])))


def test_withdrawal_says_first_what_changes(cast: Cast, asked, visit, as_app, monkeypatch):
    monkeypatch.setattr(rights, "_consequences", [lambda child, service: ["Maja Lind er kontakten i dag."]])
    mother, father = parents(asked)
    for one in (mother, father):
        say(as_app, one, asked, ["everyday"])
    client, address = visit(mother), reverse("withdraw", args=[asked.pk])
    page = body(client.get(address))
    assert "Maja Lind er kontakten i dag." in page and "Hverdagen" in page
    assert Cover.objects.in_force().filter(child_id=asked.child_id).exists()
    key = str(uuid4())
    for _twice in range(2):
        assert client.post(address, {"key": key})["Location"] == reverse("consent", args=[asked.pk])
    assert Answer.objects.filter(withdraws=True).count() == 1
    assert not Cover.objects.in_force().filter(child_id=asked.child_id).exists()
    assert client.get(address)["Location"] == reverse("consent", args=[asked.pk])
    assert client.post(address).status_code == 403
    assert visit(cast.maja).get(reverse("asked", args=[asked.pk])).status_code == 404


def test_when_all_have_said_yes_the_asker_may_open_the_case(cast: Cast, asked, visit, as_app, monkeypatch):
    monkeypatch.setattr(rights, "_existing_case", [])
    for one in parents(asked):
        say(as_app, one, asked, ["everyday"])
    client, address = visit(cast.maja), reverse("asked", args=[asked.pk])
    page = body(client.get(address))
    assert f"/requests/{asked.pk}/open/" in page and 'name="key"' in page
    monkeypatch.setattr(rights, "_existing_case", [lambda child: "/the-case/"])
    assert "Bli med i laget" in body(client.get(address))
    Request.objects.filter(pk=asked.pk).update(first_words="")
    page = body(client.get(address))
    assert "/the-case/" in page and "/open/" not in page


def test_an_oral_answer_needs_a_tick_or_a_no(cast: Cast, asked, visit):
    client = visit(cast.maja)
    address = reverse("note_answer", args=[asked.pk, asked.typed["people"][0]["id"]])
    wrong = client.post(address, {"answer": "yes", "language": "norsk", "child_heard": NASTY})
    assert wrong.status_code == 422 and "🦊" in body(wrong)
    assert client.post(address, {"answer": "no", "language": "norsk"}).status_code == 302
    assert Answer.objects.get().kinds == []
    assert client.get(reverse("note_answer", args=[asked.pk, uuid4()])).status_code == 404


def test_the_holder_asks_for_one_more_service(cast: Cast, family: Family, visit, monkeypatch):
    monkeypatch.setattr(rights, "_who_may_ask", [lambda actor, child: ALLOWED])
    Seat.objects.create(
        child_id=family.child, person_id=cast.maja.person, kind="service", position_id=cast.maja.position
    )
    Cover.objects.create(child_id=family.child, service_id=cast.kindergarten, kind="identity", purpose="cooperation")
    client, address = visit(cast.maja), reverse("ask_service", args=[family.child])
    page = body(client.get(address))
    assert "Fjordvik helsestasjon" in page and "Solbakken barnehage</option>" not in page
    page = body(client.get(address, {"service": cast.clinic}))
    assert re.search(r'value="health"\s+checked', page)
    response = client.post(address, {**wish(kinds=["health"]), "service": cast.clinic})
    request = Request.objects.get(pk=response["Location"].strip("/").split("/")[-1])
    assert (request.service_id, request.opens_case, request.kinds) == (cast.clinic, False, ["identity", "health"])
    assert "Hanna Strand" in body(client.get(reverse("asked", args=[request.pk])))
    assert visit(cast.omar).get(address).status_code == 404


def test_those_who_do_not_hold_the_baton_are_refused(cast: Cast, visit):
    address = reverse("ask_service", args=[cast.child])
    expected = {"maja": 200, "omar": 403}
    for name, member in cast.everybody().items():
        assert visit(member).get(address).status_code == expected.get(name, 404), name


@pytest.mark.parametrize("opens", [True, False])
def test_the_consent_text_is_easy_and_short(cast: Cast, asked, visit, opens):
    Request.objects.filter(pk=asked.pk).update(opens_case=opens)
    mother, _father = parents(asked)
    page = body(visit(mother).get(reverse("consent", args=[asked.pk])))
    main = page.split("<main")[1].split("</main")[0]
    text = re.sub(r"<(?:script|style|svg).*?</(?:script|style|svg)>", " ", main, flags=re.S)
    text = re.sub(r"</(?:p|li|h1|h2|label|legend)>", ". ", text)
    text = re.sub(r"\.\s*\.", ".", re.sub(r"<[^>]+>", " ", text.split(">", 1)[1]))
    assert lix(text) < 35, lix(text)
    assert minutes(text) <= 3
    assert not re.search(r"\b(?:samtykket gis|deles av|behandles)\b", text)


def test_english_is_whole(cast: Cast, asked, visit):
    mother, _father = parents(asked)
    client = visit(mother)
    with translation.override("en"):
        page = body(client.get(reverse("consent", args=[asked.pk]), HTTP_ACCEPT_LANGUAGE="en"))
    assert "Yes to what I ticked" in page and "shared within Solbakken barnehage" in page


__all__ = ["Wish", "answer"]
