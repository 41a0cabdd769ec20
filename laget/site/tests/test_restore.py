"""docs/how-to/restore-it.md, done: dumped, restored on a server of its own, opened with the keys and not without."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from laget.audit import sealing
from laget.audit.actions import record
from laget.cases.tests.factories import entry
from laget.demo.cast import make_cast
from laget.documents.models import Content, File
from laget.kernel.actor import SYSTEM
from laget.site import postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]
BYTES = b"%PDF-1.7 a letter that somebody has kept"
NAME = "laget"
LOOK = """
import os
from django.conf import settings
from laget.site import cli
assert cli.main(["migrate"]) == 0
assert cli.main(["seal"]) == 1, "the seals outside are ahead, and nothing is sealed before that is said"
assert cli.main(["seal", "--accept", "The disk was lost."]) == 0
assert cli.main(["verify-audit"]) == 0
from django.db import connection
from laget.access.sealing import Unsealable, unseal
from laget.documents.models import about
with connection.cursor() as cursor:
    cursor.execute("SELECT file_id, sealed FROM documents_content")
    (file, sealed), = cursor.fetchall()
print("file:", unseal(sealed, about(file)).decode())
settings.LAGET_DATA_KEYS = [os.urandom(32)]
try:
    unseal(sealed, about(file))
except Unsealable:
    print("another key: shut")
"""


@pytest.fixture
def elsewhere():
    """Another server, with the three logins and no database of ours."""
    folder = Path(tempfile.mkdtemp(prefix="laget-restore-"))
    folder.chmod(0o755)
    made = postgres.cluster(folder, "restored")
    postgres.start(made, durable=False)
    postgres.prepare(made, "unused")
    yield made
    postgres.stop(made)
    shutil.rmtree(made.folder)
    shutil.rmtree(made.socket, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cast():
    """Sara's case with a file, sealed; and what was done after the dump, in the seals outside alone."""
    made = make_cast()
    written = entry(made, made.maja)
    file = File.objects.create(child_id=made.child, sort="entry", of=written.pk, title="Brev", kind="application/pdf",
                               size=len(BYTES), by_id=made.maja.person, state="unscanned")  # fmt: skip
    kept = Content(file=file)
    kept.take(BYTES)
    kept.save(force_insert=True)
    happened()
    return made


def happened():
    with transaction.atomic():
        record(SYSTEM, "documents.scanned", object_id=None)
    assert sealing.run() >= 1


def program(cluster, name, *words):
    done = subprocess.run([cluster.bindir / name, *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def restore(cluster, dump):
    """The commands of the page, as the administrator of the new server."""
    with postgres._connect(cluster, "postgres") as admin:
        admin.execute(f"CREATE DATABASE {NAME} OWNER laget_owner")
    word = postgres._passwords(cluster)[postgres.ADMIN]
    program(cluster, "pg_restore", "--exit-on-error", "-d",
            f"host={cluster.socket} user={postgres.ADMIN} password={word} dbname={NAME}", dump)  # fmt: skip
    with postgres._connect(cluster, "postgres") as admin:
        admin.execute(f"REVOKE ALL ON DATABASE {NAME} FROM PUBLIC")
        admin.execute(f"GRANT CONNECT ON DATABASE {NAME} TO laget_app, laget_worker")


def cases(url, person):
    with psycopg.connect(url) as login:
        login.execute("SELECT set_config('laget.person', %s, true), set_config('laget.capacity', 'worker', true)",
                      [str(person)])  # fmt: skip
        (count,) = login.execute("SELECT count(*) FROM cases_case").fetchone()
        return count


def test_what_was_dumped_comes_back_with_its_locks_its_seals_and_its_files(cast, cluster, elsewhere, tmp_path):
    dump = tmp_path / "laget.dump"
    here = postgres.urls(cluster, connection.settings_dict["NAME"])["owner"]
    program(cluster, "pg_dump", "-Fc", "--enable-row-security", "-f", dump, here)
    happened()
    assert BYTES not in dump.read_bytes()
    restore(elsewhere, dump)
    there = postgres.urls(elsewhere, NAME)
    assert (cases(there["app"], cast.maja.person), cases(there["app"], cast.otto.person)) == (1, 0)
    environment = {
        **os.environ,
        "DATABASE_URL": there["owner"],
        "DATABASE_URL_OWNER": there["owner"],
        "DATABASE_URL_WORKER": there["worker"],
        "LAGET_SEAL_FOLDER": str(settings.LAGET_SEAL_FOLDER),
    }
    looked = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, timeout=300)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "No migrations to apply" in looked.stdout
    assert f"file: {BYTES.decode()}" in looked.stdout and "another key: shut" in looked.stdout
    assert "lost in restores" in looked.stdout
