"""The promises of this room: a follow-up that is due, a partner who is worried, a draft that waits for a month, a contact
that was withdrawn, a voice that is out of sight."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_of_team, users_on_rung
from network.access import draft_holder, stay_guards
from network.choices import VoiceMode
from network.models import Appointment, Contact, Draft, FollowUp, RoleSignal, Stay, Withdrawal
from network.selectors import draft_url, voices_named
from network.services.draft import KIND as DRAFT_KIND

DAY = 24 * 60


def _follow_up_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    row = FollowUp.objects.filter(ref=ref).values_list("case__ref", flat=True).first()
    return users_on_rung(row, rung, now) if row else []


def _follow_up_due(ref: str, now: datetime) -> bool:
    open_ones = FollowUp.objects.filter(ref=ref, done_at__isnull=True, withdrawn_at__isnull=True)
    return open_ones.exclude(case__status="closed").exists()


def _follow_up_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = FollowUp.objects.filter(ref__in=refs, withdrawn_at__isnull=True).select_related("case")
    return {
        row.ref: (
            _("Follow up: %(case)s") % {"case": row.case.name},
            reverse("case-overview", args=[row.case.ref]),
        )
        for row in rows
    }


def _signal_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    row = RoleSignal.objects.filter(ref=ref).values_list("role__case__ref", flat=True).first()
    return users_on_rung(row, rung, now) if row else []


def _signal_due(ref: str, now: datetime) -> bool:
    return RoleSignal.objects.filter(ref=ref, read_at__isnull=True).exists()


def _signal_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = RoleSignal.objects.filter(ref__in=refs).select_related("role__case")
    return {
        row.ref: (
            _("A partner is worried: %(case)s") % {"case": row.role.case.name},
            reverse("network", args=[row.role.case.ref]),
        )
        for row in rows
    }


def _draft_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    holder = draft_holder(ref, now)
    return [] if holder is None else [holder]


def _draft_due(ref: str, now: datetime) -> bool:
    return draft_holder(ref, now) is not None


def _draft_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Draft.objects.filter(ref__in=refs).select_related("case", "contact")
    return {
        row.ref: (_("A draft has been waiting for a month: %(case)s") % {"case": row.case.name}, draft_url(row))
        for row in rows
    }


def _appointment_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    """Who made it while she still works in the case, otherwise its director."""
    row = Appointment.objects.filter(ref=ref).values_list("case__ref", "made_by_id").first()
    if row is None:
        return []
    case_ref, made_by = row
    if rung == Rung.DIRECTOR and made_by in users_of_team(case_ref, now):
        return [made_by]
    return users_on_rung(case_ref, rung, now)


def _appointment_due(ref: str, now: datetime) -> bool:
    rows = Appointment.objects.filter(ref=ref, contact__isnull=True, cancelled_at__isnull=True)
    return rows.exclude(case__status="closed").exists()


def _appointment_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Appointment.objects.filter(ref__in=refs).select_related("case")
    return {
        row.ref: (
            _("Appointment %(day)s %(time)s: %(case)s")
            % {
                "day": dates.short(dates.day_of(row.starts_at)),
                "time": dates.clock_time(row.starts_at),
                "case": row.case.name,
            },
            reverse("appointment", args=[row.case.ref, row.ref]),
        )
        for row in rows
    }


def _withdrawal_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    row = Contact.objects.filter(ref=ref).values_list("case__ref", "withdrawn_by_id").first()
    return [user_id for user_id in users_on_rung(row[0], rung, now) if user_id != row[1]] if row else []


def _withdrawal_due(ref: str, now: datetime) -> bool:
    return Contact.objects.filter(ref=ref, withdrawn_at__isnull=False).exists()


def _withdrawal_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Withdrawal.objects.filter(contact__ref__in=refs).select_related("contact__case", "by")
    return {
        row.contact.ref: (
            _("%(case)s: %(who)s withdrew contact %(ref)s; it was of another family.")
            % {"case": row.contact.case.name, "who": row.by.name, "ref": row.contact.ref},
            reverse("contact-list", args=[row.contact.case.ref]),
        )
        for row in rows
    }


def _voice_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    found = voices_named([ref], now)
    return users_on_rung(found[0].case_ref, rung, now) if found else []


def _voice_due(ref: str, now: datetime) -> bool:
    return any(voice.asks for voice in voices_named([ref], now))


def _voice_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Without the name: the ladder ends with somebody who sees only the head of the case."""
    return {
        voice.party_ref: (
            (_("A pause to look at again: %(case)s") if voice.mode == VoiceMode.PAUSED else _("Out of sight: %(case)s"))
            % {"case": voice.case_name},
            reverse("case-overview", args=[voice.case_ref]),
        )
        for voice in voices_named(refs, clock.now())
    }


