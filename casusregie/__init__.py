"""Casusregie: wiring on top (settings, urls, celery, launch), the kernel at the bottom (core, reminders)."""

from casusregie.celery import app as celery_app

__all__ = ["celery_app"]
