"""The two addresses that the layout posts to."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("language", lambda request: HttpResponse(), name="language"),
    path("sign-out", lambda request: HttpResponse(), name="sign_out"),
    path("leave", lambda request: HttpResponse(), name="leave"),
]