def _stay(ref: str) -> Stay | None:
    return Stay.objects.select_related("user", "case").filter(ref=ref).first()


def _stay_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    """First the colleague she chose, then the leaders of her team; a deputy has no part in it."""
    row = _stay(ref)
    if row is None or rung == Rung.DEPUTY:
        return []
    guards = stay_guards(row)
    return guards.first if rung == Rung.DIRECTOR else guards.leaders


def _stay_due(ref: str, now: datetime) -> bool:
    return Stay.objects.filter(ref=ref, closed_at__isnull=True).exists()


def _stay_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Stay.objects.filter(ref__in=refs).select_related("user")
    return {row.ref: _stay_sentence(row) for row in rows}


def _stay_sentence(row: Stay) -> tuple[str, str]:
    """Who, until when, under which number; never whose family it is."""
    words = {"who": row.user.name, "time": dates.clock_time(row.until_at), "phone": row.user.phone}
    if row.closed_at is not None:
        return _("%(who)s is outside again.") % words, ""
    said = (
        _("%(who)s wanted to be outside at %(time)s and has not reported back. Call %(phone)s.")
        if row.user.phone
        else _("%(who)s wanted to be outside at %(time)s and has not reported back. Call her now.")
    )
    return said % words, reverse("stay", args=[row.ref])


FOLLOW_UP = kinds.Kind(
    "follow-up",
    _follow_up_people,
    _follow_up_due,
    _follow_up_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 3 * DAY), (Rung.TEAM_LEADER, 7 * DAY)),
)
# A safety signal is never bundled or held: director and deputy at once, up the ladder when unread (design.md 8).
SIGNAL = kinds.Kind(
    "safety-signal",
    _signal_people,
    _signal_due,
    _signal_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 0), (Rung.TEAM_LEADER, 2 * 60)),
    urgent=True,
)
# Nobody else is told of somebody's draft: it is hers.
DRAFT = kinds.Kind(DRAFT_KIND, _draft_people, _draft_due, _draft_words, ((Rung.DIRECTOR, 0),))
# In the morning of the day, and in the next when it was neither written down nor called off (two promises, one ladder).
APPOINTMENT = kinds.Kind(
    "appointment", _appointment_people, _appointment_due, _appointment_words, ((Rung.DIRECTOR, 0),)
)
# Told at once to who directs the case from which it went, whoever did it; nobody has to do anything.
WITHDRAWN = kinds.Kind(
    "contact-withdrawn",
    _withdrawal_people,
    _withdrawal_due,
    _withdrawal_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 0)),
)
# A state that becomes true, not an alarm: the deputy after a week, the team leader after two. Many in one night are one
# mail; each stands by itself in *berichten*.
VOICE = kinds.Kind(
    "voice",
    _voice_people,
    _voice_due,
    _voice_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 7 * DAY), (Rung.TEAM_LEADER, 14 * DAY)),
    is_bundled=True,
)
# Her own safety: the colleague she chose at the minute itself, the leaders of her team ten minutes later.
STAY = kinds.Kind(
    "stay", _stay_people, _stay_due, _stay_words, ((Rung.DIRECTOR, 0), (Rung.TEAM_LEADER, 10)), urgent=True
)
