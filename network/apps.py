"""The app for Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    label = "network"
    verbose_name = "network"

    def ready(self) -> None:
        """Fill the tabs of this room, and say what its promises mean."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.core.privacy import register_names  # noqa: PLC0415  # models load before ready
        from casusregie.reminders import kinds  # noqa: PLC0415  # models load before ready
        from network.forms import FILES  # noqa: PLC0415  # models load before ready
        from network.frame import network_readers, network_tabs, stay_banner  # noqa: PLC0415  # models load before ready
        from network.promises import (  # noqa: PLC0415  # models load before ready
            APPOINTMENT,
            DRAFT,
            FOLLOW_UP,
            SIGNAL,
            STAY,
            VOICE,
            WITHDRAWN,
        )
        from network.selectors.privacy import professional_names  # noqa: PLC0415  # models load before ready

        register_names(professional_names)
        slots.fill("case.tabs", network_tabs)
        slots.fill("case.readers", network_readers)
        slots.register_part("contact.form", FILES)
        slots.register_banner(stay_banner)
        kinds.register(APPOINTMENT)
        kinds.register(FOLLOW_UP)
        kinds.register(STAY)
        kinds.register(SIGNAL)
        kinds.register(DRAFT)
        kinds.register(WITHDRAWN)
        kinds.register(VOICE)
