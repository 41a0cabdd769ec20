"""Addresses of sign-in, sign-out, drafts and language; those under sign-in/ are registered at the providers."""

from __future__ import annotations

from django.urls import path

from laget.access import views
from laget.access.letter import views as letter
from laget.access.oidc import views as oidc

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", letter.by_code, name="sign_in_code"),
    path("sign-in/letter/", letter.by_letter, name="sign_in_letter"),
    path("sign-in/letter/choose/", letter.choose, name="sign_in_choose"),
    path("sign-in/<slug:provider>/", oidc.begin, name="sign_in_with"),
    path("sign-in/<slug:provider>/back/", oidc.back, name="sign_in_back"),
    path("sign-in/<slug:provider>/ended/", oidc.ended, name="sign_in_ended"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("leave/", views.leave, name="leave"),
    path("draft/", views.draft, name="draft"),
    path("language/", views.language, name="language"),
]
