"""What beat asks of the reminders."""

from typing import Any

from celery import shared_task

from casusregie.core import clock
from casusregie.reminders.services import sweep


@shared_task(name="casusregie.reminders.tasks.reminders_sweep")
def reminders_sweep(**kwargs: Any) -> None:
    """One sweep."""
    sweep(now=clock.now())
