"""Where somebody gets an own way in, sees and ends it, and where a child chooses for itself."""

from __future__ import annotations

from django.urls import path

from laget.participation import views

urlpatterns = [
    path("children/<uuid:child>/ways-in/", views.ways_in, name="ways_in"),
    path("children/<uuid:child>/ways-in/<uuid:person>/", views.set_up, name="set_up"),
    path("ways-in/<uuid:setup>/end/", views.end, name="end_way_in"),
    path("ways-in/<uuid:setup>/said/", views.remark, name="remark"),
    path("my-sign-in/", views.my_sign_in, name="my_sign_in"),
    path("children/<uuid:child>/birthdays/", views.birthdays, name="birthdays"),
    path("children/<uuid:child>/health-readers/", views.health_readers, name="health_readers"),
    path("children/<uuid:child>/health-readers/<uuid:person>/end/", views.end_health, name="end_health"),
    path("children/<uuid:child>/trusted/", views.trusted, name="trusted"),
    path("children/<uuid:child>/not-now/", views.not_now, name="not_now"),
]
