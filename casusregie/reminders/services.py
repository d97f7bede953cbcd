"""Making promises and keeping them: every step is a row, so a worker may be killed at any instruction.

The sweep has two halves, each of small transactions of their own. First it looks at promises whose moment has come and
makes the reminders of every rung that is due; a reminder's key makes it once, whatever happens. Then it leases reminders
that are to be sent (FOR UPDATE SKIP LOCKED, so two sweeps never wait for each other), sends the mail, and writes down
that it was sent. Killed in between, the lease runs out and the same mail goes again under the same key: the only repeat.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from casusregie.reminders.models import LadderStep, Promise, Reminder, Sweep

LEASE = timedelta(minutes=2)
BATCH = 50
LONGEST_PAUSE = timedelta(hours=6)


def promise_make(*, kind: str, ref: str, case_ref: str, due_at: datetime, round_: int = 0) -> Promise:
    """Promise that somebody is told at `due_at` (aware); made again with another moment, it moves.

    `round_` tells apart promises about the same thing. Raises ValueError for a kind that nobody registered.
    """
    if kinds.get(kind) is None:
        raise ValueError(kind)
    promise, _made = Promise.objects.update_or_create(
        key=f"{kind}:{ref}:{round_}",
        defaults={
            "kind": kind,
            "ref": ref,
            "case_ref": case_ref,
            "due_at": due_at,
            "look_at": due_at,
            "settled_at": None,
        },
    )
    return promise


def promises_settle(*, kind: str, refs: Iterable[str], now: datetime) -> None:
    """Say that nobody needs to be told of these any more: done, cancelled, or somebody else's now."""
    Promise.objects.filter(kind=kind, ref__in=list(refs), settled_at__isnull=True).update(settled_at=now, look_at=None)


# What fell due before it was known is told from now on, and never moved again for that: asking twice changes nothing.
_RECONCILE = """
    INSERT INTO reminders_promise (key, kind, ref, case_ref, due_at, look_at)
    SELECT %(kind)s || ':' || w.ref || ':0', %(kind)s, w.ref, w.case_ref,
           greatest(w.due_at, %(now)s), greatest(w.due_at, %(now)s)
      FROM unnest(%(refs)s::text[], %(cases)s::text[], %(dues)s::timestamptz[]) AS w (ref, case_ref, due_at)
     ORDER BY w.ref
        ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, look_at = excluded.due_at, settled_at = NULL
     WHERE reminders_promise.settled_at IS NOT NULL OR (reminders_promise.due_at <> excluded.due_at
           AND greatest(reminders_promise.due_at, excluded.due_at) > %(now)s)
"""


def promises_reconcile(
    *, kind: str, wanted: Sequence[tuple[str, str, datetime]], gone: Sequence[str], now: datetime
) -> int:
    """Bring promises about states in step with what is true: made, moved, or (for the references in `gone`) settled.

    `wanted` holds (reference, reference of the case, aware moment from which somebody is told), each reference once.
    Returns how many promises changed; the same again changes none. Raises ValueError for an unknown kind.
    """
    if kinds.get(kind) is None:
        raise ValueError(kind)
    refs, cases, dues = ([row[place] for row in wanted] for place in range(3))
    with connection.cursor() as cursor:
        cursor.execute(_RECONCILE, {"kind": kind, "refs": refs, "cases": cases, "dues": dues, "now": now})
        changed = int(cursor.rowcount)
    still = Promise.objects.filter(kind=kind, ref__in=list(gone), settled_at__isnull=True) if gone else None
    return changed + (still.update(settled_at=now, look_at=None) if still is not None else 0)


def sweep(*, now: datetime) -> int:
    """Come round once: make the reminders that are due, send what waits; returns how many were sent."""
    while _look_at_some(now):
        pass
    sent = 0
    while leased := _lease_some(now):
        for reminder_ids in _mails(leased):
            sent += reminders_send(reminder_ids=reminder_ids, now=now)
    Sweep.objects.update_or_create(id=1, defaults={"ran_at": now})
    return sent


def _look_at_some(now: datetime) -> int:
    with transaction.atomic():
        due = list(
            Promise.objects.select_for_update(skip_locked=True)
            .filter(look_at__lte=now)
            .order_by("look_at", "id")[:BATCH]
        )
        for promise in due:
            _climb(promise, now)
    return len(due)


