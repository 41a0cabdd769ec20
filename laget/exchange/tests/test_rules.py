"""What a report lacks, when telling is offered, the national message against its schema, and the document."""

import json
import os
import re
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.concerns.rules.steps import Note
from laget.exchange.documents import NotMade, compiler, pdf, said
from laget.exchange.rules.message import message
from laget.exchange.rules.report import Next, Step, answer_by, may_tell_parents, next_step, wanting, wanting_in_message

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
REPORTER = {
    "name": "Maja Lind", "role": "Lærer", "phone": "+47 22 33 44 55", "email": "maja.lind@kommune.example",
    "organisation": "Skolen", "address": "Bakken 1", "municipality": "Fjordvik", "number": "9999", "n": 1,
}  # fmt: skip
FULL = Note({
    "ground": {"violence": "no", "grounds": ["a"], "n": 1}, "words": {"seen": "Blå merker.", "n": 1},
    "child": {"name": "Emil", "number": "", "n": 1}, "parents": {"first_name": "Anne", "n": 1}, "reporter": REPORTER,
})  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
YES_NO = st.sampled_from(["yes", "no", ""])


@given(st.sampled_from(["yes", "no", "unsure", "", None]), st.sets(st.sampled_from("abcde")))
def test_telling_is_offered_only_when_it_is_no_violence_and_no_trafficking(violence, letters):
    note = Note({"ground": {"violence": violence, "grounds": sorted(letters)}})
    assert may_tell_parents(note) == (violence == "no" and "e" not in letters)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.PARENTS])
def test_each_of_four_things_is_needed(step):
    assert not wanting(FULL)
    without = Note({name: part for name, part in FULL.parts.items() if name != step})
    assert [one for one, _what in wanting(without)] == [step]


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "tlf 22"), ("phone", ""), ("email", "maja"), ("number", "99"), ("role", ""), ("address", "")],
)
def test_the_message_needs_more_than_the_document(field, value):
    note = Note({**FULL.parts, "reporter": {**REPORTER, field: value}})
    assert wanting_in_message(note) == (field,) and not wanting(note) and not wanting_in_message(FULL)


def test_the_next_step_is_one():
    empty = Note()
    assert next_step(empty, made=False, sent=False) is Next.FILL_IN
    assert next_step(FULL, made=False, sent=False) is Next.MAKE
    assert next_step(FULL, made=True, sent=False) is Next.SEND
    sent = FULL.with_part("sent", {"on": "2026-11-24"})
    assert next_step(sent, made=True, sent=True) is Next.WAIT
    over = sent.with_part("answers", {"opened": "no"})
    assert answer_by(over) is None and next_step(over, made=True, sent=True) is Next.DONE
    assert next_step(sent, made=False, sent=True) is Next.MAKE, "something new is to be delivered first"


# --- The national message ---

BESIDE = next(place for place in Path(__file__).parents if (place / "pyproject.toml").exists()).parent
SCHEMAS = Path(os.environ.get("MESSAGE_SCHEMAS", BESIDE / "shared" / "reference" / "report-of-concern"))
schema_is_here = pytest.mark.skipif(
    not (SCHEMAS / "v2" / "offentlig.bekymringsmelding.v2.json").exists(),
    reason="the schemas of the national message bear no licence: name a folder that holds them in MESSAGE_SCHEMAS",
)


@schema_is_here
@given(
    note=st.fixed_dictionaries({
        "ground": st.fixed_dictionaries(
            {"violence": st.sampled_from(["yes", "no", "unsure"]), "grounds": st.just(["a"])}
        ),
        "words": st.fixed_dictionaries({"seen": TEXTS, "history": TEXTS, "others": TEXTS, "agencies": TEXTS}),
        "child": st.fixed_dictionaries({
            "name": TEXTS, "number": st.sampled_from(["", "14832012345"]), "unborn": st.booleans(), "address": TEXTS,
            "postcode": TEXTS, "town": TEXTS, "phone": st.sampled_from(["", "22334455"]), "household": TEXTS,
        }),
        "parents": st.dictionaries(
            st.sampled_from(["first_name", "second_name", "first_phone", "first_why", "child_why"]), TEXTS
        ),
        "reporter": st.fixed_dictionaries(
            {"district": TEXTS, "district_number": st.sampled_from(["", "03"]), "organisation_number": TEXTS}
        ).map(lambda more: REPORTER | more),
    }),
)  # fmt: skip
def test_the_message_holds_by_the_schema(note):
    made = json.loads(json.dumps(message(Note(note), ground="barnevernsloven § 13-2 bokstav a", at=AT)))
    folder = SCHEMAS / "v2"
    schema = json.loads((folder / "offentlig.bekymringsmelding.v2.json").read_text())
    address = json.loads((SCHEMAS / "adresse.json").read_text())
    faults = list(_faults(made, schema, schema, {"../adresse.json": address}, "$"))
    assert not faults
    assert set(made) <= set(schema["properties"]), "nothing that the message does not know"


