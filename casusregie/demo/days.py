"""Days of the stories: working days from today, times in the Netherlands."""

from datetime import date, datetime, time, timedelta

from casusregie.core.clock import LOCAL


def workday(today: date, distance: int) -> date:
    """The day that lies `distance` working days from today (negative: ago); 0 is today, whatever day it is."""
    step = timedelta(days=1 if distance > 0 else -1)
    day = today
    for _ in range(abs(distance)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def moment(day: date, at: str) -> datetime:
    """That day at "HH:MM", aware."""
    return datetime.combine(day, time.fromisoformat(at), tzinfo=LOCAL)


def birthday(today: date, age: int, month: int, day: int) -> date:
    """The date of birth of somebody who is `age` today and has her birthday on that day of the year."""
    not_yet = (month, day) > (today.month, today.day)
    return date(today.year - age - not_yet, month, day)
