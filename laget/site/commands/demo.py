"""`laget demo`: everything on one machine, with a fictional municipality in it."""

import argparse
import contextlib
import ctypes
import io
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from laget.site import catalogues, local, postgres
from laget.site.commands import serve, verify_audit
from laget.site.fault import Fault

KINDNESS = 12.0  # seconds that a child process gets to end
PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def arguments(parser: argparse.ArgumentParser) -> None:
    serve.arguments(parser)
    parser.add_argument("--only-prepare", action="store_true", help="make and load the database, then stop")


def run(given: argparse.Namespace) -> int:
    """Prepares, starts server and worker, says where to click, and stops all of it on Ctrl-C."""
    _port_is_free(given.host, given.port)
    address = f"http://{given.host}:{given.port}"
    os.environ.setdefault("LAGET_BASE_URL", address)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
    signal.signal(signal.SIGTERM, _interrupt)
    cluster = local.enter()
    try:
        _prepare()
        if given.only_prepare:
            return 0
        return _attend(_children(given.host, given.port), address, given.host, given.port)
    finally:
        if cluster:
            postgres.stop(cluster)


def _prepare() -> None:
    """Migrates and loads as the owner, in a process of its own whose logins end with it."""
    catalogues.compile_all()
    if not os.environ.get("DATABASE_URL_OWNER"):
        raise Fault("with DATABASE_URL the demo needs DATABASE_URL_OWNER and DATABASE_URL_WORKER too")
    environment = {**os.environ, "DATABASE_URL": os.environ["DATABASE_URL_OWNER"], "LAGET_POOL": "0"}
    done = subprocess.run([sys.executable, "-m", "laget.site.commands.demo"], env=environment)
    if done.returncode:
        raise Fault("the demo could not be loaded; what went wrong stands above")


def load() -> None:
    """What the process of `_prepare` does."""
    import django

    django.setup()
    from django.core.management import call_command

    from laget.access.database import check_contract
    from laget.demo.load import load as load_municipality

    call_command("migrate", interactive=False, verbosity=0)
    check_contract()
    load_municipality()
    with contextlib.redirect_stdout(io.StringIO()):  # the officer's page says what was found
        verify_audit.run(argparse.Namespace(folder=None, keep=True, json=False))


def _children(host: str, port: int) -> list[subprocess.Popen[bytes]]:
    serve = ["serve", "--host", host, "--port", str(port)]
    return [start([sys.executable, "-m", "laget", *words]) for words in (serve, ["worker"])]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Starts a process that Ctrl-C does not reach, and that ends with us, also when we are killed (on Linux)."""
    us = os.getpid()
    ask = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def end_with_us() -> None:
        if ask is not None:
            ask(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != us:  # we were gone before the child could ask
                os._exit(1)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_us)


def _attend(children: list[subprocess.Popen[bytes]], address: str, host: str, port: int) -> int:
    try:
        _wait_for(children, host, port)
        print(f"\n  Laget runs on {address}\n  Choose who you are: {address}/demo/\n  Stop with Ctrl-C.\n", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return next((child.returncode for child in children if child.returncode), 1)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def _wait_for(children: list[subprocess.Popen[bytes]], host: str, port: int) -> None:
    here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not listened on
    end = time.monotonic() + 60
    while time.monotonic() < end and all(child.poll() is None for child in children):
        with socket.socket() as attempt:
            if attempt.connect_ex((here, port)) == 0:
                return
        time.sleep(0.1)
    raise Fault("the server did not start; what went wrong stands above")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(KINDNESS)
        except subprocess.TimeoutExpired:
            child.kill()


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as fault:
            raise Fault(f"port {port} cannot be used ({fault.strerror}); choose another: make demo PORT=8001") from None


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    load()
