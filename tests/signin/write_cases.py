"""Writes docs/reference/sign-in-cases.md from the cases that the tests run."""

import os

import django

import tests.support.settings_for_types  # noqa: F401 - keys, before the settings are read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
os.environ.setdefault("LAGET_POOL", "0")
django.setup()

from tests.signin.test_hostile import PAGE, table  # noqa: E402

HEAD = """# What is tried at sign-in

Each row is run by the tests against a provider on 127.0.0.1 that is bent in this one way, at the sign-in of families
and at that of workers. After every refusal there is no session, the record holds a code and nobody's identity, and
neither page nor log holds a token or a number. A test compares this page with the cases (`tests/signin/cases.py`); it
is written anew by `.venv/bin/python -m tests.signin.write_cases`. Logout tokens are tried in
`tests/signin/test_logout.py`.

Outcomes: `cancelled` stopped at the provider · `lost` belongs to no sign-in that has begun in this browser ·
`provider_down` the provider does not answer as one must · `faulty` what came back does not hold · `too_weak` not
strong enough · `too_old` too long since somebody proved who they are · `unknown` nobody here, or nothing for them ·
`account_taken` the account is bound to another.

"""

if __name__ == "__main__":
    PAGE.write_text(HEAD + table() + "\n")
