"""The shape of an upload: a title that a person types, and a file whose own name is never used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laget.people.traces import national_numbers


class FileForm(forms.Form):
    """A file and what it is. When something is wrong the title stays; a browser never keeps the file itself."""

    title = forms.CharField(label=_("What is it?"), max_length=120, help_text=_("A few words, without a name."))
    upload = forms.FileField(
        label=_("The file"), allow_empty_file=True,
        help_text=_("PDF, PNG or JPEG, at most 10 MB. A photo taken with your phone will do."),
        error_messages={"required": _("Choose a file of at most 10 MB. If there was one, choose it once more.")},
    )  # fmt: skip

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if national_numbers(title):
            raise forms.ValidationError(_("A national number stands here. Take it out: it is never needed in a title."))
        return title

    @property
    def content(self) -> bytes:
        upload: Any = self.cleaned_data["upload"]
        return bytes(upload.read())
