"""Adding a file to an entry of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases.access import visible_entries
from laget.cases.rights import may_add_file
from laget.documents.actions import keep_file
from laget.documents.forms import FileForm

if TYPE_CHECKING:
    from laget.cases.models import Log


@page(visible_entries, key="entry", needs=may_add_file, methods=("GET", "POST"))
def add_file(request: Request, entry: Log) -> HttpResponse:
    """A title and a file; whoever reads the entry reads the file."""
    actor = request.actor
    form = typed(request, FileForm, files=request.FILES) if request.method == "POST" else typed(request, FileForm)
    kept = carried_out(
        form,
        lambda data: keep_file(
            actor, entry.child_id, "entry", entry.pk, data["title"], form.content, entry.position_id
        ),
    )
    back = f"{reverse('case_log', args=[entry.case_id])}#entry-{entry.pk}"
    if kept is not None:
        return done(request, back, _("The file is added."))
    return form_page(request, "documents/add.html", form, back=back)
