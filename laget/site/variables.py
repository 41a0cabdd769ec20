"""The one list of what Laget reads from its environment: settings take defaults from it, and pages are made of it.

A new variable is one entry; `make reference` then writes docs/reference/environment.md and .env.example anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVERY = "every command"


class Shelf(StrEnum):
    """How often an installation sets it: the headings of .env.example."""

    MUST = "Must be set"
    USUALLY = "Usually set"
    SELDOM = "Seldom set"
    NEVER = "Never in production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable. `default` is the text that is read when nothing is set; `without` says in words what that means.

    `holds` and `without` are Markdown for docs/reference/environment.md, `needed_by` the commands that read it, and
    `example` what stands in .env.example: never a secret.
    """

    name: str
    shelf: Shelf
    holds: str
    needed_by: str
    default: str | None = None
    without: str = ""
    example: str = ""


VARIABLES = (
    Variable(
        name="DATABASE_URL",
        shelf=Shelf.MUST,
        holds="the web's login: `postgresql://laget_app:…@host/laget`. "
        "May read and write rows within row level security, and nothing else",
        needed_by="`serve`",
        example="postgresql://laget_app:…@db.internal/laget?sslmode=verify-full",
    ),
    Variable(
        name="DATABASE_URL_OWNER",
        shelf=Shelf.MUST,
        holds="the login that owns tables. The web server and the worker should not have it in their environment",
        needed_by="`migrate`, `first-administrator`, `verify-audit`, `simulate`, `bench`",
        example="postgresql://laget_owner:…@db.internal/laget?sslmode=verify-full",
    ),
    Variable(
        name="DATABASE_URL_WORKER",
        shelf=Shelf.MUST,
        holds="the login of jobs",
        needed_by="`worker`",
        example="postgresql://laget_worker:…@db.internal/laget?sslmode=verify-full",
    ),
    Variable(
        name="LAGET_SECRET_KEY",
        shelf=Shelf.MUST,
        holds="at least 32 characters; signs sessions and forms. Changing it signs everyone out",
        needed_by=EVERY,
    ),
    Variable(
        name="LAGET_DATA_KEYS",
        shelf=Shelf.MUST,
        holds="one or more keys of 32 bytes in base64, with commas between. "
        "The first encrypts, all decrypt: put a new key first to rotate",
        needed_by=EVERY,
    ),
    Variable(
        name="LAGET_INDEX_KEY",
        shelf=Shelf.MUST,
        holds="32 bytes in base64; makes the look-up value of national numbers. "
        "It cannot be changed without computing them anew",
        needed_by=EVERY,
    ),
    Variable(
        name="LAGET_SEAL_KEY",
        shelf=Shelf.MUST,
        holds="32 bytes in base64: the private Ed25519 key that signs seals of the record. Only the worker has it",
        needed_by="`worker`, `seal`",
        without="must be set for the worker",
    ),
    Variable(
        name="LAGET_SEAL_PUBLIC_KEYS",
        shelf=Shelf.MUST,
        holds="the public keys of seals, in base64, with commas between, oldest first; the last belongs to "
        "`LAGET_SEAL_KEY`. Once a later key has signed, an earlier one no longer counts",
        needed_by="`worker`, `seal`, `verify-audit`",
        without="must be set for those who read it",
    ),
    Variable(
        name="LAGET_SEAL_FOLDER",
        shelf=Shelf.USUALLY,
        holds="where the worker also writes each seal, outside the database; best on a machine that the database's "
        "keepers do not control",
        needed_by="`worker`, `seal`, `verify-audit`",
        without="`seals` in `LAGET_VAR`",
        example="/mnt/witness/laget-seals",
    ),
    Variable(
        name="LAGET_ALLOWED_HOSTS",
        shelf=Shelf.MUST,
        holds="host names that the site answers to, with commas between",
        needed_by="`serve`",
        default="127.0.0.1,localhost",
        example="laget.kommune.example",
    ),
    Variable(
        name="LAGET_BASE_URL",
        shelf=Shelf.MUST,
        holds="the address people use; stands in messages, and in what is registered at providers",
        needed_by="`serve`, `worker`",
        default="http://127.0.0.1:8000",
        example="https://laget.kommune.example",
    ),
    Variable(
        name="LAGET_MUNICIPALITY",
        shelf=Shelf.USUALLY,
        holds="the municipality's name, shown at the top of each page",
        needed_by="`serve`, `worker`",
        without="none (in a demo the invented one)",
        example="Fjordvik kommune",
    ),
    Variable(
        name="LAGET_MUNICIPALITY_NUMBER",
        shelf=Shelf.USUALLY,
        holds="the municipality's number, of four digits; stands in the electronic report of concern",
        needed_by="`serve`",
        without="none: whoever reports types it (in a demo an invented one)",
        example="9999",
    ),
    Variable(
        name="LAGET_BEHIND_TLS_PROXY",
        shelf=Shelf.USUALLY,
        holds="`1` when a proxy in front ends TLS and sets `X-Forwarded-Proto` itself. "
        "Do not set it otherwise: then anyone could claim to be on TLS",
        needed_by="`serve`",
        default="0",
        example="1",
    ),
    Variable(
        name="LAGET_CITIZENS_ISSUER",
        shelf=Shelf.USUALLY,
        holds="ID-porten, exactly as it writes its own issuer. https only",
        needed_by="`serve`",
        without="none: families cannot sign in",
        example="https://idporten.no",
    ),
    Variable(
        name="LAGET_CITIZENS_CLIENT_ID",
        shelf=Shelf.USUALLY,
        holds="our client id there",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_CITIZENS_KEYS",
        shelf=Shelf.USUALLY,
        holds="a private JWK or JWK set as JSON, or the path of a file with it; the first signs, and has its `kid`. "
        "RSA of 2048 bits or more, or EC P-256",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_CITIZENS_ACR",
        shelf=Shelf.SELDOM,
        holds="the levels that are asked for and accepted, with spaces between",
        needed_by="`serve`",
        without="`idporten-loa-high`",
        example="idporten-loa-high",
    ),
    Variable(
        name="LAGET_CITIZENS_CLAIM",
        shelf=Shelf.SELDOM,
        holds="the claim with the national number",
        needed_by="`serve`",
        without="`pid`",
        example="pid",
    ),
    Variable(
        name="LAGET_STAFF_ISSUER",
        shelf=Shelf.USUALLY,
        holds="the municipality's OpenID provider",
        needed_by="`serve`",
        without="none: workers cannot sign in",
        example="https://login.kommune.example",
    ),
    Variable(
        name="LAGET_STAFF_CLIENT_ID",
        shelf=Shelf.USUALLY,
        holds="our client id there",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_STAFF_KEYS",
        shelf=Shelf.USUALLY,
        holds="as `LAGET_CITIZENS_KEYS`",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_STAFF_ACR",
        shelf=Shelf.SELDOM,
        holds="values of `acr` that prove two factors; asked for, and one must come back",
        needed_by="`serve`",
        without="none; this or the next must be set",
    ),
    Variable(
        name="LAGET_STAFF_AMR",
        shelf=Shelf.USUALLY,
        holds="values of `amr` that prove two factors, such as `mfa`; one must come back",
        needed_by="`serve`",
        without="none",
        example="mfa",
    ),
    Variable(
        name="LAGET_STAFF_CLAIM",
        shelf=Shelf.SELDOM,
        holds="the claim with the work account that administrators write. `email` counts only when verified",
        needed_by="`serve`",
        without="`preferred_username`",
        example="preferred_username",
    ),
    Variable(
        name="LAGET_OUTSIDERS_ISSUER",
        shelf=Shelf.USUALLY,
        holds="Ansattporten, for those who work for somebody else",
        needed_by="`serve`",
        without="none: that choice is not shown",
        example="https://ansattporten.no",
    ),
    Variable(
        name="LAGET_OUTSIDERS_CLIENT_ID",
        shelf=Shelf.USUALLY,
        holds="our client id there",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_OUTSIDERS_KEYS",
        shelf=Shelf.USUALLY,
        holds="as `LAGET_CITIZENS_KEYS`",
        needed_by="`serve`",
        without="must be set with the issuer",
    ),
    Variable(
        name="LAGET_OUTSIDERS_ACR",
        shelf=Shelf.SELDOM,
        holds="the levels that are asked for and accepted",
        needed_by="`serve`",
        without="`idporten-loa-high`",
        example="idporten-loa-high",
    ),
    Variable(
        name="LAGET_OUTSIDERS_CLAIM",
        shelf=Shelf.SELDOM,
        holds="the claim they are matched by: a national number, or another that administrators write",
        needed_by="`serve`",
        without="`pid`",
        example="pid",
    ),
    Variable(
        name="LAGET_SMTP_URL",
        shelf=Shelf.USUALLY,
        holds="`smtp://user:password@host:587` (STARTTLS) or `smtps://…`",
        needed_by="`worker`",
        without="none: no mail is sent",
        example="smtp://user:password@mail.internal:587",
    ),
    Variable(
        name="LAGET_MAIL_FROM",
        shelf=Shelf.USUALLY,
        holds="the sender of mail",
        needed_by="`worker`",
        default="laget@localhost",
        example="laget@kommune.example",
    ),
    Variable(
        name="LAGET_EMERGENCY_LINE",
        shelf=Shelf.USUALLY,
        holds="the telephone of child welfare outside office hours (barnevernvakta), shown with the other help numbers",
        needed_by="`serve`",
        without="the line is left out",
        example="55 00 00 00",
    ),
    Variable(
        name="LAGET_READERS_BY_ROLE",
        shelf=Shelf.USUALLY,
        holds='`1` shows a family the role of those who have looked ("Helsesykepleier") instead of the name. '
        "The municipality decides",
        needed_by="`serve`",
        default="0",
        example="0",
    ),
    Variable(
        name="LAGET_VAR",
        shelf=Shelf.USUALLY,
        holds="folder for collected static files, and in a demo the database and its keys",
        needed_by=EVERY,
        default="var",
        example="/var/lib/laget",
    ),
    Variable(
        name="PORT",
        shelf=Shelf.USUALLY,
        holds="port of `laget serve` and `laget demo`",
        needed_by="`serve`, `demo`",
        default="8000",
        example="8000",
    ),
    Variable(
        name="LAGET_REGISTER_FRESH_HOURS",
        shelf=Shelf.SELDOM,
        holds="how many hours the last word of the population register about a child is leaned on, 1 to 72. "
        "After that the child is closed to its parents until the register is heard again",
        needed_by="`worker`",
        default="24",
        example="24",
    ),
    Variable(
        name="LAGET_POOL",
        shelf=Shelf.SELDOM,
        holds="`0` opens a connection for each request instead of keeping a pool",
        needed_by="`serve`",
        default="1",
        example="1",
    ),
    Variable(
        name="LAGET_CLAMD",
        shelf=Shelf.USUALLY,
        holds="where clamd listens: a path, or `host:port`. Each file is asked about before it opens; while clamd "
        "is silent a new file is kept and opens for nobody",
        needed_by="`serve`, `worker`",
        default="",
        without="files are made anew from their pixels and pages, and open without a virus scan",
        example="/run/clamav/clamd.ctl",
    ),
    Variable(
        name="LAGET_FILES_GB",
        shelf=Shelf.SELDOM,
        holds="from how many gigabytes of files in the database on `/healthz` tells their size; nothing is refused",
        needed_by="`serve`",
        default="50",
        example="50",
    ),
    Variable(
        name="LAGET_POSTGRES_BIN",
        shelf=Shelf.SELDOM,
        holds="folder of another PostgreSQL (15 or newer) for the demo and the tests, "
        "such as `/usr/lib/postgresql/15/bin`",
        needed_by="`demo`, the tests",
        without="the embedded wheel",
        example="/usr/lib/postgresql/15/bin",
    ),
    Variable(
        name="LAGET_DEMO",
        shelf=Shelf.NEVER,
        holds="`1` opens `/demo/`, where anybody signs in as anybody. Only with invented people",
        needed_by="`demo` sets it",
        default="0",
        example="1",
    ),
    Variable(
        name="LAGET_INSECURE_COOKIES",
        shelf=Shelf.NEVER,
        holds="`1` lets cookies travel over plain http. Only on one's own machine",
        needed_by="`demo` sets it",
        default="0",
        example="1",
    ),
)

_BY_NAME = {one.name: one for one in VARIABLES}


def default(name: str) -> str | None:
    """What is read when the variable is not set; None when there is nothing to fall back on."""
    return _BY_NAME[name].default if name in _BY_NAME else None
