"""Sending twice is once: a form's key and what it held, kept in the same transaction as what it made."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from casusregie.core.models import Submission, User


class SameKeyOtherContent(Exception):
    """The form was sent before with another content; `result_url` leads to what was made then."""

    def __init__(self, result_url: str) -> None:
        super().__init__(_("This form was already sent with another text."))
        self.result_url = result_url


@dataclass(frozen=True)
class Sent:
    """Where the result is, and whether it was made just now."""

    url: str
    new: bool


def digest(content: Mapping[str, object]) -> bytes:
    """A digest of what a form held, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str, ensure_ascii=True).encode()).digest()


def once(
    *, key: UUID, user: User, form: str, content: Mapping[str, object], now: datetime, make: Callable[[], str]
) -> Sent:
    """Run `make` (returns the address of what it made) for the first sending of `key`; later ones lead to the same.

    Two at the same instant: the second waits on the unique key until the first has committed.
    Raises SameKeyOtherContent for the same key with another content, or somebody else's key.
    """
    code = digest(content)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_submission (key, user_id, form, digest, result_url, at)"
                " VALUES (%s, %s, %s, %s, '', %s) ON CONFLICT (key) DO NOTHING",
                [key, user.pk, form, code, now],
            )
            if cursor.rowcount:
                url = make()
                cursor.execute("UPDATE core_submission SET result_url = %s WHERE key = %s", [url, key])
                return Sent(url, True)
        before = Submission.objects.get(key=key)
        if bytes(before.digest) != code or before.user_id != user.pk or before.form != form:
            raise SameKeyOtherContent(before.result_url if before.user_id == user.pk else "")
        return Sent(before.result_url, False)
