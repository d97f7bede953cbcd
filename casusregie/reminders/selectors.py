"""Whether somebody still comes round."""

from datetime import datetime, timedelta

from django.conf import settings

from casusregie.reminders.models import Sweep


def sweep_is_late(now: datetime) -> bool:
    """True when no sweep came round for longer than settings.SWEEP_LATE_SECONDS."""
    last = Sweep.objects.filter(id=1).values_list("ran_at", flat=True).first()
    return last is None or now - last > timedelta(seconds=settings.SWEEP_LATE_SECONDS)
