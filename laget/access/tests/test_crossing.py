"""Two who wait for each other in the database are both served: the one that was ended is carried out once more."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from laget.access.tests import pages
from laget.cases.models import Log

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.locks, pytest.mark.urls("laget.access.tests.pages"),
]  # fmt: skip


def test_two_that_wait_for_each_other_are_both_carried_out(cast, visit):
    pages.both_hold_one.reset()
    clients = {"12": visit(cast.maja), "21": visit(cast.omar)}
    answers = {}

    def post(order):
        try:
            answers[order] = clients[order].post(
                f"/crosses/{cast.case.pk}/", {"order": order, "key": str(uuid4())}
            ).status_code  # fmt: skip
        finally:
            connection.close()

    threads = [Thread(target=post, args=[order]) for order in clients]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert answers == {"12": 302, "21": 302}
    assert sorted(Log.objects.values_list("words", flat=True)) == ["12", "21"]
