"""Addresses of the API."""

from django.urls import path

from casusregie.desks import api

urlpatterns = [
    path("v1/casussen/", api.CaseListApi.as_view(), name="api-cases"),
    path("schema/", api.SchemaApi.as_view(), name="api-schema"),
]
