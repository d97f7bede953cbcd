"""The app for Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    label = "network"
    verbose_name = "network"

    def ready(self) -> None:
        """The contact log is a tab of every case."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from network.frame import contacts_tab  # noqa: PLC0415  # models load before ready

        slots.fill("case.tabs", contacts_tab)
