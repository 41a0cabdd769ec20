"""Where the pages about a child's protection are."""

from django.urls import path

from laget.protection.views import addresses, deciding

urlpatterns = [
    path("children/<uuid:child>/protection/", deciding.protection, name="protection"),
    path("children/<uuid:child>/protection/keep-away/", deciding.keep_away, name="keep_away"),
    path("children/<uuid:child>/protection/address/", addresses.grade, name="grade"),
    path("children/<uuid:child>/protection/places/", addresses.places, name="places"),
    path("children/<uuid:child>/protection/open/", addresses.open_parent, name="open_parent"),
    path("children/<uuid:child>/protection/release/", addresses.release, name="release"),
    path("protection/confirm/<uuid:decision>/letter/", addresses.released, name="released"),
    path("protection/address/<uuid:grading>/end/", addresses.lower, name="end_grading"),
    path("protection/looks/", addresses.looks, name="looks"),
    path("protection/kept-away/<uuid:restriction>/", deciding.kept_away, name="kept_away"),
    path("protection/kept-away/<uuid:restriction>/look-again/", deciding.look_again, name="look_again"),
    path("protection/kept-away/<uuid:restriction>/end/", deciding.end, name="end_kept_away"),
    path("protection/confirm/", deciding.to_confirm, name="to_confirm"),
    path("protection/confirm/<uuid:decision>/", deciding.confirm, name="confirm"),
]
