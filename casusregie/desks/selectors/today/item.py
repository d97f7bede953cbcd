"""What asks something today, whatever it is, as one line: when, who, why, and the one button that does it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casusregie.core import clock, dates
from casusregie.desks.selectors.cells import case_address
from network.choices import SignalKind
from network.selectors import AppointmentView, FollowUpView, SignalView
from processplan.selectors import EvaluationView
from safety.selectors import CheckView


@dataclass(frozen=True)
class DeskItem:
    """One line of the desk. `at` (aware) places it in the list; `lead` are closed words in front of the free text `why`.

    `action` is the word on the button and `icon` its picture; `by_post` says that the button acts instead of opening.
    """

    kind: str
    at: datetime
    time: str
    is_late: bool
    case_name: str
    case_url: str
    lead: str
    why: str
    action: str
    icon: str
    action_url: str
    by_post: bool = False
    is_danger: bool = False

    @property
    def place(self) -> tuple[bool, datetime, str]:
        """By time, but a worry is never below anything."""
        return (not self.is_danger, self.at, self.kind)


def _morning(day: date) -> datetime:
    """What has a day and no hour stands before what has one."""
    return datetime.combine(day, time.min, clock.LOCAL)


def signal_items(signals: Iterable[SignalView], today: date) -> Iterator[DeskItem]:
    """What partners told and nobody read yet."""
    for row in signals:
        worry = row.kind == SignalKind.WORRY
        lead = _("%(who)s is worried") if worry else _("%(who)s says how it goes")
        yield DeskItem(
            kind="signal",
            at=row.at,
            time=dates.clock_time(row.at)
            if dates.day_of(row.at) == today
            else dates.short(dates.day_of(row.at), today),
            is_late=False,
            case_name=row.case_name,
            case_url=case_address("network").format(row.case_ref),
            lead=lead % {"who": row.who},
            why=row.text,
            action=pgettext("button", "Read"),
            icon="eye",
            action_url=reverse("signal-read", args=[row.case_ref, row.ref]),
            by_post=True,
            is_danger=worry,
        )


def follow_up_items(rows: Iterable[FollowUpView]) -> Iterator[DeskItem]:
    """What was promised for today or before."""
    for row in rows:
        yield DeskItem(
            kind="follow-up",
            at=_morning(row.due_on),
            time=row.due,
            is_late=row.is_late,
            case_name=row.case_name,
            case_url=case_address("case-overview").format(row.case_ref),
            lead="",
            why=row.text,
            action=pgettext("button", "Done"),
            icon="check",
            action_url=reverse("follow-up-done", args=[row.case_ref, row.ref]),
            by_post=True,
        )


def check_items(rows: Iterable[CheckView]) -> Iterator[DeskItem]:
    """Checks of safety of today and before."""
    for row in rows:
        page = case_address("safety").format(row.case_ref)
        yield DeskItem(
            kind="check",
            at=_morning(row.due_on),
            time=row.due,
            is_late=row.is_late,
            case_name=row.case_name,
            case_url=page,
            lead=_("Check of safety"),
            why=row.text,
            action=pgettext("button", "Write down"),
            icon="shield-check",
            action_url=f"{page}#c-{row.ref}",
        )


def evaluation_items(rows: Iterable[EvaluationView], today: date) -> Iterator[DeskItem]:
    """Evaluations of today, at their hour, and earlier ones that nobody wrote down."""
    for row in rows:
        day = dates.day_of(row.planned_at)
        yield DeskItem(
            kind="evaluation",
            at=row.planned_at,
            time=dates.clock_time(row.planned_at) if day == today else row.due,
            is_late=row.is_late,
            case_name=row.case_name,
            case_url=case_address("evaluations").format(row.case_ref),
            lead=_("Evaluation"),
            why=", ".join(name for name, _came in row.attendees),
            action=pgettext("button", "Write down"),
            icon="pencil-line",
            action_url=reverse("evaluation", args=[row.case_ref, row.ref]),
        )


def appointment_items(rows: Iterable[AppointmentView], today: date) -> Iterator[DeskItem]:
    """Appointments of today at their hour, and earlier ones that were neither written down nor called off."""
    for row in rows:
        day = dates.day_of(row.starts_at)
        what = [row.who, row.subject] if row.who else [row.subject]
        page = _("Not written down yet") if row.is_past else row.channel_label.capitalize()
        yield DeskItem(
            kind="appointment",
            at=row.starts_at,
            time=row.time if day == today else dates.days_late(day, today),
            is_late=day < today,
            case_name=row.case_name,
            case_url=row.url,
            lead=page,
            why=" · ".join(part for part in what if part),
            action=pgettext("button", "Write down") if row.is_past or not row.door_url else _("At the door"),
            icon="pencil-line" if row.is_past or not row.door_url else "door-open",
            action_url=row.log_url if row.is_past or not row.door_url else row.door_url,
        )
