"""The app for Django."""

from django.apps import AppConfig


class ProcessplanConfig(AppConfig):
    name = "processplan"
    label = "processplan"
    verbose_name = "processplan"
