"""The addresses of the plan."""

from __future__ import annotations

from django.urls import path

from laget.plans import views

urlpatterns = [
    path("cases/<uuid:case>/plan/", views.case_plan, name="case_plan"),
    path("cases/<uuid:case>/goals/new/", views.goal_new, name="goal_new"),
    path("goals/<uuid:goal>/readers/", views.goal_readers, name="goal_readers"),
    path("measures/<uuid:measure>/readers/", views.measure_readers, name="measure_readers"),
    path("goals/<uuid:goal>/edit/", views.goal_edit, name="goal_edit"),
    path("goals/<uuid:goal>/measures/new/", views.measure_new, name="measure_new"),
    path("measures/<uuid:measure>/edit/", views.measure_edit, name="measure_edit"),
    path("goals/<uuid:goal>/evaluate/", views.evaluate, name="evaluate"),
    path("measures/<uuid:measure>/evaluate/", views.evaluate_measure, name="evaluate_measure"),
    path("cases/<uuid:case>/matters/", views.matter, name="matter"),
    path("matters/<uuid:matter>/readers/", views.matter_readers, name="matter_readers"),
    path("cases/<uuid:case>/plan/look-through/", views.look_plan_through, name="look_plan_through"),
    path("goals/<uuid:goal>/hold-back/", views.hold_goal_back, name="hold_goal_back"),
    path("measures/<uuid:measure>/hold-back/", views.hold_measure_back, name="hold_measure_back"),
    path("matters/<uuid:matter>/hold-back/", views.hold_matter_back, name="hold_matter_back"),
]
