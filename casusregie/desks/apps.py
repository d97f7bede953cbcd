"""The app for Django."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "casusregie.desks"
    label = "desks"
    verbose_name = "desks"
