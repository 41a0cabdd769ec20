"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path

from laget.directory import views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/units/<uuid:unit>/positions/new/", views.position_new, name="position_new"),
    path("directory/positions/<uuid:position>/account/", views.position_account, name="position_account"),
    path("directory/positions/<uuid:position>/end/", views.position_end, name="position_end"),
]
