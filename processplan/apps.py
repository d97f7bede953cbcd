"""The app for Django."""

from django.apps import AppConfig


class ProcessplanConfig(AppConfig):
    name = "processplan"
    label = "processplan"
    verbose_name = "processplan"

    def ready(self) -> None:
        """Fill the tabs and the header of a case and the form of a contact, and say what the promises of this room mean."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.reminders import kinds  # noqa: PLC0415  # models load before ready
        from families.scanner.stores import register_store  # noqa: PLC0415  # models load before ready
        from processplan.forms import actions_part  # noqa: PLC0415  # models load before ready
        from processplan.frame import (  # noqa: PLC0415  # models load before ready
            door_steps,
            next_moment,
            plan_tabs,
            versions_with_words_of,
        )
        from processplan.promises import EVALUATION, UNSIGNED  # noqa: PLC0415  # models load before ready
        from processplan.services import steps_of_contact  # noqa: PLC0415  # models load before ready
        from processplan.stores import plan_stores  # noqa: PLC0415  # models load before ready

        slots.fill("case.tabs", plan_tabs)
        slots.fill("case.header", next_moment)
        slots.fill("case.door", door_steps)
        slots.fill("contact.stands", versions_with_words_of)
        actions = slots.FormPart("actions", "processplan/_contact_part.html", actions_part, steps_of_contact)
        slots.register_part("contact.form", actions)
        kinds.register(EVALUATION)
        kinds.register(UNSIGNED)
        register_store(plan_stores)
