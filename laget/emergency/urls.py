"""Where a record is opened in an emergency, and reviewed afterwards."""

from __future__ import annotations

from django.urls import path

from laget.emergency.views import opening, reviewing

urlpatterns = [
    path("emergency/", opening.emergency, name="emergency"),
    path("emergency/<uuid:opening>/", opening.step_two, name="step_two"),
    path("emergency/<uuid:opening>/record/", opening.opened, name="opened"),
    path("emergency/<uuid:opening>/end/", opening.end_opening, name="end_opening"),
    path("emergency/reviews/", reviewing.reviews, name="reviews"),
    path("emergency/reviews/<uuid:opening>/", reviewing.review, name="review"),
    path("emergency/reviews/<uuid:opening>/family/", reviewing.tell_later, name="tell_later"),
]
