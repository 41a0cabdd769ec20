"""Who opens a file, how it is served, and what happens when the scanner finds something or is silent."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.sealing import Unsealable
from laget.audit.models import Reading
from laget.cases.tests.factories import entry
from laget.demo.cast import Cast
from laget.documents import actions, rights, sweeps
from laget.documents.models import Content, File, State
from laget.documents.tests import corpus
from laget.sight.models import Cover


def sent(content=None, name="Sara Solberg.exe"):
    return SimpleUploadedFile(name, corpus.jpeg() if content is None else content, "text/html")


@pytest.fixture
def written(cast: Cast):
    return entry(cast, cast.maja, words="Noe om hverdagen.")


@pytest.fixture
def sweep(monkeypatch):
    """One round, as the worker's login."""

    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def add(client, written, **changes):
    typed = {"title": "Bilde av dagsplanen", "upload": sent(), **changes}
    return client.post(reverse("add_file", args=[written.pk]), typed)


@pytest.fixture
def added(cast: Cast, written, visit):
    assert add(visit(cast.maja), written).status_code == 302
    return File.objects.get()


def test_it_is_kept_sealed_and_clean(added):
    kept = Content.objects.get()
    assert (added.kind, added.state, added.title) == ("image/jpeg", "unscanned", "Bilde av dagsplanen")
    assert (
        b"JFIF" not in bytes(kept.sealed) and b"Kvitre" not in kept.opened and kept.opened.startswith(b"\xff\xd8\xff")
    )
    kept.file_id = uuid4()
    with pytest.raises(Unsealable):
        _ = kept.opened


def test_it_is_served_as_nothing_of_ours(cast: Cast, added, visit):
    response = visit(cast.omar).get(reverse("file", args=[added.pk]))
    assert response.status_code == 200 and response.content.startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="laget.jpg"'
    assert (
        "sandbox" in response["Content-Security-Policy"] and "default-src 'none'" in response["Content-Security-Policy"]
    )
    assert response["X-Content-Type-Options"] == "nosniff" and "no-store" in response["Cache-Control"]
    read = Reading.objects.get(page="documents.file")
    assert (read.person, read.object_id, read.children) == (cast.omar.person, added.pk, [cast.child])


def test_whoever_reads_the_entry_opens_the_file_and_nobody_else(cast: Cast, written, added, visit):
    for name, member in cast.everybody().items():
        client = visit(member)
        opened = client.get(reverse("file", args=[added.pk])).status_code
        log = client.get(reverse("case_log", args=[written.case_id]))
        reads = log.status_code == 200 and "Noe om hverdagen." in log.content.decode()
        assert (opened == 200) == reads and opened in (200, 404), name
        assert ("Bilde av dagsplanen" in log.content.decode()) == reads, name


def test_an_audience_narrows_the_file_with_its_entry(cast: Cast, visit):
    narrow = entry(cast, cast.maja, audience="named", persons=[cast.omar.person], words="For Omar.")
    assert add(visit(cast.maja), narrow).status_code == 302
    added = File.objects.get()
    assert visit(cast.kari).get(reverse("file", args=[added.pk])).status_code == 404
    assert visit(cast.omar).get(reverse("file", args=[added.pk])).status_code == 200


def test_it_closes_in_the_moment_the_consent_ends(cast: Cast, added, visit):
    client = visit(cast.omar)
    assert client.get(reverse("file", args=[added.pk])).status_code == 200
    Cover.objects.filter(service_id=cast.clinic).update(until=added.at)
    assert client.get(reverse("file", args=[added.pk])).status_code == 404


