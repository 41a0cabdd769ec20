"""Where a file is opened."""

from django.urls import path

from laget.documents import views

urlpatterns = [path("files/<uuid:file>/", views.file, name="file")]
