"""Where the pages about a child's protection are."""

from django.urls import path

from laget.protection import views

urlpatterns = [
    path("children/<uuid:child>/protection/", views.protection, name="protection"),
    path("children/<uuid:child>/protection/keep-away/", views.keep_away, name="keep_away"),
    path("protection/kept-away/<uuid:restriction>/", views.kept_away, name="kept_away"),
    path("protection/kept-away/<uuid:restriction>/look-again/", views.look_again, name="look_again"),
    path("protection/kept-away/<uuid:restriction>/end/", views.end, name="end_kept_away"),
    path("protection/confirm/", views.to_confirm, name="to_confirm"),
    path("protection/confirm/<uuid:decision>/", views.confirm, name="confirm"),
]
