"""Addresses of the API."""

from django.urls import path

from casusregie.desks import api

urlpatterns = [
    path("v1/casussen/", api.CaseListApi.as_view(), name="api-cases"),
    path("v1/casussen/<str:ref>/", api.CaseHeadApi.as_view(), name="api-case"),
    path("v1/casussen/<str:ref>/contacten/", api.ContactsApi.as_view(), name="api-contacts"),
    path("v1/casussen/<str:ref>/rollen/", api.RolesApi.as_view(), name="api-roles"),
    path("v1/toezeggingen/", api.PromisesApi.as_view(), name="api-promises"),
    path("schema/", api.SchemaApi.as_view(), name="api-schema"),
]
