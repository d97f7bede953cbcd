"""Sessions that a person can see and end."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser that is logged in: whose, since when, last active, and whether its screen is locked."""

    user_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField(null=True)
    locked = models.BooleanField(default=False)
    origin = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        indexes: ClassVar = [models.Index(fields=["user_id"], name="session_user")]

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        from casusregie.core.sessions import SessionStore  # noqa: PLC0415  # store and model need each other

        return SessionStore
