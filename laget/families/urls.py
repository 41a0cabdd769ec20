"""Where the pages about a child itself are."""

from django.urls import path

from laget.families import views

urlpatterns = [
    path("children/<uuid:child>/born/", views.born, name="born"),
    path("children/<uuid:child>/siblings/", views.siblings, name="siblings"),
]
