"""What the worker does for the plan room."""

from typing import Any

from celery import shared_task

from casusregie.core import clock
from processplan import services


@shared_task(name="processplan.tasks.edition_render")
def edition_render(*, edition_id: int, **kwargs: Any) -> None:
    """Make one PDF that was asked for."""
    services.edition_render(edition_id=edition_id, now=clock.now())


@shared_task(name="processplan.tasks.editions_render_waiting")
def editions_render_waiting(**kwargs: Any) -> None:
    """Make what was asked for and not made."""
    services.editions_render_waiting(now=clock.now())
