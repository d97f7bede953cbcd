"""The app for Django."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"
    label = "safety"
    verbose_name = "safety"

    def ready(self) -> None:
        """Fill the tab of this room and its part of the form of a contact, and say what its promise means."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.reminders import kinds  # noqa: PLC0415  # models load before ready
        from safety.forms import incident_part  # noqa: PLC0415  # models load before ready
        from safety.frame import safety_tab  # noqa: PLC0415  # models load before ready
        from safety.promises import CHECK  # noqa: PLC0415  # models load before ready
        from safety.services import incident_of_contact  # noqa: PLC0415  # models load before ready

        slots.fill("case.tabs", safety_tab)
        incident = slots.FormPart("incident", "safety/_contact_part.html", incident_part, incident_of_contact)
        slots.register_part("contact.form", incident)
        kinds.register(CHECK)
