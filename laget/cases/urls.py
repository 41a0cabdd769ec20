"""The addresses of the relay."""

from __future__ import annotations

from django.urls import path

from laget.cases import views

urlpatterns = [
    path("requests/<uuid:asked>/open/", views.open_case, name="open_case"),
    path("cases/<uuid:case>/log/", views.case_log, name="case_log"),
    path("cases/<uuid:case>/write/", views.write, name="write"),
    path("cases/<uuid:case>/write-for/", views.write_for, name="write_for"),
    path("entries/<uuid:entry>/meant/", views.spoken_for, name="spoken_for"),
    path("entries/<uuid:entry>/readers/", views.entry_readers, name="entry_readers"),
    path("entries/<uuid:entry>/file/", views.add_file, name="add_file"),
    path("entries/<uuid:entry>/hold-back/", views.hold_back, name="hold_back"),
    path("cases/<uuid:case>/before/", views.look_through, name="look_through"),
    path("cases/<uuid:case>/team/", views.case_team, name="case_team"),
    path("cases/<uuid:case>/level/", views.level, name="level"),
    path("cases/<uuid:case>/steps/", views.mark_step, name="mark_step"),
    path("cases/<uuid:case>/newer/", views.follow_newer, name="follow_newer"),
    path("cases/<uuid:case>/invite/", views.invite, name="invite"),
    path("invitations/<uuid:invitation>/", views.invitation, name="invitation"),
    path("cases/<uuid:case>/offer/", views.offer_baton, name="offer_baton"),
    path("offers/<uuid:offer>/", views.offer, name="offer"),
    path("offers/<uuid:offer>/note/<uuid:person>/", views.note_view, name="note_view"),
    path("cases/<uuid:case>/acting/", views.accept_acting, name="accept_acting"),
    path("cases/<uuid:case>/close/", views.close_case, name="close_case"),
    path("cases/<uuid:case>/reopen/", views.reopen_case, name="reopen_case"),
    path("deputies/", views.deputies, name="deputies"),
    path("deputies/<uuid:position>/new/", views.name_deputy, name="name_deputy"),
    path("absences/<uuid:absence>/end/", views.end_absence, name="end_absence"),
    path("own-words/<uuid:batch>/", views.own_words, name="own_words"),
]
