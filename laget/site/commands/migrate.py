"""`laget migrate`: as the owner; what it leaves is checked before it says that it is done."""

import argparse

from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")


def run(given: argparse.Namespace) -> int:
    """Migrates and asserts the database contract."""
    from django.core.management import call_command
    from django.db import OperationalError

    from laget.access.database import ContractBroken, check_contract

    try:
        call_command("migrate", interactive=False, verbosity=0 if given.quiet else 1)
        check_contract()
    except OperationalError as fault:
        raise Fault(f"the database does not answer: {str(fault).splitlines()[0]}") from None
    except ContractBroken as broken:
        raise Fault(f"the database is not as it must be: {broken}") from None
    return 0