def _faults(value, schema, root, files, where):
    """What of JSON Schema the message uses: $ref, type, required, properties, items, their counts and pattern."""
    if ref := schema.get("$ref"):
        target = files[ref] if ref in files else root["definitions"][ref.rsplit("/", 1)[1]]
        yield from _faults(value, target, root, files, where)
        return
    known = {"type", "required", "properties", "items", "minItems", "maxItems", "pattern", "format"}
    unknown = set(schema) - known - {"$schema", "$id", "title", "definitions"}
    assert not unknown, f"the test does not know {unknown}"
    types = {"object": dict, "string": str, "boolean": bool, "array": list}
    if not isinstance(value, types[schema["type"]]):
        yield f"{where}: {value!r} is no {schema['type']}"
        return
    if isinstance(value, dict):
        yield from (f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from _faults(value[name], inner, root, files, f"{where}.{name}")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 99):
            yield f"{where}: {len(value)} items"
        for number, one in enumerate(value):
            yield from _faults(one, schema["items"], root, files, f"{where}[{number}]")
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where}: {value!r} does not fit"
        if schema.get("format") == "date-time":
            assert datetime.fromisoformat(value).tzinfo


@schema_is_here
def test_a_message_that_lacks_something_does_not_hold():
    schema = json.loads((SCHEMAS / "v2" / "offentlig.bekymringsmelding.v2.json").read_text())
    address = json.loads((SCHEMAS / "adresse.json").read_text())
    made = message(FULL, ground="x", at=AT)
    for name in schema["required"]:
        less = {key: value for key, value in made.items() if key != name}
        assert list(_faults(less, schema, schema, {"../adresse.json": address}, "$"))
    for number in ("99", "99999", "abcd"):
        assert list(_faults(made | {"kommunenummer": number}, schema, schema, {"../adresse.json": address}, "$"))


# --- The document ---


def document(text="Blå merker."):
    rows = [{"label": "Sett og hørt", "lines": text.splitlines() or [""]}]
    return {
        "title": "Bekymringsmelding", "year": 2026, "month": 11, "day": 24, "lead": ["Til barnevernet"],
        "parts": [{"title": "Det du har sett", "rows": rows}], "footer": "Unntatt", "page": "side", "of": "av",
    }  # fmt: skip


def whole(made):
    """The bytes with all that is compressed in them."""
    parts = [made]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            parts.append(zlib.decompress(found.group(1).strip()))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize(
    "text",
    ["#panic()", '#image("/etc/passwd")', '#read("/etc/passwd")', '#import "@preview/x:1.0.0": y', "$x$ *a* _b_ = c",
     "`raw`", "<label> @ref", "\\u{0}", "// not a comment", "[", "#let x = 1; #x", "https://laget.example",
     "\u202eabc"],
)  # fmt: skip
def test_what_people_write_is_never_markup(text):
    made = pdf("report", document(text))
    assert made.startswith(b"%PDF-") and b"root:x:0" not in whole(made)
    assert b"/URI" not in whole(made) and b"/Launch" not in whole(made) and b"/JavaScript" not in whole(made)


@given(TEXTS)
def test_any_text_makes_a_document(text):
    """Compiled here: a process for each of a hundred would say no more."""
    assert compiler.document("report", said(document(text))).startswith(b"%PDF-")


def test_the_compiler_stays_out_of_the_server():
    """What it keeps for the next document was 55 MB in each process that had made a few."""
    code = "import sys; from laget.exchange.documents import pdf; assert 'typst' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_the_compiler_is_given_no_key(monkeypatch):
    given = {}
    monkeypatch.setattr(subprocess, "run", lambda command, **how: given.update(how) or SimpleNamespace(returncode=1))
    with pytest.raises(NotMade):
        pdf("report", document("Emil"))
    assert given["env"] == {}


def test_a_document_that_can_not_be_made_says_so_without_a_word_of_it():
    with pytest.raises(NotMade) as told:
        pdf("no_such_template", {"name": "Emil Utenforstad"})
    assert "Utenforstad" not in str(told.value)


@pytest.mark.parametrize("text", ["Ørjan Šapov", "علي", "漢字", "🙂", "\ue000"])
def test_a_name_in_any_letters_makes_a_document(text):
    assert pdf("report", document(text)).startswith(b"%PDF-")


def test_its_metadata_names_nobody_and_no_machine():
    made = whole(pdf("report", document("Emil Utenforstad")))
    for word in (
        b"Utenforstad",
        str(Path(__file__).parents[3]).encode(),
        b"laget/exchange",
        os.uname().nodename.encode(),
        b"root",
    ):
        assert word not in made
    assert b"/Lang" in made and b"pdfuaid" in made and b"2026-11-24" in made
