"""Where the pages about a child's protection are."""

from django.urls import path

from laget.protection.views import addresses, deciding, holding

urlpatterns = [
    path("children/<uuid:child>/protection/", deciding.protection, name="protection"),
    path("children/<uuid:child>/protection/keep-away/", deciding.keep_away, name="keep_away"),
    path("children/<uuid:child>/protection/address/", addresses.grade, name="grade"),
    path("children/<uuid:child>/protection/places/", addresses.places, name="places"),
    path("children/<uuid:child>/protection/open/", addresses.open_parent, name="open_parent"),
    path("children/<uuid:child>/protection/release/", addresses.release, name="release"),
    path("protection/confirm/<uuid:decision>/letter/", addresses.released, name="released"),
    path("protection/address/<uuid:grading>/end/", addresses.lower, name="end_grading"),
    path("children/<uuid:child>/protection/held/", holding.held_mails, name="held_mails"),
    path("protection/held/<uuid:held>/", holding.held_mail, name="held_mail"),
    path("protection/held/<uuid:held>/put-away/", holding.put_away, name="put_away_mail"),
    path("protection/looks/", addresses.looks, name="looks"),
    path("protection/kept-away/<uuid:restriction>/", deciding.kept_away, name="kept_away"),
    path("protection/kept-away/<uuid:restriction>/look-again/", deciding.look_again, name="look_again"),
    path("protection/kept-away/<uuid:restriction>/end/", deciding.end, name="end_kept_away"),
    path("protection/confirm/", deciding.to_confirm, name="to_confirm"),
    path("protection/confirm/<uuid:decision>/", deciding.confirm, name="confirm"),
]