def test_only_the_author_adds_and_the_database_says_so_too(cast: Cast, written, visit, as_app):
    assert add(visit(cast.omar), written).status_code == 403
    assert add(visit(cast.otto), written).status_code == 404
    row = {"child_id": cast.child, "sort": "entry", "of": written.pk, "title": "x", "kind": "image/png", "size": 1}
    for member, changes in ((cast.omar, {}), (cast.maja, {"of": uuid4()}), (cast.maja, {"sort": "paper"})):
        with as_app(member.actor), pytest.raises(DatabaseError), transaction.atomic():
            File.objects.create(**{**row, **changes}, by_id=member.person, state="unscanned")
    with as_app(cast.omar.actor), pytest.raises(DatabaseError), transaction.atomic():  # in the author's name
        File.objects.create(**row, by_id=cast.maja.person, state="unscanned")
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"upload": sent(corpus.HTML, "bilde.png")}, "verken PDF, PNG eller JPEG"),
        ({"upload": sent(corpus.png_bomb())}, "for stort"),
        ({"upload": sent(corpus.locked())}, "passord"),
        ({"upload": sent(b"")}, "høyst 10 MB"),
        ({"upload": ""}, "Velg en fil"),
        ({"title": "31829712345 Fødselsnummer", "upload": sent()}, ""),
        ({"title": "  "}, "ds-validation-message"),
    ],
)
def test_what_is_wrong_is_said_and_the_title_stays(cast: Cast, written, visit, changes, said):
    response = add(visit(cast.maja), written, **changes)
    page = response.content.decode()
    if said:
        assert response.status_code == 422 and said in page
        assert "title" in changes or 'value="Bilde av dagsplanen"' in page
        assert not File.objects.exists()


def test_too_large_a_file_is_said_to_be_so(cast: Cast, written, visit):
    response = add(visit(cast.maja), written, upload=sent(corpus.jpeg() + bytes(12 * 1024 * 1024)))
    assert response.status_code == 422 and "høyst 10 MB" in response.content.decode()


def test_what_the_scanner_finds_is_not_kept(cast: Cast, written, visit, clamd):
    response = add(visit(cast.maja), written, upload=sent(corpus.png() + corpus.EICAR))
    assert response.status_code == 422 and "kan skade" in response.content.decode() and clamd.asked
    assert not File.objects.exists()
    assert add(visit(cast.maja), written).status_code == 302
    assert File.objects.get().state == State.SCANNED


def test_while_the_scanner_is_silent_it_opens_for_nobody(cast: Cast, written, visit, clamd, as_app, sweep):
    clamd.mute = True
    assert add(visit(cast.maja), written).status_code == 302
    file = File.objects.get()
    assert file.state == State.WAITING
    for member in (cast.maja, cast.omar, cast.kari):
        response = visit(member).get(reverse("file", args=[file.pk]))
        assert response.status_code == 403 and not re.search(rb"\xff\xd8\xff", response.content)
        with as_app(member.actor):
            assert not Content.objects.exists()
    log = visit(cast.kari).get(reverse("case_log", args=[written.case_id])).content.decode()
    assert "Venter på å bli undersøkt" in log and reverse("file", args=[file.pk]) not in log
    sweep()
    assert File.objects.get().state == State.WAITING
    clamd.mute = False
    sweep()
    assert File.objects.get().state == State.SCANNED
    assert visit(cast.omar).get(reverse("file", args=[file.pk])).status_code == 200


def test_what_is_found_later_loses_its_bytes(cast: Cast, written, visit, clamd, monkeypatch, sweep):
    clamd.mute = True
    add(visit(cast.maja), written)
    monkeypatch.setattr(corpus, "EICAR", b"\xff\xd8\xff")
    clamd.mute = False
    sweep()
    file = File.objects.get()
    assert file.state == State.HARMFUL and bytes(Content.objects.get().sealed) == b""
    assert visit(cast.maja).get(reverse("file", args=[file.pk])).status_code == 403


