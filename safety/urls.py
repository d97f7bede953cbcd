"""Addresses of the safety room."""

from django.urls import path

from safety import views

urlpatterns = [
    path("casussen/<str:ref>/veiligheid/", views.safety, name="safety"),
    path("casussen/<str:ref>/veiligheid/onveilig/", views.incident_new, name="incident-new"),
    path("casussen/<str:ref>/veiligheid/cijfer/", views.score_note, name="score-note"),
    path("casussen/<str:ref>/veiligheid/check/", views.check_plan, name="check-plan"),
    path("casussen/<str:ref>/veiligheid/check/<str:check_ref>/", views.check_done, name="check-done"),
]
