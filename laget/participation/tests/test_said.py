"""What was said at a set-up is read by the one it is for and by those who help, and put right by new rows."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from laget.participation.models import Remark, Setup
from laget.participation.tests.test_set_up import address, said, twelve  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up_by_maja(twelve, visit):  # noqa: F811
    """Maja has set up Sara's sign-in."""
    assert visit(twelve.maja).post(address(twelve), said(twelve)).status_code == 200
    return twelve, Setup.objects.get()


def test_the_child_and_those_who_help_read_it_and_the_parents_do_not(set_up_by_maja, visit):
    cast, setup = set_up_by_maja
    for member, page in ((cast.omar, reverse("ways_in", args=[cast.child])), (cast.sara, reverse("my_sign_in"))):
        body = visit(member).get(page).content.decode()
        assert "Kari viste pass." in body and "Sara vil det selv." in body and "Maja Lind" in body
    assert "Sara vil det selv." not in visit(cast.kari).get(reverse("my_sign_in")).content.decode()
    for member in (cast.kari, cast.otto, cast.vera, cast.ada, cast.idris):
        answer = visit(member).get(reverse("remark", args=[setup.pk]))
        assert answer.status_code == 404 and "vil det selv" not in answer.content.decode()


def test_it_is_put_right_by_a_new_row_and_who_made_the_letter_stays(set_up_by_maja, visit):
    cast, setup = set_up_by_maja
    page = reverse("remark", args=[setup.pk])
    assert visit(cast.omar).post(page, {"words": "", "maturity": ""}).status_code == 422
    changed = {"words": "Kari viste førerkort.", "maturity": "Sara vil det, og har egen telefon."}
    assert visit(cast.omar).post(page, changed).status_code == 302
    setup.refresh_from_db()
    assert (setup.words, setup.position_id) == ("Kari viste pass.", cast.maja.position)
    body = visit(cast.sara).get(reverse("my_sign_in")).content.decode()
    assert body.index("har egen telefon") < body.index("Sara vil det selv.")
    assert "Omar Haddad" in body and Remark.objects.get().by_id == cast.omar.person


def test_only_those_in_the_case_write_it(set_up_by_maja, as_app):
    cast, setup = set_up_by_maja
    for member in (cast.kari, cast.sara, cast.vera, cast.otto):
        one = Remark(child_id=cast.child, setup=setup, words="x", by_id=member.person)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), as_app(member.actor):
            one.save(force_insert=True)
    assert not Remark.objects.exists()


def test_a_page_that_was_opened_without_a_letter_says_it_too(twelve, visit):  # noqa: F811
    cast = twelve
    visit(cast.maja).post(address(cast), said(cast, handed="eid"))
    assert "Sara vil det selv." in visit(cast.sara).get(reverse("my_sign_in")).content.decode()
