"""Lists what every test may lean on; the plugin tests.support.database is named in pyproject.toml, before Django."""

from hypothesis import HealthCheck, settings

from laget.guide import versions

pytest_plugins = ["tests.support.cast", "tests.support.strict"]

# Time on a busy machine says nothing about the code: no example fails for being slow.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_sessionstart() -> None:
    """Rules are tested by the national default, without a database; a test of versions connects them itself."""
    versions.connect(None)
