"""Django's own commands (makemigrations, shell …) against the demo in var, or the database that DATABASE_URL names."""

import os
import sys

from laget.site import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
    if "makemigrations" in sys.argv or not (local.var() / "keys.json").exists():
        local.environment("keys")
    else:
        local.enter()
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL_OWNER", os.environ["DATABASE_URL"])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
