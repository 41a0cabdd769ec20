"""The command line `laget`: each command is one module, imported only when it is called."""

import argparse
import importlib
import os
import sys
from typing import NoReturn, Protocol, cast

from laget.site.fault import Fault

# name: (module, what it does, what it needs before it runs)
# needs: nothing · keys (a key and an address, made up when missing) · local (the environment, or the demo's own
# database in var; local_owner and local_worker with their logins) · all (everything from the environment, as in
# production)
COMMANDS = {
    "demo": ("laget.site.commands.demo", "a fictional municipality on this machine, ready to click in", "nothing"),
    "serve": ("laget.site.commands.serve", "the web server", "all"),
    "worker": (
        "laget.site.commands.worker",
        "what is due: mail, reminders, seals, control, deletion",
        "worker",
    ),
    "migrate": ("laget.site.commands.migrate", "bring the database up to this version and check its locks", "owner"),
    "guide": ("laget.site.commands.guide", "the municipality's own model: check, load, show, diff", "nothing"),
    "consent-parties": (
        "laget.site.commands.consent_parties",
        "who must consent, a JSON question in and a JSON answer out",
        "nothing",
    ),
    "first-administrator": (
        "laget.site.commands.first_administrator",
        "somebody who can let the others in; for a new installation",
        "owner",
    ),
    "register-feed": (
        "laget.site.commands.register_feed",
        "what the population register says of addresses, a line for each person",
        "local_worker",
    ),
    "seal": ("laget.site.commands.seal", "seal the record now; or go on after a restore", "local_worker"),
    "verify-audit": ("laget.site.commands.verify_audit", "whether the record and its seals hold", "local_owner"),
    "simulate": ("laget.site.commands.simulate", "fill an empty database with a made-up municipality", "owner"),
    "bench": ("laget.site.commands.bench", "measure the main pages on a simulated municipality", "nothing"),
    "messages": ("laget.site.commands.messages", "extract, compile or check the rooms' translations", "nothing"),
}


class Command(Protocol):
    """What a command's module holds."""

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, given: argparse.Namespace) -> int: ...


class Parser(argparse.ArgumentParser):
    """Says a fault in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: list[str] | None = None) -> int:
    """Runs one command; 0 when done, 1 when what was checked does not hold, 2 for bad input."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help"}:
        print(_help())
        return 0 if words else 2
    if words[0] not in COMMANDS:
        print(f"laget: no command {words[0]!r}; there are: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return _run(words[0], words[1:])
    except Fault as fault:
        print(f"laget {words[0]}: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(name: str, rest: list[str]) -> int:
    module, what, needs = COMMANDS[name]
    command = cast(Command, importlib.import_module(module))
    parser = Parser(prog=f"laget {name}", description=what)
    command.arguments(parser)
    given = parser.parse_args(rest)
    if needs != "nothing":
        set_up(needs)
    return command.run(given)


def set_up(needs: str) -> None:
    """Puts the right login in place, then reads the settings."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    from laget.site import local

    local.environment(needs)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Fault(str(fault)) from None


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, (_, what, _needs) in COMMANDS.items()]
    return "\n".join(["usage: laget COMMAND …", "", *lines, "", "laget COMMAND --help says more."])
