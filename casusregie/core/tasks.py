"""What beat asks of the kernel each minute or hour."""

from typing import Any

from celery import shared_task

from casusregie.core import clock, sealing
from casusregie.core.services import sessions_clear as clear


@shared_task(name="casusregie.core.tasks.audit_seal")
def audit_seal(**kwargs: Any) -> None:
    """Seal what is complete in the access log."""
    sealing.seal(clock.now())


@shared_task(name="casusregie.core.tasks.sessions_clear")
def sessions_clear(**kwargs: Any) -> None:
    """Drop expired sessions, old searches and old form keys."""
    clear(now=clock.now())
