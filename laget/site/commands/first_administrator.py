"""`laget first-administrator`: somebody who can sign in to a new installation and let the others in; once only."""

import argparse

from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="first and last name, such as 'Ada Vik'")
    parser.add_argument("--account", required=True, help="the work account that the person signs in with")
    parser.add_argument("--service", default="", help="where the person works (the municipality's name)")
    parser.add_argument("--unit", default="Administrasjon", help="the unit there (Administrasjon)")
    parser.add_argument("--title", default="Administrator", help="what the person works as (Administrator)")


def run(given: argparse.Namespace) -> int:
    """As the owner of the database. 0 when done."""
    from django.conf import settings
    from django.db import OperationalError

    from laget.directory.beginning import NotAnEmptyHouse, first_administrator

    service = given.service or settings.LAGET_MUNICIPALITY
    try:
        first_administrator(name=given.name, account=given.account, service=service, unit=given.unit, title=given.title)
    except NotAnEmptyHouse:
        raise Fault("there is an administrator already, who can let others in under «Tjenester og ansatte»") from None
    except ValueError as fault:
        raise Fault(str(fault)) from None
    except OperationalError as fault:
        raise Fault(f"the database does not answer: {str(fault).splitlines()[0]}") from None
    print(f"{given.name} administers. The first to sign in with {given.account} is taken for this person.")
    return 0
