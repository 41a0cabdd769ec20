"""Measures the database of the environment and writes the figures to a file: the process that `laget bench` starts."""

import json
import os
import sys
from pathlib import Path

import psycopg


def main(file: str, *numbers: str) -> None:
    """users, rounds, seed, and the requests after which memory is read."""
    import django

    django.setup()

    from laget.site.measuring.figures import measure
    from laget.site.measuring.memory import worker_megabytes

    users, rounds, seed, requests = map(int, numbers)
    with psycopg.connect(os.environ["DATABASE_URL_OWNER"], autocommit=True) as owner:
        found = measure(owner, users, rounds, seed).json()
        found["worker_mb"] = worker_megabytes(owner, users, requests) if requests else None
    Path(file).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
