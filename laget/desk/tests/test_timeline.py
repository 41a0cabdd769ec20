"""The last that happened, on the child's page: who wrote it for whom, and whom it is for."""

import pytest
from django.urls import reverse

from laget.cases.tests.factories import entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("audience", "persons", "said"),
    [
        ("team", (), ""),
        ("own_service", (), "Bare Solbakken barnehage og familien"),
        ("named", ("omar", "sara"), "Bare de som er valgt"),
        ("childs_own", ("omar",), "Barnets eget, delt med deg"),
        ("not_for", ("per",), "Ikke for Per Solberg"),
        ("services", (), "Bare tjenestene"),
    ],
)
def test_the_timeline_says_whom_an_entry_is_for(cast, visit, audience, persons, said):
    everybody = cast.everybody()
    named = sorted(everybody[one].person for one in persons)
    reader = cast.maja if audience == "own_service" else cast.omar
    entry(cast, cast.maja, words="Om noe", audience=audience, persons=named)
    body = visit(reader).get(reverse("child_page", args=[cast.case.pk])).content.decode()
    timeline = body[body.index('class="timeline"') :]
    assert "Om noe" in timeline and said in timeline
    assert ("Bare de som er valgt" in timeline) == (audience == "named")
