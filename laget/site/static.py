"""Collects static files under hashed names, so that a browser keeps each for ever and never gets an old one."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


def collect() -> bool:
    """Collects what has changed since last time; says whether anything had."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and _newest_source() <= manifest.stat().st_mtime:
        return False
    manifest.unlink(missing_ok=True)
    command = collectstatic.Command()
    command.storage = CompressedManifestStaticFilesStorage()
    call_command(command, interactive=False, verbosity=0)
    return True


def _newest_source() -> float:
    times = [
        Path(storage.path(name)).stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list(None)
        if hasattr(storage, "path")
    ]
    return max(times, default=0.0)
