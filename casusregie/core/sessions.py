"""Sessions in the database, with whose they are, so that a person can end them and an idle screen locks.

Django's own way of extending its database store; the store keeps no content, only who and when.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection

from casusregie.core import clock
from casusregie.core.models.accounts import RIGHTS_OF
from casusregie.core.models.sessions import Session

# Every request loads its session and asks the rights of whose it is: one statement, anew each time.
_FIELDS = [field.attname for field in Session._meta.concrete_fields]
_LOAD = f"""
    SELECT {", ".join(f's."{field.column}"' for field in Session._meta.concrete_fields)}, ARRAY({RIGHTS_OF} s.user_id)
      FROM core_session s WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - the names of the table's own columns
_WRITE_EVERY = timedelta(seconds=30)


class SessionStore(DatabaseStore):
    """Django's database store on our own table."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table instead of Django's."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, [self.session_key, clock.now()])
            found = cursor.fetchone()
        if found is None:
            # As Django's own store says that there is none.
            self._session_key = None
            self.row = None
            return None
        *columns, rights = found
        self.row = Session.from_db(connection.alias, _FIELDS, columns)
        self.row.rights = frozenset(rights)
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for this session; what stands beside the data is carried over, never lost by a save."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # our own model
        user_id = data.get("_auth_user_id")
        row.user_id = int(user_id) if user_id else None
        before = self.row
        row.all_of_it = before is None or before.user_id != row.user_id
        if before is not None and not row.all_of_it:
            row.started_at, row.active_at, row.locked = before.started_at, before.active_at, before.locked
            row.origin, row.browser = before.origin, before.browser
        if row.user_id and row.started_at is None:
            row.started_at = row.active_at = clock.now()
        self.row = row
        return row

    def flush(self) -> None:
        """End the session; what stood beside its data ends too."""
        super().flush()
        self.row = None


def is_too_old(row: Session, now: datetime) -> bool:
    """Whether a session has lasted its ten hours, however active it was."""
    return row.started_at is not None and now - row.started_at >= timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)


def is_locked(row: Session, now: datetime) -> bool:
    """Whether the screen is locked: by its user, or by fifteen minutes without activity."""
    idle = row.active_at is not None and now - row.active_at >= timedelta(seconds=settings.IDLE_LOCK_SECONDS)
    return row.locked or idle


def touch(row: Session, now: datetime, *, origin: str = "", browser: str = "") -> None:
    """Note activity; at most one write in 30 seconds."""
    if row.active_at is not None and now - row.active_at < _WRITE_EVERY and row.browser:
        return
    row.active_at, row.origin, row.browser = now, origin[:64], browser[:200]
    Session.objects.filter(pk=row.pk, locked=False).update(active_at=now, origin=row.origin, browser=row.browser)


def lock(row: Session) -> None:
    """Lock the screen of one session."""
    row.locked = True
    Session.objects.filter(pk=row.pk).update(locked=True)


def unlock(row: Session, now: datetime) -> None:
    """Open the screen of one session again."""
    row.locked, row.active_at = False, now
    Session.objects.filter(pk=row.pk).update(locked=False, active_at=now)


def code_of(session_key: str) -> str:
    """A code for a session that may stand on a page; the key itself never does."""
    return hashlib.sha256(f"shown {session_key}".encode()).hexdigest()[:16]
