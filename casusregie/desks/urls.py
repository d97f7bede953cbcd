"""Addresses of the desks."""

from django.urls import path

from casusregie.desks import views

urlpatterns = [
    path("vandaag/", views.today, name="today"),
    # /caseload/
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/wacht/", views.caseload_waiting, name="caseload-waiting"),
    path("caseload/zoeken/", views.caseload_search, name="caseload-search"),
    # /casussen/
    path("casussen/", views.case_list, name="case-list"),
    path("casussen/zoeken/", views.case_search, name="case-search"),
    path("casussen/importeren/", views.caseload_import, name="caseload-import"),
    path("casussen/importeren/sjabloon.csv", views.caseload_import_template, name="caseload-import-template"),
    path("casussen/importeren/<str:import_ref>/", views.caseload_import_one, name="caseload-import-one"),
    path("casussen/importeren/<str:import_ref>/invoeren/", views.caseload_import_write, name="caseload-import-write"),
    path("casussen/<str:ref>/", views.case_overview, name="case-overview"),
    path("casussen/<str:ref>/nu/", views.case_now, name="case-now"),
    # the desks of the others
    path("mijn-rollen/", views.my_roles, name="my-roles"),
    path("mijn-rollen/<str:role_ref>/", views.my_role, name="my-role"),
    path("mijn-rollen/<str:role_ref>/plan.pdf", views.my_role_pdf, name="my-role-pdf"),
    path("uitkomsten/", views.outcomes, name="outcomes"),
    path("logboek/", views.logbook, name="logbook"),
    path("logboek/verkeerd/", views.logbook_wrong, name="logbook-wrong"),
    path("beheer/", views.administration, name="administration"),
]
