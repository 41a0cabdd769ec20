"""What an administrator who wants to read would try: each attack by its name, and that it leads nowhere."""

from uuid import uuid4

from django.urls import reverse

from laget.cases.access import visible_cases
from laget.cases.models import Baton
from laget.directory.models import Position, Unit
from laget.kernel.period import FOREVER


def test_an_administrator_gives_oneself_no_position_to_catch_a_falling_baton(cast, visit, as_app):
    """A baton falls to a leader of the service: so one would become its leader, and end those who stand before."""
    client, unit = visit(cast.ada), Unit.objects.get(name="Avdeling Blåklokka")
    typed = {"person": str(cast.ada.person), "title": "Styrer", "leads": "on", "key": str(uuid4())}
    answer = client.post(reverse("position_new", args=[unit.pk]), typed)
    assert answer.status_code == 422
    assert "Du kan ikke gi deg selv en stilling" in answer.content.decode()
    assert Position.objects.filter(person_id=cast.ada.person).count() == 1
    for other in (cast.omar, cast.otto, cast.liv, cast.maja):
        client.post(reverse("position_end", args=[other.position]), {"key": str(uuid4())})
    with as_app(cast.ada.actor):
        assert not visible_cases(cast.ada.actor).exists()
    held = Baton.objects.filter(until=FOREVER, position__person_id=cast.ada.person)
    assert not held.exists()
