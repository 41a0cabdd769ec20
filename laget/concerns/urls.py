"""The addresses of the notebook."""

from __future__ import annotations

from django.urls import path

from laget.concerns import views

urlpatterns = [
    path("worries/", views.notebook, name="notebook"),
    path("worries/new/", views.worry_new, name="worry_new"),
    path("worries/<uuid:worry>/", views.worry, name="worry"),
    path("worries/<uuid:worry>/words/", views.worry_words, name="worry_words"),
    path("worries/<uuid:worry>/leader/", views.worry_leader, name="worry_leader"),
    path("worries/<uuid:worry>/leader/ask/", views.worry_leader_ask, name="worry_leader_ask"),
    path("worries/<uuid:worry>/parents/", views.worry_parents, name="worry_parents"),
    path("worries/<uuid:worry>/child/", views.worry_child, name="worry_child"),
    path("worries/<uuid:worry>/safe/", views.worry_safe, name="worry_safe"),
    path("worries/<uuid:worry>/duty/", views.worry_duty, name="worry_duty"),
    path("worries/<uuid:worry>/environment/", views.worry_environment, name="worry_environment"),
    path("worries/<uuid:worry>/decide/", views.worry_decide, name="worry_decide"),
    path("worries/<uuid:worry>/alone/", views.worry_alone, name="worry_alone"),
    path("worries/<uuid:worry>/close/", views.worry_close, name="worry_close"),
    path("worries/<uuid:worry>/reported/", views.worry_reported, name="worry_reported"),
    path("worries/<uuid:worry>/ask/", views.worry_ask, name="worry_ask"),
    path("worries/<uuid:worry>/keep/", views.worry_keep, name="worry_keep"),
    path("worries/<uuid:worry>/delete/", views.worry_delete, name="worry_delete"),
    path("discussions/", views.discussions, name="discussions"),
    path("discussions/new/", views.discussion_new, name="discussion_new"),
    path("discussions/<uuid:discussion>/", views.discussion, name="discussion"),
    path("talks/", views.talks, name="talks"),
]
