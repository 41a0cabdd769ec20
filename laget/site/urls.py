"""The addresses of the house: each room brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from laget.site.health import healthz

ROOMS_WITH_PAGES = (
    "access",
    "directory",
    "notices",
    "guide",
    "families",
    "participation",
    "protection",
    "ties",
    "documents",
    "consents",
    "cases",
    "emergency",
    "concerns",
    "plans",
    "exchange",
    "trust",
    "desk",
    "demo",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    *(path("", include(f"laget.{room}.urls")) for room in ROOMS_WITH_PAGES if find_spec(f"laget.{room}.urls")),
]

handler400 = "laget.access.answers.unreadable"
handler403 = "laget.access.answers.denied"
handler404 = "laget.access.answers.not_found"
handler500 = "laget.access.answers.failed"
