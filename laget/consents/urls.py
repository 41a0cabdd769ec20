"""Where the pages of consents are."""

from django.urls import path

from laget.consents.views import answering, asking, care, ledger, paper, renewing, service, without

urlpatterns = [
    path("ask/", asking.ask, name="ask"),
    path("ask/child/", asking.ask_child, name="ask_child"),
    path("ask/what/", asking.ask_what, name="ask_what"),
    path("requests/<uuid:asked>/", answering.asked, name="asked"),
    path("requests/<uuid:asked>/note/<uuid:party>/", answering.note_answer, name="note_answer"),
    path("requests/<uuid:asked>/print/<uuid:party>/", paper.paper_form, name="paper_form"),
    path("requests/<uuid:asked>/paper/<uuid:party>/", paper.register_paper, name="register_paper"),
    path("papers/<uuid:paper>/", paper.paper, name="paper"),
    path("papers/<uuid:paper>/scan/", paper.scan, name="scan"),
    path("family/<uuid:child>/consents/", ledger.consents, name="ledger"),
    path("renewals/<uuid:renewal>/", renewing.renew, name="renew"),
    path("consents/<uuid:asked>/", answering.consent, name="consent"),
    path("consents/<uuid:asked>/withdraw/", answering.withdraw, name="withdraw"),
    path("child-welfare/<uuid:party>/", care.for_child_welfare, name="for_child_welfare"),
    path("child-welfare/<uuid:party>/colleague/", care.hand_say_on, name="hand_say_on"),
    path("children/<uuid:child>/sharing/", without.sharing, name="sharing"),
    path("children/<uuid:child>/sharing/<slug:sharing_ground>/", without.share, name="share"),
    path("sharing/<uuid:disclosure>/", without.disclosure, name="disclosure"),
    path("sharing/<uuid:disclosure>/hidden/", without.keep_hidden, name="keep_hidden"),
    path("children/<uuid:child>/ask/", service.ask_service, name="ask_service"),
]
