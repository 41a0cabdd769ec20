"""A new installation gets its first administrator by the command line, once."""

import pytest

from laget.access.oidc.recognising import account_mark
from laget.audit.models import Entry
from laget.consents.rules import can_ask
from laget.directory.access import places_of
from laget.directory.beginning import NotAnEmptyHouse, first_administrator
from laget.directory.models import Account, Position
from laget.directory.signing_in import signing_in
from laget.people.models import Name

WORDS = {
    "name": "Anne Grete Vik", "account": "agv@fjordvik.example", "service": "Fjordvik kommune", "unit": "IKT",
    "title": "Administrator",
}  # fmt: skip


def test_the_first_administrator_signs_in_and_asks_nobody_for_consent(db):
    person = first_administrator(**WORDS)
    assert signing_in("staff", "https://i.example", "s", account_mark("staff", "AGV@fjordvik.example")) == person
    (place,) = places_of(person)
    assert place.administers and not can_ask(place.act)
    assert Name.objects.get(person_id=person).full == "Anne Grete Vik"
    assert Entry.objects.filter(event="directory.position_begun", cause="first").count() == 1


def test_only_while_nobody_administers(cast):
    with pytest.raises(NotAnEmptyHouse):
        first_administrator(**WORDS)
    assert not Account.objects.exists()


@pytest.mark.parametrize("without", [{"name": "Anne"}, {"account": " "}, {"service": ""}])
def test_what_is_missing_is_said(db, without):
    with pytest.raises(ValueError, match="are needed"):
        first_administrator(**{**WORDS, **without})
    assert not Position.objects.exists()
