"""Ready texts for an app or sms: neutral, so that whoever else reads them learns nothing.

A closed list: no organisation, no name, no subject, no place. Nobody sends them but she herself, from her own telephone.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from casusregie.core import clock, dates


def ready_texts(starts_at: datetime | None, now: datetime) -> list[str]:
    """The texts that fit now; with the next appointment (`starts_at`, aware) its day and hour are filled in."""
    return [*(_about(starts_at, now) if starts_at and starts_at > now else []), *_always()]


def _about(starts_at: datetime, now: datetime) -> list[str]:
    local = starts_at.astimezone(clock.LOCAL)
    words = {"time": _time(local), "day": dates.long_weekday(local.date())}
    later = {"time": _time(local + timedelta(minutes=15))}
    when = _when(local.date(), clock.local_date(now))
    seeing = {
        "today": _("See you today at %(time)s."),
        "tomorrow": _("See you tomorrow at %(time)s."),
        "later": _("See you on %(day)s at %(time)s."),
    }[when]
    asking = {
        "today": _("Does today at %(time)s still suit you?"),
        "tomorrow": _("Does tomorrow at %(time)s still suit you?"),
        "later": _("Does %(day)s at %(time)s still suit you?"),
    }[when]
    texts = [seeing % words, asking % words]
    return [*texts, _("I will be a little later, around %(time)s.") % later] if when == "today" else texts


def _always() -> list[str]:
    return [
        _("Could you call me when it suits you?"),
        _("I will call you tomorrow between 10 and 11. Does that suit you?"),
        _("I tried to reach you. There is no hurry."),
    ]


def _when(day: date, today: date) -> str:
    return {0: "today", 1: "tomorrow"}.get((day - today).days, "later")


def _time(local: datetime) -> str:
    return f"{local:%H.%M}".removeprefix("0")
