"""Asking the worker for something, by name and after the commit.

By name, so that a service never imports a task (the cycle service ⇄ task); a test holds every name against Celery's
register. What is asked here is only ever a nudge: the truth is a row that the sweep finds too, so a queue that is away
loses nothing and a contact can be logged without it.
"""

import logging
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

_log = logging.getLogger("casusregie.queue")


def after_commit(task: str, **kwargs: Any) -> None:
    """Send `task` (its registered name) with simple keyword arguments once the transaction has been committed."""
    transaction.on_commit(lambda: _send(task, kwargs), robust=True)


def _send(task: str, kwargs: dict[str, Any]) -> None:
    try:
        current_app.send_task(task, kwargs=kwargs, retry=False)
    except OperationalError:
        _log.warning("queue away: %s waits for the sweep", task)
