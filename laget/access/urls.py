"""Addresses of sign-in, sign-out, drafts and language."""

from __future__ import annotations

from django.urls import path

from laget.access import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("draft/", views.draft, name="draft"),
    path("language/", views.language, name="language"),
]
