"""The addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from laget.notices import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/mail/", views.mail, name="mail"),
    path("inbox/<uuid:notice>/read/", views.mark_read, name="mark_read"),
]
