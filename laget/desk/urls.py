"""Addresses of the first page, the child's page, the family's page and the search."""

from __future__ import annotations

from django.urls import path

from laget.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cases/<uuid:case>/", views.child_page, name="child_page"),
    path("family/<uuid:child>/", views.family_page, name="family_page"),
    path("children/<uuid:child>/", views.child_home, name="child_home"),
    path("search/", views.search, name="search"),
]
