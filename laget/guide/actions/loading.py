"""A new version of the model, from the operator's file or from a draft that was taken into use."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.guide import versions
from laget.guide.access import may_load, rows
from laget.guide.chain import Finder
from laget.guide.faults import refused
from laget.guide.files import preset
from laget.guide.models import Version
from laget.guide.national import national
from laget.guide.reading import read_guide, whole_of
from laget.guide.values import Guide
from laget.guide.writing import toml
from laget.kernel.actor import Actor
from laget.kernel.outcome import Done


@action("guide.version_loaded")
def load(  # noqa: PLR0913 - a file has a name and a place, and a version has a day
    actor: Actor, own: str, *, begins: date, today: date, name: str = "", find: Finder = preset
) -> Done[Guide]:
    """A new version from the day `begins`. Raises GuideFaults with every fault, and then nothing is loaded.

    What has begun cannot be changed afterwards, so only the first version may begin before `today`.
    """
    require(may_load(actor))
    one_at_a_time()
    row = add_version(actor, own, begins=begins, today=today, name=name, find=find)
    return Done(read_guide(row.whole, row.code))


def one_at_a_time() -> None:
    """Whoever decides what holds waits here for whoever is deciding it, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('guide'))")


def add_version(  # noqa: PLR0913 - as `load`
    actor: Actor, own: str, *, begins: date, today: date, name: str = "", find: Finder = preset
) -> Version:
    """The row of a new version, recorded. Raises GuideFaults."""
    guide = read_guide(own, name, find)
    _free(guide, begins, today, name)
    layer = whole_of(own, name, find)
    layer["guide"] = {**layer["guide"], "valid_from": begins}
    row = Version(pk=uuid4(), code=guide.code, valid_from=begins, own=own, whole=toml(layer), loaded_by=actor.person)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise _taken(guide.code, begins, name) from None
    record(actor, "guide.version_loaded", object_id=row.pk, details={"code": guide.code, "from": begins.isoformat()})
    transaction.on_commit(versions.forget)
    return row


def _free(guide: Guide, begins: date, today: date, name: str) -> None:
    known = rows()
    if guide.code == national().code or any(code == guide.code for code, _ in known):
        said = f"{guide.code!r} is loaded before; allowed: a code of its own for every version"
        raise refused(said, place="guide.code", file=name)
    if any(day == begins for _, day in known):
        raise _taken(guide.code, begins, name)
    if known and begins < today:
        said = f"is {begins}, which has been; allowed: {today} or later, since cases may have begun meanwhile"
        raise refused(said, place="--from", file=name)


def _taken(code: str, begins: date, name: str) -> Exception:
    said = f"{begins} is the first day of another version (or {code!r} is its code); allowed: another day"
    return refused(said, place="--from", file=name)
