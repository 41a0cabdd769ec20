"""A worker writes for one of the family: marked, told, and answered by that one; both stand."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from laget.access.database import acting
from laget.audit.models import Entry
from laget.cases.models import Log
from laget.cases.tests.factories import entry
from laget.demo.cast import seat
from laget.notices.models import Notice
from laget.sight.models import Seat, SeatKind

pytestmark = pytest.mark.django_db
WORDS = "Jeg vil at vi møtes hjemme."


def typed(cast, **more):
    return {"person": cast.kari.person, "spoken": "interpreter", "kind": "everyday", "words": WORDS} | more


def page(cast):
    return reverse("write_for", args=[cast.case.pk])


def written(cast, visit, **more):
    assert visit(cast.maja).post(page(cast), typed(cast, **more)).status_code == 302
    return Log.objects.get()


def test_it_stands_as_the_mothers_words_written_by_the_worker(cast, visit):
    one = written(cast, visit)
    assert (one.author_id, one.spoken_for_id, one.spoken) == (cast.maja.person, cast.kari.person, "interpreter")
    assert Entry.objects.filter(event="cases.written_for", object_id=one.pk).exists()
    for reader in (cast.kari, cast.omar, cast.maja):
        body = visit(reader).get(reverse("case_log", args=[cast.case.pk])).content.decode()
        assert WORDS in body
        assert "på vegne av" in body
    told = Notice.objects.get(event="cases.written_for")
    assert (told.recipient_id, told.address) == (cast.kari.person, reverse("spoken_for", args=[one.pk]))


def test_she_says_that_it_was_meant_otherwise_and_both_stand(cast, visit):
    one = written(cast, visit)
    address = reverse("spoken_for", args=[one.pk])
    kari = visit(cast.kari)
    assert WORDS in kari.get(address).content.decode()
    assert kari.post(address, {"words": " "}).status_code == 422
    assert kari.post(address, {"words": "Bare ikke hjemme."}).status_code == 302
    own = Log.objects.get(meant=one)
    assert (own.author_id, own.spoken_for_id) == (cast.kari.person, None)
    body = visit(cast.omar).get(reverse("case_log", args=[cast.case.pk])).content.decode()
    assert WORDS in body
    assert body.count("Bare ikke hjemme.") >= 1
    assert Notice.objects.filter(event="cases.meant_otherwise", recipient_id=cast.maja.person).count() == 1


@pytest.mark.parametrize("who", ["maja", "omar", "vera", "otto", "ada", "per", "sara"])
def test_nobody_else_says_what_she_meant(cast, visit, who):
    one = written(cast, visit)
    answer = visit(getattr(cast, who)).post(reverse("spoken_for", args=[one.pk]), {"words": "Nei."})
    assert answer.status_code in (403, 404)
    assert Log.objects.count() == 1
    with acting(getattr(cast, who).actor), pytest.raises(ProgrammingError), transaction.atomic():
        Log(case=cast.case, child_id=cast.child, sort="note", kind="everyday", words="Nei", meant=one,
            author_id=getattr(cast, who).person).save(force_insert=True)  # fmt: skip


@pytest.mark.parametrize("who", ["per", "omar", "liv"])
def test_one_writes_only_for_the_family_and_not_for_one_who_is_kept_away(cast, visit, who):
    answer = visit(cast.maja).post(page(cast), typed(cast, person=getattr(cast, who).person))
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Log.objects.exists()
    with acting(cast.maja.actor), pytest.raises(ProgrammingError), transaction.atomic():
        Log(case=cast.case, child_id=cast.child, sort="note", kind="everyday", words="Nei", spoken="oral",
            spoken_for_id=getattr(cast, who).person, author_id=cast.maja.person).save(force_insert=True)  # fmt: skip


def test_the_family_writes_in_its_own_name(cast, visit):
    assert visit(cast.kari).get(page(cast)).status_code == 404
    with acting(cast.kari.actor), pytest.raises(ProgrammingError), transaction.atomic():
        Log(case=cast.case, child_id=cast.child, sort="note", kind="everyday", words="Nei", spoken="oral",
            spoken_for_id=cast.sara.person, author_id=cast.kari.person).save(force_insert=True)  # fmt: skip


def test_the_childs_words_have_a_page_of_their_own(cast, visit):
    """Who reads them is chosen first there, the child's own before the team."""
    page_now = visit(cast.maja).get(page(cast)).content.decode()
    assert f'value="{cast.child}"' not in page_now
    assert "sort=child_words" in page_now
    assert visit(cast.maja).post(page(cast), typed(cast, person=cast.child)).status_code == 422
    with acting(cast.maja.actor), pytest.raises(ProgrammingError), transaction.atomic():
        Log(case=cast.case, child_id=cast.child, sort="note", kind="everyday", words="Nei", spoken="oral",
            spoken_for_id=cast.child, author_id=cast.maja.person).save(force_insert=True)  # fmt: skip


def test_only_kinds_that_the_consent_covers(cast, visit):
    assert visit(cast.maja).post(page(cast), typed(cast, kind="health")).status_code == 422


def test_a_guardian_writes_as_guardian(cast, visit):
    Seat.objects.filter(person_id=cast.kari.person).update(kind=SeatKind.GUARDIAN)
    entry(cast, cast.kari)
    body = visit(cast.omar).get(reverse("case_log", args=[cast.case.pk])).content.decode()
    assert "Kari Solberg</bdi> · Verge" in body or "· Verge" in body
    assert seat
