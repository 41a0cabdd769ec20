"""One file, opened: recorded as a reading of its own, and never shown as a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from laget.access import answers
from laget.access.gate import Request, page
from laget.documents.access import may_open, visible_contents, visible_files

if TYPE_CHECKING:
    from laget.documents.models import File

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}

SHUT = "sandbox; default-src 'none'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
"""Whatever a browser makes of the bytes, it runs, fetches and frames nothing."""


@page(visible_files, key="file", needs=may_open)
def file(request: Request, found: File) -> HttpResponse:
    """The bytes, to be saved or shown as a picture; called by no name that anybody typed."""
    content = visible_contents(request.actor).filter(pk=found.pk).first()
    if content is None:
        return answers.not_found(request)
    headers = {
        "Content-Disposition": f'attachment; filename="laget.{ENDINGS[found.kind]}"',
        "Content-Security-Policy": SHUT,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content.opened, content_type=found.kind, headers=headers)
