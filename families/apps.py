"""The app for Django."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    label = "families"
    verbose_name = "families"

    def ready(self) -> None:
        """Tell the kernel who stands in the circles of a case, fill the tabs, and say what the promise means."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.core.access import register_circles  # noqa: PLC0415  # models load before ready
        from casusregie.core.privacy import register_names  # noqa: PLC0415  # models load before ready
        from casusregie.reminders import kinds  # noqa: PLC0415  # models load before ready
        from families.access import circles  # noqa: PLC0415  # models load before ready
        from families.frame import family_tabs  # noqa: PLC0415  # models load before ready
        from families.promises import KINDS  # noqa: PLC0415  # models load before ready
        from families.scanner.stores import register_store  # noqa: PLC0415  # models load before ready
        from families.selectors.privacy import privacy_names  # noqa: PLC0415  # models load before ready
        from families.stores import document_stores  # noqa: PLC0415  # models load before ready

        register_circles(circles)
        register_names(privacy_names)
        slots.fill("case.tabs", family_tabs)
        register_store(document_stores)
        for kind in KINDS:
            kinds.register(kind)
