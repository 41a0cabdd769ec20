"""What the tests of the guide share: a database that versions are read from, as in production."""

import pytest

from laget.guide import access, versions


@pytest.fixture
def stored(db):
    """Versions come from the database while the test lasts."""
    versions.connect(versions.Source(access.rows, access.text))
    yield
    versions.connect(None)
