"""What the worker does for the desks."""

from typing import Any

from celery import shared_task

from casusregie.core import clock
from casusregie.desks import services


@shared_task(name="casusregie.desks.tasks.import_write")
def import_write(*, import_id: int, **kwargs: Any) -> None:
    """Write one import that was asked for."""
    services.import_write(import_id=import_id, now=clock.now())


@shared_task(name="casusregie.desks.tasks.imports_write_waiting")
def imports_write_waiting(**kwargs: Any) -> None:
    """Go on with imports that were asked for and not finished."""
    services.imports_write_waiting(now=clock.now())
