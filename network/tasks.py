"""What beat asks of the network room."""

from typing import Any

from celery import shared_task

from casusregie.core import clock
from network.services import draft_files_clear, voices_reconcile_all
from network.services import drafts_clear as clear
from network.services import follow_ups_reconcile as reconcile


@shared_task(name="network.tasks.follow_ups_reconcile")
def follow_ups_reconcile(**kwargs: Any) -> None:
    """Mend the sorting dates of the cases."""
    reconcile()


@shared_task(name="network.tasks.drafts_clear")
def drafts_clear(**kwargs: Any) -> None:
    """Delete for good the drafts that were thrown away, and files whose writing never became a draft."""
    clear(now=clock.now())
    draft_files_clear(now=clock.now())


@shared_task(name="network.tasks.voices_reconcile")
def voices_reconcile(**kwargs: Any) -> None:
    """Make the promises about voices that went out of sight, and about pauses to look at again."""
    voices_reconcile_all(now=clock.now())
