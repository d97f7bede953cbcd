"""The app for Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "casusregie.reminders"
    label = "reminders"
    verbose_name = "reminders"

    def ready(self) -> None:
        """`/gezondheid/` asks whether the sweep still comes round."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.reminders.selectors import sweep_is_late  # noqa: PLC0415  # models load before ready

        slots.register_check("sweep", lambda now: not sweep_is_late(now))
