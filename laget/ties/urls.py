"""Where ties are told of and decided about."""

from __future__ import annotations

from django.urls import path

from laget.ties import views

urlpatterns = [
    path("children/<uuid:child>/tie/", views.own_tie, name="own_tie"),
    path("children/<uuid:child>/tie/team/", views.team_tie, name="team_tie"),
    path("ties/", views.ties, name="ties"),
    path("ties/<uuid:tie>/mine/", views.my_tie, name="my_tie"),
    path("ties/<uuid:tie>/", views.tie, name="tie"),
]
