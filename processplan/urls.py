"""Addresses of the plan room."""

from django.urls import path

from processplan.views import analysis, edition, evaluation, plan

urlpatterns = [
    # /casussen/<ref>/analyse/
    path("casussen/<str:ref>/analyse/", analysis.analysis, name="analysis"),
    path("casussen/<str:ref>/analyse/thema/", analysis.theme_make, name="theme-make"),
    path("casussen/<str:ref>/analyse/uitspraak/", analysis.statement_write, name="statement-write"),
    path("casussen/<str:ref>/analyse/overnemen/", analysis.statement_take_over, name="statement-take-over"),
    path("casussen/<str:ref>/analyse/patroon/", analysis.pattern_make, name="pattern-make"),
    path("casussen/<str:ref>/analyse/patroon/<str:pattern_ref>/", analysis.recognition_note, name="recognition-note"),
    # /casussen/<ref>/plan/
    path("casussen/<str:ref>/plan/", plan.plan, name="plan"),
    path("casussen/<str:ref>/plan/tekenaars/", plan.signatories, name="plan-signatories"),
    path("casussen/<str:ref>/plan/aanbieden/", plan.offer, name="plan-offer"),
    path("casussen/<str:ref>/plan/nieuw/<slug:kind>/", plan.item_new, name="plan-item-new"),
    path("casussen/<str:ref>/plan/onderdeel/<str:item_ref>/", plan.item_edit, name="plan-item"),
    path("casussen/<str:ref>/plan/onderdeel/<str:item_ref>/stand/", plan.step_move, name="step-move"),
    path("casussen/<str:ref>/plan/<int:number>/", plan.version, name="plan-version"),
    path("casussen/<str:ref>/plan/<int:number>/van-kracht/", plan.activate, name="plan-activate"),
    path("casussen/<str:ref>/plan/<int:number>/pdf/", edition.pdf, name="plan-pdf"),
    path("casussen/<str:ref>/plan/<int:number>/ondertekenen/", edition.sign, name="plan-sign"),
    # /casussen/<ref>/evaluaties/
    path("casussen/<str:ref>/evaluaties/", evaluation.evaluations, name="evaluations"),
    path("casussen/<str:ref>/evaluaties/<str:evaluation_ref>/", evaluation.evaluation_hold, name="evaluation"),
]
