"""What somebody who wants more than the family gave would try: each attack by its name, and that it leads nowhere."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import Refused
from laget.consents.actions import Oral, Wish, ask, asking, note_oral_answer, withdraw
from laget.consents.models import Answer
from laget.consents.tests.test_actions import asked, kinds_now, nora, parents, say  # noqa: F401
from laget.consents.tests.test_pages import body, family_form, talk
from laget.demo.cast import Cast
from laget.kernel.errors import Invalid
from laget.notices.models import Notice
from laget.people.models import Lookup

YES, NO = Oral(("everyday",), "norsk"), Oral((), "norsk")


def note(as_app, cast, asked, party: int, oral: Oral):  # noqa: F811
    with as_app(cast.maja.actor):
        return note_oral_answer(cast.maja.actor, asked, asked.typed["people"][party]["id"], oral)


def test_a_no_given_by_signing_in_is_never_turned_into_an_oral_yes(cast: Cast, asked, as_app):  # noqa: F811
    """The asker notes yes for both, also for the mother who has said no herself."""
    mother, _father = parents(asked)
    say(as_app, mother, asked, [])
    with pytest.raises(Invalid):
        note(as_app, cast, asked, 0, YES)
    note(as_app, cast, asked, 1, YES)
    assert kinds_now(asked) == set()
    assert Answer.objects.filter(person_id=mother.person).count() == 1


def test_a_withdrawal_is_never_undone_by_an_oral_yes(cast: Cast, asked, as_app):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    with pytest.raises((Invalid, Refused)):
        note(as_app, cast, asked, 0, YES)
    assert kinds_now(asked) == set()


def test_a_no_said_aloud_is_noted_also_after_a_yes_by_signing_in(cast: Cast, asked, as_app):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    note(as_app, cast, asked, 0, NO)
    assert Answer.objects.filter(person_id=mother.person).order_by("-at").first().kinds == []


def test_the_database_too_refuses_an_oral_yes_over_ones_own_answer(cast: Cast, asked, as_app):  # noqa: F811
    mother, _father = parents(asked)
    say(as_app, mother, asked, [])
    row = Answer(
        request=asked, child_id=asked.child_id, person_id=mother.person, kinds=["identity", "everyday"], form="oral",
        noted_by_id=cast.maja.position, text_version="1",
    )  # fmt: skip
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_nobody_answers_for_a_parent_unseen(cast: Cast, asked, as_app, visit):  # noqa: F811
    """A noted answer is told to the one it stands for, and the page says who noted it."""
    mother, father = parents(asked)
    note(as_app, cast, asked, 0, YES)
    told = Notice.objects.filter(recipient_id=mother.person, event="consents.noted")
    assert [one.address for one in told] == [reverse("consent", args=[asked.pk])]
    assert not Notice.objects.filter(recipient_id=father.person, event="consents.noted").exists()
    page = body(visit(mother).get(reverse("consent", args=[asked.pk])))
    assert "Maja Lind" in page and "skrev ned dette svaret" in page
    assert "skrev ned dette svaret" not in body(visit(father).get(reverse("consent", args=[asked.pk])))


def test_looking_up_without_sending_is_counted_or_never_looks(cast: Cast, as_app, visit, monkeypatch):
    """What is wrong with the wish is said before anybody is looked for, so that nothing is measured for free."""
    looked = []
    real = asking.register_child
    monkeypatch.setattr(asking, "register_child", lambda *given: looked.append(1) or real(*given))
    day = timezone.localdate()
    for wrong in (
        Wish(("everyday",), "plan", None, "x" * 120_001), Wish(("everyday",), "nowhere"), Wish((), "plan"),
        Wish(("everyday",), "plan", day), Wish(("everyday", "shoe size"), "plan"),
    ):  # fmt: skip
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            ask(cast.maja.actor, cast.maja.position, nora(), wrong, "", day)
    assert not looked and not Lookup.objects.exists()


@pytest.mark.parametrize("count", ["abc", "-7", "²", "99999999999", ""])
def test_a_forged_number_of_parents_breaks_nothing(cast: Cast, visit, count):
    client = visit(cast.maja)
    assert client.post(reverse("ask"), talk()).status_code == 302
    client.post(reverse("ask_child"), family_form(count=count))
    assert client.get(reverse("ask_what")).status_code in (200, 302)
