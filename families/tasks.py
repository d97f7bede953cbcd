"""What the worker does for the family room."""

from typing import Any

from celery import shared_task

from casusregie.core import clock
from families import services


@shared_task(name="families.tasks.uploads_clear")
def uploads_clear(**kwargs: Any) -> None:
    """Delete files that were chosen for a document and never saved."""
    services.document_uploads_clear(now=clock.now())


@shared_task(name="families.tasks.facts_search")
def facts_search(*, fact_id: int = 0, **kwargs: Any) -> None:
    """Hold what is stored against a fact that was noted or changed; without one, against all that wait."""
    if fact_id:
        services.fact_search(fact_id=fact_id, now=clock.now())
    else:
        services.facts_search_waiting(now=clock.now())


@shared_task(name="families.tasks.homes_follow")
def homes_follow(**kwargs: Any) -> None:
    """Each night: who lives in the household of a family, by the homes that begin and end on this day."""
    services.homes_follow(today=clock.local_date(clock.now()))


@shared_task(name="families.tasks.reach_reconcile")
def reach_reconcile(**kwargs: Any) -> None:
    """Make the promises to directors who must ask somebody again whether it is safe to reach her."""
    services.reach_reconcile_all(now=clock.now())