def _climb(promise: Promise, now: datetime) -> None:
    """Tell every rung whose moment has come, and say when to look again."""
    kind = kinds.get(promise.kind)
    if kind is None or not kind.still_due(promise.ref, now):
        promise.settled_at, promise.look_at = now, None
        promise.save(update_fields=["settled_at", "look_at"])
        return
    steps = ladder(kind=kind)
    for rung, minutes in steps:
        if promise.due_at + timedelta(minutes=minutes) <= now:
            _tell(promise, kind, rung, now)
    later = [promise.due_at + timedelta(minutes=minutes) for _rung, minutes in steps]
    promise.look_at = min((moment for moment in later if moment > now), default=None)
    promise.save(update_fields=["look_at"])


def ladder(*, kind: kinds.Kind) -> list[tuple[Rung, int]]:
    """The ladder of a kind: what the town set, else what the kind proposes."""
    rows = [(Rung(row.rung), row.after_minutes) for row in LadderStep.objects.filter(kind=kind.name).order_by("rung")]
    return rows or list(kind.ladder)


def _tell(promise: Promise, kind: kinds.Kind, rung: Rung, now: datetime) -> None:
    Reminder.objects.bulk_create(
        (
            Reminder(
                key=f"{promise.key}:{promise.due_at:%Y%m%dT%H%M}:{rung.value}:{user_id}",
                promise=promise,
                recipient_id=user_id,
                rung=rung,
                made_at=now,
                try_at=now,
            )
            for user_id in kind.recipients(promise.ref, rung, now)
        ),
        ignore_conflicts=True,
    )


def _lease_some(now: datetime) -> list[int]:
    with transaction.atomic():
        rows = Reminder.objects.select_for_update(skip_locked=True).filter(try_at__lte=now)
        rows = rows.exclude(leased_until__gt=now).order_by("try_at", "id")
        ids = list(rows.values_list("id", flat=True)[:BATCH])
        Reminder.objects.filter(pk__in=ids).update(leased_until=now + LEASE)
    return ids


def _mails(reminder_ids: Sequence[int]) -> list[list[int]]:
    """What goes out as one mail: a reminder by itself, or those of one person of a kind that is bundled."""
    rows = (
        Reminder.objects.filter(pk__in=reminder_ids).order_by("id").values_list("id", "recipient_id", "promise__kind")
    )
    mails: dict[tuple[int, str], list[int]] = {}
    for number, recipient_id, name in rows:
        kind = kinds.get(name)
        mails.setdefault((recipient_id, name) if kind and kind.is_bundled else (number, ""), []).append(number)
    return list(mails.values())


def reminders_send(*, reminder_ids: Sequence[int], now: datetime) -> int:
    """Send the one mail of these reminders of one person, under the key of the first, and write it down; returns how many
    were told. A mail server that refuses is asked again later, ever less often.
    """
    rows = list(Reminder.objects.select_related("recipient").filter(pk__in=reminder_ids, sent_at=None).order_by("id"))
    if not rows:
        return 0
    told = Reminder.objects.filter(pk__in=[row.pk for row in rows])
    try:
        _mail(rows[0].recipient, rows[0].key)
    except OSError:
        pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** rows[0].tries))
        told.update(tries=F("tries") + 1, try_at=now + pause, leased_until=None)
        return 0
    return told.update(sent_at=now, try_at=None, leased_until=None)


def _mail(user: User, key: str) -> None:
    """A mail that says only that something waits: no name, no case, no organisation, no role (design.md 8)."""
    with override(user.language):
        EmailMessage(
            subject=_("Something waits for you"),
            body=_("Log in to see what. This message says nothing more on purpose."),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[user.email],
            headers={"X-Reminder-Key": key, "Message-ID": f"<{key.replace(':', '.')}@{_host()}>"},
        ).send()


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"


def reminders_read(*, user: User, now: datetime, ref: str = "") -> None:
    """Mark one reminder of this person as read, or all of them."""
    rows = Reminder.objects.filter(recipient=user, read_at__isnull=True)
    (rows.filter(ref=ref) if ref else rows).update(read_at=now)
    audit.record("reminders.read", objects=[ref] if ref else [])
