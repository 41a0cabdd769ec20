"""The addresses of who has looked, of answering why, and of control."""

from __future__ import annotations

from django.urls import path

from laget.trust.views import answering, family, officer

urlpatterns = [
    path("children/<uuid:child>/looked/", family.who_looked, name="who_looked"),
    path("children/<uuid:child>/looked/<uuid:reading>/why/", family.why_looked, name="why_looked"),
    path("answers/", answering.to_answer, name="to_answer"),
    path("answers/questions/<uuid:question>/", answering.question, name="question"),
    path("answers/findings/<uuid:finding>/", answering.finding, name="finding"),
    path("trust/", officer.trust, name="trust"),
    path("trust/could-see/", officer.inquire, name="inquire"),
    path("trust/could-see/findings/<uuid:finding>/", officer.inquire_found, name="inquire_found"),
    path("trust/could-see/questions/<uuid:question>/", officer.inquire_asked, name="inquire_asked"),
    path("trust/could-see/<uuid:inquiry>/", officer.inquiry, name="inquiry"),
]
