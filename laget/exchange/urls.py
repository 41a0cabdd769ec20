"""The addresses of reports of concern, and of what to do when a child is in danger."""

from __future__ import annotations

from django.urls import path

from laget.exchange import views

urlpatterns = [
    path("danger/", views.acute, name="acute"),
    path("children/<uuid:child>/danger/", views.acute_of_child, name="acute_of_child"),
    path("worries/<uuid:worry>/danger/", views.acute_of_worry, name="acute_of_worry"),
    path("reports/", views.reports, name="reports"),
    path("reports/new/", views.report_new, name="report_new"),
    path("children/<uuid:child>/report/", views.report_of_child, name="report_of_child"),
    path("worries/<uuid:worry>/report/", views.report_of_worry, name="report_of_worry"),
    path("reports/<uuid:report>/", views.report, name="report"),
    path("reports/<uuid:report>/ground/", views.report_ground, name="report_ground"),
    path("reports/<uuid:report>/words/", views.report_words, name="report_words"),
    path("reports/<uuid:report>/child/", views.report_child, name="report_child"),
    path("reports/<uuid:report>/parents/", views.report_parents, name="report_parents"),
    path("reports/<uuid:report>/reporter/", views.report_reporter, name="report_reporter"),
    path("reports/<uuid:report>/acute/", views.report_acute, name="report_acute"),
    path("reports/<uuid:report>/check/", views.report_check, name="report_check"),
    path("reports/<uuid:report>/answers/", views.report_answers, name="report_answers"),
    path("reports/<uuid:report>/delete/", views.report_delete, name="report_delete"),
    path("delivered/<uuid:report_version>/", views.version_sent, name="version_sent"),
    path("delivered/<uuid:report_version>/document/", views.version_document, name="version_document"),
    path("delivered/<uuid:report_version>/message/", views.version_message, name="version_message"),
]
