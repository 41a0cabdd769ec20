"""Who may see and do what with a request: the functions that page, button and action ask."""

from datetime import timedelta

import pytest
from django.utils import timezone

from laget.consents.access import (
    is_open,
    may_answer,
    may_ask,
    may_note,
    may_withdraw,
    visible_answers,
    visible_parties,
    visible_requests,
)
from laget.consents.models import Answer, Party, Request
from laget.consents.tests.test_actions import asked, parents, say  # noqa: F401


def test_each_sees_what_is_theirs(cast, family, asked, as_app):  # noqa: F811
    mother, father = parents(asked)
    everybody = {**cast.everybody(), "mother": mother, "father": father, "hanna": family.mother}
    for name, member in everybody.items():
        with as_app(member.actor):
            sees = visible_requests(member.actor).count()
            assert sees == Request.objects.count() == int(name in {"maja", "mother", "father"}), name
            assert visible_parties(member.actor).count() == Party.objects.count() == 2 * sees, name


def test_an_answer_is_ones_own_or_ones_own_noting(cast, asked, as_app):  # noqa: F811
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    for member, count in ((mother, 1), (father, 0), (cast.maja, 0)):
        with as_app(member.actor):
            assert visible_answers(member.actor).count() == Answer.objects.count() == count


def test_who_may_do_what(cast, asked, as_app):  # noqa: F811
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    table = {
        "maja": (cast.maja, (True, False, False, True)),
        "otto": (cast.otto, (True, False, False, False)),
        "mother": (mother, (False, True, True, False)),
        "father": (father, (False, True, False, False)),
        "kari": (cast.kari, (False, False, False, False)),
    }
    for name, (member, wanted) in table.items():
        with as_app(member.actor):
            found = (
                may_ask(member.actor), may_answer(member.actor, asked), may_withdraw(member.actor, asked),
                may_note(member.actor, asked),
            )  # fmt: skip
            assert tuple(map(bool, found)) == wanted, name
            assert all(verdict or str(verdict.reason) for verdict in found)


@pytest.mark.parametrize(
    "over", [{"ended_at": timezone.now()}, {"until": timezone.localdate() - timedelta(days=1)}], ids=["ended", "past"]
)
def test_what_is_over_cannot_be_answered(cast, asked, as_app, over):  # noqa: F811
    Request.objects.filter(pk=asked.pk).update(**over)
    asked.refresh_from_db()
    mother, _father = parents(asked)
    assert not is_open(asked)
    with as_app(mother.actor):
        assert not may_answer(mother.actor, asked)
    with as_app(cast.maja.actor):
        assert not may_note(cast.maja.actor, asked)
