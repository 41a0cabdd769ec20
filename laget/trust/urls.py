"""The address of who has looked."""

from __future__ import annotations

from django.urls import path

from laget.trust import views

urlpatterns = [path("children/<uuid:child>/looked/", views.who_looked, name="who_looked")]
