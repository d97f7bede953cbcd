"""The one place that asks what time it is; domain code receives `now` as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LOCAL = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def local_date(moment: datetime) -> date:
    """The calendar day on which an aware moment falls in the Netherlands."""
    return moment.astimezone(LOCAL).date()
