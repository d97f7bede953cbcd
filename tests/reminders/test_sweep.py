"""Promises kept: each rung told once, whatever happens to the worker."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection

from casusregie.core import clock
from casusregie.reminders import kinds
from casusregie.reminders.models import Promise, Reminder
from casusregie.reminders.selectors import messages
from casusregie.reminders.services import sweep
from network.choices import SignalKind
from network.services import follow_up_done, signal_read, signal_send
from processplan.services import evaluation_plan
from tests.cast import Cast, log
from tests.plans import make_line

DAY = timedelta(days=1)


def _told(cast: Cast) -> list[tuple[str, str]]:
    # Voices have a rhythm of their own (tests/network/test_voices.py).
    rows = Reminder.objects.exclude(promise__kind="voice").select_related("promise", "recipient")
    rows = rows.order_by("rung", "recipient__email")
    return [(row.promise.kind, row.recipient.email.split("@")[0]) for row in rows]


def test_a_follow_up_climbs_the_ladder_until_it_is_done(cast: Cast) -> None:
    Promise.objects.all().delete()
    log(cast.case, cast.owner, follow_up_on=clock.local_date(cast.now) + DAY, follow_up_text="Bellen")
    sweep(now=cast.now)
    assert _told(cast) == []
    due = Promise.objects.get().due_at
    for later, told in (
        (timedelta(), ["owner"]),
        (3 * DAY, ["owner", "deputy"]),
        (7 * DAY, ["owner", "deputy", "leader"]),
    ):
        sweep(now=due + later)
        sweep(now=due + later)
        assert [name for _kind, name in _told(cast)] == told


def test_what_is_done_is_not_told(cast: Cast) -> None:
    follow_up_done(follow_up=cast.follow_up, by=cast.owner, now=clock.now())
    sweep(now=cast.now + 30 * DAY)
    assert _told(cast) == []


def test_a_worry_reaches_director_and_deputy_at_once_and_the_leader_when_unread(cast: Cast) -> None:
    line = make_line(cast)
    Promise.objects.all().delete()
    signal_row = signal_send(role=line.housing, by=line.partner, kind=SignalKind.WORRY, text="Geschreeuw", now=cast.now)
    sweep(now=cast.now)
    assert sorted(name for _kind, name in _told(cast)) == ["deputy", "owner"]
    sweep(now=cast.now + timedelta(hours=2))
    assert "leader" in {name for _kind, name in _told(cast)}
    signal_read(signal=signal_row, by=cast.owner, now=clock.now())
    assert Promise.objects.get().settled_at is not None


def test_a_message_says_only_that_something_waits(cast: Cast) -> None:
    line = make_line(cast)
    Reminder.objects.all().delete()
    signal_send(role=line.housing, by=line.partner, kind=SignalKind.WORRY, text="Geschreeuw bij Halteren", now=cast.now)
    sweep(now=cast.now)
    assert mail.outbox
    for message in mail.outbox:
        text = f"{message.subject} {message.body} {message.from_email} {message.extra_headers}"
        for word in ("Halteren", cast.case.ref, "Sluis", "Geschreeuw", "Rol", "Wonen", "Veiligheid"):
            assert word not in text


def test_a_message_names_the_case_only_inside(cast: Cast) -> None:
    sweep(now=cast.now + DAY)
    page = messages(cast.owner, clock.now())
    assert any("Van Halteren" in row.text for row in page.rows)
    assert not messages(cast.stranger, clock.now()).rows


def test_nobody_with_a_conflict_of_interest_is_told(cast: Cast) -> None:
    from families.models import ConflictOfInterest

    ConflictOfInterest.objects.create(case=cast.case, user=cast.leader, noted_by=cast.owner, noted_at=cast.now)
    sweep(now=cast.now + 30 * DAY)
    assert "leader" not in {name for _kind, name in _told(cast)}


def test_a_mail_server_that_refuses_is_asked_again_and_nothing_is_sent_twice(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sweep(now=cast.now + DAY)
    row = Reminder.objects.order_by("pk")[0]
    assert (row.sent_at, row.tries) == (None, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sweep(now=cast.now + DAY + timedelta(minutes=5))
    sweep(now=cast.now + DAY + timedelta(minutes=9))
    assert len(mail.outbox) == Reminder.objects.count()


def test_what_is_urgent_is_never_bundled() -> None:
    with pytest.raises(ValueError, match="alarm"):
        kinds.Kind("alarm", lambda *_: [], lambda *_: True, lambda *_: {}, (), urgent=True, is_bundled=True)


@pytest.mark.parametrize("day", ["2028-02-29", "2027-03-28", "2026-10-25"])
def test_an_evaluation_on_an_odd_day_is_told_on_that_day(day: str, cast: Cast) -> None:
    from datetime import datetime

    Promise.objects.all().delete()
    at = datetime.fromisoformat(f"{day}T02:30:00").replace(tzinfo=clock.LOCAL)
    if at < cast.now:
        at = at.replace(year=at.year + 4)
    evaluation_plan(case=cast.case, by=cast.owner, planned_at=at, attendees=[], now=cast.now)
    sweep(now=at - timedelta(hours=3))
    assert _told(cast) == []
    sweep(now=at + timedelta(hours=3))
    assert _told(cast) == [("evaluation", "owner")]


_WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "casusregie.settings"
import tests.servers
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "casusregie.core.mail.FolderBackend"
settings.EMAIL_FILE_PATH = sys.argv[2]
from casusregie.core import clock
from casusregie.reminders import services
import time
real = services._mail
def slow(user, key):
    print("claimed", flush=True)
    time.sleep(float(sys.argv[3]))
    real(user, key)
services._mail = slow
services.sweep(now=clock.now())
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_send_loses_and_doubles_nothing(cast: Cast, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """SIGKILL, ten times, in a process of its own: every reminder is sent once in the end, under one key."""
    Promise.objects.all().delete()
    for number in range(12):
        log(
            cast.case,
            cast.owner,
            body=f"Nummer {number}",
            follow_up_on=clock.local_date(cast.now),
            follow_up_text=f"Nummer {number}",
        )
    Promise.objects.update(due_at=cast.now - DAY, look_at=cast.now - DAY)
    name = str(connection.settings_dict["NAME"])
    for _kill in range(10):
        worker = _start(name, str(tmp_path), "0.3")
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() in {"claimed", "done"}
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        # The lease of a dead worker runs out; the test does not wait two minutes for it.
        Reminder.objects.update(leased_until=None)
    last = _start(name, str(tmp_path), "0")
    assert last.wait(timeout=60) == 0
    rows = list(Reminder.objects.all())
    assert len(rows) == 12
    assert all(row.sent_at for row in rows)
    files = [path.stem for path in tmp_path.glob("*.eml")]
    assert sorted(files) == sorted(row.key.replace(":", "_") for row in rows)


def _start(database: str, folder: str, pause: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _WORKER, database, folder, pause]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR)