def test_what_the_scanner_has_no_answer_for_holds_up_no_other(cast: Cast, written, visit, clamd, sweep, caplog):
    """Six whose bytes no key opens, and one that can be read: each round draws five of those that wait."""
    clamd.mute = True
    add(visit(cast.maja), written)
    good = File.objects.get()
    for _ in range(6):
        bad = File.objects.create(
            child_id=cast.child, sort="entry", of=written.pk, title="x", kind="image/png", size=1, state="waiting",
            by_id=cast.maja.person, at=good.at - timedelta(days=1),
        )  # fmt: skip
        Content.objects.create(file_id=bad.pk, sealed=b"x")
    clamd.mute = False
    for _ in range(60):
        sweep()
        if File.objects.get(pk=good.pk).state == State.SCANNED:
            break
    assert File.objects.get(pk=good.pk).state == State.SCANNED
    assert File.objects.filter(state=State.WAITING).count() == 6 and "no answer for file" in caplog.text


def test_health_says_how_long_a_file_waits_and_nothing_of_it(cast: Cast, written, visit, clamd, client, settings):
    clamd.mute = True
    add(visit(cast.maja), written)
    assert not {"unscanned_seconds", "files_gigabytes"} & set(client.get("/healthz").json())
    File.objects.update(at=timezone.now() - timedelta(minutes=20))
    settings.LAGET_FILES_GB = 0
    said = client.get("/healthz")
    assert 1190 <= said.json()["unscanned_seconds"] <= 1300 and said.json()["ok"]
    file = File.objects.get()
    for secret in (str(file.pk), str(cast.child), file.title, settings.LAGET_CLAMD):
        assert secret not in said.content.decode()


def test_a_scanner_that_is_not_there_is_silent_too(cast: Cast, written, visit, settings):
    settings.LAGET_CLAMD, settings.LAGET_CLAMD_SECONDS = "/nowhere/clamd.ctl", 1
    assert add(visit(cast.maja), written).status_code == 302
    assert File.objects.get().state == State.WAITING


def test_a_scanner_that_drips_is_silent_when_its_time_is_over(cast: Cast, written, visit, clamd, settings):
    clamd.drips, settings.LAGET_CLAMD_SECONDS = True, 1
    began = time.monotonic()
    assert add(visit(cast.maja), written).status_code == 302
    assert File.objects.get().state == State.WAITING and clamd.asked
    assert time.monotonic() - began < 10, "a byte each tenth of a second lasts a minute"


def test_a_protected_family_opens_no_file(cast: Cast, added, visit, monkeypatch):
    monkeypatch.setattr("laget.documents.access.told_beside", lambda question: True)
    response = visit(cast.kari).get(reverse("file", args=[added.pk]))
    assert response.status_code == 403 and "kontakten" in response.content.decode()
    assert visit(cast.omar).get(reverse("file", args=[added.pk])).status_code == 200


def test_the_right_is_asked_again_after_all_that_takes_time(cast: Cast, written, visit, monkeypatch):
    """Making a file anew and asking the scanner take a while: a consent that ends meanwhile is asked for last."""
    order = []
    monkeypatch.setattr(actions, "clean", lambda content, real=actions.clean: order.append("made") or real(content))
    monkeypatch.setattr(
        actions, "_looked_at", lambda content, real=actions._looked_at: order.append("scanned") or real(content)
    )
    for name in ("hold", "may_add"):
        real = getattr(rights, name)
        monkeypatch.setattr(
            rights, name, lambda *said, name=name, real=real: (order.append(name), real(*said))[1]
        )  # fmt: skip
    assert add(visit(cast.maja), written).status_code == 302
    assert order[-4:] == ["made", "scanned", "hold", "may_add"]


def test_it_yields_when_the_consent_ends_while_it_is_scanned(cast: Cast, written, visit, monkeypatch):
    def scan(content):
        Cover.objects.filter(child_id=cast.child).update(until=Now())
        return State.SCANNED

    monkeypatch.setattr(actions, "_looked_at", scan)
    assert add(visit(cast.maja), written).status_code != 302
    assert not File.objects.exists()
