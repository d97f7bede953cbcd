"""The app for Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "casusregie.records"
    label = "records"
    verbose_name = "records"
