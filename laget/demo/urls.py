"""Addresses of the demonstration."""

from __future__ import annotations

from django.urls import path

from laget.demo import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/sign-in", views.demo_sign_in, name="demo_sign_in"),
]
