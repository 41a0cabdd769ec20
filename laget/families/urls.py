"""Where the pages about a child itself are."""

from django.urls import path

from laget.families import views

urlpatterns = [
    path("children/<uuid:child>/born/", views.born, name="born"),
    path("children/<uuid:child>/siblings/", views.siblings, name="siblings"),
    path("children/<uuid:child>/information/", views.information, name="information"),
    path("children/<uuid:child>/information/new/", views.information_new, name="information_new"),
    path("children/<uuid:child>/parents/", views.parents, name="parents"),
    path("children/<uuid:child>/parents/new/", views.parent_new, name="parent_new"),
    path("children/<uuid:child>/care/", views.care, name="care"),
    path("care/<uuid:order>/end/", views.care_end, name="care_end"),
    path("parents/<uuid:parent>/", views.responsibility, name="responsibility"),
    path("claims/<uuid:claim>/", views.claim, name="claim"),
    path("claims/<uuid:claim>/take-back/", views.claim_take_back, name="claim_take_back"),
    path("claims/<uuid:claim>/register/", views.claim_register, name="claim_register"),
    path("information/<uuid:information>/", views.information_request, name="information_request"),
    path("information/<uuid:information>/answer/", views.information_answer, name="information_answer"),
    path("information/<uuid:information>/right/", views.information_right, name="information_right"),
]
