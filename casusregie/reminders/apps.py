"""The app for Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "casusregie.reminders"
    label = "reminders"
    verbose_name = "reminders"

    def ready(self) -> None:
        """`/gezondheid/` asks whether the sweep still comes round; the frame asks how many messages are unread."""
        from casusregie.core import slots  # noqa: PLC0415  # models load before ready
        from casusregie.reminders.selectors import sweep_is_late, unread_count  # noqa: PLC0415  # models load before ready

        slots.register_check("sweep", lambda now: not sweep_is_late(now))
        slots.register_badge("messages", lambda user, now: unread_count(user))
