"""What beat asks of the network room."""

from typing import Any

from celery import shared_task

from network.services import follow_ups_reconcile as reconcile


@shared_task(name="network.tasks.follow_ups_reconcile")
def follow_ups_reconcile(**kwargs: Any) -> None:
    """Mend the sorting dates of the cases."""
    reconcile()
