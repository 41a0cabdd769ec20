"""Who gets 200, 403 and 404 on the main pages, and what stands in them."""

import pytest
from django.urls import reverse

PAGES = {
    "home": lambda cast: reverse("home"),
    "child_page": lambda cast: reverse("child_page", args=[cast.case.pk]),
    "family_page": lambda cast: reverse("family_page", args=[cast.child]),
    "search": lambda cast: reverse("search"),
}
WORKERS = ("maja", "omar", "vera", "idris", "otto", "ada", "liv")
TABLE = {
    "home": dict.fromkeys(WORKERS, 200) | {"kari": 302, "per": 200, "sara": 302},
    "child_page": dict.fromkeys(WORKERS, 404) | {"maja": 200, "omar": 200, "kari": 404, "per": 404, "sara": 404},
    "family_page": dict.fromkeys(WORKERS, 404) | {"kari": 200, "per": 404, "sara": 200},
    "search": dict.fromkeys(WORKERS, 200) | {"kari": 404, "per": 404, "sara": 404},
}


@pytest.mark.parametrize(("where", "who", "status"), [(w, k, s) for w, row in TABLE.items() for k, s in row.items()])
def test_who_opens_what(cast, visit, where, who, status):
    response = visit(getattr(cast, who)).get(PAGES[where](cast))
    assert response.status_code == status
    if status == 404 or who in {"vera", "idris", "otto", "ada", "liv", "per"}:
        assert "Solberg" not in response.content.decode().replace("Per Solberg", "")


@pytest.mark.parametrize("where", PAGES)
def test_nobody_is_sent_to_sign_in(cast, client, where):
    response = client.get(PAGES[where](cast))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))
