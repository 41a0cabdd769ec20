"""The cast as ever, or with nobody kept away yet where a module says NOBODY_IS_KEPT_AWAY."""

import pytest

from laget.sight.models import Forbid


@pytest.fixture
def cast(cast, request):
    if getattr(request.module, "NOBODY_IS_KEPT_AWAY", False):
        Forbid.objects.all().delete()
    return cast
