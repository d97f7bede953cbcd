"""Celery: wakes the worker; the truth is always a row (performance.md)."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casusregie.settings")
app = Celery("casusregie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_once(sender: Any, **kwargs: Any) -> None:
    """A worker that has just started comes round before beat asks for it: nobody waits half a minute after a restart."""
    sender.app.send_task("casusregie.reminders.tasks.reminders_sweep", retry=False)
