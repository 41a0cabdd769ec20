"""Lists what every test may lean on; the plugin tests.support.database is named in pyproject.toml, before Django."""

pytest_plugins = ["tests.support.cast"]
