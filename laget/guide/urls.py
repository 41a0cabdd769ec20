"""Addresses of the model."""

from __future__ import annotations

from django.urls import path

from laget.guide.parts import PARTS
from laget.guide.views import deciding, drafts, reading

DRAFT = "model/drafts/<uuid:draft>/"

urlpatterns = [
    path("model/", reading.model, name="model"),
    path("model/versions/", reading.model_versions, name="model_versions"),
    path("model/versions/<uuid:version>/", reading.model_version, name="model_version"),
    path("model/drafts/begin/", drafts.model_draft_begin, name="model_draft_begin"),
    path("model/drafts/file/", drafts.model_draft_file, name="model_draft_file"),
    path(DRAFT, drafts.model_draft, name="model_draft"),
    path(f"{DRAFT}text/", drafts.model_draft_text, name="model_draft_text"),
    path(f"{DRAFT}preview/", reading.model_preview, name="model_preview"),
    path(f"{DRAFT}end/", drafts.model_draft_end, name="model_draft_end"),
    path(f"{DRAFT}steps/<int:step_number>/", drafts.model_step, name="model_step"),
    *(path(f"{DRAFT}{part}/", drafts.model_part, {"part": part}, name=f"model_{part}") for part in PARTS),
    path(f"{DRAFT}propose/", deciding.model_propose, name="model_propose"),
    path("model/proposals/<uuid:proposal>/", deciding.model_confirm, name="model_confirm"),
    path("model/proposals/<uuid:proposal>/withdraw/", deciding.model_withdraw, name="model_withdraw"),
]
